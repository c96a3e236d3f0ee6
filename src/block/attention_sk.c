/* Selective kernel (Li et al., "SKNet", arXiv 1903.06586): two 3×3 convolutions of the same input,
 * dilated by 1 and 2; their sum is pooled and squeezed, with a norm and no biases, to a weight for
 * each channel of each. Only what weighs has role SC_ROLE_SE: the convolutions are the block's. */
#include "block/attention.h"

enum { BRANCHES = 2 };

static sc_status convolve(
	sc_builder *b, const sc_conv *conv, uint32_t input, uint32_t end[BRANCHES], sc_err *err)
{
	sc_status s = SC_OK;
	for (uint32_t i = 0; i < BRANCHES && !s; i++) {
		sc_conv one = *conv;
		one.dilation = i + 1;
		b->current = input;
		s = sc_build_conv(b, &one, err);
		end[i] = b->current;
	}
	return s;
}

static sc_status weigh(sc_builder *b, uint32_t c, sc_err *err)
{
	sc_status s =
		sc_se_part(b, "squeeze", (sc_layer){.op = sc_op_at(SC_OP_global_avg_pool)}, err);
	b->se.bias = false;
	if (!s)
		s = sc_se_dense(b, "fc1", sc_se_units(b, c), c, false, err);
	if (!s)
		s = sc_se_part(b, "norm", (sc_layer){.op = sc_op_at(SC_OP_norm)}, err);
	if (!s)
		s = sc_build_function(b, "se", b->se.activation, err);
	if (!s)
		s = sc_se_dense(b, "fc2", BRANCHES * c, 0, false, err);
	return s ? s
		 : sc_se_part(b, "softmax",
			   (sc_layer){.op = sc_op_at(SC_OP_softmax), .groups = BRANCHES}, err);
}

static sc_status replace(sc_builder *b, const sc_conv *conv, sc_err *err)
{
	uint32_t end[BRANCHES], input = b->current;
	b->role = SC_ROLE_MAIN;
	sc_status s = convolve(b, conv, input, end, err);
	b->role = SC_ROLE_SE;
	if (!s)
		s = sc_build_layer(b,
			(sc_layer){.op = sc_op_at(SC_OP_add), .name = "se", .part = "fuse"}, end,
			BRANCHES, err);
	if (!s)
		s = weigh(b, conv->channels, err);
	return s ? s : sc_se_select(b, end, BRANCHES, conv->channels, err);
}

const sc_attention sc_attention_sk = {.replace = replace};
