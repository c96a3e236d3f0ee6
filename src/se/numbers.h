/** \file
 * Vectors of numbers of a map or of weights, of any type that is kept in memory, as floats. `type`
 * is a constant wherever time matters: AS_TYPE calls a function with each. */
#ifndef SC_SE_NUMBERS_H
#define SC_SE_NUMBERS_H

#include "se/functions.h"

#define INLINE static inline __attribute__((always_inline))

/* f(…, type), compiled for each type */
#define AS_TYPE(type, f, ...) \
	do { \
		switch (type) { \
		case SC_SE_F32: \
			f(__VA_ARGS__, SC_SE_F32); \
			break; \
		case SC_SE_BF16: \
			f(__VA_ARGS__, SC_SE_BF16); \
			break; \
		case SC_SE_F16: \
			f(__VA_ARGS__, SC_SE_F16); \
			break; \
		} \
	} while (0)

/* numbers i … i + VWIDTH - 1 */
INLINE vf load_numbers(const void *p, size_t i, sc_se_dtype type)
{
	switch (type) {
	case SC_SE_F32:
		break;
	case SC_SE_BF16:
		return v_load_bf16((const uint16_t *)p + i);
	case SC_SE_F16:
		return v_load_f16((const uint16_t *)p + i);
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
