/* Gather-excite (Hu et al., arXiv 1810.12348): gather each channel over an extent, the whole map or
 * blocks of a power of two, then a gate. `minus` gathers by a mean and learns nothing; `theta` by
 * depthwise convolutions, each with a norm; `plus` puts SE's two layers after it. A gate smaller
 * than the map is brought to its size by the nearest value. */
#include "block/attention.h"

static sc_status mean(sc_builder *b, sc_err *err)
{
	uint32_t n = b->se.extent;
	if (!n)
		return sc_se_part(
			b, "gather", (sc_layer){.op = sc_op_at(SC_OP_global_avg_pool)}, err);
	return sc_se_part(b, "gather",
		(sc_layer){.op = sc_op_at(SC_OP_avg_pool),
			.kernel = {2 * n - 1, 2 * n - 1},
			.stride = {n, n},
			.padding = {n - 1, n - 1}},
		err);
}

static sc_status depthwise(
	sc_builder *b, uint32_t h, uint32_t w, uint32_t stride, uint32_t pad, sc_err *err)
{
	uint32_t c = sc_build_shape(b).c;
	sc_status s = sc_se_part(b, "gather",
		(sc_layer){.op = sc_op_at(SC_OP_conv),
			.out = {.c = c},
			.kernel = {h, w},
			.stride = {stride, stride},
			.padding = {pad, pad},
			.groups = c},
		err);
	return s ? s : sc_se_part(b, "norm", (sc_layer){.op = sc_op_at(SC_OP_norm)}, err);
}

static sc_status gather(sc_builder *b, sc_err *err)
{
	sc_shape map = sc_build_shape(b);
	if (b->se.theta == SC_THETA_minus)
		return mean(b, err);
	if (!b->se.extent)
		return depthwise(b, map.h, map.w, 1, 0, err);
	sc_status s = SC_OK;
	for (uint32_t n = 1; n < b->se.extent && !s; n *= 2) {
		if (n > 1)
			s = sc_build_function(b, "se", b->se.activation, err);
		if (!s)
			s = depthwise(b, 3, 3, 2, 1, err);
	}
	return s;
}

/* SE's two layers on each position, as 1×1 convolutions */
static sc_status excite(sc_builder *b, sc_err *err)
{
	uint32_t c = sc_build_shape(b).c, units = sc_se_units(b, c);
	const uint32_t width[] = {units, c};
	sc_status s = SC_OK;
	for (int i = 0; i < 2 && !s; i++) {
		s = sc_se_part(b, i ? "fc2" : "fc1",
			(sc_layer){.op = sc_op_at(SC_OP_conv),
				.out = {.c = width[i]},
				.kernel = {1, 1},
				.stride = {1, 1},
				.groups = 1,
				.se_base = i ? 0 : c,
				.bias = b->se.bias},
			err);
		if (!s && !i)
			s = sc_build_function(b, "se", b->se.activation, err);
	}
	return s;
}

static sc_status attach(sc_builder *b, sc_err *err)
{
	uint32_t map = b->current;
	sc_shape whole = sc_build_shape(b);
	sc_status s = gather(b, err);
	if (!s && b->se.theta == SC_THETA_plus)
		s = excite(b, err);
	if (s || !b->se.extent)
		return s ? s : sc_se_gate(b, "scale", map, err);
	s = sc_se_part(b, "upsample",
		(sc_layer){.op = sc_op_at(SC_OP_upsample), .out = {0, whole.h, whole.w}}, err);
	return s ? s : sc_se_gate(b, "gate_map", map, err);
}

const sc_attention sc_attention_ge = {.attach = attach};
