/** \file
 * Numbers of 16 bits, one at a time: rounded to nearest even, with denormals, infinities and NaN.
 */
#ifndef SC_SE_HALVES_H
#define SC_SE_HALVES_H

#include <stdint.h>

typedef union sc_float_bits {
	float f;
	uint32_t u;
} sc_float_bits;

static inline uint16_t sc_bf16_of(float f)
{
	sc_float_bits v = {f};
	if ((v.u & 0x7fffffff) > 0x7f800000)
		return (uint16_t)(v.u >> 16 | 0x40);
	return (uint16_t)((v.u + 0x7fff + (v.u >> 16 & 1)) >> 16);
}

static inline float sc_bf16_to(uint16_t h)
{
	return (sc_float_bits){.u = (uint32_t)h << 16}.f;
}

/* Below 2^-14 a half counts in 2^-24, which is what a float near 1/2 counts in, too. */
static inline uint16_t sc_f16_of(float f)
{
	sc_float_bits v = {f}, half = {0.5f};
	uint32_t sign = v.u >> 16 & 0x8000;
	v.u &= 0x7fffffff;
	if (v.u > 0x7f800000)
		return (uint16_t)(sign | 0x7e00 | (v.u >> 13 & 0x3ff));
	if (v.u >= 0x477ff000)
		return (uint16_t)(sign | 0x7c00);
	if (v.u >= 0x38800000)
		return (uint16_t)(sign | (((v.u + 0xfff + (v.u >> 13 & 1)) >> 13) - (112 << 10)));
	v.f += half.f;
	return (uint16_t)(sign | (v.u - half.u));
}

static inline float sc_f16_to(uint16_t h)
{
	uint32_t sign = (uint32_t)(h & 0x8000) << 16, exponent = h >> 10 & 0x1f, rest = h & 0x3ff;
	sc_float_bits v;
	if (!exponent)
		v.f = (float)rest * 0x1p-24f;
	else if (exponent == 0x1f)
		v.u = 0x7f800000 | rest << 13;
	else
		v.u = (exponent + 112) << 23 | rest << 13;
	v.u |= sign;
	return v.f;
}

#endif
