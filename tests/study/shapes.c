/* Blocks are of one shape where their SE is the same, member by member of se_block.def. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "../support/net.h"

static sc_model *with_override(const char *se)
{
	char text[400];
	snprintf(text, sizeof text,
		"input: [64, 16, 16]\n"
		"stages:\n"
		"  - name: a\n"
		"    block: inverted_residual\n"
		"    blocks: 4\n"
		"    channels: 64\n"
		"    expansion: 4\n"
		"    overrides: [{blocks: [1, 3], se: {%s}}]\n"
		"se: {ratio: 16, rule: make_divisible, divisor: 8, placement: inner}\n",
		se);
	return net_parse(text);
}

static size_t shapes_with(const char *se, uint32_t blocks[2])
{
	sc_model *m = with_override(se);
	sc_sheet s = net_count(m);
	sc_se_shape *shape;
	size_t n;
	sc_err err = {0};
	cr_assert(eq(int, sc_se_shapes(&s, &shape, &n, &err), SC_OK), "%s", err.message);
	for (size_t i = 0; i < n && i < 2; i++)
		blocks[i] = shape[i].blocks;
	free(shape);
	sc_sheet_release(&s);
	sc_model_free(m);
	return n;
}

Test(study_shapes, a_block_that_differs_in_any_field_of_its_se_is_of_another_shape)
{
	static const char *const fields[] = {"ratio: 8", "se_ratio: 0.0625", "width: 16",
		"rule: floor", "divisor: 4", "min: 4", "round_limit: 0.5", "floor_first: true",
		"base: output", "bias: false", "squeeze: avg+max", "activation: silu",
		"gate: hard_sigmoid"};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		uint32_t blocks[2] = {0, 0};
		cr_expect(eq(sz, shapes_with(fields[i], blocks), 2), "%s", fields[i]);
		cr_expect(eq(u32, blocks[0], 2), "%s", fields[i]);
		cr_expect(eq(u32, blocks[1], 2), "%s", fields[i]);
	}
}

Test(study_shapes, fields_that_say_what_holds_anyhow_make_no_other_shape)
{
	uint32_t blocks[2];
	cr_assert(eq(sz, shapes_with("ratio: 16, gate: sigmoid, bias: true", blocks), 1));
	cr_assert(eq(u32, blocks[0], 4));
}

Test(study_shapes, blocks_without_se_are_of_no_shape)
{
	uint32_t blocks[2];
	cr_assert(eq(sz, shapes_with("ratio: off", blocks), 1));
	cr_assert(eq(u32, blocks[0], 2));
}

/* one by one and shape by shape */
Test(study_shapes, shapes_times_blocks_add_up_to_the_whole)
{
	uint32_t blocks[2];
	cr_assert(eq(sz, shapes_with("bias: false", blocks), 2));
	sc_model *m = with_override("bias: false");
	sc_sheet s = net_count(m);
	sc_se_shape *shape;
	size_t n;
	uint64_t params = 0;
	cr_assert(eq(int, sc_se_shapes(&s, &shape, &n, NULL), SC_OK));
	for (size_t i = 0; i < n; i++) {
		const sc_se_fact *f = shape[i].fact;
		uint64_t c = f->gated.c, d = f->squeezed;
		params += shape[i].blocks * (2 * c * d + (f->se.bias ? c + d : 0));
	}
	cr_assert(eq(u64, params, s.total.se.params));
	free(shape);
	sc_sheet_release(&s);
	sc_model_free(m);
}
