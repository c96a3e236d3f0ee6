/* Every allocation fails once: no memory is told as such, whatever was going on. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "../support/command.h"
#include "../support/fault.h"
#include "secost/study.h"

static sc_status all_of_it(const char *text, sc_errs *errs, sc_err *err)
{
	static const char *const sets[] = {"stages[0].se.ratio=8",
		"stages[0].blocks[1].se={dialect: timm}",
		"modules.mixed.branches[0][0].activation=silu", "stages.vgg.name=other"};
	sc_model *m, *clone = NULL;
	sc_sheet sheet;
	sc_rules rules = sc_rules_default();
	sc_status s = sc_model_parse("everything.yaml", text, strlen(text), &m, errs);
	if (s)
		return s;
	s = sc_model_clone(m, &clone, err);
	for (size_t i = 0; i < sizeof sets / sizeof *sets && !s; i++)
		s = sc_model_set(clone, sets[i], err);
	if (!s)
		s = sc_model_check(clone, errs);
	if (!s && !(s = sc_sheet_make(clone, &rules, 1, NULL, &sheet, err)))
		sc_sheet_release(&sheet);
	sc_model_free(clone);
	sc_model_free(m);
	return s;
}

Test(model_read_memory, every_allocation_that_fails_is_told_and_nothing_leaks)
{
	char *text = file_text("tests/data/good/everything.yaml");
	cr_assert(text != NULL);
	unsigned n = 1;
	for (;; n++) {
		sc_errs errs = {0};
		sc_err err = {0};
		fault_arm(n);
		sc_status s = all_of_it(text, &errs, &err);
		int fired = fault_fired();
		fault_arm(0);
		if (!fired) {
			cr_assert(s == SC_OK, "%s%s", errs.item[0].message, err.message);
			break;
		}
		cr_expect(s == SC_ENOMEM, "allocation %u: status %d, %s", n, (int)s,
			errs.item[0].message);
	}
	cr_expect(n > 20, "only %u allocations", n);
	free(text);
}

Test(model_read_memory, a_bad_description_without_memory_is_no_memory)
{
	char *text = file_text("tests/data/bad/many-of-both-phases.yaml");
	cr_assert(text != NULL);
	for (unsigned n = 1;; n++) {
		sc_errs errs = {0};
		fault_arm(n);
		sc_model *m;
		sc_status s = sc_model_parse("bad.yaml", text, strlen(text), &m, &errs);
		int fired = fault_fired();
		fault_arm(0);
		if (!fired)
			break;
		cr_expect(s == SC_ENOMEM, "allocation %u: status %d", n, (int)s);
	}
	free(text);
}
