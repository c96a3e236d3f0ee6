/* Any lines as what a command line says of a network: each is an override, a path to explain, a
 * budget, a list of choices. It is refused with a reason, or it counts. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "secost/plan.h"

static const char description[] =
	"name: fuzz\ninput: [3, 64, 64]\nstem: [{conv: {channels: 16, kernel: 3}}, norm]\nstages:\n"
	"  - {name: a, block: bottleneck, blocks: 3, channels: 16, se: {ratio: [2, 4, 8]}}\n"
	"  - {name: b.c, block: branches, modules: [m], overrides: [{blocks: last, se: {width: "
	"2}}]}\n"
	"modules: {m: {branches: [[{conv: {channels: 8, name: x}}], []]}}\n"
	"head: [global_avg_pool, {linear: {features: 3}}]\nse: {ratio: 4}\n";

static void expect(sc_status s, const sc_err *err)
{
	if (s && !err->message[0])
		abort();
}

static void take(sc_model *m, const sc_sheet *sheet, const char *line)
{
	uint32_t ratio[SC_PLAN_CHOICES_MAX];
	size_t n;
	sc_budget budget;
	sc_explanation e = {0};
	sc_err err = {0};
	expect(sc_plan_choices_parse(line, ratio, &n, &err), &err);
	expect(sc_budget_parse(line, &budget, &err), &err);
	sc_status s = sc_explain(sheet, line, &e, &err);
	expect(s, &err);
	if (!s)
		sc_explanation_release(&e);
	expect(sc_model_set_text(m, line, &err), &err);
}

void fuzz_set(char *text, size_t n)
{
	enum { LINES_MAX = 16 };
	sc_model *m, *changed;
	sc_sheet sheet;
	sc_rules rules = sc_rules_default();
	sc_errs errs = {0};
	size_t lines = 0;
	(void)n;
	if (sc_model_parse("fuzz", description, sizeof description - 1, &m, NULL) ||
		sc_sheet_make(m, &rules, 1, NULL, &sheet, NULL) ||
		sc_model_clone(m, &changed, NULL))
		abort();
	for (char *line = strtok(text, "\n"); line && lines++ < LINES_MAX;
		line = strtok(NULL, "\n"))
		take(changed, &sheet, line);
	if (!sc_model_check(changed, &errs))
		fuzz_count(changed);
	else
		fuzz_expect_told(&errs);
	sc_model_free(changed);
	sc_sheet_release(&sheet);
	sc_model_free(m);
}
