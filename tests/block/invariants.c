/* What holds for every kind of block, stride and SE placement, whatever the numbers are. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <stdio.h>
#include <string.h>

#include "../support/net.h"

/* a stage of each kind; %u is the stride, %s the SE */
static const char *const stages[] = {
	"{name: s, block: bottleneck, blocks: 2, channels: 64, stride: %u, se: %s}",
	"{name: s, block: bottleneck, blocks: 2, channels: 64, stride: %u, stride_at: 3x3, groups: "
	"2, se: %s}",
	"{name: s, block: basic, blocks: 2, channels: 64, stride: %u, se: %s}",
	"{name: s, block: basic, blocks: 2, channels: 64, shortcut: pad, stride: %u, se: %s}",
	"{name: s, block: preact, body: basic, blocks: 2, channels: 64, stride: %u, se: %s}",
	"{name: s, block: preact, body: bottleneck, blocks: 2, channels: 64, stride: %u, se: %s}",
	"{name: s, block: plain, blocks: 2, channels: 64, stride: %u, se: %s}",
	"{name: s, block: separable, blocks: 2, channels: 64, stride: %u, se: %s}",
	"{name: s, block: inverted_residual, expansion: 3, blocks: 2, channels: 64, stride: %u, "
	"se: %s}",
	"{name: s, block: inverted_residual, fused: true, expansion: 3, blocks: 2, channels: 64, "
	"stride: %u, se: %s}",
	"{name: s, block: inverted_residual, mixed_kernels: 3, expand: true, blocks: 2, channels: "
	"64, stride: %u, se: %s}",
	"{name: s, block: bottleneck, blocks: 2, channels: 64, shortcut: avg_pool, dilation: 2, "
	"norm: group, stride: %u, stride_at: pool, se: %s}",
	"{name: s, block: basic, blocks: 2, channels: 64, kernel: 5, norm: layer, activation: "
	"silu, "
	"stride: %u, se: %s}",
	"{name: s, block: preact, body: bottleneck, pyramid: true, blocks: 2, channels: 64, "
	"shortcut: avg_pad, group_size: 8, stride: %u, se: %s}",
	"{name: s, block: shuffle, groups: 2, blocks: 2, channels: 64, stride: %u, se: %s}",
	"{name: s, block: shuffle_v2, blocks: 2, channels: 64, stride: %u, se: %s}",
	"{name: s, block: ghost, expansion: 2.5, blocks: 2, channels: 65, stride: %u, se: %s}",
	"{name: s, block: osa, layers: 3, inner_channels: 8, residual: true, blocks: 2, channels: "
	"64, before: [max_pool: {kernel: 3, stride: %u}], se: %s}",
	"{name: s, block: fire, inner_channels: 8, residual: true, blocks: 2, channels: 64, "
	"before: [max_pool: {kernel: 3, stride: %u}], se: %s}",
	"{name: s, block: harmonic, growth: 4, multiplier: 1.6, layers: 6, blocks: 2, channels: "
	"64, "
	"before: [max_pool: {kernel: 3, stride: %u}], se: %s}",
	"{name: s, block: dual_path, inner_channels: 16, growth: 4, groups: 4, blocks: 2, "
	"channels: "
	"64, stride: %u, se: %s}",
};

struct one {
	size_t stage, placement;
	unsigned stride;
};

enum { STAGES = sizeof stages / sizeof *stages };

static void write_net(const struct one *c, const char *se, unsigned side, char *out, size_t room)
{
	char stage[256];
	snprintf(stage, sizeof stage, stages[c->stage], c->stride, se);
	snprintf(out, room,
		"input: [3, %u, %u]\nstem: [{conv: {channels: 32, kernel: 3}}]\nstages:\n  - %s\n"
		"head: [global_avg_pool, {linear: {features: 10}}]\n",
		side, side, stage);
}

static void se_text(const struct one *c, char out[64])
{
	snprintf(out, 64, "{ratio: 4, placement: %s}", sc_placement_name(c->placement));
}

static sc_model *model_of(const struct one *c, const char *se, unsigned side)
{
	char text[1024];
	write_net(c, se, side, text, sizeof text);
	return net_parse(text);
}

/* does this kind have a place for that SE? */
static bool has_place(const struct one *c)
{
	char se[64];
	se_text(c, se);
	sc_model *m = model_of(c, se, 16);
	sc_layers layers = {0};
	bool has = !sc_model_expand(m, NULL, &layers, NULL);
	sc_layers_release(&layers);
	sc_model_free(m);
	return has;
}

ParameterizedTestParameters(block_invariants, hold)
{
	size_t n = 0, room = STAGES * SC_PLACEMENT__N * 2;
	struct one *all = cr_malloc(room * sizeof *all);
	for (size_t s = 0; s < STAGES; s++)
		for (size_t p = 0; p < SC_PLACEMENT__N; p++)
			for (unsigned stride = 1; stride <= 2; stride++) {
				struct one c = {s, p, stride};
				if (strstr(stages[s], "block: shuffle,") && stride == 1)
					continue; /* a ShuffleNet stage begins with a stride */
				if (has_place(&c))
					all[n++] = c;
			}
	return cr_make_param_array(struct one, all, n);
}

