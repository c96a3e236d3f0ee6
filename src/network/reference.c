/* Every step by plain loops in double, channels last: what the fast ones are held to. */
#include <math.h>

#include "network/program.h"

static double apply(sc_function f, double x)
{
	switch (f) {
	case SC_FUNCTION_relu:
		return fmax(x, 0);
	case SC_FUNCTION_relu6:
		return fmin(fmax(x, 0), 6);
	case SC_FUNCTION_clamp:
		return fmin(fmax(x, 0), 1);
	case SC_FUNCTION_sigmoid:
		return 1 / (1 + exp(-x));
	case SC_FUNCTION_hard_sigmoid:
		return fmin(fmax(x + 3, 0), 6) / 6;
	case SC_FUNCTION_tanh:
		return tanh(x);
	case SC_FUNCTION_silu:
		return x / (1 + exp(-x));
	case SC_FUNCTION_hard_swish:
		return x * fmin(fmax(x + 3, 0), 6) / 6;
	case SC_FUNCTION_gelu:
		return x * (1 + erf(x / sqrt(2))) / 2;
	case SC_FUNCTION_none:
	case SC_FUNCTION__N:
		break;
	}
	return x;
}

/* one image's map */
typedef struct map {
	const float *x;
	sc_shape s;
} map;

static map map_of(const program *p, uint32_t tensor, size_t image)
{
	sc_shape s = p->layers->item[tensor].out;
	return (map){p->at[tensor] + image * s.c * s.h * s.w, s};
}

static double value(map m, size_t c, size_t y, size_t x)
{
	return m.x[(y * m.s.w + x) * m.s.c + c];
}

static bool is_global(const sc_layer *l)
{
	return l->op->cls == SC_CLASS_global_pool;
}

/* where a window begins; a global pool's is the whole map */
static long start(const sc_layer *l, int side, size_t i)
{
	return is_global(l) ? 0 : (long)(i * l->stride[side]) - (long)l->padding[side];
}

static double conv_at(const step *s, map in, size_t c, size_t y, size_t x)
{
	const sc_layer *l = s->layer;
	size_t inputs = l->in.c / l->groups, outputs = l->out.c / l->groups, group = c / outputs;
	const float *w = s->weight[0] + c * inputs * l->kernel[0] * l->kernel[1];
	double sum = s->weight[1][c];
	for (size_t i = 0; i < inputs; i++)
		for (long ky = 0; ky < (long)l->kernel[0]; ky++)
			for (long kx = 0; kx < (long)l->kernel[1]; kx++, w++) {
				long iy = start(l, 0, y) + ky, ix = start(l, 1, x) + kx;
				if (iy >= 0 && ix >= 0 && iy < (long)in.s.h && ix < (long)in.s.w)
					sum += *w * value(in, group * inputs + i, (size_t)iy,
							    (size_t)ix);
			}
	return sum;
}

/* a mean counts what lies on the map */
static double pool_at(const step *s, map in, size_t c, size_t y, size_t x)
{
	const sc_layer *l = s->layer;
	long kh = is_global(l) ? (long)in.s.h : (long)l->kernel[0];
	long kw = is_global(l) ? (long)in.s.w : (long)l->kernel[1];
	double sum = 0, most = -INFINITY, n = 0;
	for (long iy = start(l, 0, y); iy < start(l, 0, y) + kh; iy++)
		for (long ix = start(l, 1, x); ix < start(l, 1, x) + kw; ix++)
			if (iy >= 0 && ix >= 0 && iy < (long)in.s.h && ix < (long)in.s.w) {
				double v = value(in, c, (size_t)iy, (size_t)ix);
				sum += v;
				most = fmax(most, v);
				n++;
			}
	return s->kind == STEP_max_pool ? most : sum / n;
}

static double linear_at(const step *s, map in, size_t c)
{
	size_t n = (size_t)in.s.c * in.s.h * in.s.w;
	double sum = s->weight[1][c];
	for (size_t i = 0; i < n; i++)
		sum += (double)s->weight[0][c * n + i] * in.x[i];
	return sum;
}

