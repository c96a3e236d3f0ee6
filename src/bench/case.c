/* What one call of a case moves and computes. Operations are counted by room cost, layer by layer,
 * so that they are those of every other table; bytes are what a kernel must move when each phase
 * reads its inputs once and writes its result once. */
#include <math.h>
#include <string.h>

#include "base/checked.h"
#include "bench/operators.h"
#include "secost/bench.h"
#include "secost/cost.h"

const char *sc_phase_name(size_t phase)
{
	static const char *const names[] = {"squeeze", "excite", "scale"};
	return phase < SC_PHASE__N ? names[phase] : NULL;
}

/* --- operations --- */

/* n layers like this one, of role SE */
static sc_status add_flops(const sc_op *op, sc_layer l, sc_shape in, sc_shape out, uint64_t n,
	uint64_t *sum, sc_err *err)
{
	sc_cost cost;
	uint64_t flops;
	l.op = op;
	l.in = in;
	l.out = out;
	l.role = SC_ROLE_SE;
	l.input_count = 2;
	sc_status s = sc_count_layer(&l, &cost, err);
	if (!s)
		s = sc_cost_under(&cost, sc_rule_named("exact", SC_QUANTITY_flops), &flops, err);
	if (!s && (!sc_mul(&flops, n) || !sc_add(sum, flops)))
		s = sc_fail(err, SC_ERANGE, "the FLOPs do not fit in 64 bits");
	return s;
}

static sc_status flops_of(const sc_bench_case *k, sc_phase out[SC_PHASE__N], sc_err *err)
{
	const sc_se_config *c = &k->config;
	sc_shape map = {(uint32_t)c->c, (uint32_t)c->h, (uint32_t)c->w};
	sc_shape vector = {map.c, 1, 1}, hidden = {(uint32_t)c->squeezed, 1, 1};
	const sc_layer dense = {.bias = k->bias}, plain = {0};
	const sc_layer act = {.function = (uint8_t)sc_act_function(c->act)};
	const sc_layer gate = {.function = (uint8_t)sc_gate_function(c->gate)};
	unsigned passes = sc_pool_passes(c->pool);
	uint64_t runs = passes * (uint64_t)c->n, *squeeze = &out[SC_PHASE_squeeze].flops,
		 *excite = &out[SC_PHASE_excite].flops, *scale = &out[SC_PHASE_scale].flops;
	sc_status s = SC_OK;
	for (unsigned i = 0; i < passes && !s; i++)
		s = add_flops(sc_pool_op(c->pool, i), plain, map, vector, c->n, squeeze, err);
	if (!s)
		s = add_flops(sc_op_at(SC_OP_linear), dense, vector, hidden, runs, excite, err);
	if (!s)
		s = add_flops(sc_op_at(SC_OP_activation), act, hidden, hidden, runs, excite, err);
	if (!s)
		s = add_flops(sc_op_at(SC_OP_linear), dense, hidden, vector, runs, excite, err);
	if (!s && passes > 1)
		s = add_flops(sc_op_at(SC_OP_add), plain, vector, vector,
			(passes - 1) * (uint64_t)c->n, excite, err);
	if (!s)
		s = add_flops(sc_op_at(SC_OP_activation), gate, vector, vector, c->n, excite, err);
	if (!s)
		s = add_flops(sc_op_at(SC_OP_scale), plain, map, map, c->n, scale, err);
	if (!s && c->epilogue != SC_SE_SCALE)
		s = add_flops(sc_op_at(SC_OP_add), plain, map, map, c->n, scale, err);
	if (!s && c->epilogue == SC_SE_SCALE_ADD_RELU)
		s = add_flops(sc_op_at(SC_OP_activation), (sc_layer){.function = SC_FUNCTION_relu},
			map, map, c->n, scale, err);
	return s;
}

/* --- bytes --- */

typedef struct sizes {
	uint64_t map, vectors, weights, biases; /* vectors: a float a channel, sample and pool */
} sizes;

static bool product(uint64_t *out, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
	*out = a;
	return sc_mul(out, b) && sc_mul(out, c) && sc_mul(out, d);
}

static bool sizes_of(const sc_bench_case *k, sizes *out)
{
	const sc_se_config *c = &k->config;
	uint64_t pools = sc_pool_passes(c->pool), hw = c->h;
	out->biases = k->bias ? 4 * ((uint64_t)c->squeezed + c->c) : 0;
	return sc_mul(&hw, c->w) && product(&out->map, c->n, c->c, hw, sc_se_dtype_size(c->map)) &&
	       product(&out->vectors, c->n, c->c, pools, 4) &&
	       product(&out->weights, 2, c->c, c->squeezed, sc_se_dtype_size(c->weights)) &&
	       out->map < UINT64_MAX / 4 && out->vectors < UINT64_MAX / 4 &&
	       out->weights < UINT64_MAX / 4;
}

