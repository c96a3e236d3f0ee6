/* The floors' threads. A member spins for SPINS pauses after its last job and then sleeps, so that
 * it takes no core from the next candidate. One crew for the whole run; thread 0 is the caller. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "peers.h"

enum { CREW_MAX = 64, SPINS = 20000 };

static struct {
	unsigned started, threads, seen[CREW_MAX];
	void (*job)(void *of, unsigned i);
	void *of;
	atomic_uint call, left, rest;
	unsigned asleep; /* under the lock */
	pthread_mutex_t lock;
	pthread_cond_t wake, down;
} crew = {.started = 1,
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
	for (unsigned i = 0; i < SPINS && !atomic_load(&crew.rest); i++) {
		if (atomic_load_explicit(&crew.call, memory_order_acquire) != seen)
			return atomic_load(&crew.call);
		breathe();
	}
	pthread_mutex_lock(&crew.lock);
	crew.asleep++;
	pthread_cond_signal(&crew.down);
	while (atomic_load(&crew.call) == seen)
		pthread_cond_wait(&crew.wake, &crew.lock);
	crew.asleep--;
	pthread_mutex_unlock(&crew.lock);
	return atomic_load(&crew.call);
}

static void *member(void *arg)
{
	unsigned i = (unsigned)(uintptr_t)arg, seen = crew.seen[i];
	for (;;) {
		seen = next_call(seen);
		if (i < crew.threads)
			crew.job(crew.of, i);
		atomic_fetch_sub_explicit(&crew.left, 1, memory_order_release);
	}
	return NULL;
}

static void grow(unsigned threads)
{
	for (; crew.started < threads; crew.started++) {
		pthread_t thread;
		crew.seen[crew.started] = atomic_load(&crew.call);
		if (pthread_create(&thread, NULL, member, (void *)(uintptr_t)crew.started))
			abort();
		pthread_detach(thread);
	}
}

void peer_crew_run(unsigned threads, void (*job)(void *of, unsigned i), void *of)
{
	if (threads > CREW_MAX)
		abort();
	if (threads <= 1) {
		job(of, 0);
		return;
	}
	grow(threads);
	crew.threads = threads;
	crew.job = job;
	crew.of = of;
	atomic_store(&crew.left, crew.started - 1);
	pthread_mutex_lock(&crew.lock);
	atomic_fetch_add_explicit(&crew.call, 1, memory_order_release);
	pthread_cond_broadcast(&crew.wake);
	pthread_mutex_unlock(&crew.lock);
	job(of, 0);
	while (atomic_load_explicit(&crew.left, memory_order_acquire))
		breathe();
}

void peer_crew_rest(void)
{
	atomic_store(&crew.rest, 1);
	pthread_mutex_lock(&crew.lock);
	while (crew.asleep < crew.started - 1)
		pthread_cond_wait(&crew.down, &crew.lock);
	pthread_mutex_unlock(&crew.lock);
	atomic_store(&crew.rest, 0);
}
