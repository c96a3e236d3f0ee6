/* Squeeze-and-Excitation as layers, attached to whatever comes next (Hu et al., 2018; figure 2 of
 * arXiv 1709.01507v4): pool each channel, squeeze to d units, act, excite back to C units, gate,
 * scale. With `avg+max` both pools go through one shared two-layer perceptron and their results are
 * added before the gate (Woo et al., CBAM, 2018), so the second run has operations but no
 * parameters of its own.
 *
 * Every layer made here has role SC_ROLE_SE; that role is all that the rest of secost knows of SE.
 */
#include "block/builder.h"

bool sc_se_same(const sc_se_block *a, const sc_se_block *b)
{
#define SE_MEMBER(type, name, from, meaning) a->name == b->name &&
	return
#include "secost/se_block.def"
		true;
#undef SE_MEMBER
}

/* what the ratio divides */
static uint32_t base_width(const sc_builder *b, uint32_t gated)
{
	const sc_se_block *se = &b->se;
	return se->base == SC_BASE_input		  ? b->entering
	       : se->base == SC_BASE_output && b->leaving ? b->leaving
							  : gated;
}

static uint32_t squeezed_width(const sc_se_block *se, double base)
{
	const sc_width_rule rule = {se->rounding, se->divisor, se->min, se->limit, se->floor_first};
	double units = se->ratio ? base / se->ratio : base * se->se_ratio;
	return se->width ? se->width : sc_width_rounded(units, &rule);
}

static sc_status part(sc_builder *b, const char *name, sc_layer l, sc_err *err)
{
	l.name = "se";
	l.part = name;
	return sc_build_next(b, l, err);
}

static sc_status dense(
	sc_builder *b, const char *name, uint32_t features, uint32_t base, bool shared, sc_err *err)
{
	sc_layer l = {.op = sc_op_at(SC_OP_linear),
		.out = {.c = features},
		.se_base = base,
		.bias = b->se.bias,
		.shared = shared};
	return part(b, name, l, err);
}

/* pool → fc1 → activation → fc2; `shared` for the second run of the same weights */
static sc_status excite(sc_builder *b, const sc_op *pool, bool shared, uint32_t gated, sc_err *err)
{
	uint32_t base = base_width(b, gated);
	sc_status s = part(b, "squeeze", (sc_layer){.op = pool}, err);
	if (!s)
		s = dense(b, "fc1", squeezed_width(&b->se, base), base, shared, err);
	if (!s)
		s = sc_build_function(b, "se", b->se.activation, err);
	return s ? s : dense(b, "fc2", gated, 0, shared, err);
}

/* each pool of the squeeze through the two layers; of more than one the results are added */
static sc_status excite_all(sc_builder *b, uint32_t gated, sc_err *err)
{
	uint32_t map = b->current, result[SC_PASSES_MAX], passes = sc_squeeze_passes(b->se.squeeze);
	for (uint32_t i = 0; i < passes; i++) {
		b->current = map;
		sc_status s = excite(b, sc_squeeze_pool(b->se.squeeze, i), i > 0, gated, err);
		if (s)
			return s;
		result[i] = b->current;
	}
	if (passes == 1)
		return SC_OK;
	return sc_build_layer(b, (sc_layer){.op = sc_op_at(SC_OP_add), .name = "se", .part = "sum"},
		result, passes, err);
}

static sc_status attach(sc_builder *b, sc_err *err)
{
	uint32_t map = b->current, gated = sc_build_shape(b).c;
	sc_status s = excite_all(b, gated, err);
	if (!s)
		s = sc_build_function(b, "se", b->se.gate, err);
	if (s)
		return s;
	const uint32_t inputs[] = {map, b->current};
	return sc_build_layer(b,
		(sc_layer){.op = sc_op_at(SC_OP_scale), .name = "se", .part = "scale"}, inputs, 2,
		err);
}

sc_status sc_build_se(sc_builder *b, sc_placement here, sc_err *err)
{
	b->places |= 1u << here;
	if (!b->se.on || b->se.placement != here)
		return SC_OK;
	sc_role role = b->role;
	uint32_t line = b->line, column = b->column;
	b->role = SC_ROLE_SE;
	b->line = b->se.line ? b->se.line : line;
	b->column = b->se.line ? b->se.column : column;
	sc_status s = attach(b, err);
	b->role = role;
	b->line = line;
	b->column = column;
	return s;
}
