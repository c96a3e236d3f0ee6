/** \file
 * A pool of threads that start a job within a microsecond and wait for each other in less. */
#ifndef SC_SE_THREAD_POOL_H
#define SC_SE_THREAD_POOL_H

typedef struct sc_thread_pool sc_thread_pool;

/** A pool of `size` workers, the caller being number 0; NULL when memory or threads run out. */
sc_thread_pool *sc_thread_pool_new(unsigned size);
/** Stop and free it; NULL is fine. */
void sc_thread_pool_free(sc_thread_pool *pool);
/** Run `job(arg, rank)` once for each rank below the size, rank 0 in the caller; return when all
 * are done. */
void sc_thread_pool_run(sc_thread_pool *pool, void (*job)(void *arg, unsigned rank), void *arg);
/** Within a job: worker `rank` waits until every worker of the pool is here. */
void sc_thread_pool_barrier(sc_thread_pool *pool, unsigned rank);

#endif
