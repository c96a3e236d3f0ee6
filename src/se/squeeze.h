/** \file
 * The squeeze. A mean is a sum of x / hw, which can't overflow, with the division in the FMA.
 *
 * Channel by channel four channels with two sums each are added at a time, for the latency of the
 * FMA and because memory serves several streams faster than one; pixel by pixel the sums are in
 * memory (in the first cache, that is) and eight pixels are added at a time. Either way the order
 * of a channel's sum depends on its size alone. */
#ifndef SC_SE_SQUEEZE_H
#define SC_SE_SQUEEZE_H

#include <math.h>

#include "se/dense.h"

enum { SUMS = 2, TOGETHER = 4 };

/* running sums and maxima of a channel; what `pool` does not ask for is not computed */
typedef struct tally {
	vf sum[SUMS], top[SUMS];
} tally;

INLINE void take(tally *t, int i, vf v, vf share, vf candidate, sc_se_pool pool)
{
	if (pool != SC_SE_MAX)
		t->sum[i] = v_fma(v, share, t->sum[i]);
	if (pool != SC_SE_AVG)
		t->top[i] = v_max(t->top[i], candidate);
}

/* two vectors from x[i] on; of bf16, every other number goes to the same vector */
INLINE void take_two(tally *t, const void *x, size_t i, vf share, sc_se_dtype type, sc_se_pool pool)
{
	vf a, b;
	if (type == SC_SE_BF16) {
		v_load_pair((const uint16_t *)x + i, &a, &b);
	} else {
		a = load_numbers(x, i, type);
		b = load_numbers(x, i + VWIDTH, type);
	}
	take(t, 0, a, share, a, pool);
	take(t, 1, b, share, b, pool);
}

/* the last n < VWIDTH numbers before x[end], of a channel that begins at x[begin]: where it is long
 * enough, from the vector that ends there, without what was taken before */
INLINE void take_tail(tally *t, const void *x, size_t begin, size_t end, size_t n, vf share,
	sc_se_dtype type, sc_se_pool pool)
{
	const vf none = v_set(0), least = v_set(-INFINITY);
	if (end - begin >= VWIDTH) {
		vf v = load_numbers(x, end - VWIDTH, type);
		take(t, SUMS - 1, v_first(VWIDTH - n, none, v), share, v, pool);
	} else {
		vf v = load_some(x, end - n, n, type);
		take(t, SUMS - 1, v, share, v_first(n, v, least), pool);
	}
}

/* the end of `count` channels' sums, the same for a channel whatever the count; the next channel's
 * place is `apart` further on */
INLINE void finish(
	const tally *t, int count, sc_se_pool pool, float *mean, float *most, size_t apart)
{
	vf sum[TOGETHER];
	float sums[TOGETHER] = {0};
#pragma GCC unroll 4
	for (int k = 0; k < TOGETHER; k++)
		sum[k] = k < count ? v_add(t[k].sum[0], t[k].sum[1]) : v_set(0);
	if (pool != SC_SE_MAX)
		v_sum_four(sum[0], sum[1], sum[2], sum[3], sums);
#pragma GCC unroll 4
	for (int k = 0; k < count; k++) {
		if (pool != SC_SE_MAX)
			mean[(size_t)k * apart] = sums[k];
		if (pool != SC_SE_AVG)
			most[(size_t)k * apart] = v_top(v_max(t[k].top[0], t[k].top[1]));
	}
}

/* the sums times `share` and the maxima of `count` channels' n numbers from x[begin] on, each
 * `gap` numbers, and its result `apart` places, from the next */
INLINE void pool_some(const void *x, size_t begin, size_t n, size_t gap, size_t apart, int count,
	vf share, sc_se_dtype type, sc_se_pool pool, float *mean, float *most)
{
	const vf least = v_set(-INFINITY);
	tally t[TOGETHER];
#pragma GCC unroll 4
	for (int k = 0; k < count; k++)
		for (int i = 0; i < SUMS; i++) {
			t[k].sum[i] = v_set(0);
			t[k].top[i] = least;
		}
	size_t i = 0;
	for (; i + SUMS * VWIDTH <= n; i += SUMS * VWIDTH)
#pragma GCC unroll 4
		for (int k = 0; k < count; k++)
			take_two(&t[k], x, begin + (size_t)k * gap + i, share, type, pool);
	if (i + VWIDTH <= n) {
#pragma GCC unroll 4
		for (int k = 0; k < count; k++) {
			vf v = load_numbers(x, begin + (size_t)k * gap + i, type);
			take(&t[k], 0, v, share, v, pool);
		}
		i += VWIDTH;
	}
	if (i < n)
#pragma GCC unroll 4
		for (int k = 0; k < count; k++) {
			size_t at = begin + (size_t)k * gap;
			take_tail(&t[k], x, at, at + n, n - i, share, type, pool);
		}
	finish(t, count, pool, mean, most, apart);
}

/* what of a sample to squeeze: pixels begin … end of channels from … to */
typedef struct portion {
	const void *x;
	size_t from, to, begin, end;
	float *z, *most; /* of channel 0; `most` of AVG_MAX */
} portion;

