/** \file
 * Loads that wait for each other, through a buffer. Within a page the lines are visited in random
 * order, so that nothing can be fetched ahead, and page after page, so that looking up addresses
 * takes little. One chain of pointers goes through the whole buffer; a footprint is its first
 * pages, closed to a ring by one pointer. */
#ifndef SC_BENCH_WALK_H
#define SC_BENCH_WALK_H

#include "bench/machine.h"

enum { SC_WALK_PAGE = 4096 };

typedef struct sc_walk {
	unsigned char *bytes;
	size_t pages;
	unsigned char *last; /**< line of each page that leads to the next */
	sc_clock clock;
} sc_walk;

/** SC_ENOMEM says how much was wanted; then it is to be released, too. */
sc_status sc_walk_new(size_t bytes, unsigned long seed, sc_walk *out, sc_err *err);
void sc_walk_release(sc_walk *walk);
/** Read the first `pages` twice, which is what a long walk would leave in the caches. */
void sc_walk_read(const sc_walk *walk, size_t pages);
/** Nanoseconds of a load within the first `pages`: of some tries on, beginning with the first, none
 * of which an interrupt has made longer. */
double sc_walk_ns(sc_walk *walk, size_t pages);
/** The same of one walk through them, once. */
double sc_walk_once_ns(sc_walk *walk, size_t pages);

#endif
