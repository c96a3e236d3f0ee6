/* Layers with names, each reading those that it names. A block of a network's graph is the run of
 * its layers that ends with SE; a module's graph is one block. */
#include "block/builder.h"

static sc_status build_step(
	sc_builder *b, const sc_graph_run *run, const sc_graph_step *step, sc_err *err)
{
	uint32_t input[SC_INPUTS_MAX];
	if (!step->count || step->count > SC_INPUTS_MAX)
		return sc_fail(err, SC_EINVAL, "a layer that reads %zu tensors, must be 1 … %d",
			step->count, SC_INPUTS_MAX);
	for (size_t i = 0; i < step->count; i++)
		input[i] =
			step->input[i] == SC_GRAPH_ENTERS ? run->entered : run->end[step->input[i]];
	if (step->layer)
		return sc_build_spec(b, step->layer, step->name, input, step->count, err);
	b->current = input[0];
	return sc_build_se(b, SC_PLACEMENT_standard, err);
}

sc_status sc_build_graph(sc_builder *b, const sc_graph_run *run, sc_err *err)
{
	sc_status s = SC_OK;
	for (size_t i = run->from; i < run->to && !s; i++) {
		s = build_step(b, run, &run->step[i], err);
		run->end[i] = b->current;
	}
	return s;
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	return sc_build_graph(b, spec->graph, err);
}

const sc_block_kind sc_block_graph = {
	.name = "graph",
	.meaning = "layers with names, each reading those that it names",
	.fields = "",
	.build = build,
};
