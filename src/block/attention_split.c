/* Split attention (Zhang et al., "ResNeSt", arXiv 2004.08955): the 3×3 makes a radix of 2 times the
 * channels, in as many groups; the splits' sum is pooled and squeezed to weights for each channel
 * of each. The squeezed width follows from all channels that the convolution makes. Only what
 * weighs has role SC_ROLE_SE. */
#include "block/attention.h"

enum { RADIX = 2 };

static sc_status conv_part(sc_builder *b, const char *name, uint32_t channels, uint32_t groups,
	uint32_t base, sc_err *err)
{
	return sc_se_part(b, name,
		(sc_layer){.op = sc_op_at(SC_OP_conv),
			.out = {.c = channels},
			.kernel = {1, 1},
			.stride = {1, 1},
			.groups = groups,
			.se_base = base,
			.bias = b->se.bias},
		err);
}

static sc_status weigh(sc_builder *b, uint32_t c, uint32_t groups, sc_err *err)
{
	sc_status s =
		sc_se_part(b, "squeeze", (sc_layer){.op = sc_op_at(SC_OP_global_avg_pool)}, err);
	if (!s)
		s = conv_part(b, "fc1", sc_se_units(b, RADIX * c), groups, RADIX * c, err);
	if (!s)
		s = sc_se_part(b, "norm", (sc_layer){.op = sc_op_at(SC_OP_norm)}, err);
	if (!s)
		s = sc_build_function(b, "se", b->se.activation, err);
	if (!s)
		s = conv_part(b, "fc2", RADIX * c, groups, 0, err);
	return s ? s
		 : sc_se_part(b, "softmax",
			   (sc_layer){.op = sc_op_at(SC_OP_softmax), .groups = RADIX}, err);
}

static sc_status take(sc_builder *b, uint32_t map, uint32_t c, uint32_t end[RADIX], sc_err *err)
{
	sc_status s = SC_OK;
	for (uint32_t i = 0; i < RADIX && !s; i++) {
		b->current = map;
		s = sc_se_part(
			b, "split", (sc_layer){.op = sc_op_at(SC_OP_take), .out = {.c = c}}, err);
		end[i] = b->current;
	}
	return s;
}

static sc_status replace(sc_builder *b, const sc_conv *conv, sc_err *err)
{
	uint32_t end[RADIX], c = conv->channels, groups = conv->groups ? conv->groups : 1;
	sc_conv wide = *conv;
	wide.channels = RADIX * c;
	wide.groups = RADIX * groups;
	b->role = SC_ROLE_MAIN;
	sc_status s = sc_build_conv(b, &wide, err);
	b->role = SC_ROLE_SE;
	if (!s)
		s = take(b, b->current, c, end, err);
	if (!s)
		s = sc_build_layer(b,
			(sc_layer){.op = sc_op_at(SC_OP_add), .name = "se", .part = "fuse"}, end,
			RADIX, err);
	if (!s)
		s = weigh(b, c, groups, err);
	return s ? s : sc_se_select(b, end, RADIX, c, err);
}

const sc_attention sc_attention_split = {.replace = replace};
