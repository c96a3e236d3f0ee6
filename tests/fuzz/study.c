/* Any bytes as a study: it is refused, or its setups are made and compared. No file is opened but
 * what is inside the library. */
#include <string.h>

#include "fuzz.h"
#include "secost/report.h"

static bool is_short(const sc_study_spec *spec)
{
	size_t n = spec->setups.count + 8 * spec->ablate.count;
	for (size_t i = 0; i < spec->sweeps.count; i++)
		n += spec->sweeps.item[i].values.count;
	return n < 32;
}

void fuzz_study(char *text, size_t n)
{
	sc_study_spec *spec;
	sc_model *model = NULL;
	sc_study *study = NULL;
	sc_errs errs = {0};
	sc_study_spec_is(text, n);
	if (sc_study_spec_parse("fuzz", text, n, &spec, &errs)) {
		fuzz_expect_told(&errs);
		return;
	}
	if (sc_report_check(spec, &errs))
		fuzz_expect_told(&errs);
	if (sc_bundled_file(spec->network_path) && is_short(spec)) {
		if (sc_study_open(spec, &model, &study, &errs))
			fuzz_expect_told(&errs);
		else
			fuzz_write(sc_study_document(study, NULL));
		sc_study_free(study);
		sc_model_free(model);
	}
	sc_study_spec_free(spec);
}
