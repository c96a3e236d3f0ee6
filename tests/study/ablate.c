/* Ready-made groups: each setup costs what the network costs with that one word said of its SE. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/net.h"

static sc_study *begin(const sc_model *m)
{
	const sc_rules rules = sc_rules_default();
	sc_study *study;
	sc_err err = {0};
	cr_assert(eq(int, sc_study_new(m, &rules, 1, &study, &err), SC_OK), "%s", err.message);
	return study;
}

static sc_study *ablated(const sc_model *m, const char *group)
{
	sc_study *study = begin(m);
	sc_err err = {0};
	cr_assert(eq(int, sc_study_ablate(study, group, &err), SC_OK), "%s", err.message);
	return study;
}

/* the network anew, with `field` of all SE set */
static void same_as_by_hand(const sc_setup *setup, const char *field, const char *value)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	char assignment[80];
	snprintf(assignment, sizeof assignment, "se.%s=%s", field, value);
	net_set(m, (const char *const[]){assignment, NULL});
	sc_sheet s = net_count(m);
	cr_expect(eq(u64, setup->sheet.total.se.params, s.total.se.params), "%s", assignment);
	cr_expect(eq(u64, setup->sheet.total.flops, s.total.flops), "%s", assignment);
	cr_expect(eq(u64, setup->sheet.total.bytes, s.total.bytes), "%s", assignment);
	sc_sheet_release(&s);
	sc_model_free(m);
}

Test(study_ablate, every_value_of_a_field_costs_what_it_costs_by_hand)
{
	static const char *const groups[] = {"placement", "squeeze", "attention", "gate"};
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
		sc_study *study = ablated(m, groups[g]);
		cr_expect(study->setups > 2, "%s", groups[g]);
		for (size_t i = 1; i < study->setups; i++) {
			cr_expect(eq(str, study->setup[i].group, groups[g]));
			same_as_by_hand(&study->setup[i], groups[g], study->setup[i].name);
		}
		sc_study_free(study);
	}
	sc_model_free(m);
}

Test(study_ablate, ratios_are_the_SE_papers_and_each_costs_what_it_costs_by_hand)
{
	static const char *const ratios[] = {"2", "4", "8", "16", "32"};
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	sc_study *study = ablated(m, "ratio");
	cr_assert(eq(sz, study->setups, 6));
	for (size_t i = 0; i < 5; i++)
		same_as_by_hand(&study->setup[i + 1], "ratio", ratios[i]);
	sc_study_free(study);
	sc_model_free(m);
}

Test(study_ablate, a_place_that_blocks_lack_is_left_out_and_noted)
{
	sc_model *m = net_parse("input: [3, 32, 32]\nstages:\n"
				"  - {name: a, block: plain, channels: 16}\nse: {ratio: 4}\n");
	sc_study *study = ablated(m, "placement");
	cr_assert(study->lefts > 0);
	for (size_t i = 0; i < study->lefts; i++) {
		cr_expect(eq(str, study->left_out[i].group, "placement"));
		cr_expect(
			strstr(study->left_out[i].why, "block 'plain' has no place for SE") != NULL,
			"%s", study->left_out[i].why);
		for (size_t k = 0; k < study->setups; k++)
			cr_expect(ne(str, study->setup[k].name, study->left_out[i].name));
	}
	size_t places = 0;
	while (sc_placement_name(places))
		places++;
	cr_expect(eq(sz, study->setups - 1 + study->lefts, places));
	sc_study_free(study);
	sc_model_free(m);
}

static void refuses(const sc_model *m, const char *group, const char *told)
{
	sc_study *study = begin(m);
	sc_err err = {0};
	cr_expect(eq(int, sc_study_ablate(study, group, &err), SC_EINVAL));
	cr_expect(strstr(err.message, told) != NULL, "%s", err.message);
	cr_expect(eq(sz, study->setups, 1));
	sc_study_free(study);
}

Test(study_ablate, what_makes_no_group_is_refused)
{
	sc_model *m = net_parse("name: bare\ninput: [3, 32, 32]\nstages:\n"
				"  - {name: a, block: plain, channels: 16}\n");
	refuses(m, "ratio", "'bare' has no SE to vary; turn it on first");
	refuses(m, "ratoi", "unknown ablation 'ratoi', must be one of: ratio, stages");
	sc_model_free(m);
}

Test(study_ablate, stages_one_at_a_time_are_at_most_200)
{
	for (unsigned stages = 200; stages <= 201; stages++) {
		sc_text text = {0};
		sc_text_add(&text, "input: [3, 4, 4]\nse: {ratio: 2}\nstages:\n");
		for (unsigned i = 0; i < stages; i++)
			sc_text_addf(&text, "  - {name: s%u, block: plain, channels: 2}\n", i);
		sc_model *m = net_parse(text.s);
		if (stages > 200) {
			refuses(m, "stages", "201 stages would make 404 setups; of more than 200");
		} else {
			sc_study *study = ablated(m, "stages");
			cr_expect(eq(sz, study->setups, 1 + 1 + 200 + 200 + 1));
			sc_study_free(study);
		}
		sc_model_free(m);
		sc_text_release(&text);
	}
}
