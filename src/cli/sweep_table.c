/* A sweep of few setups as rows of a study's table. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "cli/sweep.h"

enum { TABLE_MAX = 1000 };

/* the same overrides made by something else are the same setup */
static bool is_setup(const sc_setup *setup, const char *name, bool *failed)
{
	sc_text text = {0};
	for (size_t k = 0; k < setup->set.count; k++)
		sc_text_addf(&text, "%s%s", k ? "; " : "", setup->set.item[k]);
	bool same = !strcmp(sc_text_get(&text), name);
	*failed = *failed || text.failed;
	sc_text_release(&text);
	return same;
}

static int add_unless_known(const sc_sweep *sweep, uint64_t setup, sc_study *study)
{
	sc_err err = {0};
	sc_text name = {0};
	sc_sweep_name(sweep, setup, &name);
	bool failed = name.failed, known = false;
	for (size_t i = 1; i < study->setups && !failed && !known; i++)
		known = is_setup(&study->setup[i], sc_text_get(&name), &failed);
	int code = failed ? complain("no memory for the setups") : 0;
	if (!failed && !known && sc_study_add_text(study, sc_text_get(&name), &err))
		code = tell(&err, name.s);
	sc_text_release(&name);
	return code;
}

int sweep_table(const sc_sweep *sweep, sc_study *study)
{
	uint64_t n = sc_sweep_setups(sweep);
	if (n > TABLE_MAX)
		return complain("%" PRIu64
				" setups are too many for a table of at most %d: stream them "
				"with -o FILE.csv or FILE.jsonl, without --ablate, --setup and "
				"what else is of a table",
			n, TABLE_MAX);
	int code = 0;
	for (uint64_t i = 0; i < n && !code; i++)
		code = add_unless_known(sweep, i, study);
	return code;
}
