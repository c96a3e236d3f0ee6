/** \file
 * The body of every roof_<row>.c: vectors of SC_ROOF_WIDTH bytes in the compiler's own notation,
 * SC_ROOF_SUMS multiply-adds under way. Define both first. */
#ifndef SC_BENCH_ROOF_BODY_H
#define SC_BENCH_ROOF_BODY_H

#include "bench/roof.h"

#ifndef SC_ROOF_WIDTH /* what any CPU has, or a compiler makes of two halves */
#define SC_ROOF_WIDTH 16
#define SC_ROOF_SUMS 12
#endif

typedef float vec __attribute__((vector_size(SC_ROOF_WIDTH), may_alias));
enum { LANES = SC_ROOF_WIDTH / 4, STRIDE = 8, SUMS = SC_ROOF_SUMS };

static inline float sum_of(vec v)
{
	float sum = 0;
	for (int i = 0; i < LANES; i++)
		sum += v[i];
	return sum;
}

static inline float read_all(const float *x, size_t n)
{
	const vec *v = (const vec *)(const void *)x;
	vec sum[STRIDE] = {{0}};
	for (size_t i = 0; i < n / LANES; i += STRIDE)
		for (int k = 0; k < STRIDE; k++)
			sum[k] += v[i + (size_t)k];
	for (int k = 1; k < STRIDE; k++)
		sum[0] += sum[k];
	return sum_of(sum[0]);
}

static inline void copy_all(const float *x, float *y, size_t n)
{
	const vec *v = (const vec *)(const void *)x;
	vec *to = (vec *)(void *)y;
	for (size_t i = 0; i < n / LANES; i += STRIDE) {
		vec part[STRIDE];
		for (int k = 0; k < STRIDE; k++)
			part[k] = v[i + (size_t)k];
		for (int k = 0; k < STRIDE; k++)
			to[i + (size_t)k] = part[k];
	}
}

static inline void update_all(float *x, size_t n)
{
	vec *v = (vec *)(void *)x;
	for (size_t i = 0; i < n / LANES; i += STRIDE)
		for (int k = 0; k < STRIDE; k++)
			v[i + (size_t)k] *= 1.0000001f;
}

static inline float multiply(size_t steps, double *flops)
{
	vec sum[SUMS], factor = {0}, term = {0};
	for (int i = 0; i < LANES; i++) {
		factor[i] = 0.999f;
		term[i] = 0.001f;
	}
	for (int k = 0; k < SUMS; k++)
		sum[k] = term * (float)k;
	for (size_t s = 0; s < steps; s++)
		for (int k = 0; k < SUMS; k++)
			sum[k] = sum[k] * factor + term;
	for (int k = 1; k < SUMS; k++)
		sum[0] += sum[k];
	*flops += 2.0 * LANES * SUMS * (double)steps;
	return sum_of(sum[0]);
}

#endif
