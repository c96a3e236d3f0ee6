/* Parts are handed out by tickets. Phases are numbered from the birth of the pool on; worker w owns
 * `count` parts of each, and in phase s its counter runs from s · count to (s + 1) · count: who
 * moves it on has taken those parts. A counter never goes back, so a worker that comes late by
 * whole jobs takes nothing by mistake. `done` counts parts in all: phase s is over when it is (s +
 * 1) · parts, and that is all the barrier there is.
 *
 * Invariant: a job is written before its phases are `published`, and not again before they are
 * over; a worker reads it only once it holds a part.
 *
 * A worker with nothing to do looks out for some tens of microseconds, then sleeps. Back-to-back
 * jobs cost no system call; the first one after a pause wakes the others before it begins, unless
 * it is over before they could come. How long that takes differs from machine to machine by far
 * more than it does from call to call, so a pool measures it, and its jobs too. Whoever waits
 * yields the core after a while, for a pool may be larger than the machine. */
#include "se/thread_pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

enum { LINE = 64, LOOKS = 2000, LOOKS_BEFORE_HELPING = 50, LOOKS_BETWEEN_YIELDS = 512 };
/* short jobs that follow within this time are a series, worth waking for */
static const int64_t series_ns = 50000;
/* what waking is taken to cost until it was measured; and each job that stays alone on account of
 * it lets the measured value fade by this part, so that it is measured again */
static const int64_t wake_ns_at_first = 50000, fading = 32;

/* a worker, on a cache line of its own */
typedef struct worker {
	_Alignas(LINE) _Atomic uint64_t next; /* ticket */
	sc_thread_pool *pool;
	unsigned rank;
} worker;

