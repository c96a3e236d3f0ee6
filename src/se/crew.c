/* Threads that are woken once a run. A worker between runs looks for the next job for some tens of
 * microseconds before it sleeps: back-to-back runs then cost no system call. Whoever waits yields
 * the core after a while, for a crew may be larger than the machine.
 *
 * Invariant: `job` and `arg` are written before `go` is released and not again until `busy` is 0.
 */
#include "se/crew.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { LOOKS = 2000, LOOKS_BETWEEN_YIELDS = 512 };

/* how many meetings a worker has come to; written by it alone */
typedef struct attendance {
	_Alignas(64) atomic_uint met;
} attendance;

/* What the caller and each worker write lies on cache lines of their own; what one looks for
 * together, on the same. */
struct sc_crew {
	_Alignas(64) atomic_uint go;
	void (*job)(void *arg, unsigned rank);
	void *arg;
	int over;
	_Alignas(64) atomic_uint busy;
	_Alignas(64) atomic_uint asleep;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	unsigned size, started;
	void *memory;
	pthread_t *thread;
	attendance worker[];
};

#if defined(__x86_64__)
static void pause_briefly(void)
{
	__builtin_ia32_pause();
}
#elif defined(__aarch64__)
static void pause_briefly(void)
{
	__asm__ volatile("yield");
}
#else
static void pause_briefly(void)
{
}
#endif

/* wait until *word is no longer `old` */
static unsigned await(atomic_uint *word, unsigned old)
{
	unsigned now;
	for (unsigned i = 1; (now = atomic_load_explicit(word, memory_order_acquire)) == old; i++) {
		if (i % LOOKS_BETWEEN_YIELDS)
			pause_briefly();
		else
			sched_yield();
	}
	return now;
}

static void sleep_until_go(sc_crew *crew, unsigned seen)
{
	pthread_mutex_lock(&crew->lock);
	atomic_fetch_add(&crew->asleep, 1);
	while (atomic_load(&crew->go) == seen)
		pthread_cond_wait(&crew->wake, &crew->lock);
	atomic_fetch_sub(&crew->asleep, 1);
	pthread_mutex_unlock(&crew->lock);
}

static void await_go(sc_crew *crew, unsigned seen)
{
	for (unsigned i = 0; i < LOOKS; i++) {
		if (atomic_load_explicit(&crew->go, memory_order_acquire) != seen)
			return;
		pause_briefly();
	}
	sleep_until_go(crew, seen);
}

static void release(sc_crew *crew)
{
	atomic_fetch_add(&crew->go, 1);
	if (!atomic_load(&crew->asleep))
		return;
	pthread_mutex_lock(&crew->lock);
	pthread_cond_broadcast(&crew->wake);
	pthread_mutex_unlock(&crew->lock);
}

typedef struct recruit {
	sc_crew *crew;
	unsigned rank;
} recruit;

static void *work(void *arg)
{
	sc_crew *crew = ((recruit *)arg)->crew;
	unsigned rank = ((recruit *)arg)->rank;
	atomic_fetch_sub_explicit(&crew->busy, 1, memory_order_release);
	for (unsigned seen = 0;; seen++) {
		await_go(crew, seen);
		if (crew->over)
			return NULL;
		crew->job(crew->arg, rank);
		atomic_fetch_sub_explicit(&crew->busy, 1, memory_order_release);
	}
}

static void await_workers(sc_crew *crew)
{
	unsigned left = atomic_load_explicit(&crew->busy, memory_order_acquire);
	while (left)
		left = await(&crew->busy, left);
}

static int start(sc_crew *crew)
{
	while (crew->started < crew->size - 1) {
		recruit r = {crew, crew->started + 1};
		atomic_store(&crew->busy, 1);
		if (pthread_create(&crew->thread[crew->started], NULL, work, &r))
			return 0;
		crew->started++;
		await_workers(crew);
	}
	return 1;
}

sc_crew *sc_crew_new(unsigned size)
{
	size_t each = sizeof(attendance) + sizeof(pthread_t);
	char *memory = calloc(1, sizeof(sc_crew) + size * each + 64);
	if (!memory)
		return NULL;
	sc_crew *crew = (void *)(memory + (64 - (size_t)memory % 64));
	crew->memory = memory;
	crew->size = size;
	crew->thread = (void *)(crew->worker + size);
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->wake, NULL);
	if (start(crew))
		return crew;
	sc_crew_free(crew);
	return NULL;
}

void sc_crew_free(sc_crew *crew)
{
	if (!crew)
		return;
	crew->over = 1;
	release(crew);
	for (unsigned i = 0; i < crew->started; i++)
		pthread_join(crew->thread[i], NULL);
	pthread_cond_destroy(&crew->wake);
	pthread_mutex_destroy(&crew->lock);
	free(crew->memory);
}

void sc_crew_run(sc_crew *crew, void (*job)(void *arg, unsigned rank), void *arg)
{
	crew->job = job;
	crew->arg = arg;
	atomic_store_explicit(&crew->busy, crew->size - 1, memory_order_relaxed);
	release(crew);
	job(arg, 0);
	await_workers(crew);
}

void sc_crew_meet(sc_crew *crew, unsigned rank)
{
	atomic_uint *mine = &crew->worker[rank].met;
	unsigned before = atomic_load_explicit(mine, memory_order_relaxed);
	atomic_store_explicit(mine, before + 1, memory_order_release);
	for (unsigned i = 0; i < crew->size; i++)
		if (i != rank)
			await(&crew->worker[i].met, before);
}
