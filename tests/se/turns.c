/* Workers that share blocks of samples keep the first layer's partial sums of two blocks apart, for
 * one may begin the next block while another still reads. Here the second worker is late by far
 * after every barrier, so that one that is overtaken reads sums of the next block. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>
#include <time.h>

#include "se/plan.h"

static void barrier_that_keeps_rank_1_back(sc_thread_pool *pool, unsigned rank)
{
	sc_thread_pool_barrier(pool, rank);
	if (rank == 1)
		nanosleep(&(struct timespec){.tv_nsec = 3000000}, NULL);
}

#define sc_thread_pool_barrier barrier_that_keeps_rank_1_back
#include "se/lone.h"

#include "se/body.h"
#undef sc_thread_pool_barrier

enum { N = 5, C = 64, HW = 9, SQUEEZED = 16 };
static float x[N * C * HW], one[N * C * HW], two[N * C * HW], w1[SQUEEZED * C], w2[C * SQUEEZED];
static const sc_se_row late = {
	.name = "late", .width = VWIDTH, .panel = VPANEL * VWIDTH, .run = run};

static void run_sample_by_sample(unsigned threads, float *y)
{
	sc_se_config config = {.n = N,
		.c = C,
		.h = 1,
		.w = HW,
		.squeezed = SQUEEZED,
		.threads = threads,
		.row = "scalar"};
	sc_se_weights weights = {.w1 = w1, .w2 = w2};
	sc_se_plan *plan = NULL;
	cr_assert(zero(int, sc_se_plan_new(&config, &weights, &plan, NULL)));
	cr_assert(eq(int, plan->together, threads > 1));
	plan->block = 1;
	plan->row = &late;
	cr_assert(zero(int, sc_se_run(plan, &(sc_se_io){.x = x, .y = y}, NULL)));
	sc_se_plan_free(plan);
}

Test(se_turns, a_worker_that_is_a_block_ahead_leaves_the_sums_of_a_slow_one_alone)
{
	for (size_t i = 0; i < N * C * HW; i++)
		x[i] = (float)(i * 7919 % 1009) / 100 - 5;
	for (size_t i = 0; i < C * SQUEEZED; i++) {
		w1[i] = (float)(i * 31 % 17) / 8 - 1;
		w2[i] = (float)(i * 37 % 19) / 9 - 1;
	}
	run_sample_by_sample(1, one);
	run_sample_by_sample(2, two);
	cr_expect(zero(int, memcmp(one, two, sizeof one)));
}