struct sc_thread_pool {
	_Alignas(LINE) _Atomic uint64_t published; /* phases */
	sc_job job;
	uint64_t base;			      /* its first phase */
	_Alignas(LINE) _Atomic uint64_t done; /* parts */
	_Alignas(LINE) atomic_uint asleep;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	int over;
	unsigned size, parts, started;
	int64_t rung,
		woke_ns;    /* under the lock: when, and after what time the last one was awake */
	int64_t ring_ns;    /* what waking cost the caller */
	int64_t wake_ns;    /* both together, so far */
	int64_t alone_ns;   /* what a job that found others asleep takes the caller alone; 0 at
			       first */
	int64_t last_alone; /* when one ended that woke nobody, in ns */
	void *memory;
	pthread_t *thread;
	worker worker[];
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

static int64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static unsigned first_part(const sc_thread_pool *pool, unsigned owner)
{
	return (unsigned)((uint64_t)pool->parts * owner / pool->size);
}

/* Take what is left of `owner`'s parts in phase s, or half of it where that leaves some for it. */
static int take(sc_thread_pool *pool, unsigned owner, uint64_t s, int all, sc_share *share)
{
	unsigned first = first_part(pool, owner), count = first_part(pool, owner + 1) - first;
	_Atomic uint64_t *next = &pool->worker[owner].next;
	uint64_t ticket = atomic_load_explicit(next, memory_order_relaxed), end = (s + 1) * count;
	while (ticket < end) {
		uint64_t n = all ? end - ticket : (end - ticket + 1) / 2;
		if (!atomic_compare_exchange_weak_explicit(
			    next, &ticket, ticket + n, memory_order_acq_rel, memory_order_relaxed))
			continue;
		share->from = first + (unsigned)(ticket - s * count);
		share->to = share->from + (unsigned)n;
		return 1;
	}
	return 0;
}

/* Do what can be taken of phase s from `owner` on, of so many. */
static void work_on(sc_thread_pool *pool, uint64_t s, sc_share *share, unsigned owners, int all)
{
	unsigned finished = 0, owner = share->rank + (owners > 1);
	for (unsigned i = 0; i < owners; i++, owner++)
		while (take(pool, owner % pool->size, s, all, share)) {
			share->phase = (unsigned)(s - pool->base);
			pool->job.run(pool->job.arg, share);
			share->first = 0;
			finished += share->to - share->from;
		}
	if (finished)
		atomic_fetch_add_explicit(&pool->done, finished, memory_order_acq_rel);
}

/* Is phase s over, or is it within so many looks? */
static int is_over_within(sc_thread_pool *pool, uint64_t s, unsigned looks)
{
	uint64_t all = (s + 1) * pool->parts;
	for (unsigned i = 0; i < looks; i++) {
		if (atomic_load_explicit(&pool->done, memory_order_acquire) >= all)
			return 1;
		pause_briefly();
	}
	return 0;
}

/* One's own parts, then those of others that after a while are still waiting: to look for them at
 * once would take their tickets out of their caches. */
static void do_phase(sc_thread_pool *pool, uint64_t s, unsigned rank, int alone)
{
	sc_share share = {.rank = rank, .first = 1};
	work_on(pool, s, &share, 1, 1);
	if (is_over_within(pool, s, alone ? 1 : LOOKS_BEFORE_HELPING))
		return;
	work_on(pool, s, &share, pool->size, alone);
	while (!is_over_within(pool, s, LOOKS_BETWEEN_YIELDS))
		sched_yield();
}

static void sleep_until_published(sc_thread_pool *pool, uint64_t s)
{
	pthread_mutex_lock(&pool->lock);
	atomic_fetch_add(&pool->asleep, 1);
	while (!pool->over && atomic_load(&pool->published) <= s) {
		pthread_cond_wait(&pool->wake, &pool->lock);
		pool->woke_ns = now_ns() - pool->rung;
	}
	atomic_fetch_sub(&pool->asleep, 1);
	pthread_mutex_unlock(&pool->lock);
}

static void await_published(sc_thread_pool *pool, uint64_t s)
{
	for (unsigned i = 0; i < LOOKS; i++) {
		if (atomic_load_explicit(&pool->published, memory_order_acquire) > s)
			return;
		pause_briefly();
	}
	sleep_until_published(pool, s);
}

static int is_over(sc_thread_pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	int over = pool->over;
	pthread_mutex_unlock(&pool->lock);
	return over;
}

static void *work(void *arg)
{
	const worker *me = arg;
	sc_thread_pool *pool = me->pool;
	for (uint64_t s = 0;;) {
		await_published(pool, s);
		uint64_t over =
			atomic_load_explicit(&pool->done, memory_order_acquire) / pool->parts;
		if (over > s) {
			s = over; /* slept through the phases before */
		} else if (atomic_load_explicit(&pool->published, memory_order_acquire) > s) {
			do_phase(pool, s++, me->rank, 0);
		} else if (is_over(pool)) {
			return NULL;
		}
	}
}

static int start(sc_thread_pool *pool)
{
	for (; pool->started < pool->size - 1; pool->started++)
		if (pthread_create(&pool->thread[pool->started], NULL, work,
			    &pool->worker[pool->started + 1]))
			return 0;
	return 1;
}

sc_thread_pool *sc_thread_pool_new(unsigned size, unsigned parts)
{
	size_t each = sizeof(worker) + sizeof(pthread_t);
	char *memory = calloc(1, sizeof(sc_thread_pool) + size * each + LINE);
	if (!memory)
		return NULL;
	sc_thread_pool *pool = (void *)(memory + (LINE - (size_t)memory % LINE));
	pool->memory = memory;
	pool->size = size;
	pool->parts = parts;
	pool->thread = (void *)(pool->worker + size);
	pool->wake_ns = wake_ns_at_first;
	for (unsigned i = 0; i < size; i++) {
		pool->worker[i].pool = pool;
		pool->worker[i].rank = i;
	}
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
	pthread_mutex_lock(&pool->lock);
	pool->over = 1;
	pthread_cond_broadcast(&pool->wake);
	pthread_mutex_unlock(&pool->lock);
	for (unsigned i = 0; i < pool->started; i++)
		pthread_join(pool->thread[i], NULL);
	pthread_cond_destroy(&pool->wake);
	pthread_mutex_destroy(&pool->lock);
	free(pool->memory);
}

/* the mean of what is known and what was seen, which an interrupt may have made too long by far */
static int64_t learned(int64_t known, int64_t seen)
{
	seen = seen < 4 * known ? seen : 4 * known;
	return (known + (seen > 0 ? seen : 0)) / 2;
}

/* Is a job that finds others asleep over before one of them could be of use? */
static int is_short(sc_thread_pool *pool, int64_t now)
{
	if (pool->woke_ns)
		pool->wake_ns = learned(pool->wake_ns, pool->woke_ns + pool->ring_ns);
	pool->woke_ns = 0;
	if (pool->alone_ns >= pool->wake_ns || now - pool->last_alone <= series_ns)
		return 0;
	pool->wake_ns -= pool->wake_ns / fading;
	return 1;
}

/* Wake who sleeps, or leave them where the job is short: then it is 1. */
static int stays_alone(sc_thread_pool *pool, int64_t now)
{
	pthread_mutex_lock(&pool->lock);
	int alone = is_short(pool, now);
	if (!alone) {
		pool->rung = now;
		pthread_cond_broadcast(&pool->wake);
	}
	pthread_mutex_unlock(&pool->lock);
	if (!alone)
		pool->ring_ns = now_ns() - now;
	return alone;
}

static void do_phases(sc_thread_pool *pool, uint64_t base, unsigned phases, int alone)
{
	for (uint64_t s = base; s < base + phases; s++)
		do_phase(pool, s, 0, alone);
}

/* All share what waking costs and what the job takes one alone. */
static void run_after_pause(sc_thread_pool *pool, uint64_t base, const sc_job *job)
{
	int64_t begin = now_ns();
	if (!pool->alone_ns)
		pool->alone_ns = job->alone_ns;
	int alone = stays_alone(pool, begin);
	do_phases(pool, base, job->phases, alone);
	int64_t end = now_ns(), took = end - begin;
	pool->alone_ns =
		learned(pool->alone_ns, alone ? took : (int64_t)pool->size * took - pool->wake_ns);
	if (alone)
		pool->last_alone = end;
}

void sc_thread_pool_run(sc_thread_pool *pool, const sc_job *job)
{
	uint64_t base = atomic_load_explicit(&pool->published, memory_order_relaxed);
	pool->job = *job;
	pool->base = base;
	atomic_store(&pool->published, base + job->phases);
	if (atomic_load(&pool->asleep))
		run_after_pause(pool, base, job);
	else
		do_phases(pool, base, job->phases, 0);
}
