/* Squeeze-and-Excitation as layers (Hu et al., 2018; figure 2 of arXiv 1709.01507v4): pool each
 * channel, squeeze to d units, act, excite back to C units, gate, scale. With several pools each
 * goes through one shared two-layer perceptron and the results are added before the gate (Woo et
 * al., CBAM, 2018), so the second run has operations but no parameters of its own. */
#include "block/attention.h"

/* what the ratio divides */
static uint32_t base_width(const sc_builder *b, uint32_t gated)
{
	const sc_se_block *se = &b->se;
	return se->base == SC_BASE_input		  ? b->entering
	       : se->base == SC_BASE_output && b->leaving ? b->leaving
							  : gated;
}

uint32_t sc_se_units(const sc_builder *b, uint32_t base)
{
	const sc_se_block *se = &b->se;
	const sc_width_rule rule = {se->rounding, se->divisor, se->min, se->limit, se->floor_first};
	double units = se->ratio ? (double)base / se->ratio : base * se->se_ratio;
	return se->width ? se->width : sc_width_rounded(units, &rule);
}

sc_status sc_se_part(sc_builder *b, const char *name, sc_layer l, sc_err *err)
{
	l.name = "se";
	l.part = name;
	return sc_build_next(b, l, err);
}

sc_status sc_se_dense(
	sc_builder *b, const char *name, uint32_t features, uint32_t base, bool shared, sc_err *err)
{
	sc_layer l = {.op = sc_op_at(SC_OP_linear),
		.out = {.c = features},
		.se_base = base,
		.bias = b->se.bias,
		.shared = shared};
	return sc_se_part(b, name, l, err);
}

sc_status sc_se_layers(sc_builder *b, bool shared, uint32_t gated, sc_err *err)
{
	uint32_t base = base_width(b, gated);
	sc_status s = sc_se_dense(b, "fc1", sc_se_units(b, base), base, shared, err);
	if (!s)
		s = sc_build_function(b, "se", b->se.activation, err);
	return s ? s : sc_se_dense(b, "fc2", gated, 0, shared, err);
}

sc_status sc_se_excite(sc_builder *b, uint32_t gated, sc_err *err)
{
	uint32_t map = b->current, result[SC_PASSES_MAX], passes = sc_squeeze_passes(b->se.squeeze);
	for (uint32_t i = 0; i < passes; i++) {
		const sc_op *pool = sc_squeeze_pool(b->se.squeeze, i);
		b->current = map;
		sc_status s = sc_se_part(b, "squeeze", (sc_layer){.op = pool}, err);
		if (!s)
			s = sc_se_layers(b, i > 0, gated, err);
		if (s)
			return s;
		result[i] = b->current;
	}
	if (passes == 1)
		return SC_OK;
	return sc_build_layer(b, (sc_layer){.op = sc_op_at(SC_OP_add), .name = "se", .part = "sum"},
		result, passes, err);
}

sc_status sc_se_gate(sc_builder *b, const char *op, uint32_t map, sc_err *err)
{
	sc_status s = sc_build_function(b, "se", b->se.gate, err);
	if (s)
		return s;
	const uint32_t inputs[] = {map, b->current};
	return sc_build_layer(b, (sc_layer){.op = sc_op_named(op), .name = "se", .part = "scale"},
		inputs, 2, err);
}

sc_status sc_se_select(sc_builder *b, uint32_t *branch, uint32_t n, uint32_t channels, sc_err *err)
{
	uint32_t weights = b->current;
	for (uint32_t i = 0; i < n; i++) {
		b->current = weights;
		sc_status s = sc_se_part(b, "weight",
			(sc_layer){.op = sc_op_at(SC_OP_take), .out = {.c = channels}}, err);
		const uint32_t inputs[] = {branch[i], b->current};
		if (!s)
			s = sc_build_layer(b,
				(sc_layer){
					.op = sc_op_at(SC_OP_scale), .name = "se", .part = "scale"},
				inputs, 2, err);
		if (s)
			return s;
		branch[i] = b->current;
	}
	return sc_build_layer(b, (sc_layer){.op = sc_op_at(SC_OP_add), .name = "se", .part = "sum"},
		branch, n, err);
}

static sc_status attach(sc_builder *b, sc_err *err)
{
	uint32_t map = b->current;
	sc_status s = sc_se_excite(b, sc_build_shape(b).c, err);
	return s ? s : sc_se_gate(b, "scale", map, err);
}

const sc_attention sc_attention_se = {.attach = attach};
