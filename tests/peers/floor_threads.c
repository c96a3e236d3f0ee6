/* The floors' threads. A member spins for SPINS pauses after its last job and then sleeps, so that
 * it takes no core from the next candidate. One pool for the whole run; thread 0 is the caller. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "peers.h"

enum { THREADS_MAX = 64, SPINS = 20000 };

static struct {
	unsigned started, threads, seen[THREADS_MAX];
	void (*job)(void *of, unsigned i);
	void *of;
	atomic_uint call, left, rest;
	unsigned asleep; /* under the lock */
	pthread_mutex_t lock;
	pthread_cond_t wake, down;
} pool = {.started = 1,
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.wake = PTHREAD_COND_INITIALIZER,
	.down = PTHREAD_COND_INITIALIZER};

#if defined(__x86_64__)
static void breathe(void)
{
	__builtin_ia32_pause();
}
#else
static void breathe(void)
{
}
#endif

static unsigned next_call(unsigned seen)
{
	for (unsigned i = 0; i < SPINS && !atomic_load(&pool.rest); i++) {
		if (atomic_load_explicit(&pool.call, memory_order_acquire) != seen)
			return atomic_load(&pool.call);
		breathe();
	}
	pthread_mutex_lock(&pool.lock);
	pool.asleep++;
	pthread_cond_signal(&pool.down);
	while (atomic_load(&pool.call) == seen)
		pthread_cond_wait(&pool.wake, &pool.lock);
	pool.asleep--;
	pthread_mutex_unlock(&pool.lock);
	return atomic_load(&pool.call);
}

static void *member(void *arg)
{
	unsigned i = (unsigned)(uintptr_t)arg, seen = pool.seen[i];
	for (;;) {
		seen = next_call(seen);
		if (i < pool.threads)
			pool.job(pool.of, i);
		atomic_fetch_sub_explicit(&pool.left, 1, memory_order_release);
	}
	return NULL;
}

static void grow(unsigned threads)
{
	for (; pool.started < threads; pool.started++) {
		pthread_t thread;
		pool.seen[pool.started] = atomic_load(&pool.call);
		if (pthread_create(&thread, NULL, member, (void *)(uintptr_t)pool.started))
			abort();
		pthread_detach(thread);
	}
}

void peer_threads_run(unsigned threads, void (*job)(void *of, unsigned i), void *of)
{
	if (threads > THREADS_MAX)
		abort();
	if (threads <= 1) {
		job(of, 0);
		return;
	}
	grow(threads);
	pool.threads = threads;
	pool.job = job;
	pool.of = of;
	atomic_store(&pool.left, pool.started - 1);
	pthread_mutex_lock(&pool.lock);
	atomic_fetch_add_explicit(&pool.call, 1, memory_order_release);
	pthread_cond_broadcast(&pool.wake);
	pthread_mutex_unlock(&pool.lock);
	job(of, 0);
	while (atomic_load_explicit(&pool.left, memory_order_acquire))
		breathe();
}

void peer_threads_rest(void)
{
	atomic_store(&pool.rest, 1);
	pthread_mutex_lock(&pool.lock);
	while (pool.asleep < pool.started - 1)
		pthread_cond_wait(&pool.down, &pool.lock);
	pthread_mutex_unlock(&pool.lock);
	atomic_store(&pool.rest, 0);
}
