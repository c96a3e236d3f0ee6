/** \file
 * Arithmetic on counts that says when it does not fit in 64 bits, one of them for a sign: so
 * differences of counts fit, too, and JSON can hold them. */
#ifndef SC_BASE_CHECKED_H
#define SC_BASE_CHECKED_H

#include <stdbool.h>
#include <stdint.h>

/** *sum += n; false, and *sum untouched, when that does not fit. */
static inline bool sc_add(uint64_t *sum, uint64_t n)
{
	uint64_t r;
	if (__builtin_add_overflow(*sum, n, &r) || r > INT64_MAX)
		return false;
	*sum = r;
	return true;
}

/** *product *= n; false, and *product untouched, when that does not fit. */
static inline bool sc_mul(uint64_t *product, uint64_t n)
{
	uint64_t r;
	if (__builtin_mul_overflow(*product, n, &r) || r > INT64_MAX)
		return false;
	*product = r;
	return true;
}

/** *sum += n; false, and *sum untouched, when that does not fit. */
static inline bool sc_add_signed(int64_t *sum, int64_t n)
{
	int64_t r;
	if (__builtin_add_overflow(*sum, n, &r))
		return false;
	*sum = r;
	return true;
}

/** *product *= n; false, and *product untouched, when that does not fit. */
static inline bool sc_mul_signed(int64_t *product, int64_t n)
{
	int64_t r;
	if (__builtin_mul_overflow(*product, n, &r))
		return false;
	*product = r;
	return true;
}

#endif
