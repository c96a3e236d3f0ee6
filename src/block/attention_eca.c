/* Efficient channel attention (Wang et al., "ECA-Net", arXiv 1910.03151): a 1-D convolution along
 * the pooled channels, without biases; what it spans follows from their number (section 3.2, eqn 12
 * with gamma 2 and b 1). */
#include <math.h>

#include "block/attention.h"

static uint32_t span(uint32_t channels)
{
	uint32_t t = (uint32_t)(fabs(log2(channels) + 1) / 2);
	uint32_t k = t % 2 ? t : t + 1;
	return k < 3 ? 3 : k;
}

static sc_status attach(sc_builder *b, sc_err *err)
{
	uint32_t map = b->current, c = sc_build_shape(b).c;
	uint32_t k = b->se.kernel ? b->se.kernel : span(c);
	sc_status s =
		sc_se_part(b, "squeeze", (sc_layer){.op = sc_op_at(SC_OP_global_avg_pool)}, err);
	if (!s)
		s = sc_se_part(b, "conv",
			(sc_layer){.op = sc_op_at(SC_OP_channel_conv), .kernel = {k, 1}}, err);
	return s ? s : sc_se_gate(b, "scale", map, err);
}

const sc_attention sc_attention_eca = {.attach = attach};
