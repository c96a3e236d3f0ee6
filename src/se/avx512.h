/** \file
 * The vector primitives with AVX-512, for the rows with VNNI and without. */
#ifndef SC_SE_AVX512_H
#define SC_SE_AVX512_H

#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "se/plan.h"

enum { VWIDTH = 16, VPANEL = 4, VROWS = 6 };
#define SC_SE_VECTORS
typedef __m512 vf;

static inline __mmask16 below(size_t n)
{
	return (__mmask16)((1u << n) - 1);
}

static inline vf v_set(float a)
{
	return _mm512_set1_ps(a);
}
static inline vf v_load(const float *p)
{
	return _mm512_loadu_ps(p);
}
static inline vf v_load_part(const float *p, size_t n)
{
	return _mm512_maskz_loadu_ps(below(n), p);
}
static inline void v_store(float *p, vf a)
{
	_mm512_storeu_ps(p, a);
}
static inline void v_store_part(float *p, vf a, size_t n)
{
	_mm512_mask_storeu_ps(p, below(n), a);
}
static inline void v_stream(float *p, vf a)
{
	_mm512_stream_ps(p, a);
}

static inline vf widen(__m256i h)
{
	return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(h), 16));
}
/* the upper halves rounded to nearest even, the lower ones anything; a NaN stays one, for its lower
 * half is 0. (The instruction for this would flush denormals.) */
static inline __m512i rounded(vf a)
{
	__m512i u = _mm512_castps_si512(a);
	__m512i odd = _mm512_and_si512(_mm512_srli_epi32(u, 16), _mm512_set1_epi32(1));
	return _mm512_add_epi32(_mm512_add_epi32(u, _mm512_set1_epi32(0x7fff)), odd);
}
static inline __m256i narrow(vf a)
{
	return _mm512_cvtepi32_epi16(_mm512_srli_epi32(rounded(a), 16));
}

static inline vf v_load_bf16(const uint16_t *p)
{
	return widen(_mm256_loadu_si256((const __m256i *)(const void *)p));
}
static inline vf v_load_bf16_part(const uint16_t *p, size_t n)
{
	return widen(_mm256_maskz_loadu_epi16(below(n), p));
}
static inline void v_store_bf16(uint16_t *p, vf a)
{
	_mm256_storeu_si256((__m256i *)(void *)p, narrow(a));
}
static inline void v_store_bf16_part(uint16_t *p, vf a, size_t n)
{
	_mm256_mask_storeu_epi16(p, below(n), narrow(a));
}
static inline __m256i narrow_f16(vf a)
{
	return _mm512_cvtps_ph(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
static inline vf v_load_f16(const uint16_t *p)
{
	return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(const void *)p));
}
static inline vf v_load_f16_part(const uint16_t *p, size_t n)
{
	return _mm512_cvtph_ps(_mm256_maskz_loadu_epi16(below(n), p));
}
static inline void v_store_f16(uint16_t *p, vf a)
{
	_mm256_storeu_si256((__m256i *)(void *)p, narrow_f16(a));
}
static inline void v_store_f16_part(uint16_t *p, vf a, size_t n)
{
	_mm256_mask_storeu_epi16(p, below(n), narrow_f16(a));
}
static inline void v_stream_f16(uint16_t *p, vf a)
{
	_mm256_stream_si256((__m256i *)(void *)p, narrow_f16(a));
}
static inline void v_load_pair(const uint16_t *p, vf *even, vf *odd)
{
	__m512i h = _mm512_loadu_si512(p);
	*even = _mm512_castsi512_ps(_mm512_slli_epi32(h, 16));
	*odd = _mm512_castsi512_ps(_mm512_and_si512(h, _mm512_set1_epi32(-0x10000)));
}
static inline __m512i narrow_pair(vf even, vf odd)
{
	return _mm512_mask_mov_epi16(
		_mm512_srli_epi32(rounded(even), 16), 0xaaaaaaaa, rounded(odd));
}
static inline void v_store_pair(uint16_t *p, vf even, vf odd)
{
	_mm512_storeu_si512(p, narrow_pair(even, odd));
}
static inline void v_stream_pair(uint16_t *p, vf even, vf odd)
{
	_mm512_stream_si512((__m512i *)(void *)p, narrow_pair(even, odd));
}
static inline void v_unzip(vf a, vf b, vf *even, vf *odd)
{
	const __m512i e =
		_mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
	*even = _mm512_permutex2var_ps(a, e, b);
	*odd = _mm512_permutex2var_ps(a, _mm512_or_si512(e, _mm512_set1_epi32(1)), b);
}
static inline void v_zip(vf even, vf odd, vf *a, vf *b)
{
	const __m512i i = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
	*a = _mm512_permutex2var_ps(even, i, odd);
	*b = _mm512_permutex2var_ps(even, _mm512_add_epi32(i, _mm512_set1_epi32(8)), odd);
}
static inline void v_fence(void)
{
	_mm_sfence();
}

