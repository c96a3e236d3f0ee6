/* How far a number may be from ref's, from the sizes alone. With e = 2^-24, half a unit in the last
 * place of 1, and sums in any order:
 *
 *     z   (hw + 4) e · mean |x|                                      the mean; a maximum is exact
 *     p   Σ |w1| dz + (c + 12) e (Σ |w1 z| + |b1|)                   before the activation
 *     h   1.5 dp + 4e-7 |p|                                          1.5: the steepest activation
 *     q   Σ |w2| dh + (squeezed + 12) e (Σ |w2 h| + |b2|)            before the gate
 *     s   dq · steepness of the gate + 4e-7 |s|
 *     y   |x| ds + 2 e |x s| + 2 e |y|, and of 16 bits one unit in its last place
 *
 * plus, each time, the smallest denormal a term. What is infinite or not a number must be equal,
 * but where x s alone exceeds the largest float, or y comes near the largest of 16 bits. */
#include "kernels.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double e = FLT_EPSILON / 2.0, tiny = 1.5e-45;

/* a value and how far it may be off */
typedef struct fuzzy {
	double v, d;
} fuzzy;

static size_t place(const sc_se_config *g, size_t sample, size_t c, size_t pixel)
{
	size_t hw = g->h * g->w;
	return g->layout == SC_SE_NCHW ? (sample * g->c + c) * hw + pixel
				       : (sample * hw + pixel) * g->c + c;
}

/* a weight as the plan keeps it */
static double weight(const sc_se_config *g, const buffer *w, size_t i)
{
	return (double)rounded(g->weights, number_at(w, i));
}

static fuzzy mean_of(const sc_se_config *g, const buffer *x, size_t sample, size_t c)
{
	double sum = 0, size = 0, hw = (double)(g->h * g->w);
	for (size_t i = 0; i < g->h * g->w; i++) {
		double v = (double)number_at(x, place(g, sample, c, i));
		sum += v;
		size += fabs(v);
	}
	return (fuzzy){sum / hw, (hw + 4) * (e * size / hw + tiny)};
}

static fuzzy max_of(const sc_se_config *g, const buffer *x, size_t sample, size_t c)
{
	double top = -INFINITY;
	for (size_t i = 0; i < g->h * g->w; i++) {
		double v = (double)number_at(x, place(g, sample, c, i));
		top = v > top || isnan(v) ? v : top;
		if (isnan(v))
			break;
	}
	return (fuzzy){top, 0};
}

static fuzzy squeezed(
	const sc_se_config *g, const material *m, size_t sample, size_t which, size_t c)
{
	size_t pooled = g->pool == SC_SE_AVG_MAX ? 2 : 1;
	if (g->squeezed_given)
		return (fuzzy){number_at(&m->pooled, (sample * pooled + which) * g->c + c), 0};
	return g->pool == SC_SE_MAX || which ? max_of(g, &m->x, sample, c)
					     : mean_of(g, &m->x, sample, c);
}

static fuzzy dot(
	const sc_se_config *g, const buffer *w, size_t row, size_t n, double bias, const fuzzy *in)
{
	double sum = bias, size = fabs(bias), d = 0;
	for (size_t i = 0; i < n; i++) {
		double k = weight(g, w, row * n + i);
		sum += k * in[i].v;
		size += fabs(k * in[i].v);
		d += fabs(k) * in[i].d + tiny;
	}
	return (fuzzy){sum, isfinite(sum) ? d + ((double)n + 12) * e * size : 0};
}

static double act_of(sc_se_act act, double x)
{
	switch (act) {
	case SC_SE_RELU:
		return x < 0 ? 0 : x;
	case SC_SE_RELU6:
		return x < 0 ? 0 : x > 6 ? 6 : x;
	case SC_SE_SILU:
		return x / (1 + exp(-x));
	case SC_SE_TANH:
		return tanh(x);
	case SC_SE_HARD_SWISH:
		return x * ((x < -3 ? 0 : x > 3 ? 6 : x + 3) / 6);
	case SC_SE_GELU:
		return 0.5 * x * erfc(-x / sqrt(2));
	}
	return NAN;
}

static fuzzy activated(sc_se_act act, fuzzy p)
{
	if (!isfinite(p.v))
		return (fuzzy){act_of(act, p.v), 0};
	return (fuzzy){act_of(act, p.v), 1.5 * p.d + 4e-7 * fabs(p.v) + tiny};
}

static double gate_of(sc_se_gate gate, double x, double *steepness)
{
	*steepness = gate == SC_SE_SIGMOID ? 0.25 : gate == SC_SE_HARD_SIGMOID ? 1.0 / 6 : 1;
	switch (gate) {
	case SC_SE_SIGMOID:
		return 1 / (1 + exp(-x));
	case SC_SE_HARD_SIGMOID:
		return (x < -3 ? 0 : x > 3 ? 6 : x + 3) / 6;
	case SC_SE_GATE_TANH:
		return tanh(x);
	case SC_SE_GATE_RELU:
		return x < 0 ? 0 : x;
	case SC_SE_GATE_CLAMP:
		return x < 0 ? 0 : x > 1 ? 1 : x;
	}
	return NAN;
}

