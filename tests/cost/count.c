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

typedef struct counter {
	const char *rule;
	sc_quantity quantity;
	uint64_t block, norm;
} counter;

/* COUNTING.md, section 2: both forms of pooling; the norm of 64 channels at 56×56 */
Test(cost_count, one_se_block_and_one_norm_under_the_counters_in_use)
{
	static const counter figures[] = {
		{"fvcore", SC_QUANTITY_macs, 811008, 401408},
		{"timm", SC_QUANTITY_macs, 8192, 401408},
		{"thop", SC_QUANTITY_macs, 811264, 802816},
		{"thop_mean", SC_QUANTITY_macs, 8192, 802816},
		{"ptflops", SC_QUANTITY_macs, 1614128, 401408},
		{"ptflops_mean", SC_QUANTITY_macs, 8480, 401408},
		{"ptflops_aten", SC_QUANTITY_macs, 8464, 0},
		{"torchinfo", SC_QUANTITY_macs, 8464, 128},
		{"pycls", SC_QUANTITY_macs, 8464, 0},
		{"conv_fc", SC_QUANTITY_macs, 8192, 0},
		{"calflops", SC_QUANTITY_flops, 819488, 401408},
		{"calflops_mean", SC_QUANTITY_flops, 16672, 401408},
		{"torch_flop_counter", SC_QUANTITY_flops, 16384, 0},
		{"conv_fc", SC_QUANTITY_flops, 16384, 0},
		{"learnable", SC_QUANTITY_params, 8464, 128},
		{"with_statistics", SC_QUANTITY_params, 8464, 256},
	};
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
		const counter *c = &figures[i];
		cr_expect(eq(u64, under(block, c->rule, c->quantity), c->block), "%s", c->rule);
		cr_expect(eq(u64, under(norm, c->rule, c->quantity), c->norm), "%s", c->rule);
	}
}

/* a convolution of 4 → 8 channels at 2×2, then a norm: 8 biases are left of its 16 parameters, 32
 * additions of its 64 operations */
Test(cost_count, a_norm_folds_into_the_convolution_before_it)
{
	static const char plain[] =
		"input: [4, 2, 2]\nstem: [{conv: {channels: 8, kernel: 1, activation: none}}]\n"
		"stages: [{name: s, channels: 8, size: 2}]\n";
	static const char biased[] =
		"input: [4, 2, 2]\n"
		"stem: [{conv: {channels: 8, kernel: 1, bias: true, activation: none}}]\n"
		"stages: [{name: s, channels: 8, size: 2}]\n";
	cr_assert(eq(u64, under(plain, "folded", SC_QUANTITY_params), 32 + 8));
	cr_assert(eq(u64, under(biased, "folded", SC_QUANTITY_params), 32 + 8));
	cr_assert(eq(u64, under(norm, "folded", SC_QUANTITY_params), 2 * 64));
	cr_assert(eq(u64, under(plain, "openvino", SC_QUANTITY_flops), 2 * 128 + 32));
	cr_assert(eq(u64, under(biased, "openvino", SC_QUANTITY_flops), 2 * 128 + 32));
}

/* Learnable parameters with norms folded, from the authors' prototxt files. */
Test(cost_count, folded_networks_have_the_parameters_of_the_released_ones)
{
	static const struct {
		const char *file;
		uint64_t params;
	} figures[] = {
		{"configs/networks/se-bn-inception.yaml", 11921606},
		{"configs/networks/se-resnet-50.yaml", 28061464},
		{"configs/networks/se-resnet-101.yaml", 49274200},
		{"configs/networks/se-resnet-152.yaml", 66746136},
		{"configs/networks/se-resnext-50-32x4d.yaml", 27525784},
		{"configs/networks/se-resnext-101-32x4d.yaml", 48886488},
		{"configs/networks/senet-154.yaml", 114965208},
	};
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
		sc_model *m = net_load(figures[i].file);
		sc_sheet sheet = net_count(m);
		uint64_t n = 0;
		const sc_rule *folded = sc_rule_named("folded", SC_QUANTITY_params);
		cr_assert(eq(int, sc_sheet_under(&sheet, folded, false, &n, NULL), SC_OK));
		cr_expect(eq(u64, n, figures[i].params), "%s", figures[i].file);
		sc_sheet_release(&sheet);
		sc_model_free(m);
	}
}

static bool counts_operations(const sc_rule *r)
{
	return r->quantity == SC_QUANTITY_macs || r->quantity == SC_QUANTITY_flops;
}

Test(cost_count, causes_add_up_to_what_a_rule_differs_from_exact)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	sc_sheet sheet = net_count(m);
	uint64_t exact = sheet.total.flops, total = 0;
	for (size_t r = 0; sc_rule_at(r); r++) {
		int64_t cause[SC_CAUSE__N], sum = 0, added = 0;
		if (!counts_operations(sc_rule_at(r)))
			continue;
		cr_assert(
			eq(int, sc_sheet_under(&sheet, sc_rule_at(r), false, &total, NULL), SC_OK));
		cr_assert(
			eq(int, sc_sheet_causes(&sheet, sc_rule_at(r), cause, &sum, NULL), SC_OK));
		for (size_t i = 0; i < SC_CAUSE__N; i++)
			added += cause[i];
		cr_expect(eq(i64, added, sum), "%s", sc_rule_at(r)->name);
		cr_expect(eq(i64, sum, (int64_t)total - (int64_t)exact), "%s", sc_rule_at(r)->name);
	}
	sc_sheet_release(&sheet);
	sc_model_free(m);
}

/* of the block: 8,192 MACs, 272 biases, 802,816 elements pooled and scaled, 16 + 256 functions */
Test(cost_count, each_cause_is_what_it_says)
{
	int64_t cause[SC_CAUSE__N], sum;
	sc_model *m = net_parse(block);
	sc_sheet sheet = net_count(m);
	const sc_rule *macs = sc_rule_named("conv_fc", SC_QUANTITY_macs);
	cr_assert(eq(int, sc_sheet_causes(&sheet, macs, cause, &sum, NULL), SC_OK));
	cr_expect(eq(i64, cause[SC_CAUSE_fma], -8192));
	cr_expect(eq(i64, cause[SC_CAUSE_bias], -272));
	cr_expect(eq(i64, cause[SC_CAUSE_pooling], -802816));
	cr_expect(eq(i64, cause[SC_CAUSE_scale], -802816));
	cr_expect(eq(i64, cause[SC_CAUSE_gate], -272));
	cr_expect(eq(i64, cause[SC_CAUSE_activation], 0));
	sc_sheet_release(&sheet);
	sc_model_free(m);
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
