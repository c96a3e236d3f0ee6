/** \file
 * The machine while measuring: its state, its cores, its caches. */
#ifndef SC_BENCH_MACHINE_H
#define SC_BENCH_MACHINE_H

#include <gsl/gsl_rng.h>

#include "secost/bench.h"

/** Cycles a microsecond of this thread, measured now; load of the last minute, 0 when unknown. */
double sc_machine_mhz(void);
double sc_machine_load(void);
/** Time of all cores since the machine started, and what of it the hypervisor gave to others. */
void sc_machine_ticks(double *stolen, double *all);

/** Binding threads to cores. `= {0}` binds nothing. */
typedef struct sc_binding {
	struct hwloc_topology *topology;
	struct hwloc_bitmap_s *before; /**< where the thread was; NULL when it can't be bound */
	struct hwloc_bitmap_s *work;
} sc_binding;

/** Prepare; when the system does not let threads be bound, nothing below does anything. */
void sc_binding_begin(sc_binding *b);
/** Put the calling thread back where it was, release. */
void sc_binding_end(sc_binding *b);
/** Bind the calling thread to the first `n` cores: what it starts inherits that. */
void sc_binding_first(sc_binding *b, unsigned n);
/** Bind the calling thread to core `i` of those it may use. */
void sc_binding_core(sc_binding *b, unsigned i);

/** A buffer to empty the caches with. */
typedef struct sc_evictor {
	unsigned char *bytes;
	size_t size;	  /**< of it that is read */
	double cold_part; /**< part of what was in the caches that is in memory after that */
} sc_evictor;

/** Find out how much must be read, from once to four times the last cache; SC_ENOMEM. */
sc_status sc_evictor_new(
	const sc_sweep *sweep, size_t last_cache, sc_binding *b, sc_evictor *out, sc_err *err);
void sc_evictor_release(sc_evictor *e);
/** Read it all, from each of the first `cores` cores: their own caches are emptied, too. */
void sc_evict(const sc_evictor *e, sc_binding *b, unsigned cores);
/** Read `n` bytes, each of the first `cores` cores its part; of one, the caller's. */
void sc_touch(const void *bytes, size_t n, sc_binding *b, unsigned cores);
/** Write the same values again. */
void sc_update(void *bytes, size_t n, sc_binding *b, unsigned cores);

/** At least 64-byte aligned, every page written, huge ones for much; NULL when there is no memory.
 * Free with free(). */
void *sc_pages(size_t bytes);

/** A buffer somewhere else each time. `= {0}` is none. */
typedef struct sc_buffer {
	void *map;
	size_t mapped;
	unsigned char *at; /**< 64-byte aligned */
} sc_buffer;
/** Newly mapped, every page written; false when there is no memory. */
bool sc_buffer_new(size_t bytes, gsl_rng *rng, sc_buffer *out);
void sc_buffer_release(sc_buffer *place);

#endif