static fuzzy gated(sc_se_gate gate, fuzzy q)
{
	double steepness, s = gate_of(gate, q.v, &steepness);
	return (fuzzy){s, isfinite(q.v) ? steepness * q.d + 4e-7 * fabs(s) + tiny : 0};
}

/* the gates of one sample: s[c]; z and h are room for c and squeezed numbers */
static void gates(
	const kernel_case *k, const material *m, size_t sample, fuzzy *s, fuzzy *z, fuzzy *h)
{
	const sc_se_config *g = &k->config;
	size_t pooled = g->pool == SC_SE_AVG_MAX ? 2 : 1;
	memset(h, 0, g->squeezed * sizeof *h);
	for (size_t which = 0; which < pooled; which++) {
		for (size_t c = 0; c < g->c; c++)
			z[c] = squeezed(g, m, sample, which, c);
		for (size_t j = 0; j < g->squeezed; j++) {
			double b = k->biases ? (double)number_at(&m->b1, j) : 0;
			fuzzy a = activated(g->act, dot(g, &m->w1, j, g->c, b, z));
			h[j].v += a.v;
			h[j].d += a.d + e * fabs(a.v);
		}
	}
	for (size_t c = 0; c < g->c; c++) {
		double b = k->biases ? (double)number_at(&m->b2, c) * (double)pooled : 0;
		s[c] = gated(g->gate, dot(g, &m->w2, c, g->squeezed, b, h));
	}
}

static int same_kind(double a, double b)
{
	return isnan(a) ? isnan(b) : a == b;
}

/* a unit in the last place of `want` */
static double unit(sc_se_dtype type, double want)
{
	switch (type) {
	case SC_SE_F32:
	case SC_SE_INT8:
		return 0;
	case SC_SE_BF16:
		return fabs(want) / 128 + 9.2e-41;
	case SC_SE_F16:
		return fabs(want) / 1024 + 0x1p-24;
	}
	return 0;
}

/* so large that one row may round it to infinity and another not */
static int is_near_largest(sc_se_dtype type, double y, double want)
{
	const double largest = 65504;
	return type == SC_SE_F16 && fabs(y) >= largest && fabs(want) >= largest &&
	       (y > 0) == (want > 0);
}

static int judge(const kernel_case *k, const material *m, size_t i, fuzzy s, verdict *worst)
{
	double y = (double)number_at(&m->y, i), want = (double)number_at(&m->want, i);
	double x = (double)number_at(&m->x, i), off = fabs(y - want);
	if (fabs(x * s.v) > (double)FLT_MAX * 0.999999 && isfinite(x))
		return 1; /* a row may or may not round x · s to infinity before it adds */
	if (is_near_largest(m->y.type, y, want))
		return 1;
	if (!isfinite(y) || !isfinite(want) || !isfinite(x))
		return same_kind(y, want);
	double bound = fabs(x) * s.d + 2 * e * (fabs(x * s.v) + fabs(want)) + 2 * tiny;
	bound += unit(m->y.type, want);
	if (off / bound > worst->share)
		worst->share = off / bound;
	int plain = k->config.epilogue == SC_SE_SCALE && k->config.gate == SC_SE_SIGMOID;
	if (k->mode == RANDOM && plain && m->y.type == SC_SE_F32 &&
		off / fabs(want) / FLT_EPSILON > worst->relative)
		worst->relative = off / fabs(want) / FLT_EPSILON;
	return off <= bound;
}

static int sample_within(
	const kernel_case *k, const material *m, size_t sample, const fuzzy *s, verdict *worst)
{
	const sc_se_config *g = &k->config;
	for (size_t c = 0; c < g->c; c++)
		for (size_t pixel = 0; pixel < g->h * g->w; pixel++) {
			size_t i = place(g, sample, c, pixel);
			if (judge(k, m, i, s[c], worst))
				continue;
			printf("sample %zu, channel %zu, pixel %zu is %.9g, ref has %.9g\n", sample,
				c, pixel, (double)number_at(&m->y, i),
				(double)number_at(&m->want, i));
			return 0;
		}
	return 1;
}

int within_bounds(const kernel_case *k, const material *m, verdict *worst)
{
	const sc_se_config *g = &k->config;
	fuzzy *s = calloc(2 * g->c + g->squeezed, sizeof *s);
	int good = s != NULL;
	for (size_t i = 0; i < g->n && good; i++) {
		gates(k, m, i, s, s + g->c, s + 2 * g->c);
		good = sample_within(k, m, i, s, worst);
	}
	free(s);
	return good;
}
