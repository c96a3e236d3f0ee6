/** \file
 * Vectors of int8 at width 1, in portable C; every instruction set defines the same names. `vb` is
 * VBYTES numbers, `vh` half as many of 16 bits (of width 1, as many), of which two make up a `vb`
 * that was widened: in which order is the instruction set's. */
#ifndef SC_SE_LONE_INT8_H
#define SC_SE_LONE_INT8_H

#include "se/lone.h"

/* GROUP numbers that pass layer 1 or 2 together have the bits of a float; OFFSET is added to each
 */
enum { VBYTES = 1, HWIDTH = 1, GROUP = 2, OFFSET = 0 };
typedef int8_t vb;
typedef int16_t vh;
typedef uint32_t vsum;
typedef int16_t vterm; /* what layers multiply by weights */

static inline vb b_set(int a)
{
	return (int8_t)a;
}
static inline vb b_load(const int8_t *p)
{
	return *p;
}
/* n < VBYTES numbers, then -128 */
static inline vb b_load_part(const int8_t *p, size_t n)
{
	return n ? *p : -128;
}
static inline void b_store(int8_t *p, vb a)
{
	*p = a;
}
static inline void b_store_part(int8_t *p, vb a, size_t n)
{
	if (n)
		*p = a;
}
static inline void b_stream(int8_t *p, vb a)
{
	*p = a;
}
/* the last n < VBYTES of a; -128 before them */
static inline vb b_last(size_t n, vb a)
{
	return n ? a : -128;
}
static inline vb b_max(vb a, vb b)
{
	return a > b ? a : b;
}
static inline int b_top(vb a)
{
	return a;
}
static inline vsum b_no_sum(void)
{
	return 0;
}
/* a and each number + 128 */
static inline vsum b_sum(vsum a, vb x)
{
	return a + (uint32_t)(x + 128);
}
static inline uint32_t b_total(vsum a)
{
	return a;
}
/* x · 2^up */
static inline void b_widen(vb x, int up, vh *low, vh *high)
{
	*low = (int16_t)(x * (1 << up));
	*high = 0;
}
/* 16 bits to 8, the nearest that there is */
static inline vb b_narrow(vh low, vh high)
{
	(void)high;
	return (int8_t)(low < -128 ? -128 : low > 127 ? 127 : low);
}
static inline vh h_set(int a)
{
	return (int16_t)a;
}
/* VBYTES numbers in the order of b_widen */
static inline void h_load_two(const int16_t *p, vh *low, vh *high)
{
	*low = *p;
	*high = 0;
}
/* the HWIDTH numbers of a vh, in order */
static inline vh h_load(const int8_t *p)
{
	return *p;
}
static inline vh h_max(vh a, vh b)
{
	return a > b ? a : b;
}
/* those of h_load, added to or compared with what is in memory */
static inline void h_add_to(int32_t *to, vh a)
{
	*to += a;
}
static inline void h_max_to(int32_t *to, vh a)
{
	*to = a > *to ? a : *to;
}
static inline vh h_sub(vh a, vh b)
{
	return (int16_t)(a - b);
}
/* of at most 16 bits, the nearest that there is */
static inline vh h_add(vh a, vh b)
{
	int sum = a + b;
	return (int16_t)(sum < -32768 ? -32768 : sum > 32767 ? 32767 : sum);
}
/* (a · b + 2^14) >> 15 */
static inline vh h_times(vh a, vh b)
{
	return (int16_t)((a * b + 0x4000) >> 15);
}
/* (a · b + c · d + 2^(bits - 1)) >> bits */
static inline vh h_mix(vh a, vh b, vh c, vh d, int bits)
{
	int y = (a * b + c * d + (1 << (bits - 1))) >> bits;
	return (int16_t)(y < -32768 ? -32768 : y > 32767 ? 32767 : y);
}

/* In the layers a vf holds VWIDTH whole numbers of 32 bits. */
static inline vf q_add(vf a, vf b)
{
	uint32_t i, j;
	memcpy(&i, &a, sizeof i);
	memcpy(&j, &b, sizeof j);
	i += j;
	memcpy(&a, &i, sizeof a);
	return a;
}
/* GROUP weights for each of VWIDTH outputs */
static inline vf q_weights(const int8_t *p)
{
	const int16_t w[2] = {p[0], p[1]};
	vf v;
	memcpy(&v, w, sizeof v);
	return v;
}
/* a + GROUP terms times their weights */
static inline vf q_dot(vf a, vf terms, vf weights)
{
	int16_t t[2], w[2];
	memcpy(t, &terms, sizeof t);
	memcpy(w, &weights, sizeof w);
	const int32_t sum = t[0] * w[0] + t[1] * w[1];
	vf v;
	memcpy(&v, &sum, sizeof v);
	return q_add(a, v);
}

#endif
