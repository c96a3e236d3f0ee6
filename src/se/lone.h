/** \file
 * The vector primitives at width 1, in portable C: what row `scalar` is made of, and what the
 * templates (body.h and the ones it includes) stand on when no instruction set was chosen.
 *
 * Every instruction set defines the same names before it includes body.h. `vf` is a vector of
 * VWIDTH floats; a store of halves may count on v_plain NaNs; a partial access touches the first n
 * of them, a partial load leaves the rest 0. */
#ifndef SC_SE_LONE_H
#define SC_SE_LONE_H

#include <math.h>
#include <string.h>

#include "se/plan.h"

enum { VWIDTH = 1, VPANEL = 2, VROWS = 6 };
typedef float vf;

static inline vf v_set(float a)
{
	return a;
}
static inline vf v_load(const float *p)
{
	return *p;
}
static inline vf v_load_part(const float *p, size_t n)
{
	return n ? *p : 0;
}
static inline void v_store(float *p, vf a)
{
	*p = a;
}
static inline void v_store_part(float *p, vf a, size_t n)
{
	if (n)
		*p = a;
}
static inline void v_stream(float *p, vf a)
{
	*p = a;
}
static inline vf v_load_bf16(const uint16_t *p)
{
	return sc_bf16_to(*p);
}
static inline vf v_load_bf16_part(const uint16_t *p, size_t n)
{
	return n ? sc_bf16_to(*p) : 0;
}
static inline void v_store_bf16(uint16_t *p, vf a)
{
	*p = sc_bf16_of(a);
}
static inline void v_store_bf16_part(uint16_t *p, vf a, size_t n)
{
	if (n)
		*p = sc_bf16_of(a);
}
static inline vf v_load_f16(const uint16_t *p)
{
	return sc_f16_to(*p);
}
static inline vf v_load_f16_part(const uint16_t *p, size_t n)
{
	return n ? sc_f16_to(*p) : 0;
}
static inline void v_store_f16(uint16_t *p, vf a)
{
	*p = sc_f16_of(a);
}
static inline void v_store_f16_part(uint16_t *p, vf a, size_t n)
{
	if (n)
		*p = sc_f16_of(a);
}
static inline void v_stream_f16(uint16_t *p, vf a)
{
	*p = sc_f16_of(a);
}
/* 2 · VWIDTH of bf16: those at even places, those at odd ones */
static inline void v_load_pair(const uint16_t *p, vf *even, vf *odd)
{
	*even = sc_bf16_to(p[0]);
	*odd = sc_bf16_to(p[1]);
}
static inline void v_store_pair(uint16_t *p, vf even, vf odd)
{
	p[0] = sc_bf16_of(even);
	p[1] = sc_bf16_of(odd);
}
static inline void v_stream_pair(uint16_t *p, vf even, vf odd)
{
	v_store_pair(p, even, odd);
}
/* the numbers at even places of a, then of b; and at odd ones */
static inline void v_unzip(vf a, vf b, vf *even, vf *odd)
{
	*even = a;
	*odd = b;
}
/* the other way round */
static inline void v_zip(vf even, vf odd, vf *a, vf *b)
{
	*a = even;
	*b = odd;
}
static inline void v_fence(void)
{
}
static inline vf v_add(vf a, vf b)
{
	return a + b;
}
static inline vf v_sub(vf a, vf b)
{
	return a - b;
}
static inline vf v_mul(vf a, vf b)
{
	return a * b;
}
static inline vf v_div(vf a, vf b)
{
	return a / b;
}
/* a · b + c, rounded once or twice */
static inline vf v_fma(vf a, vf b, vf c)
{
	return a * b + c;
}
/* at least, at most `bound`, which is no NaN; a NaN in a is kept */
static inline vf v_at_least(vf a, vf bound)
{
	return a < bound ? bound : a;
}
static inline vf v_at_most(vf a, vf bound)
{
	return a > bound ? bound : a;
}
/* the larger; NaN when either is */
static inline vf v_max(vf a, vf b)
{
	return a > b || a != a ? a : b;
}
/* a < b ? x : y */
static inline vf v_pick_less(vf a, vf b, vf x, vf y)
{
	return a < b ? x : y;
}
/* the first n of a, then those of b */
static inline vf v_first(size_t n, vf a, vf b)
{
	return n ? a : b;
}
static inline vf v_abs(vf a)
{
	return fabsf(a);
}
/* |a| with the sign of b */
static inline vf v_signed(vf a, vf b)
{
	return copysignf(a, b);
}
/* a, and for any NaN the one with no payload */
static inline vf v_plain(vf a)
{
	return a != a ? NAN : a;
}
/* nearest integer; for |a| < 2^22 */
static inline vf v_round(vf a)
{
	const float shift = 12582912.0f; /* 1.5 · 2^23 */
	volatile float sum = a + shift;
	return sum - shift;
}
/* 2^n for whole n in -126 … 127; anything for NaN */
static inline vf v_power(vf n)
{
	union {
		uint32_t u;
		float f;
	} v = {(uint32_t)(n >= -126 && n <= 127 ? (int)n + 127 : 0) << 23};
	return v.f;
}
/* the sums of four vectors, into to[0 … 3] */
static inline void v_sum_four(vf a, vf b, vf c, vf d, float *to)
{
	to[0] = a;
	to[1] = b;
	to[2] = c;
	to[3] = d;
}
static inline float v_top(vf a)
{
	return a;
}

#endif
