/** \file
 * The AVX-512 of rows avx512 and avx512vnni in portable vectors, so that they can be checked on a
 * CPU without it: SIMDe has most of the intrinsics, the rest is here. Included before a row's file;
 * the row then asks nothing of the CPU. */
#ifndef TESTS_PLAIN_EMULATED_H
#define TESTS_PLAIN_EMULATED_H

#include <math.h>
#include <string.h>

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>

#include "secost/se.h"

#define SC_CPU_AVX512 0u
#define SC_CPU_VNNI 0u

#define __m512 simde__m512
#define __m512i simde__m512i

/* the numbers of vector `from`, as an array n */
#define TO(type, n, from) \
	type n[64 / sizeof(type)]; \
	memcpy(n, &(from), sizeof(from))

static inline simde__m512 emu_load_floats(uint16_t mask, const float *p)
{
	float f[16] = {0};
	for (size_t i = 0; i < 16; i++)
		if (mask >> i & 1)
			f[i] = p[i];
	return simde_mm512_loadu_ps(f);
}
static inline void emu_store_floats(float *p, uint16_t mask, simde__m512 a)
{
	TO(float, f, a);
	for (size_t i = 0; i < 16; i++)
		if (mask >> i & 1)
			p[i] = f[i];
}
static inline simde__m512i emu_load_bytes(simde__m512i a, uint64_t mask, const int8_t *p)
{
	TO(int8_t, b, a);
	for (size_t i = 0; i < 64; i++)
		if (mask >> i & 1)
			b[i] = p[i];
	return simde_mm512_loadu_si512(b);
}
static inline void emu_store_bytes(int8_t *p, uint64_t mask, simde__m512i a)
{
	TO(int8_t, b, a);
	for (size_t i = 0; i < 64; i++)
		if (mask >> i & 1)
			p[i] = b[i];
}
static inline __m256i emu_load_halves(uint16_t mask, const uint16_t *p)
{
	uint16_t h[16] = {0};
	for (size_t i = 0; i < 16; i++)
		if (mask >> i & 1)
			h[i] = p[i];
	return _mm256_loadu_si256((const __m256i *)(const void *)h);
}
static inline void emu_store_halves(uint16_t *p, uint16_t mask, __m256i a)
{
	uint16_t h[16];
	memcpy(h, &a, sizeof h);
	for (size_t i = 0; i < 16; i++)
		if (mask >> i & 1)
			p[i] = h[i];
}
static inline simde__m512i emu_of_halves(__m256i low, __m256i high)
{
	return simde_mm512_inserti64x4(simde_mm512_castsi256_si512(low), high, 1);
}
static inline simde__m512 emu_of_floats(__m256 low, __m256 high)
{
	return simde_mm512_castsi512_ps(
		emu_of_halves(_mm256_castps_si256(low), _mm256_castps_si256(high)));
}
static inline __m256i emu_half_of(simde__m512i a, int i)
{
	TO(int64_t, q, a);
	return _mm256_loadu_si256((const __m256i *)(const void *)(q + 4 * i));
}
static inline __m256 emu_floats_of(simde__m512 a, int i)
{
	return _mm256_castsi256_ps(emu_half_of(simde_mm512_castps_si512(a), i));
}
static inline simde__m512 emu_from_f16(__m256i h)
{
	return emu_of_floats(_mm256_cvtph_ps(_mm256_castsi256_si128(h)),
		_mm256_cvtph_ps(_mm256_extracti128_si256(h, 1)));
}
static inline __m256i emu_to_f16(simde__m512 a)
{
	return _mm256_set_m128i(
		_mm256_cvtps_ph(emu_floats_of(a, 1), 0), _mm256_cvtps_ph(emu_floats_of(a, 0), 0));
}
static inline simde__m512i emu_widen_halves(__m256i h)
{
	return emu_of_halves(_mm256_cvtepu16_epi32(_mm256_castsi256_si128(h)),
		_mm256_cvtepu16_epi32(_mm256_extracti128_si256(h, 1)));
}
static inline simde__m512i emu_widen_shorts(__m256i h)
{
	return emu_of_halves(_mm256_cvtepi16_epi32(_mm256_castsi256_si128(h)),
		_mm256_cvtepi16_epi32(_mm256_extracti128_si256(h, 1)));
}
static inline __m256i emu_narrow_words(simde__m512i a)
{
	TO(uint32_t, w, a);
	uint16_t h[16];
	for (size_t i = 0; i < 16; i++)
		h[i] = (uint16_t)w[i];
	return _mm256_loadu_si256((const __m256i *)(const void *)h);
}
static inline simde__m512i emu_whole(simde__m512 a)
{
	return emu_of_halves(
		_mm256_cvtps_epi32(emu_floats_of(a, 0)), _mm256_cvtps_epi32(emu_floats_of(a, 1)));
}
static inline int64_t emu_sum(simde__m512i a)
{
	TO(int64_t, q, a);
	int64_t sum = 0;
	for (size_t i = 0; i < 8; i++)
		sum += q[i];
	return sum;
}
static inline simde__m512i emu_shift_words(simde__m512i a, __m128i count)
{
	return emu_of_halves(_mm256_sra_epi32(emu_half_of(a, 0), count),
		_mm256_sra_epi32(emu_half_of(a, 1), count));
}
static inline float emu_first(simde__m512 a)
{
	TO(float, f, a);
	return f[0];
}
static inline simde__m512 emu_permute(simde__m512 a, int how)
{
	TO(float, f, a);
	float g[16];
	for (int i = 0; i < 16; i++)
		g[i] = f[i / 4 * 4 + (how >> 2 * (i % 4) & 3)];
	return simde_mm512_loadu_ps(g);
}
/* quarters of a, then of b */
static inline simde__m512 emu_quarters(simde__m512 a, simde__m512 b, int how)
{
	TO(float, f, a);
	TO(float, g, b);
	float h[16];
	for (int i = 0; i < 16; i++)
		h[i] = (i < 8 ? f : g)[4 * (how >> 2 * (i / 4) & 3) + i % 4];
	return simde_mm512_loadu_ps(h);
}