static inline vf v_add(vf a, vf b)
{
	return _mm512_add_ps(a, b);
}
static inline vf v_sub(vf a, vf b)
{
	return _mm512_sub_ps(a, b);
}
static inline vf v_mul(vf a, vf b)
{
	return _mm512_mul_ps(a, b);
}
static inline vf v_div(vf a, vf b)
{
	return _mm512_div_ps(a, b);
}
static inline vf v_fma(vf a, vf b, vf c)
{
	return _mm512_fmadd_ps(a, b, c);
}
/* max and min give their second operand when either is NaN */
static inline vf v_at_least(vf a, vf bound)
{
	return _mm512_max_ps(bound, a);
}
static inline vf v_at_most(vf a, vf bound)
{
	return _mm512_min_ps(bound, a);
}
static inline vf v_max(vf a, vf b)
{
	return _mm512_mask_mov_ps(_mm512_max_ps(a, b), _mm512_cmp_ps_mask(a, a, _CMP_UNORD_Q), a);
}
static inline vf v_pick_less(vf a, vf b, vf x, vf y)
{
	return _mm512_mask_mov_ps(y, _mm512_cmp_ps_mask(a, b, _CMP_LT_OQ), x);
}
static inline vf v_first(size_t n, vf a, vf b)
{
	return _mm512_mask_mov_ps(b, below(n), a);
}
static inline vf v_abs(vf a)
{
	return _mm512_andnot_ps(_mm512_set1_ps(-0.0f), a);
}
static inline vf v_signed(vf a, vf b)
{
	return _mm512_or_ps(v_abs(a), _mm512_and_ps(_mm512_set1_ps(-0.0f), b));
}
static inline vf v_plain(vf a)
{
	return _mm512_mask_mov_ps(a, _mm512_cmp_ps_mask(a, a, _CMP_UNORD_Q), _mm512_set1_ps(NAN));
}
static inline vf v_round(vf a)
{
	return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
static inline vf v_power(vf n)
{
	__m512i i = _mm512_add_epi32(_mm512_cvtps_epi32(n), _mm512_set1_epi32(127));
	return _mm512_castsi512_ps(_mm512_slli_epi32(i, 23));
}
static inline __m256 folded(vf a)
{
	return _mm256_add_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));
}
static inline void v_sum_four(vf a, vf b, vf c, vf d, float *to)
{
	__m256 ab = _mm256_hadd_ps(folded(a), folded(b)), cd = _mm256_hadd_ps(folded(c), folded(d));
	__m256 s = _mm256_hadd_ps(ab, cd);
	_mm_storeu_ps(to, _mm_add_ps(_mm256_castps256_ps128(s), _mm256_extractf128_ps(s, 1)));
}
static inline float v_top(vf a)
{
	a = v_max(a, _mm512_shuffle_f32x4(a, a, 0x4e));
	a = v_max(a, _mm512_shuffle_f32x4(a, a, 0xb1));
	a = v_max(a, _mm512_permute_ps(a, 0x4e));
	return _mm512_cvtss_f32(v_max(a, _mm512_permute_ps(a, 0xb1)));
}

#include "se/avx512_int8.h"

#endif
