/** \file
 * Vectors of int8 with AVX-512 BW, and VNNI where SC_SE_VNNI says so; what each name means stands
 * in lone_int8.h. A vector is widened within its four lanes. VNNI multiplies numbers without a sign
 * by weights with one: terms are 128 larger. */
#ifndef SC_SE_AVX512_INT8_H
#define SC_SE_AVX512_INT8_H

#if defined(SC_SE_VNNI)
enum { VBYTES = 64, HWIDTH = 32, GROUP = 4, OFFSET = 128 };
typedef uint8_t vterm;
#else
enum { VBYTES = 64, HWIDTH = 32, GROUP = 2, OFFSET = 0 };
typedef int16_t vterm;
#endif
typedef __m512i vb;
typedef __m512i vh;
typedef __m512i vsum;

static inline __mmask64 below_byte(size_t n)
{
	return ((__mmask64)1 << n) - 1;
}
static inline vb b_set(int a)
{
	return _mm512_set1_epi8((char)a);
}
static inline vb b_load(const int8_t *p)
{
	return _mm512_loadu_si512(p);
}
static inline vb b_load_part(const int8_t *p, size_t n)
{
	return _mm512_mask_loadu_epi8(b_set(-128), below_byte(n), p);
}
static inline void b_store(int8_t *p, vb a)
{
	_mm512_storeu_si512(p, a);
}
static inline void b_store_part(int8_t *p, vb a, size_t n)
{
	_mm512_mask_storeu_epi8(p, below_byte(n), a);
}
static inline void b_stream(int8_t *p, vb a)
{
	_mm512_stream_si512((__m512i *)(void *)p, a);
}
static inline vb b_last(size_t n, vb a)
{
	return _mm512_mask_mov_epi8(a, below_byte(64 - n), b_set(-128));
}
static inline vb b_max(vb a, vb b)
{
	return _mm512_max_epi8(a, b);
}
static inline int b_top(vb a)
{
	int8_t part[64], top = -128;
	b_store(part, a);
	for (int i = 0; i < 64; i++)
		top = part[i] > top ? part[i] : top;
	return top;
}
static inline vsum b_no_sum(void)
{
	return _mm512_setzero_si512();
}
static inline vsum b_sum(vsum a, vb x)
{
	vb u = _mm512_xor_si512(x, b_set(-128));
	return _mm512_add_epi64(a, _mm512_sad_epu8(u, _mm512_setzero_si512()));
}
static inline uint32_t b_total(vsum a)
{
	return (uint32_t)_mm512_reduce_add_epi64(a);
}
static inline void b_widen(vb x, int up, vh *low, vh *high)
{
	const __m512i zero = _mm512_setzero_si512();
	const __m128i down = _mm_cvtsi32_si128(8 - up);
	*low = _mm512_sra_epi16(_mm512_unpacklo_epi8(zero, x), down);
	*high = _mm512_sra_epi16(_mm512_unpackhi_epi8(zero, x), down);
}
static inline vb b_narrow(vh low, vh high)
{
	return _mm512_packs_epi16(low, high);
}
static inline vh h_set(int a)
{
	return _mm512_set1_epi16((short)a);
}
static inline void h_load_two(const int16_t *p, vh *low, vh *high)
{
	const __m512i even = _mm512_setr_epi64(0, 1, 4, 5, 8, 9, 12, 13);
	vh a = _mm512_loadu_si512(p), b = _mm512_loadu_si512(p + 32);
	*low = _mm512_permutex2var_epi64(a, even, b);
	*high = _mm512_permutex2var_epi64(a, _mm512_or_si512(even, _mm512_set1_epi64(2)), b);
}
static inline vh h_load(const int8_t *p)
{
	return _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)(const void *)p));
}
static inline vh h_max(vh a, vh b)
{
	return _mm512_max_epi16(a, b);
}
static inline void h_add_to(int32_t *to, vh a)
{
	__m512i low = _mm512_cvtepi16_epi32(_mm512_castsi512_si256(a));
	__m512i high = _mm512_cvtepi16_epi32(_mm512_extracti64x4_epi64(a, 1));
	_mm512_storeu_si512(to, _mm512_add_epi32(_mm512_loadu_si512(to), low));
	_mm512_storeu_si512(to + 16, _mm512_add_epi32(_mm512_loadu_si512(to + 16), high));
}
static inline void h_max_to(int32_t *to, vh a)
{
	__m512i low = _mm512_cvtepi16_epi32(_mm512_castsi512_si256(a));
	__m512i high = _mm512_cvtepi16_epi32(_mm512_extracti64x4_epi64(a, 1));
	_mm512_storeu_si512(to, _mm512_max_epi32(_mm512_loadu_si512(to), low));
	_mm512_storeu_si512(to + 16, _mm512_max_epi32(_mm512_loadu_si512(to + 16), high));
}
static inline vh h_sub(vh a, vh b)
{
	return _mm512_sub_epi16(a, b);
}
static inline vh h_add(vh a, vh b)
{
	return _mm512_adds_epi16(a, b);
}
static inline vh h_times(vh a, vh b)
{
	return _mm512_mulhrs_epi16(a, b);
}
static inline vh h_mix(vh a, vh b, vh c, vh d, int bits)
{
	const __m512i half = _mm512_set1_epi32(1 << (bits - 1));
	const __m128i down = _mm_cvtsi32_si128(bits);
	__m512i low = _mm512_madd_epi16(_mm512_unpacklo_epi16(a, c), _mm512_unpacklo_epi16(b, d));
	__m512i high = _mm512_madd_epi16(_mm512_unpackhi_epi16(a, c), _mm512_unpackhi_epi16(b, d));
	return _mm512_packs_epi32(_mm512_sra_epi32(_mm512_add_epi32(low, half), down),
		_mm512_sra_epi32(_mm512_add_epi32(high, half), down));
}

static inline vf q_add(vf a, vf b)
{
	return _mm512_castsi512_ps(
		_mm512_add_epi32(_mm512_castps_si512(a), _mm512_castps_si512(b)));
}
#if defined(SC_SE_VNNI)
static inline vf q_weights(const int8_t *p)
{
	return _mm512_loadu_ps(p);
}
static inline vf q_dot(vf a, vf terms, vf weights)
{
	return _mm512_castsi512_ps(_mm512_dpbusd_epi32(
		_mm512_castps_si512(a), _mm512_castps_si512(terms), _mm512_castps_si512(weights)));
}
#else
static inline vf q_weights(const int8_t *p)
{
	__m256i w = _mm256_loadu_si256((const __m256i *)(const void *)p);
	return _mm512_castsi512_ps(_mm512_cvtepi8_epi16(w));
}
static inline vf q_dot(vf a, vf terms, vf weights)
{
	__m512i sum = _mm512_madd_epi16(_mm512_castps_si512(terms), _mm512_castps_si512(weights));
	return q_add(a, _mm512_castsi512_ps(sum));
}
#endif

#endif
