/** \file
 * A crew of threads that start a job within a microsecond and wait for each other in less. */
#ifndef SC_SE_CREW_H
#define SC_SE_CREW_H

typedef struct sc_crew sc_crew;

/** A crew of `size` workers, the caller being number 0; NULL when memory or threads run out. */
sc_crew *sc_crew_new(unsigned size);
/** Stop and free it; NULL is fine. */
void sc_crew_free(sc_crew *crew);
/** Run `job(arg, rank)` once for each rank below the size, rank 0 in the caller; return when all
 * are done. */
void sc_crew_run(sc_crew *crew, void (*job)(void *arg, unsigned rank), void *arg);
/** Within a job: worker `rank` waits until every worker of the crew has come here. */
void sc_crew_meet(sc_crew *crew, unsigned rank);

#endif
