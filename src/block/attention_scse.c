/* Concurrent spatial and channel SE (Roy et al., arXiv 1803.02579): SE, and beside it a gate for
 * each pixel from a 1×1 convolution to one channel; the larger of both gated maps. */
#include "block/attention.h"

static sc_status pixels(sc_builder *b, uint32_t map, sc_err *err)
{
	b->current = map;
	sc_status s = sc_se_part(b, "conv",
		(sc_layer){.op = sc_op_at(SC_OP_conv),
			.out = {.c = 1},
			.kernel = {1, 1},
			.stride = {1, 1},
			.groups = 1,
			.bias = b->se.bias},
		err);
	return s ? s : sc_se_gate(b, "scale_pixels", map, err);
}

static sc_status attach(sc_builder *b, sc_err *err)
{
	uint32_t map = b->current, gated[2];
	sc_status s = sc_se_excite(b, sc_build_shape(b).c, err);
	if (!s)
		s = sc_se_gate(b, "scale", map, err);
	gated[0] = b->current;
	if (!s)
		s = pixels(b, map, err);
	gated[1] = b->current;
	return s ? s
		 : sc_build_layer(b,
			   (sc_layer){.op = sc_op_at(SC_OP_maximum), .name = "se", .part = "max"},
			   gated, 2, err);
}

const sc_attention sc_attention_scse = {.attach = attach};
