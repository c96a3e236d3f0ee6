/* CBAM (Woo et al., arXiv 1807.06521): SE over the mean and the maximum, then a gate for each pixel
 * from a 7×7 convolution over mean and maximum of its channels. */
#include "block/attention.h"

enum { WINDOW = 7 };

static sc_status gate_pixels(sc_builder *b, sc_err *err)
{
	uint32_t map = b->current;
	sc_status s =
		sc_se_part(b, "channel_pool", (sc_layer){.op = sc_op_at(SC_OP_channel_pool)}, err);
	if (!s)
		s = sc_se_part(b, "conv",
			(sc_layer){.op = sc_op_at(SC_OP_conv),
				.out = {.c = 1},
				.kernel = {WINDOW, WINDOW},
				.stride = {1, 1},
				.padding = {WINDOW / 2, WINDOW / 2},
				.groups = 1},
			err);
	if (!s)
		s = sc_se_part(b, "norm", (sc_layer){.op = sc_op_at(SC_OP_norm)}, err);
	return s ? s : sc_se_gate(b, "scale_pixels", map, err);
}

static sc_status attach(sc_builder *b, sc_err *err)
{
	uint32_t map = b->current;
	b->se.squeeze = SC_SQUEEZE_avg_max;
	sc_status s = sc_se_excite(b, sc_build_shape(b).c, err);
	if (!s)
		s = sc_se_gate(b, "scale", map, err);
	return s ? s : gate_pixels(b, err);
}

const sc_attention sc_attention_cbam = {.attach = attach};