static double element(const program *p, const step *s, size_t image, size_t c, size_t y, size_t x)
{
	map in = map_of(p, s->from[0], image);
	double sum = 0;
	switch (s->kind) {
	case STEP_conv:
		return conv_at(s, in, c, y, x);
	case STEP_linear:
		return linear_at(s, in, c);
	case STEP_max_pool:
	case STEP_avg_pool:
		return pool_at(s, in, c, y, x);
	case STEP_act:
		return value(in, c, y, x);
	case STEP_gate:
		return value(in, c, y, x) * value(map_of(p, s->from[1], image), c, 0, 0);
	case STEP_add:
		for (size_t k = 0; k < s->froms; k++)
			sum += value(map_of(p, s->from[k], image), c, y, x);
		return sum;
	case STEP_concat:
		for (size_t k = 0; k < s->froms; k++) {
			map part = map_of(p, s->from[k], image);
			if (c < part.s.c)
				return value(part, c, y, x);
			c -= part.s.c;
		}
		break;
	case STEP_block:
	case STEP__N:
		break;
	}
	return NAN;
}

/* --- an SE block, Hu et al.: pool, two layers, gate, scale --- */

static void excite(const step *s, const double *pooled, double *gate)
{
	size_t c = s->fc1->in.c, d = s->fc1->out.c;
	for (size_t k = 0; k < c; k++)
		gate[k] += s->weight[3] ? s->weight[3][k] : 0;
	for (size_t u = 0; u < d; u++) {
		double sum = s->weight[1] ? s->weight[1][u] : 0;
		for (size_t k = 0; k < c; k++)
			sum += (double)s->weight[0][u * c + k] * pooled[k];
		sum = apply(s->inner, sum);
		for (size_t k = 0; k < c; k++)
			gate[k] += (double)s->weight[2][k * d + u] * sum;
	}
}

static void pool_map(map in, bool mean, double *pooled)
{
	for (size_t c = 0; c < in.s.c; c++) {
		double sum = 0, most = -INFINITY;
		for (size_t i = 0; i < (size_t)in.s.h * in.s.w; i++) {
			sum += in.x[i * in.s.c + c];
			most = fmax(most, in.x[i * in.s.c + c]);
		}
		pooled[c] = mean ? sum / ((double)in.s.h * in.s.w) : most;
	}
}

/* `room` holds two values a channel */
static void block_image(const program *p, const step *s, size_t image, double *room, float *out)
{
	map in = map_of(p, s->from[0], image);
	double *pooled = room, *gate = room + in.s.c;
	bool adds = s->epilogue != SC_SE_SCALE;
	map other = adds ? map_of(p, s->from[1], image) : in;
	for (size_t c = 0; c < in.s.c; c++)
		gate[c] = 0;
	for (int mean = 0; mean < 2; mean++)
		if (mean ? s->pool != SC_SE_MAX : s->pool != SC_SE_AVG) {
			pool_map(in, mean, pooled);
			excite(s, pooled, gate);
		}
	for (size_t i = 0; i < (size_t)in.s.h * in.s.w; i++)
		for (size_t c = 0; c < in.s.c; c++) {
			size_t at = i * in.s.c + c;
			double y = in.x[at] * apply(s->outer, gate[c]) + (adds ? other.x[at] : 0);
			out[at] = (float)(s->epilogue == SC_SE_SCALE_ADD_RELU ? fmax(y, 0) : y);
		}
}

void reference_run(const program *p, const step *s, float *out, double *room)
{
	sc_shape o = p->layers->item[s->to].out;
	size_t size = (size_t)o.c * o.h * o.w;
	for (size_t image = 0; image < p->options.batch; image++, out += size) {
		if (s->kind == STEP_block) {
			block_image(p, s, image, room, out);
			continue;
		}
		for (size_t y = 0; y < o.h; y++)
			for (size_t x = 0; x < o.w; x++)
				for (size_t c = 0; c < o.c; c++)
					out[(y * o.w + x) * o.c + c] = (float)apply(
						s->then, element(p, s, image, c, y, x));
	}
}
