/* Emptying caches: something else is read through each core, no more of it than it takes. How much,
 * a probe tells: a walk through lines that were in the caches before, and whose loads take as long
 * as memory's when they are no longer. It is read piece by piece, each several times, as layers
 * read what they work on: after one long stream a map that was read next came partly from memory
 * again, as if the last cache had stopped keeping what is new; a call took up to a third longer. */
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/walk.h"

enum { LINE_BYTES = 64, PROBE_BYTES = 512 << 10, TRIES = 5, PIECE_BYTES = 1 << 20, READS = 3 };

/* part of the probe's loads that came from memory, by what a load takes there and in the last
 * cache; 1 when these can't be told apart */
static double cold_part(sc_walk *w, const sc_evictor *e, const sc_sweep *sweep, sc_binding *b)
{
	double ns[TRIES];
	if (sweep->levels < 2)
		return 1;
	double memory = sweep->level[sweep->levels - 1].ns,
	       cache = sweep->level[sweep->levels - 2].ns;
	for (int i = 0; i < TRIES; i++) {
		sc_walk_read(w, w->pages);
		sc_evict(e, b, 1);
		ns[i] = sc_walk_once_ns(w, w->pages);
	}
	gsl_sort(ns, 1, TRIES);
	return fmax(0, fmin(1, (ns[TRIES / 2] - cache) / (memory - cache)));
}

static sc_status no_memory(size_t size, sc_err *err)
{
	return sc_fail(err, SC_ENOMEM,
		"no memory to empty the caches with: %zu MiB are wanted, four times the last cache",
		size >> 20);
}

sc_status sc_evictor_new(
	const sc_sweep *sweep, size_t last_cache, sc_binding *b, sc_evictor *out, sc_err *err)
{
	const double enough = 0.9;
	sc_walk probe;
	size_t most = 4 * last_cache;
	sc_evictor e = {.bytes = sc_pages(most)};
	if (!e.bytes)
		return no_memory(most, err);
	sc_status s = sc_walk_new(PROBE_BYTES, 2, &probe, err);
	memset(e.bytes, 1, most); /* pages of zeros may all be one */
	sc_binding_core(b, 0);
	for (e.size = last_cache; !s; e.size = e.size * 5 / 4) {
		e.size = e.size > most ? most : e.size;
		e.cold_part = cold_part(&probe, &e, sweep, b);
		if (e.cold_part >= enough || e.size >= most)
			break;
	}
	sc_walk_release(&probe);
	if (s)
		sc_evictor_release(&e);
	else
		*out = e;
	return s;
}

void sc_evictor_release(sc_evictor *e)
{
	free(e->bytes);
	*e = (sc_evictor){0};
}

static void read_lines(const unsigned char *p, size_t n)
{
	const volatile unsigned char *v = p;
	for (size_t i = 0; i < n; i += LINE_BYTES)
		(void)v[i];
}

static void read_pieces(const unsigned char *p, size_t n)
{
	for (size_t at = 0; at < n; at += PIECE_BYTES)
		for (int i = 0; i < READS; i++)
			read_lines(p + at, n - at < PIECE_BYTES ? n - at : PIECE_BYTES);
}

void sc_evict(const sc_evictor *e, sc_binding *b, unsigned cores)
{
	for (unsigned i = cores; i-- > 0;) {
		sc_binding_core(b, i);
		read_pieces(e->bytes, e->size);
	}
}

static void write_lines(unsigned char *p, size_t n)
{
	volatile unsigned char *v = p;
	for (size_t i = 0; i < n; i += LINE_BYTES)
		v[i] = v[i];
}

void sc_touch(const void *bytes, size_t n, sc_binding *b, unsigned cores)
{
	size_t part = n / cores;
	for (unsigned i = cores; i-- > 0;) {
		if (cores > 1)
			sc_binding_core(b, i);
		read_lines((const unsigned char *)bytes + i * part,
			i + 1 < cores ? part : n - i * part);
	}
}

void sc_update(void *bytes, size_t n, sc_binding *b, unsigned cores)
{
	size_t part = n / cores;
	for (unsigned i = cores; i-- > 0;) {
		if (cores > 1)
			sc_binding_core(b, i);
		write_lines((unsigned char *)bytes + i * part, i + 1 < cores ? part : n - i * part);
	}
}
