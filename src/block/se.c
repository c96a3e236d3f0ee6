/* Squeeze-and-Excitation as layers, attached to whatever comes next (Hu et al., 2018; figure 2 of
 * arXiv 1709.01507v4): pool each channel, squeeze to d units, act, excite back to C units, gate,
 * scale. With `avg+max` both pools go through one shared two-layer perceptron and their results are
 * added before the gate (Woo et al., CBAM, 2018), so the second run has operations but no
 * parameters of its own.
 *
 * Every layer made here has role SC_ROLE_SE; that role is all that the rest of secost knows of SE.
 */
#include "block/builder.h"

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
	double units = se->ratio ? base / se->ratio : base * se->se_ratio;
	return se->width ? se->width : sc_width_rounded(units, &se->rule);
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
	sc_layer l = {.op = sc_op_named("linear"),
		.out = {.c = features},
		.se_base = base,
		.bias = b->se.bias,
		.shared = shared};
	return part(b, name, l, err);
}

/* pool → fc1 → activation → fc2; `shared` for the second run of the same weights */
static sc_status excite(sc_builder *b, const char *pool, bool shared, uint32_t gated, sc_err *err)
{
	uint32_t base = base_width(b, gated);
	sc_status s = part(b, "squeeze", (sc_layer){.op = sc_op_named(pool)}, err);
	if (!s)
		s = dense(b, "fc1", squeezed_width(&b->se, base), base, shared, err);
	if (!s)
		s = sc_build_function(b, "se", b->se.activation, err);
	return s ? s : dense(b, "fc2", gated, 0, shared, err);
}

static sc_status excite_both(sc_builder *b, uint32_t gated, sc_err *err)
{
	uint32_t map = b->current, result[2];
	sc_status s = excite(b, "global_avg_pool", false, gated, err);
	result[0] = b->current;
	b->current = map;
	if (!s)
		s = excite(b, "global_max_pool", true, gated, err);
	result[1] = b->current;
	if (s)
		return s;
	return sc_build_layer(b, (sc_layer){.op = sc_op_named("add"), .name = "se", .part = "sum"},
		result, 2, err);
}

static sc_status attach(sc_builder *b, sc_err *err)
{
	uint32_t map = b->current, gated = sc_build_shape(b).c;
	sc_squeeze squeeze = b->se.squeeze;
	const char *pool = squeeze == SC_SQUEEZE_max ? "global_max_pool" : "global_avg_pool";
	sc_status s = squeeze == SC_SQUEEZE_avg_max ? excite_both(b, gated, err)
						    : excite(b, pool, false, gated, err);
	if (!s)
		s = sc_build_function(b, "se", b->se.gate, err);
	if (s)
		return s;
	const uint32_t inputs[] = {map, b->current};
	return sc_build_layer(b,
		(sc_layer){.op = sc_op_named("scale"), .name = "se", .part = "scale"}, inputs, 2,
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