static void layers_chain(const sc_layers *layers)
{
	for (size_t i = 0; i < layers->count; i++) {
		const sc_layer *l = &layers->item[i];
		for (uint32_t j = 0; j < l->input_count; j++)
			cr_assert(lt(u32, layers->inputs[l->first_input + j], (uint32_t)i));
		if (!l->input_count)
			continue;
		const sc_shape *from = &layers->item[layers->inputs[l->first_input]].out;
		cr_assert(not(ne(int, memcmp(from, &l->in, sizeof *from), 0)));
	}
}

static void add(sc_cost *sum, const sc_layers *layers, sc_filter filter)
{
	sc_cost part;
	cr_assert(eq(int, sc_count(layers, &filter, &part, NULL), SC_OK));
	for (int c = 0; c < SC_CLASS__N; c++)
		for (int k = 0; k < SC_COUNT__N; k++)
			sum->n[c][k] += part.n[c][k];
}

static void sums_agree(const sc_layers *layers)
{
	sc_cost total = {0}, by_op = {0}, by_role = {0}, by_stage = {0};
	add(&total, layers, SC_EVERYTHING);
	for (size_t i = 0; sc_op_at(i); i++)
		add(&by_op, layers, (sc_filter){SC_ANY, SC_ANY, SC_ANY, sc_op_at(i)});
	for (int r = 0; r < SC_ROLE__N; r++)
		add(&by_role, layers, (sc_filter){SC_ANY, SC_ANY, r, NULL});
	for (uint32_t s = 0; s <= layers->stages + 1; s++)
		add(&by_stage, layers, (sc_filter){s, SC_ANY, SC_ANY, NULL});
	cr_assert(eq(int, memcmp(&total, &by_op, sizeof total), 0));
	cr_assert(eq(int, memcmp(&total, &by_role, sizeof total), 0));
	cr_assert(eq(int, memcmp(&total, &by_stage, sizeof total), 0));
}

static void removing_se_removes_its_sum(const struct one *c, const sc_sheet *with)
{
	sc_model *m = model_of(c, "off", 16);
	sc_sheet without = net_count(m);
	cr_assert(gt(u64, with->total.se.params, 0));
	cr_assert(eq(u64, with->total.params - with->total.se.params, without.total.params));
	cr_assert(eq(u64, with->total.macs - with->total.se.macs, without.total.macs));
	cr_assert(eq(u64, with->total.flops - with->total.se.flops, without.total.flops));
	cr_assert(eq(u64, with->total.bytes - with->total.se.bytes, without.total.bytes));
	sc_sheet_release(&without);
	sc_model_free(m);
}

static uint64_t conv_macs(const sc_sheet *sheet)
{
	sc_cost cost;
	sc_filter conv = SC_EVERYTHING;
	conv.op = sc_op_named("conv");
	cr_assert(eq(int, sc_count(&sheet->layers, &conv, &cost, NULL), SC_OK));
	return cost.n[SC_CLASS_conv][SC_COUNT_macs];
}

static void size_moves_macs_and_not_params(
	const struct one *c, const char *se, const sc_sheet *small)
{
	sc_model *m = model_of(c, se, 32);
	sc_sheet large = net_count(m);
	cr_assert(eq(u64, large.total.params, small->total.params));
	cr_assert(eq(u64, large.total.se.params, small->total.se.params));
	cr_assert(eq(u64, conv_macs(&large), 4 * conv_macs(small)));
	sc_sheet_release(&large);
	sc_model_free(m);
}

static void formula_and_its_causes_make_the_exact_params(const sc_sheet *sheet)
{
	const sc_se_formula *f = &sheet->total.se.by_formula;
	double sum = f->formula + f->from_biases + f->from_gated + f->from_base + f->from_rounding;
	cr_assert(epsilon_eq(dbl, sum, (double)sheet->total.se.params, 1e-6));
}

ParameterizedTest(struct one *c, block_invariants, hold)
{
	char se[64];
	se_text(c, se);
	sc_model *m = model_of(c, se, 16);
	sc_sheet sheet = net_count(m);
	layers_chain(&sheet.layers);
	sums_agree(&sheet.layers);
	removing_se_removes_its_sum(c, &sheet);
	size_moves_macs_and_not_params(c, se, &sheet);
	formula_and_its_causes_make_the_exact_params(&sheet);
	sc_sheet_release(&sheet);
	sc_model_free(m);
}

Test(block_invariants, doubling_the_groups_halves_a_grouped_convolution)
{
	uint64_t macs[2];
	for (unsigned i = 0; i < 2; i++) {
		char text[256];
		snprintf(text, sizeof text,
			"input: [64, 8, 8]\nstages: [{name: s, block: plain, channels: 64, groups: "
			"%u}]\n",
			2 << i);
		sc_model *m = net_parse(text);
		sc_sheet sheet = net_count(m);
		macs[i] = sheet.total.macs;
		sc_sheet_release(&sheet);
		sc_model_free(m);
	}
	cr_assert(eq(u64, macs[0], 2 * macs[1]));
}

Test(block_invariants, every_kind_is_tried)
{
	for (size_t i = 0; sc_block_kind_at(i); i++) {
		bool tried = !strcmp(sc_block_kind_at(i)->name, "map") ||
			     !strcmp(sc_block_kind_at(i)->name, "branches");
		for (size_t s = 0; s < STAGES; s++)
			tried = tried || strstr(stages[s], sc_block_kind_at(i)->name);
		cr_assert(tried, "'%s' is in no case above", sc_block_kind_at(i)->name);
	}
}
