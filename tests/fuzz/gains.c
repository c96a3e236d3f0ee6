/* Any bytes as a gain file. */
#include <math.h>
#include <stdlib.h>

#include "fuzz.h"
#include "secost/model.h"

void fuzz_gains(char *text, size_t n)
{
	sc_gain_spec *spec;
	sc_errs errs = {0};
	if (sc_gain_spec_parse("fuzz", text, n, &spec, &errs)) {
		fuzz_expect_told(&errs);
		return;
	}
	for (size_t i = 0; i < spec->gains.count; i++)
		if (!isfinite(sc_gain_value(spec, &spec->gains.item[i])))
			abort();
	sc_gain_spec_free(spec);
}
