/** \file
 * Vectors of int8 with AVX2; what each name means stands in lone_int8.h. A vector is widened within
 * its two lanes. */
#ifndef SC_SE_AVX2_INT8_H
#define SC_SE_AVX2_INT8_H

enum { VBYTES = 32, HWIDTH = 16, GROUP = 2, OFFSET = 0 };
typedef __m256i vb;
typedef __m256i vh;
typedef __m256i vsum;
typedef int16_t vterm;

static inline vb b_set(int a)
{
	return _mm256_set1_epi8((char)a);
}
static inline vb b_load(const int8_t *p)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)p);
}
static inline vb b_load_part(const int8_t *p, size_t n)
{
	int8_t part[32];
	memset(part, -128, sizeof part);
	memcpy(part, p, n);
	return b_load(part);
}
static inline void b_store(int8_t *p, vb a)
{
	_mm256_storeu_si256((__m256i *)(void *)p, a);
}
static inline void b_store_part(int8_t *p, vb a, size_t n)
{
	int8_t part[32];
	b_store(part, a);
	memcpy(p, part, n);
}
static inline void b_stream(int8_t *p, vb a)
{
	_mm256_stream_si256((__m256i *)(void *)p, a);
}
static inline vb b_last(size_t n, vb a)
{
	static const int8_t lane[32] = {31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17,
		16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
	vb is_last = _mm256_cmpgt_epi8(_mm256_set1_epi8((char)n), b_load(lane));
	return _mm256_blendv_epi8(b_set(-128), a, is_last);
}
static inline vb b_max(vb a, vb b)
{
	return _mm256_max_epi8(a, b);
}
static inline int b_top(vb a)
{
	int8_t part[32], top = -128;
	b_store(part, a);
	for (int i = 0; i < 32; i++)
		top = part[i] > top ? part[i] : top;
	return top;
}
static inline vsum b_no_sum(void)
{
	return _mm256_setzero_si256();
}
static inline vsum b_sum(vsum a, vb x)
{
	vb u = _mm256_xor_si256(x, b_set(-128));
	return _mm256_add_epi64(a, _mm256_sad_epu8(u, _mm256_setzero_si256()));
}
static inline uint32_t b_total(vsum a)
{
	__m128i s = _mm_add_epi64(_mm256_castsi256_si128(a), _mm256_extracti128_si256(a, 1));
	return (uint32_t)_mm_cvtsi128_si32(_mm_add_epi64(s, _mm_unpackhi_epi64(s, s)));
}
static inline void b_widen(vb x, int up, vh *low, vh *high)
{
	const __m256i zero = _mm256_setzero_si256();
	const __m128i down = _mm_cvtsi32_si128(8 - up);
	*low = _mm256_sra_epi16(_mm256_unpacklo_epi8(zero, x), down);
	*high = _mm256_sra_epi16(_mm256_unpackhi_epi8(zero, x), down);
}
static inline vb b_narrow(vh low, vh high)
{
	return _mm256_packs_epi16(low, high);
}
static inline vh h_set(int a)
{
	return _mm256_set1_epi16((short)a);
}
static inline void h_load_two(const int16_t *p, vh *low, vh *high)
{
	vh a = _mm256_loadu_si256((const __m256i *)(const void *)p);
	vh b = _mm256_loadu_si256((const __m256i *)(const void *)(p + 16));
	*low = _mm256_permute2x128_si256(a, b, 0x20);
	*high = _mm256_permute2x128_si256(a, b, 0x31);
}
static inline vh h_load(const int8_t *p)
{
	return _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)p));
}
static inline vh h_max(vh a, vh b)
{
	return _mm256_max_epi16(a, b);
}
static inline void h_add_to(int32_t *to, vh a)
{
	__m256i *t = (__m256i *)(void *)to;
	__m256i low = _mm256_cvtepi16_epi32(_mm256_castsi256_si128(a));
	__m256i high = _mm256_cvtepi16_epi32(_mm256_extracti128_si256(a, 1));
	_mm256_storeu_si256(t, _mm256_add_epi32(_mm256_loadu_si256(t), low));
	_mm256_storeu_si256(t + 1, _mm256_add_epi32(_mm256_loadu_si256(t + 1), high));
}
static inline void h_max_to(int32_t *to, vh a)
{
	__m256i *t = (__m256i *)(void *)to;
	__m256i low = _mm256_cvtepi16_epi32(_mm256_castsi256_si128(a));
	__m256i high = _mm256_cvtepi16_epi32(_mm256_extracti128_si256(a, 1));
	_mm256_storeu_si256(t, _mm256_max_epi32(_mm256_loadu_si256(t), low));
	_mm256_storeu_si256(t + 1, _mm256_max_epi32(_mm256_loadu_si256(t + 1), high));
}
static inline vh h_sub(vh a, vh b)
{
	return _mm256_sub_epi16(a, b);
}
static inline vh h_add(vh a, vh b)
{
	return _mm256_adds_epi16(a, b);
}
static inline vh h_times(vh a, vh b)
{
	return _mm256_mulhrs_epi16(a, b);
}
static inline vh h_mix(vh a, vh b, vh c, vh d, int bits)
{
	const __m256i half = _mm256_set1_epi32(1 << (bits - 1));
	const __m128i down = _mm_cvtsi32_si128(bits);
	__m256i low = _mm256_madd_epi16(_mm256_unpacklo_epi16(a, c), _mm256_unpacklo_epi16(b, d));
	__m256i high = _mm256_madd_epi16(_mm256_unpackhi_epi16(a, c), _mm256_unpackhi_epi16(b, d));
	return _mm256_packs_epi32(_mm256_sra_epi32(_mm256_add_epi32(low, half), down),
		_mm256_sra_epi32(_mm256_add_epi32(high, half), down));
}

static inline vf q_add(vf a, vf b)
{
	return _mm256_castsi256_ps(
		_mm256_add_epi32(_mm256_castps_si256(a), _mm256_castps_si256(b)));
}
static inline vf q_weights(const int8_t *p)
{
	__m128i w = _mm_loadu_si128((const __m128i *)(const void *)p);
	return _mm256_castsi256_ps(_mm256_cvtepi8_epi16(w));
}
static inline vf q_dot(vf a, vf terms, vf weights)
{
	__m256i sum = _mm256_madd_epi16(_mm256_castps_si256(terms), _mm256_castps_si256(weights));
	return q_add(a, _mm256_castsi256_ps(sum));
}

#endif
