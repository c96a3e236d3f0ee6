/** \file
 * A pool of threads that share out jobs within a microsecond, and that nobody has to wait for.
 *
 * A job is a number of phases; a phase is a number of parts, all of them done before the next phase
 * begins. Every worker has parts of its own, which it takes first, so that it meets again what lies
 * in its caches; then it takes what others have not begun. A worker that is late, or still asleep,
 * finds less to do, and the caller never waits for one that has not taken a part. */
#ifndef SC_SE_THREAD_POOL_H
#define SC_SE_THREAD_POOL_H

#include <stdint.h>

typedef struct sc_thread_pool sc_thread_pool;

/** Parts `from` … `to` (at least one) of a phase of a job, taken by worker `rank`. */
typedef struct sc_share {
	unsigned phase, from, to;
	unsigned rank; /**< 0 is the caller */
	int first;     /**< the first that this worker takes in this phase */
} sc_share;

/** What to do. */
typedef struct sc_job {
	void (*run)(void *arg, const sc_share *share);
	void *arg;
	unsigned phases;
	int64_t alone_ns; /**< what it may take the caller alone after a pause: the pool learns */
} sc_job;

/** A pool of `size` workers, the caller being number 0, for jobs whose phases have `parts` parts;
 * NULL when memory or threads run out. */
sc_thread_pool *sc_thread_pool_new(unsigned size, unsigned parts);
/** Stop and free it; NULL is fine. */
void sc_thread_pool_free(sc_thread_pool *pool);
/** Run each part of each phase of `job` once; return when all are done. */
void sc_thread_pool_run(sc_thread_pool *pool, const sc_job *job);

#endif
