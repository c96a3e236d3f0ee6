/* Blocks that are no chain, against what their papers' formulas give. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

#include "../support/net.h"

typedef struct structure {
	const char *stage;
	uint64_t params; /**< without norms and biases: C = 16 channels enter an 8×8 map */
	uint32_t channels;
} structure;

enum { C = 16 };

static const structure structures[] = {
	/* half passes; the other: 1×1, 3×3 a channel, 1×1 */
	{"{block: shuffle_v2, channels: 16, norm: none}", 2 * 8 * 8 + 9 * 8, 16},
	/* all of it goes both ways */
	{"{block: shuffle_v2, channels: 24, norm: none}",
		C * 12 + 9 * 12 + 12 * 12 + 9 * C + C * 12, 24},
	/* 1×1 to half of 32, a 3×3 a channel makes the other; then the same to 16 */
	{"{block: ghost, channels: 16, expansion: 2, norm: none}", C * 16 + 9 * 16 + 32 * 8 + 9 * 8,
		16},
	/* an odd number: the cheap part is the smaller one; the shortcut is 5×5 a channel and 1×1
	 */
	{"{block: ghost, channels: 17, kernel: 5, norm: none}",
		C * 8 + 9 * 8 + C * 9 + 9 * 8 + 25 * C + C * 17, 17},
	{"{block: osa, channels: 20, inner_channels: 4, layers: 3, norm: none}",
		9 * (C * 4 + 2 * 4 * 4) + (C + 3 * 4) * 20, 20},
	{"{block: fire, channels: 12, inner_channels: 4, norm: none}", C * 4 + 4 * 6 + 9 * 4 * 6,
		12},
	/* layer 1 reads 0; 2 reads 1 and 0; 3 reads 2; 4 reads 3, 2 and 0: 4, 6, 4, 10 wide */
	{"{block: harmonic, channels: 20, growth: 4, multiplier: 1.5, layers: 4, norm: none}",
		9 * (C * 4 + (4 + C) * 6 + 6 * 4 + (4 + 6 + C) * 10) + (4 + 4 + 10) * 20, 20},
	/* a norm before each convolution; 8 + 2·4 begin the paths, 8 + 4 come out of the branch */
	{"{block: dual_path, channels: 8, inner_channels: 8, growth: 4}",
		2 * C + C * 16 + 2 * C + C * 8 + 2 * 8 + 9 * 8 * 8 + 2 * 8 + 8 * 12, 20},
};

Test(block_structures, cost_what_their_papers_say)
{
	for (size_t i = 0; i < sizeof structures / sizeof *structures; i++) {
		const structure *s = &structures[i];
		char text[300];
		snprintf(text, sizeof text, "input: [16, 8, 8]\nstages: [%s]\n", s->stage);
		sc_model *m = net_parse(text);
		sc_sheet sheet = net_count(m);
		const sc_layer *last = &sheet.layers.item[sheet.layers.count - 1];
		cr_expect(eq(u64, sheet.total.params, s->params), "%s", s->stage);
		cr_expect(eq(u32, last->out.c, s->channels), "%s", s->stage);
		sc_sheet_release(&sheet);
		sc_model_free(m);
	}
}

/* what a stem gives, and its parameters without norms */
static uint64_t params_of_stem(const char *layers, sc_shape *out)
{
	char text[500];
	snprintf(text, sizeof text,
		"input: [16, 8, 8]\nstem: [%s]\nstages: [{block: plain, channels: 1, norm: "
		"none}]\n",
		layers);
	sc_model *m = net_parse(text);
	sc_sheet sheet = net_count(m);
	const sc_layer *plain = &sheet.layers.item[sc_layers_stage_start(&sheet.layers, 1)];
	*out = plain->in;
	uint64_t params = sheet.total.params - 9 * plain->in.c;
	sc_sheet_release(&sheet);
	sc_model_free(m);
	return params;
}

