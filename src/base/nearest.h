/** \file
 * "Did you mean": the nearest of a list of words. */
#ifndef SC_BASE_NEAREST_H
#define SC_BASE_NEAREST_H

#include <stddef.h>

/** State of a search: offer every candidate, then read `best` (NULL when none is near enough). */
typedef struct sc_nearest {
	const char *wanted, *best;
	size_t distance;
} sc_nearest;

/** Start looking for `wanted`, which is borrowed. */
sc_nearest sc_nearest_to(const char *wanted);
/** Offer `candidate` (borrowed). Kept when fewer than a third of the letters, and at most 3, must
 * be inserted, deleted, replaced or swapped with a neighbour, or when it begins as `wanted` does
 * (all but its last letter, at least four): "expand" for "expansion". The first of equals wins. */
void sc_nearest_offer(sc_nearest *n, const char *candidate);

#endif
