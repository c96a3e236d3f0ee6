/* One SE block and one norm under every counter whose figure is known (C = 256, d = 16, 56×56; 64
 * channels at 56×56). */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "../support/net.h"

static const char block[] = "stages: [{name: s, channels: 256, size: 56}]\nse: {ratio: 16}\n";
static const char norm[] =
	"input: [64, 56, 56]\nstages: [{name: s, channels: 64, size: 56, before: [norm]}]\n";

static uint64_t under(const char *text, const char *rule, sc_quantity quantity)
{
	sc_model *m = net_parse(text);
	sc_sheet sheet = net_count(m);
	sc_cost cost;
	sc_filter all = SC_EVERYTHING;
	uint64_t n = 0;
	cr_assert(eq(int, sc_count(&sheet.layers, &all, &cost, NULL), SC_OK));
	cr_assert(ne(ptr, (void *)sc_rule_named(rule, quantity), NULL));
	cr_assert(eq(int, sc_cost_under(&cost, sc_rule_named(rule, quantity), &n, NULL), SC_OK));
	sc_sheet_release(&sheet);
	sc_model_free(m);
	return n;
}

Test(cost_count, one_se_block_exactly)
{
	cr_assert(eq(u64, under(block, "learnable", SC_QUANTITY_params), 8464));
	cr_assert(eq(u64, under(block, "weights", SC_QUANTITY_params), 8192));
	cr_assert(eq(u64, under(block, "conv_fc", SC_QUANTITY_macs), 8192));
	cr_assert(eq(u64, under(block, "exact", SC_QUANTITY_flops), 1622560));
}

Test(cost_count, one_se_block_under_the_counters_in_use)
{
	cr_assert(eq(u64, under(block, "fvcore", SC_QUANTITY_macs), 811008));
	cr_assert(eq(u64, under(block, "timm", SC_QUANTITY_macs), 8192));
	cr_assert(eq(u64, under(block, "thop", SC_QUANTITY_macs), 811264));
	cr_assert(eq(u64, under(block, "pycls", SC_QUANTITY_macs), 8464));
	cr_assert(eq(u64, under(block, "conv_fc", SC_QUANTITY_flops), 16384));
	cr_assert(eq(u64, under(block, "calflops", SC_QUANTITY_flops), 819488));
}

Test(cost_count, one_norm_under_the_counters_in_use)
{
	cr_assert(eq(u64, under(norm, "fvcore", SC_QUANTITY_macs), 401408));
	cr_assert(eq(u64, under(norm, "thop", SC_QUANTITY_macs), 802816));
	cr_assert(eq(u64, under(norm, "calflops", SC_QUANTITY_flops), 401408));
	cr_assert(eq(u64, under(norm, "pycls", SC_QUANTITY_macs), 0));
	cr_assert(eq(u64, under(norm, "conv_fc", SC_QUANTITY_macs), 0));
	cr_assert(eq(u64, under(norm, "learnable", SC_QUANTITY_params), 128));
	cr_assert(eq(u64, under(norm, "with_statistics", SC_QUANTITY_params), 256));
}

/* the rule `exact` is the sum of all operations, whatever its row says */
Test(cost_count, exact_is_every_operation_with_a_multiply_accumulate_as_two)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	sc_sheet sheet = net_count(m);
	sc_cost cost;
	sc_filter all = SC_EVERYTHING;
	uint64_t sum = 0, n;
	static const sc_count_kind kinds[] = {SC_COUNT_macs, SC_COUNT_macs, SC_COUNT_bias_adds,
		SC_COUNT_adds, SC_COUNT_muls, SC_COUNT_compares, SC_COUNT_evaluations,
		SC_COUNT_divs};
	cr_assert(eq(int, sc_count(&sheet.layers, &all, &cost, NULL), SC_OK));
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		cr_assert(eq(int, sc_cost_sum(&cost, kinds[i], &n, NULL), SC_OK));
		sum += n;
	}
	cr_assert(eq(u64, sheet.total.flops, sum));
	sc_sheet_release(&sheet);
	sc_model_free(m);
}

Test(cost_count, a_count_that_does_not_fit_names_its_layer)
{
	sc_model *m = net_parse(
		"input: [65536, 65536, 65536]\n"
		"stages: [{name: huge, block: plain, channels: 1048576, kernel: 1023}]\n");
	sc_rules rules = sc_rules_default();
	sc_sheet sheet;
	sc_err err = {0};
	cr_assert(eq(int, sc_sheet_make(m, &rules, 1, NULL, &sheet, &err), SC_ERANGE));
	cr_assert(ne(ptr, strstr(err.message, "huge.0.conv"), NULL));
	cr_assert(eq(int, err.line, 2));
	sc_model_free(m);
}
