/* Threads that are woken once a run. A worker between runs looks for the next job for some tens of
 * microseconds before it sleeps: back-to-back runs then cost no system call. Whoever waits yields
 * the core after a while, for a pool may be larger than the machine.
 *
 * Invariant: `job` and `arg` are written before `go` is released and not again until `busy` is 0.
 */
#include "se/thread_pool.h"

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
struct sc_thread_pool {
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

static void sleep_until_go(sc_thread_pool *pool, unsigned seen)
{
	pthread_mutex_lock(&pool->lock);
	atomic_fetch_add(&pool->asleep, 1);
	while (atomic_load(&pool->go) == seen)
		pthread_cond_wait(&pool->wake, &pool->lock);
	atomic_fetch_sub(&pool->asleep, 1);
	pthread_mutex_unlock(&pool->lock);
}

static void await_go(sc_thread_pool *pool, unsigned seen)
{
	for (unsigned i = 0; i < LOOKS; i++) {
		if (atomic_load_explicit(&pool->go, memory_order_acquire) != seen)
			return;
		pause_briefly();
	}
	sleep_until_go(pool, seen);
}

static void release(sc_thread_pool *pool)
{
	atomic_fetch_add(&pool->go, 1);
	if (!atomic_load(&pool->asleep))
		return;
	pthread_mutex_lock(&pool->lock);
	pthread_cond_broadcast(&pool->wake);
	pthread_mutex_unlock(&pool->lock);
}

typedef struct newcomer {
	sc_thread_pool *pool;
	unsigned rank;
} newcomer;

static void *work(void *arg)
{
	sc_thread_pool *pool = ((newcomer *)arg)->pool;
	unsigned rank = ((newcomer *)arg)->rank;
	atomic_fetch_sub_explicit(&pool->busy, 1, memory_order_release);
	for (unsigned seen = 0;; seen++) {
		await_go(pool, seen);
		if (pool->over)
			return NULL;
		pool->job(pool->arg, rank);
		atomic_fetch_sub_explicit(&pool->busy, 1, memory_order_release);
	}
}

static void await_workers(sc_thread_pool *pool)
{
	unsigned left = atomic_load_explicit(&pool->busy, memory_order_acquire);
	while (left)
		left = await(&pool->busy, left);
}

static int start(sc_thread_pool *pool)
{
	while (pool->started < pool->size - 1) {
		newcomer r = {pool, pool->started + 1};
		atomic_store(&pool->busy, 1);
		if (pthread_create(&pool->thread[pool->started], NULL, work, &r))
			return 0;
		pool->started++;
		await_workers(pool);
	}
	return 1;
}

sc_thread_pool *sc_thread_pool_new(unsigned size)
{
	size_t each = sizeof(attendance) + sizeof(pthread_t);
	char *memory = calloc(1, sizeof(sc_thread_pool) + size * each + 64);
	if (!memory)
		return NULL;
	sc_thread_pool *pool = (void *)(memory + (64 - (size_t)memory % 64));
	pool->memory = memory;
	pool->size = size;
	pool->thread = (void *)(pool->worker + size);
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->wake, NULL);
	if (start(pool))
		return pool;
	sc_thread_pool_free(pool);
	return NULL;
}

void sc_thread_pool_free(sc_thread_pool *pool)
{
	if (!pool)
		return;
	pool->over = 1;
	release(pool);
	for (unsigned i = 0; i < pool->started; i++)
		pthread_join(pool->thread[i], NULL);
	pthread_cond_destroy(&pool->wake);
	pthread_mutex_destroy(&pool->lock);
	free(pool->memory);
}

void sc_thread_pool_run(sc_thread_pool *pool, void (*job)(void *arg, unsigned rank), void *arg)
{
	pool->job = job;
	pool->arg = arg;
	atomic_store_explicit(&pool->busy, pool->size - 1, memory_order_relaxed);
	release(pool);
	job(arg, 0);
	await_workers(pool);
}

void sc_thread_pool_barrier(sc_thread_pool *pool, unsigned rank)
{
	atomic_uint *mine = &pool->worker[rank].met;
	unsigned before = atomic_load_explicit(mine, memory_order_relaxed);
	atomic_store_explicit(mine, before + 1, memory_order_release);
	for (unsigned i = 0; i < pool->size; i++)
		if (i != rank)
			await(&pool->worker[i].met, before);
}