static void bytes_of(const sc_bench_case *k, const sizes *size, sc_phase out[SC_PHASE__N])
{
	const sc_se_config *c = &k->config;
	uint64_t gates = 4 * (uint64_t)c->n * c->c, shortcut = c->epilogue != SC_SE_SCALE;
	out[SC_PHASE_squeeze].bytes = (c->squeezed_given ? 0 : size->map) + size->vectors;
	out[SC_PHASE_excite].bytes = size->vectors + size->weights + size->biases + gates;
	out[SC_PHASE_scale].bytes = gates + (2 + shortcut) * size->map;
}

sc_status sc_case_phases(const sc_bench_case *k, sc_phase out[SC_PHASE__N], sc_err *err)
{
	sizes size;
	sc_phase phase[SC_PHASE__N] = {{0}};
	const sc_se_config *c = &k->config;
	if (!c->n || !c->c || !c->h || !c->w || !c->squeezed)
		return sc_fail(err, SC_EINVAL, "an SE block needs sizes of at least 1");
	if (c->c > SC_DIM_MAX || c->h > SC_DIM_MAX || c->w > SC_DIM_MAX ||
		c->squeezed > SC_DIM_MAX || c->n > SC_DIM_MAX || !sizes_of(k, &size))
		return sc_fail(err, SC_ERANGE, "the bytes of an SE block do not fit in 64 bits");
	sc_status s = flops_of(k, phase, err);
	if (s)
		return s;
	bytes_of(k, &size, phase);
	memcpy(out, phase, sizeof phase);
	return SC_OK;
}

uint64_t sc_case_params(const sc_bench_case *k)
{
	const sc_se_config *c = &k->config;
	return 2 * (uint64_t)c->c * c->squeezed + (k->bias ? (uint64_t)c->c + c->squeezed : 0);
}

/* --- roofs --- */

/* bandwidth for what a phase touches: of the level that holds it, of memory when it is cold */
static double gbps(const sc_bench_case *k, const sc_roofs *roofs, sc_traffic traffic, bool cold,
	double footprint)
{
	return sc_roofs_gbps(
		roofs, traffic, k->config.threads ? k->config.threads : 1, cold ? 1e18 : footprint);
}

static double longer(const sc_phase *p, double gbps, double gflops)
{
	return gbps > 0 && gflops > 0 ? fmax((double)p->bytes / gbps, (double)p->flops / gflops)
				      : INFINITY;
}

double sc_case_roof(const sc_bench_case *k, const sc_roofs *roofs)
{
	sc_phase p[SC_PHASE__N];
	sizes size;
	if (sc_case_phases(k, p, NULL) || !sizes_of(k, &size))
		return 0;
	bool cold = k->cache == SC_STATE_cold, cold_weights = k->cache != SC_STATE_hot;
	double maps = (k->in_place ? 1 : 2) + (k->config.epilogue != SC_SE_SCALE);
	double all = maps * (double)size.map + (double)size.weights;
	double flops = sc_roofs_gflops(roofs, k->config.threads ? k->config.threads : 1);
	double one = (double)size.map / (double)k->config.n;
	sc_traffic scale = k->in_place ? SC_TRAFFIC_update : SC_TRAFFIC_copy;
	/* a sample's second read comes from wherever one sample fits; what is written goes where
	 * all of it does */
	double near = fmin(all, maps * one);
	double last = longer(&p[SC_PHASE_scale], gbps(k, roofs, scale, false, near), flops);
	double writes = k->in_place ? 0 : (double)size.map / gbps(k, roofs, scale, cold, all);
	double ns =
		longer(&p[SC_PHASE_squeeze], gbps(k, roofs, SC_TRAFFIC_read, cold, all), flops) +
		longer(&p[SC_PHASE_excite], gbps(k, roofs, SC_TRAFFIC_read, cold_weights, all),
			flops) +
		fmax(last, writes);
	return isfinite(ns) ? ns : 0;
}

bool sc_case_same_block(const sc_bench_case *a, const sc_bench_case *b)
{
	const sc_se_config *x = &a->config, *y = &b->config;
	return x->c == y->c && x->h == y->h && x->w == y->w && x->squeezed == y->squeezed &&
	       sc_case_same_setting(a, b);
}

bool sc_case_same_setting(const sc_bench_case *a, const sc_bench_case *b)
{
	const sc_se_config *x = &a->config, *y = &b->config;
	return x->n == y->n && x->threads == y->threads && x->layout == y->layout &&
	       x->map == y->map && x->weights == y->weights && x->pool == y->pool &&
	       x->act == y->act && x->gate == y->gate && x->epilogue == y->epilogue &&
	       a->in_place == b->in_place && a->bias == b->bias && a->cache == b->cache &&
	       !strcmp(a->row, b->row);
}
