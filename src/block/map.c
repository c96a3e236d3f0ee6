/* The short form: a feature map of a given size of which nothing is known but that SE gates it. */
#include "block/builder.h"

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	sc_shape given = spec->size;
	given.c = spec->channels;
	sc_layer l = {.op = sc_op_at(SC_OP_input), .name = "map", .out = given};
	sc_status s = sc_build_layer(b, l, NULL, 0, err);
	return s ? s : sc_build_se(b, SC_PLACEMENT_standard, err);
}

const sc_block_kind sc_block_map = {
	.name = "map",
	.meaning = "a map of a given size: only its SE is counted (the short form)",
	.fields = "channels! size!",
	.build = build,
	.trunk_unknown = true,
};
