/* The example that the SE paper works through (arXiv 1709.01507v4, section 4). */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "../support/net.h"

static sc_sheet counted(const char *const *set, sc_model **model)
{
	*model = net_load("configs/networks/se-resnet-50.yaml");
	net_set(*model, set);
	return net_count(*model);
}

static void drop(sc_sheet *sheet, sc_model *model)
{
	sc_sheet_release(sheet);
	sc_model_free(model);
}

Test(study_se_resnet_50, totals)
{
	sc_model *m;
	sc_sheet s = counted((const char *[]){NULL}, &m);
	cr_assert(eq(u64, s.total.params, 28088024));
	cr_assert(eq(u64, s.total.macs, 3860488192));
	cr_assert(eq(u64, s.total.se.weights, 2514944));
	cr_assert(eq(u64, s.total.se.biases, 16048));
	cr_assert(eq(u64, s.total.se.elements, 5519360));
	cr_assert(ieee_ulp_eq(dbl, s.total.se.by_formula.formula, 2514944, 0));
	drop(&s, m);
}

Test(study_se_resnet_50, weights_by_stage)
{
	static const uint64_t weights[] = {24576, 131072, 786432, 1572864};
	sc_model *m;
	sc_sheet s = counted((const char *[]){NULL}, &m);
	for (size_t i = 0; i < 4; i++)
		cr_assert(eq(u64, s.row[i + 1].t.se.weights, weights[i]));
	drop(&s, m);
}

Test(study_se_resnet_50, dropping_the_last_stage_leaves_942080_weights)
{
	sc_model *m;
	sc_sheet s = counted((const char *[]){"stages[-1].se=off", NULL}, &m);
	cr_assert(eq(u64, s.total.se.weights, 942080));
	cr_assert(eq(u64, s.total.params - s.total.se.params, 25557032));
	drop(&s, m);
}

Test(study_se_resnet_50, avg_and_max_share_one_perceptron_that_runs_twice)
{
	sc_model *m, *n;
	sc_sheet one = counted((const char *[]){NULL}, &m);
	sc_sheet both = counted((const char *[]){"se.squeeze=avg+max", NULL}, &n);
	cr_assert(eq(u64, both.total.se.params, one.total.se.params));
	cr_assert(eq(u64, both.total.se.macs, 2 * one.total.se.macs));
	drop(&one, m);
	drop(&both, n);
}

Test(study_se_resnet_50, batch_multiplies_operations_and_not_parameters)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	sc_rules rules = sc_rules_default();
	sc_sheet s;
	cr_assert(eq(int, sc_sheet_make(m, &rules, 8, NULL, &s, NULL), SC_OK));
	cr_assert(eq(u64, s.total.params, 28088024));
	cr_assert(eq(u64, s.total.macs, 8 * 3860488192));
	cr_assert(eq(u64, s.total.se.elements, 8 * 5519360));
	drop(&s, m);
}

Test(study_se_resnet_50, the_short_form_counts_the_same_se_and_no_trunk)
{
	sc_model *m = net_parse("stages:\n"
				"  - {name: conv2_x, blocks: 3, channels: 256, size: 56}\n"
				"  - {name: conv3_x, blocks: 4, channels: 512, size: 28}\n"
				"  - {name: conv4_x, blocks: 6, channels: 1024, size: 14}\n"
				"  - {name: conv5_x, blocks: 3, channels: 2048, size: 7}\n"
				"se: {ratio: 16}\nbase: {params: 25557032}\n");
	sc_sheet s = net_count(m);
	uint64_t base = 0;
	cr_assert(not(s.total.known));
	cr_assert(eq(u64, s.total.se.weights, 2514944));
	cr_assert(eq(u64, s.total.se.biases, 16048));
	cr_assert(eq(u64, s.total.se.flops, 16100704));
	cr_assert(sc_sheet_base_params(&s, &base));
	cr_assert(eq(u64, base, 25557032));
	cr_assert(not(sc_sheet_base_macs(&s, &base)));
	drop(&s, m);
}
