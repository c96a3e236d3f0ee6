/** \file
 * Numbers as people read them. Every function fills and returns `out`. */
#ifndef SC_BASE_NUMBER_H
#define SC_BASE_NUMBER_H

#include <stdint.h>

/** Room for any text made here. */
typedef struct sc_digits {
	char s[48];
} sc_digits;

/** 2514944 as "2,514,944". */
const char *sc_number_exact(sc_digits *out, uint64_t n);
/** -2514944 as "−2,514,944" (U+2212), 5 as "+5", 0 as "0". */
const char *sc_number_signed(sc_digits *out, int64_t n);
/** `n` in units of 10^`power` (0, 3, 6, 9, 12) with `decimals`, rounded half away from zero on the
 * exact integer: (3860488192, 9, 2) is "3.86". */
const char *sc_number_scaled(sc_digits *out, uint64_t n, unsigned power, unsigned decimals);
/** The power (0, 3, 6, 9, 12) that shows `n` with one to three digits before the point. */
unsigned sc_number_power(uint64_t n);
/** "", "K", "M", "G" or "T" for a power from sc_number_power. */
const char *sc_number_prefix(unsigned power);

#endif
