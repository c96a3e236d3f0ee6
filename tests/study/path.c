/* One grammar of paths: --set and explain take the same stages and blocks, and refuse the same. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "../support/net.h"

static const char net[] = "input: [3, 32, 32]\n"
			  "stages:\n"
			  "  - {name: a, block: basic, blocks: 3, channels: 64}\n"
			  "  - {name: a.b, block: basic, blocks: 2, channels: 64}\n"
			  "se: {ratio: 16}\n";

static sc_status set(sc_model *m, const char *place, sc_err *err)
{
	char text[120];
	snprintf(text, sizeof text, "%s.se=off", place);
	return sc_model_set(m, text, err);
}

static sc_status explain(const sc_sheet *sheet, const char *place, sc_err *err)
{
	char text[120];
	sc_explanation e = {0};
	snprintf(text, sizeof text, "%s.se.params", place);
	sc_status s = sc_explain(sheet, text, &e, err);
	sc_explanation_release(&e);
	return s;
}

Test(study_path, what_set_takes_explain_takes_and_what_it_refuses_too)
{
	static const struct {
		const char *place;
		bool good;
	} all[] = {{"stages[0]", true}, {"stages[-1]", true}, {"stages.a", true},
		{"stages.a.b", true}, {"stages[0].blocks[2]", true}, {"stages.a.blocks[-3]", true},
		{"stages.a.b.blocks[0]", true}, {"stages[1].blocks[-1]", true},
		{"stages[2]", false}, {"stages[-3]", false}, {"stages[-0]", false},
		{"stages[ +1]", false}, {"stages[+1]", false}, {"stages[ 1]", false},
		{"stages[0x1]", false}, {"stages[]", false}, {"stages[1", false},
		{"stages[99999999999999999999]", false}, {"stages.c", false}, {"stages.1", false},
		{"stages.", false}, {"stages[0].blocks[3]", false}, {"stages[0].blocks[-4]", false},
		{"stages[0].blocks[one]", false}, {"stages[1].blocks[ 0]", false},
		{"stages[1].blocks[-0]", false}};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		sc_err of_set = {0}, of_explain = {0};
		sc_model *m = net_parse(net);
		sc_sheet sheet = net_count(m);
		cr_expect(eq(int, explain(&sheet, all[i].place, &of_explain) == SC_OK, all[i].good),
			"%s: %s", all[i].place, of_explain.message);
		cr_expect(eq(int, set(m, all[i].place, &of_set) == SC_OK, all[i].good), "%s: %s",
			all[i].place, of_set.message);
		cr_expect(eq(str, of_explain.message, of_set.message), "%s", all[i].place);
		cr_expect(eq(int, of_explain.column, of_set.column), "%s", all[i].place);
		sc_sheet_release(&sheet);
		sc_model_free(m);
	}
}