#define _mm512_maskz_loadu_ps(mask, p) emu_load_floats(mask, p)
#define _mm512_mask_storeu_ps(p, mask, a) emu_store_floats(p, mask, a)
#define _mm512_mask_loadu_epi8(a, mask, p) emu_load_bytes(a, mask, p)
#define _mm512_mask_storeu_epi8(p, mask, a) emu_store_bytes(p, mask, a)
#define _mm256_maskz_loadu_epi16(mask, p) emu_load_halves(mask, p)
#define _mm256_mask_storeu_epi16(p, mask, a) emu_store_halves(p, mask, a)
#undef _mm512_madd_epi16
#define _mm512_madd_epi16(a, b) simde_mm512_madd_epi16(a, b)
#define _mm512_stream_ps(p, a) simde_mm512_storeu_ps(p, a)
#define _mm512_stream_si512(p, a) simde_mm512_storeu_si512(p, a)
#define _mm512_cvtph_ps(h) emu_from_f16(h)
#define _mm512_cvtps_ph(a, how) emu_to_f16(a)
#define _mm512_cvtepu16_epi32(h) emu_widen_halves(h)
#define _mm512_cvtepi16_epi32(h) emu_widen_shorts(h)
#define _mm512_cvtepi32_epi16(a) emu_narrow_words(a)
#define _mm512_cvtps_epi32(a) emu_whole(a)
#define _mm512_reduce_add_epi64(a) emu_sum(a)
#define _mm512_sra_epi32(a, count) emu_shift_words(a, count)
#define _mm512_extractf32x8_ps(a, i) emu_floats_of(a, i)
#define _mm512_extracti64x4_epi64(a, i) emu_half_of(a, i)
#define _mm512_castps512_ps256(a) emu_floats_of(a, 0)
#define _mm512_castsi512_si256(a) emu_half_of(a, 0)
#define _mm512_cvtss_f32(a) emu_first(a)
#undef _mm512_shuffle_f32x4
#define _mm512_shuffle_f32x4(a, b, how) emu_quarters(a, b, how)
#define _mm512_permute_ps(a, how) emu_permute(a, how)

#endif
