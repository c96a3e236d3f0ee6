/** \file
 * Vectors of numbers of a map or of weights, of any type that is kept in memory, as floats (maps of
 * int8 have a file of their own). `type` is a constant wherever time matters: AS_TYPE calls a
 * function with each. */
#ifndef SC_SE_NUMBERS_H
#define SC_SE_NUMBERS_H

#include "se/functions.h"

#define INLINE static inline __attribute__((always_inline))

/* f(…, type), compiled for each type of floats */
#define AS_FLOATS(type, f, ...) \
	do { \
		if ((type) == SC_SE_F32) \
			f(__VA_ARGS__, SC_SE_F32); \
		else if ((type) == SC_SE_BF16) \
			f(__VA_ARGS__, SC_SE_BF16); \
		else \
			f(__VA_ARGS__, SC_SE_F16); \
	} while (0)

/* and of int8 */
#define AS_TYPE(type, f, ...) \
	do { \
		if ((type) == SC_SE_INT8) \
			f(__VA_ARGS__, SC_SE_INT8); \
		else \
			AS_FLOATS(type, f, __VA_ARGS__); \
	} while (0)

/* numbers i … i + VWIDTH - 1; of int8 weights, GROUP of each */
INLINE vf load_numbers(const void *p, size_t i, sc_se_dtype type)
{
	switch (type) {
	case SC_SE_F32:
		break;
	case SC_SE_BF16:
		return v_load_bf16((const uint16_t *)p + i);
	case SC_SE_F16:
		return v_load_f16((const uint16_t *)p + i);
	case SC_SE_INT8:
		return q_weights((const int8_t *)p + i * GROUP);
	}
	return v_load((const float *)p + i);
}

/* the first n < VWIDTH of them, and zeros */
INLINE vf load_some(const void *p, size_t i, size_t n, sc_se_dtype type)
{
	switch (type) {
	case SC_SE_F32:
		break;
	case SC_SE_BF16:
		return v_load_bf16_part((const uint16_t *)p + i, n);
	case SC_SE_F16:
		return v_load_f16_part((const uint16_t *)p + i, n);
	case SC_SE_INT8:
		break;
	}
	return v_load_part((const float *)p + i, n);
}

INLINE void store_numbers(void *p, size_t i, vf v, sc_se_dtype type)
{
	if (type == SC_SE_F32)
		v_store((float *)p + i, v);
	else if (type == SC_SE_BF16)
		v_store_bf16((uint16_t *)p + i, v);
	else
		v_store_f16((uint16_t *)p + i, v);
}

INLINE void store_some(void *p, size_t i, vf v, size_t n, sc_se_dtype type)
{
	if (type == SC_SE_F32)
		v_store_part((float *)p + i, v, n);
	else if (type == SC_SE_BF16)
		v_store_bf16_part((uint16_t *)p + i, v, n);
	else
		v_store_f16_part((uint16_t *)p + i, v, n);
}

/* past the caches; of halves that are bf16, see v_stream_pair */
INLINE void stream_numbers(void *p, size_t i, vf v, sc_se_dtype type)
{
	if (type == SC_SE_F32)
		v_stream((float *)p + i, v);
	else if (type == SC_SE_BF16)
		v_store_bf16((uint16_t *)p + i, v);
	else
		v_stream_f16((uint16_t *)p + i, v);
}

#endif