Test(block_structures, branches_within_a_branch_join_over_what_comes_before_them)
{
	sc_shape out;
	cr_expect(eq(u64,
		params_of_stem("concat: {branches: [[conv: {channels: 4, norm: none}, "
			       "concat: {branches: [[conv: {channels: 3, norm: none}], []]}], "
			       "[max_pool: {kernel: 3}]]}",
			&out),
		16 * 4 + 4 * 3));
	cr_expect(eq(u32, out.c, 3 + 4 + 16));
	cr_expect(eq(u64,
		params_of_stem("add: {branches: [[conv: {channels: 16, norm: none}], []], "
			       "activation: relu}",
			&out),
		16 * 16));
	cr_expect(eq(u32, out.c, 16));
}

Test(block_structures, a_blur_pool_computes_and_learns_nothing)
{
	sc_shape out;
	cr_expect(eq(u64, params_of_stem("blur_pool: {kernel: 3, stride: 2}", &out), 0));
	cr_expect(eq(u32, out.h, 4));
}

/* the depthwise 3×3 of 16 channels, the 1×1 to 8, the norms of either */
static uint64_t separable(const char *norms)
{
	char text[300];
	snprintf(text, sizeof text,
		"input: [16, 8, 8]\nstages: [{block: separable, channels: 8%s}]\n", norms);
	sc_model *m = net_parse(text);
	sc_sheet sheet = net_count(m);
	uint64_t params = sheet.total.params - 9 * 16 - 16 * 8;
	sc_sheet_release(&sheet);
	sc_model_free(m);
	return params;
}

Test(block_structures, a_separable_block_has_a_norm_for_each_convolution)
{
	cr_expect(eq(u64, separable(""), 2 * 16 + 2 * 8));
	cr_expect(eq(u64, separable(", depthwise_norm: none"), 2 * 8));
	cr_expect(eq(u64, separable(", norm: none, depthwise_norm: batch"), 2 * 16));
	cr_expect(eq(u64, separable(", norm: none"), 0));
}

/* SE before the sum of two projected paths */
Test(block_structures, a_graph_of_a_module_has_se_before_its_addition)
{
	sc_model *m = net_parse("input: [16, 8, 8]\nmodules:\n  m:\n    graph:\n"
				"      - {name: a, conv: {channels: 8}}\n"
				"      - {name: g, se}\n"
				"      - {name: p, conv: {channels: 8}, inputs: [input]}\n"
				"      - {name: sum, add, inputs: [g, p]}\n"
				"stages: [{block: branches, modules: [m], se: {ratio: 2}}]\n");
	sc_sheet sheet = net_count(m);
	const sc_layer *last = &sheet.layers.item[sheet.layers.count - 1];
	const uint32_t *from = &sheet.layers.inputs[last->first_input];
	cr_expect(eq(str, (char *)last->op->name, "add"));
	cr_expect(eq(u32, sheet.layers.item[from[0]].role, SC_ROLE_SE));
	sc_sheet_release(&sheet);
	sc_model_free(m);
}

static size_t additions(const char *stage)
{
	char text[300];
	size_t n = 0;
	snprintf(text, sizeof text, "input: [16, 8, 8]\nstages: [%s]\n", stage);
	sc_model *m = net_parse(text);
	sc_sheet sheet = net_count(m);
	for (size_t i = 0; i < sheet.layers.count; i++)
		n += sheet.layers.item[i].op == sc_op_at(SC_OP_add);
	sc_sheet_release(&sheet);
	sc_model_free(m);
	return n;
}

Test(block_structures, residual_adds_what_entered_only_where_the_shape_stays)
{
	cr_expect(eq(sz, additions("{block: fire, channels: [16, 20, 20], inner_channels: 4}"), 0));
	cr_expect(eq(sz,
		additions(
			"{block: fire, channels: [16, 20, 20], inner_channels: 4, residual: true}"),
		2));
	cr_expect(eq(sz,
		additions("{block: osa, channels: [20, 20], inner_channels: 4, layers: 2, "
			  "residual: true}"),
		1));
}