/* channel by channel, several far from each other at once */
INLINE void pool_channels(const sc_se_plan *p, const portion *o, sc_se_dtype type, sc_se_pool pool)
{
	const vf share = v_set(1 / (float)p->hw);
	const int together = pool == SC_SE_AVG_MAX ? TOGETHER / 2 : TOGETHER;
	size_t hw = p->hw, n = o->end - o->begin, apart = (o->to - o->from) / (size_t)together;
	size_t c = o->from;
	for (; c < o->from + apart; c++)
		pool_some(o->x, c * hw + o->begin, n, apart * hw, apart, together, share, type,
			pool, o->z + c, o->most + c);
	for (c = o->from + apart * (size_t)together; c < o->to; c++)
		pool_some(o->x, c * hw + o->begin, n, 0, 0, 1, share, type, pool, o->z + c,
			o->most + c);
}

/* pixels that are added at a time, far from each other, so that each is in a stream of its own:
 * from memory eight neighbours take up to twice as long */
enum { PIXELS = 8 };

/* add n ≤ PIXELS pixels of a vector of channels */
INLINE vf sum_pixels(const vf *v, int n, vf share)
{
	vf even = v_mul(v[0], share), odd = v_set(0);
	for (int i = 1; i < n; i++)
		if (i % 2)
			odd = v_fma(v[i], share, odd);
		else
			even = v_fma(v[i], share, even);
	return v_add(even, odd);
}

INLINE vf max_pixels(const vf *v, int n)
{
	vf top = v[0];
	for (int i = 1; i < n; i++)
		top = v_max(top, v[i]);
	return top;
}

/* n pixels of one vector of channels, added to z[c]; `first` begins its sum */
INLINE void add_pixels(
	const vf *v, int n, vf share, float *z, float *most, size_t c, int first, sc_se_pool pool)
{
	if (pool != SC_SE_MAX) {
		vf sum = sum_pixels(v, n, share);
		v_store(z + c, first ? sum : v_add(v_load(z + c), sum));
	}
	if (pool != SC_SE_AVG) {
		vf top = max_pixels(v, n);
		v_store(most + c, first ? top : v_max(v_load(most + c), top));
	}
}

/* n pixels of the portion's channels, `gap` pixels from one to the next, added to z; of bf16,
 * each two whole vectors are those at even and at odd places */
INLINE void pool_pixels(const sc_se_plan *p, const portion *o, size_t pixel, size_t gap, int n,
	sc_se_dtype type, sc_se_pool pool)
{
	const vf share = v_set(1 / (float)p->hw);
	const int first = pixel == o->begin;
	size_t c_all = p->config.c, c = o->from, to = o->to;
	vf v[PIXELS], odd[PIXELS];
	for (; type == SC_SE_BF16 && c + 2 * VWIDTH <= to; c += 2 * VWIDTH) {
		for (int i = 0; i < n; i++) {
			size_t at = (pixel + (size_t)i * gap) * c_all + c;
			v_load_pair((const uint16_t *)o->x + at, &v[i], &odd[i]);
		}
		add_pixels(v, n, share, o->z, o->most, c, first, pool);
		add_pixels(odd, n, share, o->z, o->most, c + VWIDTH, first, pool);
	}
	for (; c < to; c += VWIDTH) {
		for (int i = 0; i < n; i++) {
			size_t at = (pixel + (size_t)i * gap) * c_all + c;
			v[i] = c + VWIDTH <= to ? load_numbers(o->x, at, type)
						: load_some(o->x, at, to - c, type);
		}
		add_pixels(v, n, share, o->z, o->most, c, first, pool);
	}
}

/* z in the order of channels again */
INLINE void zip_pairs(float *z, size_t from, size_t to)
{
	for (size_t c = from; c + 2 * VWIDTH <= to; c += 2 * VWIDTH) {
		vf a, b;
		v_zip(v_load(z + c), v_load(z + c + VWIDTH), &a, &b);
		v_store(z + c, a);
		v_store(z + c + VWIDTH, b);
	}
}

INLINE void pool_rows(const sc_se_plan *p, const portion *o, sc_se_dtype type, sc_se_pool pool)
{
	size_t gap = (o->end - o->begin) / PIXELS;
	for (size_t i = o->begin; i < o->begin + gap; i++)
		pool_pixels(p, o, i, gap, PIXELS, type, pool);
	for (size_t i = o->begin + gap * PIXELS; i < o->end; i++)
		pool_pixels(p, o, i, 0, 1, type, pool);
	if (type == SC_SE_BF16)
		zip_pairs(o->z, o->from, o->to);
	if (type == SC_SE_BF16 && pool == SC_SE_AVG_MAX)
		zip_pairs(o->most, o->from, o->to);
}

INLINE void squeeze_as(const sc_se_plan *p, const portion *o, sc_se_dtype type, sc_se_pool pool)
{
	if (p->by_pixel)
		pool_rows(p, o, type, pool);
	else
		pool_channels(p, o, type, pool);
}

INLINE void squeeze_of(const sc_se_plan *p, const portion *o, sc_se_dtype type)
{
	switch (p->config.pool) {
	case SC_SE_AVG:
		squeeze_as(p, o, type, SC_SE_AVG);
		break;
	case SC_SE_MAX:
		squeeze_as(p, o, type, SC_SE_MAX);
		break;
	case SC_SE_AVG_MAX:
		squeeze_as(p, o, type, SC_SE_AVG_MAX);
		break;
	}
}

/* o.z: pooled × c_room; o.from a multiple of VWIDTH where the map is walked pixel by pixel */
static void squeeze_floats(const sc_se_plan *p, portion o)
{
	o.most = p->config.pool == SC_SE_MAX ? o.z : o.z + p->c_room;
	AS_FLOATS(p->config.map, squeeze_of, p, &o);
}

#endif
