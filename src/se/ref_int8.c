/* The definition of int8, number by number in whole numbers of 64 bits; what every other row must
 * have the bits of. */
#include "se/plan.h"

static int64_t map_at(const sc_se_plan *p, const void *map, size_t sample, size_t c, size_t pixel)
{
	size_t channels = p->config.c;
	const int8_t *q = map;
	return p->config.layout == SC_SE_NCHW ? q[(sample * channels + c) * p->hw + pixel]
					      : q[(sample * p->hw + pixel) * channels + c];
}

static int64_t sum_of(const sc_se_plan *p, const void *x, size_t sample, size_t c)
{
	int64_t sum = 0;
	for (size_t i = 0; i < p->hw; i++)
		sum += map_at(p, x, sample, c, i) - p->fixed.quant.x.zero;
	return sum;
}

static int64_t most_of(const sc_se_plan *p, const void *x, size_t sample, size_t c)
{
	int64_t most = -128;
	for (size_t i = 0; i < p->hw; i++) {
		int64_t v = map_at(p, x, sample, c, i);
		most = v > most ? v : most;
	}
	return most - p->fixed.quant.x.zero;
}

/* pooled value of a channel; `which` is 1 for the second of two */
static int pooled_of(const sc_se_plan *p, const void *x, size_t sample, size_t c, size_t which)
{
	const sc_se_fixed *f = &p->fixed;
	if (p->config.pool == SC_SE_MAX || which)
		return sc_se_whole(
			(double)most_of(p, x, sample, c) * f->most, f->quant.pooled.zero);
	return sc_se_whole((double)sum_of(p, x, sample, c) * f->mean, f->quant.pooled.zero);
}

/* the sum of one output, whose bias has the terms' zero in it */
static double sum_of_products(const int8_t *w, int32_t bias, const int *in, size_t n)
{
	int64_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += (int64_t)w[i] * in[i];
	return (double)(int32_t)(uint32_t)((uint64_t)sum + (uint64_t)(int64_t)bias);
}

static int hidden_of(const sc_se_plan *p, const int *z, size_t j)
{
	const sc_se_fixed *f = &p->fixed;
	const int8_t *w = (const int8_t *)p->w1 + j * p->config.c;
	const int32_t *bias = (const int32_t *)(const void *)p->b1;
	double sum = sum_of_products(w, bias[j], z, p->config.c);
	return f->act[sc_se_whole(sum * f->times1[j], f->quant.inner.zero) + 128];
}

static int gate_of(const sc_se_plan *p, const int *h, size_t c)
{
	const sc_se_fixed *f = &p->fixed;
	const int8_t *w = (const int8_t *)p->w2 + c * p->config.squeezed;
	const int32_t *bias = (const int32_t *)(const void *)p->b2;
	double sum = sum_of_products(w, bias[c], h, p->config.squeezed);
	return f->gate[sc_se_whole(sum * f->times2[c], f->quant.outer.zero) + 128];
}

static int clamp(int v, int least)
{
	return v < least ? least : v > 127 ? 127 : v;
}

static int result_of(const sc_se_plan *p, int x, int shortcut, int gate)
{
	const sc_se_fixed *f = &p->fixed;
	int sum = (x - f->quant.x.zero) * gate + (1 << (f->bits - 1));
	if (p->config.epilogue != SC_SE_SCALE)
		sum += (shortcut - f->quant.shortcut.zero) * f->shortcut;
	int least = p->config.epilogue == SC_SE_SCALE_ADD_RELU ? f->quant.y.zero : -128;
	return clamp(f->quant.y.zero + (sum >> f->bits), least);
}

static void scale(const sc_se_plan *p, const sc_se_io *io, size_t sample, size_t c, int gate)
{
	int8_t *y = io->y;
	for (size_t i = 0; i < p->hw; i++) {
		int add = io->shortcut ? (int)map_at(p, io->shortcut, sample, c, i) : 0;
		int x = (int)map_at(p, io->x, sample, c, i);
		size_t at = p->config.layout == SC_SE_NCHW ? (sample * p->config.c + c) * p->hw + i
							   : (sample * p->hw + i) * p->config.c + c;
		y[at] = (int8_t)result_of(p, x, add, gate);
	}
}

void sc_se_ref_int8(const sc_se_plan *p, const sc_se_io *io, size_t sample, double *space)
{
	size_t c = p->config.c, d = p->config.squeezed;
	int *z = (int *)(void *)space, *h = z + c;
	for (size_t which = 0; which < p->pooled; which++) {
		for (size_t i = 0; i < c; i++)
			z[i] = pooled_of(p, io->x, sample, i, which);
		for (size_t j = 0; j < d; j++) {
			int v = hidden_of(p, z, j);
			h[j] = which ? clamp(h[j] + v - p->fixed.quant.hidden.zero, -128) : v;
		}
	}
	for (size_t i = 0; i < c; i++)
		scale(p, io, sample, i, gate_of(p, h, i));
}
