#include "bench/walk.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

enum { LINE_BYTES = 64, LINES = SC_WALK_PAGE / LINE_BYTES, LOADS = 16384, TRIES = 7 };

static void **line(const sc_walk *w, size_t page, size_t i)
{
	return (void **)(void *)(w->bytes + page * SC_WALK_PAGE + i * LINE_BYTES);
}

/* lines 0 … LINES - 1 of each page in random order, beginning with 0; the last leads to the next */
static void link_pages(sc_walk *w, gsl_rng *rng)
{
	size_t order[LINES];
	for (size_t i = 0; i < LINES; i++)
		order[i] = i;
	for (size_t p = 0; p < w->pages; p++) {
		gsl_ran_shuffle(rng, order + 1, LINES - 1, sizeof *order);
		for (size_t i = 0; i + 1 < LINES; i++)
			*line(w, p, order[i]) = line(w, p, order[i + 1]);
		w->last[p] = (unsigned char)order[LINES - 1];
		*line(w, p, order[LINES - 1]) = line(w, (p + 1) % w->pages, 0);
	}
}

sc_status sc_walk_new(size_t bytes, unsigned long seed, sc_walk *out, sc_err *err)
{
	gsl_rng rng = {gsl_rng_mt19937, malloc(gsl_rng_mt19937->size)};
	*out = (sc_walk){.bytes = sc_pages(bytes),
		.pages = bytes / SC_WALK_PAGE,
		.last = malloc(bytes / SC_WALK_PAGE),
		.clock = sc_clock_system()};
	bool good = out->bytes && out->last && rng.state;
	if (good) {
		gsl_rng_set(&rng, seed);
		link_pages(out, &rng);
	}
	free(rng.state);
	return good ? SC_OK
		    : sc_fail(err, SC_ENOMEM,
			      "no memory to look for the caches: %zu MiB are wanted", bytes >> 20);
}

void sc_walk_release(sc_walk *w)
{
	free(w->bytes);
	free(w->last);
	*w = (sc_walk){0};
}

void sc_walk_read(const sc_walk *w, size_t pages)
{
	void *volatile sink;
	for (int again = 0; again < 2; again++)
		for (size_t i = 0; i < pages * LINES; i++)
			sink = *line(w, i / LINES, i % LINES);
	(void)sink;
}

/* nanoseconds of a load, `*at` moving on */
static double follow(const sc_walk *w, void ***at, size_t loads)
{
	void **p = *at;
	double begin = w->clock.now(w->clock.state);
	for (size_t i = 0; i < loads; i++)
		p = *p;
	double end = w->clock.now(w->clock.state);
	void *volatile sink = p;
	(void)sink;
	*at = p;
	return (end - begin) / (double)loads;
}

double sc_walk_ns(sc_walk *w, size_t pages)
{
	double ns[TRIES];
	void **end = line(w, pages - 1, w->last[pages - 1]), *next = *end;
	void **at = line(w, 0, 0);
	*end = at;
	for (int i = 0; i < TRIES; i++)
		ns[i] = follow(w, &at, LOADS);
	*end = next;
	gsl_sort(ns, 1, TRIES);
	return ns[1];
}

double sc_walk_once_ns(sc_walk *w, size_t pages)
{
	void **at = line(w, 0, 0);
	return follow(w, &at, pages * LINES);
}
