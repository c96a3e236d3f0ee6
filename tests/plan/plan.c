/* Plans of the networks that come with secost. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fault.h"
#include "../support/net.h"
#include "base/text.h"
#include "secost/plan.h"

static sc_plan_request request(sc_plan_per per, const char *choices, const char *budget)
{
	sc_plan_request r = {.per = per};
	sc_err err = {0};
	cr_assert(zero(int, (int)sc_plan_choices_parse(choices, r.ratio, &r.ratios, &err)), "%s",
		err.message);
	if (budget) {
		cr_assert(zero(int, (int)sc_budget_parse(budget, &r.budget[0], &err)), "%s",
			err.message);
		r.budgets = 1;
	}
	return r;
}

static sc_plan *plan_of(const sc_model *m, const sc_plan_request *r)
{
	sc_plan *p = NULL;
	sc_err err = {0};
	sc_rules rules = sc_rules_default();
	cr_assert(zero(int, (int)sc_plan_make(m, &rules, 1, r, &p, &err)), "%s: %s", m->file,
		err.message);
	return p;
}

Test(plan_plan, the_paper_s_example_drops_the_last_stage)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	const sc_plan_request r = request(SC_PER_stage, "off,16", "params=+4%");
	sc_plan *p = plan_of(m, &r);
	static const uint32_t wanted[] = {16, 16, 16, 0};
	cr_assert(eq(sz, p->problem.units, 4));
	for (size_t u = 0; u < 4; u++)
		cr_assert(eq(u32, sc_plan_ratio(p, p->front.best, u), wanted[u]));
	cr_assert(eq(u64, p->best->sheet.total.se.weights, 942080));
	cr_assert(ieee_ulp_eq(dbl, p->space, 16, 0));
	sc_plan_free(p);
	sc_model_free(m);
}

/* The description is read again, and counts what the plan counts. */
static void describe_again(const sc_plan *p)
{
	sc_text text = {0};
	sc_err err = {0};
	cr_assert(zero(int, (int)sc_model_describe(p->study->model, &p->best->set, &text, &err)),
		"%s: %s", p->study->model->file, err.message);
	sc_model *again = net_parse(sc_text_get(&text));
	sc_sheet sheet = net_count(again);
	cr_assert(eq(u64, sheet.total.params, p->best->sheet.total.params));
	cr_assert(eq(u64, sheet.total.flops, p->best->sheet.total.flops));
	cr_assert(eq(u64, sheet.total.se.params, p->front.best->cost[0]));
	sc_sheet_release(&sheet);
	sc_model_free(again);
	sc_text_release(&text);
}

Test(plan_plan, of_every_bundled_network_is_counted_as_a_whole_and_read_again)
{
	int networks = 0;
	for (size_t i = 0; sc_bundled_at(i); i++) {
		if (strcmp(sc_bundled_at(i)->kind, "networks"))
			continue;
		sc_model *m = net_load(sc_bundled_at(i)->path);
		sc_sheet sheet = net_count(m);
		bool has_se = sheet.total.se.params != 0;
		for (size_t r = 1; r + 1 < sheet.rows; r++)
			for (uint32_t b = 0; b < sheet.row[r].blocks; b++)
				has_se = has_se && (!sheet.row[r].fact[b].se.on ||
							   sheet.row[r].fact[b].se.attention ==
								   SC_ATTENTION_se);
		sc_sheet_release(&sheet);
		for (int per = 0; has_se && per < SC_PER__N; per++) {
			sc_plan_request r = request((sc_plan_per)per, "off,64,16,8", "params=+4%");
			r.aim = SC_AIM_width;
			sc_plan *p = plan_of(m, &r);
			cr_assert(p->best != NULL, "%s", m->file);
			describe_again(p);
			sc_plan_free(p);
		}
		networks += has_se;
		sc_model_free(m);
	}
	cr_assert(ge(int, networks, 15));
}

Test(plan_plan, shipped_gains_are_those_of_the_studies)
{
	static const char *const pairs[][2] = {
		{"secost:gains/se-resnet-50-ratio.yaml", "secost:studies/ablation-ratio.yaml"},
		{"secost:gains/se-resnet-50-stages.yaml", "secost:studies/ablation-stages.yaml"}};
	size_t found = 0;
	for (size_t k = 0; k < 2; k++) {
		sc_gain_spec *gains = NULL;
		sc_study_spec *study = NULL;
		cr_assert(zero(int, (int)sc_gain_spec_load(pairs[k][0], &gains, NULL)));
		cr_assert(zero(int, (int)sc_study_spec_load(pairs[k][1], &study, NULL)));
		for (size_t i = 0; i < gains->gains.count; i++) {
			double error = gains->gains.item[i].error;
			bool published = false;
			for (size_t s = 0; s < study->setups.count; s++)
				published = published ||
					    study->setups.item[s].published.top1_error == error;
			for (size_t s = 0; s < study->sweeps.count; s++)
				for (size_t v = 0; v < study->sweeps.item[s].published.count; v++)
					published =
						published || study->sweeps.item[s]
									     .published.item[v]
									     .top1_error == error;
			cr_expect(published, "%s: %g", pairs[k][0], error);
			found += published;
		}
		sc_gain_spec_free(gains);
		sc_study_spec_free(study);
	}
	cr_assert(eq(sz, found, 8));
}

Test(plan_plan, infeasible_says_the_smallest_budget_that_would_do)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	const sc_plan_request r = request(SC_PER_stage, "16,8", "params=+3%");
	sc_plan *p = plan_of(m, &r);
	cr_assert(p->best == NULL);
	cr_assert(eq(u64, p->limit[0].least, 2530992));
	sc_plan_free(p);
	sc_model_free(m);
}

Test(plan_plan, every_allocation_may_fail)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	const sc_plan_request r = request(SC_PER_stage, "off,16", "params=+4%");
	sc_rules rules = sc_rules_default();
	sc_status s = SC_ENOMEM;
	for (unsigned n = 1; s; n++) {
		sc_plan *p = NULL;
		sc_err err = {0};
		fault_arm(n);
		s = sc_plan_make(m, &rules, 1, &r, &p, &err);
		fault_arm(0);
		cr_assert(s == SC_OK || s == SC_ENOMEM, "%s", err.message);
		sc_plan_free(p);
	}
	sc_model_free(m);
}
