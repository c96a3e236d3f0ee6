/* Parallel branches joined by concat or add: Inception modules, and with a residual the blocks of
 * Inception-ResNet. SE follows the join, or comes before the residual addition. */
#include "block/builder.h"

static sc_status parallel(sc_builder *b, const sc_module *m, sc_err *err)
{
	const char *join = sc_join_name(m->join);
	const sc_layer layer = {.op = sc_op_named(join), .name = join};
	return sc_build_joined(b, &layer, m->branches.item, m->branches.count, err);
}

static sc_status add_residual(sc_builder *b, const sc_module *m, uint32_t input, sc_err *err)
{
	sc_status s = SC_OK;
	if (m->scale != 0)
		s = sc_build_next(b,
			(sc_layer){.op = sc_op_at(SC_OP_multiply), .name = "residual_scale"}, err);
	uint32_t end = b->current;
	b->current = input;
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_identity, err);
	return s ? s : sc_build_sum(b, end, m->activation, err);
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	const sc_module *m = spec->module;
	if (spec->graph)
		return sc_build_graph(b, spec->graph, err);
	uint32_t line = b->line, column = b->column, input = b->current;
	b->line = m->given.at.line;
	b->column = m->given.at.column;
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	if (!s)
		s = parallel(b, m, err);
	if (!s)
		s = sc_build_list(b, &m->after, err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_standard, err);
	if (!s && m->residual == SC_YES)
		s = add_residual(b, m, input, err);
	b->line = line;
	b->column = column;
	return s;
}

const sc_block_kind sc_block_branches = {
	.name = "branches",
	.meaning = "a module: branches joined by concat or add (Inception), or a graph",
	.fields = "modules!",
	.build = build,
};
