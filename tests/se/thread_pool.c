#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "se/thread_pool.h"

enum { PARTS = 12, PHASES = 4, SIZE = 3, SHORT = 1, LONG = 1000000000 }; /* ns */

/* how often each part was done, by whom, and how many were early */
static struct {
	atomic_uint done[PHASES][PARTS], by[SIZE], firsts[PHASES][SIZE], early;
	unsigned late; /* this worker waits long before each part; SIZE is none */
} seen;

static void wait_ms(long ms)
{
	nanosleep(&(struct timespec){.tv_nsec = ms * 1000000}, NULL);
}

static void note(void *arg, const sc_share *share)
{
	(void)arg;
	if (share->rank == seen.late)
		wait_ms(5);
	for (unsigned i = 0; share->phase && i < PARTS; i++)
		seen.early += seen.done[share->phase - 1][i] != 1;
	seen.firsts[share->phase][share->rank] += share->first != 0;
	for (unsigned i = share->from; i < share->to; i++) {
		seen.done[share->phase][i]++;
		seen.by[share->rank]++;
	}
}

static void run_once(sc_thread_pool *pool, unsigned late, int64_t alone_ns)
{
	memset(&seen, 0, sizeof seen);
	seen.late = late;
	sc_thread_pool_run(pool, &(sc_job){.run = note, .phases = PHASES, .alone_ns = alone_ns});
	for (unsigned i = 0; i < PHASES * PARTS; i++)
		cr_assert(eq(uint, seen.done[i / PARTS][i % PARTS], 1));
	cr_assert(zero(uint, seen.early));
	for (unsigned i = 0; i < PHASES * SIZE; i++)
		cr_assert(le(uint, seen.firsts[i / SIZE][i % SIZE], 1));
}

Test(thread_pool, every_part_is_done_once_and_after_all_of_the_phase_before)
{
	sc_thread_pool *pool = sc_thread_pool_new(SIZE, PARTS);
	cr_assert(ne(ptr, pool, NULL));
	for (int i = 0; i < 3000; i++)
		run_once(pool, SIZE, i % 2 ? LONG : SHORT);
	for (unsigned late = 0; late < SIZE; late++)
		for (int i = 0; i < 3; i++)
			run_once(pool, late, LONG);
	sc_thread_pool_free(pool);
}

Test(thread_pool, a_short_job_after_a_pause_is_the_callers_alone)
{
	sc_thread_pool *pool = sc_thread_pool_new(SIZE, PARTS);
	for (int i = 0; i < 3; i++) {
		wait_ms(20);
		run_once(pool, SIZE, SHORT);
		cr_expect(eq(uint, seen.by[0], PHASES * PARTS));
	}
	sc_thread_pool_free(pool);
}

static void hog(void *arg, const sc_share *share)
{
	(void)arg;
	if (!share->rank)
		wait_ms(20);
	seen.by[share->rank] += share->to - share->from;
}

Test(thread_pool, who_is_done_takes_what_others_have_not_begun)
{
	sc_thread_pool *pool = sc_thread_pool_new(2, PARTS);
	unsigned most = 0;
	for (int i = 0; i < 5; i++) {
		wait_ms(5);
		memset(&seen, 0, sizeof seen);
		sc_thread_pool_run(pool, &(sc_job){.run = hog, .phases = 2, .alone_ns = LONG});
		most = seen.by[1] > most ? seen.by[1] : most;
		cr_assert(eq(uint, seen.by[0] + seen.by[1], 2 * PARTS));
	}
	sc_thread_pool_free(pool);
	cr_expect(ge(uint, most, PARTS)); /* its own; the caller had begun with all of its own */
}
