/* One SE block and one norm under every counter whose figure is known (C = 256, d = 16, 56×56; 64
 * channels at 56×56). */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/net.h"
#include "base/csv.h"
#include "base/file.h"

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

static sc_quantity quantity_of(const char *name)
{
	size_t q = 0;
	while (sc_quantity_name(q) && strcmp(sc_quantity_name(q), name))
		q++;
	return (sc_quantity)q;
}

/* each line of tests/data/counters.csv: what a counter of today prints, and where that is known
 * from */
Test(cost_count, one_se_block_and_one_norm_under_the_counters_in_use)
{
	enum { COUNTER, POOLING, QUANTITY, RULE, BLOCK, NORM };
	static const char path[] = "tests/data/counters.csv";
	sc_csv csv;
	sc_text text = {0};
	sc_err err = {0};
	cr_assert(eq(int, sc_file_read(path, 1 << 20, &text, &err), SC_OK), "%s", err.message);
	cr_assert(eq(int,
			  sc_csv_take(path, &text,
				  "counter,pooling,quantity,rule,block,norm,source", &csv, &err),
			  SC_OK),
		"%s", err.message);
	for (size_t i = 0; i < csv.rows; i++) {
		const char *rule = sc_csv_cell(&csv, i, RULE), *norms = sc_csv_cell(&csv, i, NORM);
		sc_quantity q = quantity_of(sc_csv_cell(&csv, i, QUANTITY));
		cr_expect(eq(u64, under(block, rule, q),
				  strtoull(sc_csv_cell(&csv, i, BLOCK), NULL, 10)),
			"%s", rule);
		if (*norms)
			cr_expect(eq(u64, under(norm, rule, q), strtoull(norms, NULL, 10)), "%s",
				rule);
	}
	sc_csv_release(&csv);
}

/* a convolution of 4 → 8 channels at 2×2, then a norm: 8 biases are left of its 16 parameters, none
 * of its 64 operations; the image has 16 elements */
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
	cr_assert(eq(u64, under(norm, "openvino", SC_QUANTITY_flops), (2 + 2) * 64 * 56 * 56));
	cr_assert(eq(u64, under(plain, "openvino", SC_QUANTITY_flops), 2 * 128 + 2 * 16));
	cr_assert(eq(u64, under(biased, "openvino", SC_QUANTITY_flops), 2 * 128 + 2 * 16));
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

static void causes_add_up(const sc_sheet *sheet, const sc_rule *rule)
{
	int64_t cause[SC_CAUSE__N], sum = 0, added = 0;
	uint64_t total = 0;
	cr_assert(eq(int, sc_sheet_under(sheet, rule, false, &total, NULL), SC_OK));
	cr_assert(eq(int, sc_sheet_causes(sheet, rule, cause, &sum, NULL), SC_OK));
	for (size_t i = 0; i < SC_CAUSE__N; i++)
		added += cause[i];
	cr_expect(eq(i64, added, sum), "%s of %s", rule->name, sheet->model->name);
	cr_expect(eq(i64, sum, (int64_t)total - (int64_t)sheet->total.flops), "%s of %s",
		rule->name, sheet->model->name);
}

/* a network of each family that is inside the library */
Test(cost_count, causes_add_up_to_what_a_rule_differs_from_exact)
{
	static const char *const networks[] = {"se-resnet-50", "resnet-50-d", "resnest-50",
		"cbam-resnet-50", "efficientnet-b0", "efficientnet-v2-s", "mobilenet-v3-large",
		"regnety-400mf", "ghostnet", "se-shufflenet-1x-g3", "se-bn-inception",
		"se-inception-resnet-v2", "se-vgg-16", "se-cifar-preresnet-110", "ese-vovnet-39",
		"squeezenet-1.0", "sk-resnext-50", "pyramidnet-272"};
	for (size_t i = 0; i < sizeof networks / sizeof *networks; i++) {
		char path[128];
		snprintf(path, sizeof path, "configs/networks/%s.yaml", networks[i]);
		sc_model *m = net_load(path);
		sc_sheet sheet = net_count(m);
		for (size_t r = 0; sc_rule_at(r); r++)
			if (counts_operations(sc_rule_at(r)))
				causes_add_up(&sheet, sc_rule_at(r));
		sc_sheet_release(&sheet);
		sc_model_free(m);
	}
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
