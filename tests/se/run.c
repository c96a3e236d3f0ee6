#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include "../support/fault.h"
#include "se_block.h"

static se_block a, b;

Test(se_run, a_run_allocates_nothing)
{
	for (unsigned threads = 1; threads <= 2; threads++)
		for (size_t row = 0; sc_se_row_name(row); row++) {
			if (!sc_se_row_can_run(row))
				continue;
			se_block_init(&b);
			b.config.threads = threads;
			b.config.row = sc_se_row_name(row);
			sc_se_plan *plan = NULL;
			cr_assert(zero(int, sc_se_plan_new(&b.config, &b.weights, &plan, NULL)));
			fault_arm(1);
			cr_expect(zero(int, sc_se_run(plan, &b.io, NULL)));
			cr_expect(not(fault_fired()), "%s", b.config.row);
			fault_arm(0);
			sc_se_plan_free(plan);
		}
}

Test(se_run, each_allocation_of_a_plan_may_fail)
{
	se_block_init(&b);
	b.config.threads = 2;
	for (unsigned n = 1;; n++) {
		sc_se_plan *plan = NULL;
		sc_err err = {0};
		fault_arm(n);
		sc_status status = sc_se_plan_new(&b.config, &b.weights, &plan, &err);
		int fired = fault_fired();
		fault_arm(0);
		if (!fired) {
			cr_expect(zero(int, status));
			cr_expect(gt(uint, n, 3));
			sc_se_plan_free(plan);
			return;
		}
		cr_expect(eq(int, status, SC_ENOMEM));
		cr_expect(zero(ptr, plan));
		cr_expect(ne(int, err.message[0], 0));
	}
}

Test(se_run, a_workspace_that_can_not_be_had_is_SC_ENOMEM)
{
	se_block_init(&b);
	sc_se_plan *plan = NULL;
	sc_err err = {0};
	fault_arm(2); /* the first is the plan itself */
	cr_expect(eq(int, sc_se_plan_new(&b.config, &b.weights, &plan, &err), SC_ENOMEM));
	cr_expect(zero(ptr, plan));
	cr_expect(eq(
		str, err.message, "no memory for the weights and the workspace of 3 × 80 × 7 × 7"));
}

Test(se_run, any_number_of_threads_gives_the_same_bits)
{
	for (int layout = SC_SE_NCHW; layout <= SC_SE_NHWC; layout++)
		for (size_t n = 1; n <= SE_N; n++) {
			se_block_init(&a);
			a.config.layout = layout;
			a.config.n = n;
			se_block_run(&a);
			for (unsigned threads = 2; threads <= 9; threads++) {
				se_block_init(&b);
				b.config = a.config;
				b.config.threads = threads;
				se_block_run(&b);
				cr_expect(zero(int, memcmp(a.y, b.y, sizeof a.y)), "%u threads",
					threads);
			}
		}
}

Test(se_run, in_place_and_a_shortcut_that_is_y_give_the_same_bits)
{
	se_block_init(&a);
	a.config.epilogue = SC_SE_SCALE_ADD_RELU;
	a.io.shortcut = a.shortcut;
	se_block_run(&a);
	se_block_init(&b);
	b.config = a.config;
	b.io = (sc_se_io){.x = b.x, .y = b.x, .shortcut = b.shortcut};
	se_block_run(&b);
	cr_expect(zero(int, memcmp(a.y, b.x, sizeof a.y)));
	se_block_init(&b);
	b.config = a.config;
	b.io = (sc_se_io){.x = b.x, .y = b.shortcut, .shortcut = b.shortcut};
	se_block_run(&b);
	cr_expect(zero(int, memcmp(a.y, b.shortcut, sizeof a.y)));
}

Test(se_run, pooled_values_that_are_the_means_give_what_the_squeeze_gives)
{
	se_block_init(&a);
	for (size_t i = 0; i < SE_MAP; i++)
		a.x[i] = (float)(i / (SE_H * SE_W) % 5);
	b = a;
	b.config.squeezed_given = 1;
	for (size_t i = 0; i < SE_N * SE_C; i++)
		b.pooled[i] = (float)(i % 5);
	b.weights = (sc_se_weights){b.w1, b.b1, b.w2, b.b2};
	b.io = (sc_se_io){.x = b.x, .y = b.y, .pooled = b.pooled};
	se_block_run(&a);
	se_block_run(&b);
	for (size_t i = 0; i < SE_MAP; i++)
		cr_assert(epsilon_eq(flt, a.y[i], b.y[i], 1e-5));
}

static void *run_often(void *arg)
{
	se_block *block = arg;
	for (int i = 0; i < 50; i++)
		se_block_run(block);
	return NULL;
}

Test(se_run, two_plans_run_in_two_threads)
{
	static se_block want;
	se_block_init(&want);
	se_block_run(&want);
	se_block_init(&a);
	se_block_init(&b);
	a.config.threads = b.config.threads = 2;
	pthread_t other;
	cr_assert(zero(int, pthread_create(&other, NULL, run_often, &a)));
	run_often(&b);
	pthread_join(other, NULL);
	cr_expect(zero(int, memcmp(a.y, want.y, sizeof want.y)));
	cr_expect(zero(int, memcmp(b.y, want.y, sizeof want.y)));
}

Test(se_run, weights_may_change_once_a_plan_is_made)
{
	se_block_init(&a);
	se_block_run(&a);
	se_block_init(&b);
	sc_se_plan *plan = NULL;
	cr_assert(zero(int, sc_se_plan_new(&b.config, &b.weights, &plan, NULL)));
	memset(b.w1, 0, sizeof b.w1);
	memset(b.w2, 0, sizeof b.w2);
	cr_assert(zero(int, sc_se_run(plan, &b.io, NULL)));
	sc_se_plan_free(plan);
	cr_expect(zero(int, memcmp(a.y, b.y, sizeof a.y)));
}

/* one channel, one pixel, hidden value x, gate in front of everything else */
static float through(sc_se_act act, sc_se_gate gate, const char *row, float x)
{
	const float one = 1;
	float y = 0, pooled = x, map = 1;
	sc_se_config config = {.n = 1,
		.c = 1,
		.h = 1,
		.w = 1,
		.squeezed = 1,
		.act = act,
		.gate = gate,
		.squeezed_given = 1,
		.row = row};
	sc_se_weights weights = {.w1 = &one, .w2 = &one};
	sc_se_io io = {.x = &map, .y = &y, .pooled = &pooled};
	sc_se_plan *plan = NULL;
	cr_assert(zero(int, sc_se_plan_new(&config, &weights, &plan, NULL)));
	cr_assert(zero(int, sc_se_run(plan, &io, NULL)));
	sc_se_plan_free(plan);
	return y;
}

static int same(float got, float want)
{
	return isnan(want) ? isnan(got) : got == want;
}

Test(se_run, infinities_and_NaN_go_through_as_in_PyTorch)
{
	static const struct {
		float x, relu, relu6, silu, tanh, hard_swish, gelu;
	} want[] = {
		{INFINITY, INFINITY, 6, INFINITY, 1, INFINITY, INFINITY},
		{-INFINITY, 0, 0, NAN, 0, NAN, NAN},
		{NAN, NAN, NAN, NAN, NAN, NAN, NAN},
	};
	for (size_t row = 0; sc_se_row_name(row); row++)
		for (size_t i = 0; i < 3 && sc_se_row_can_run(row); i++) {
			const char *name = sc_se_row_name(row);
			const sc_se_gate gate = SC_SE_GATE_RELU;
			float x = want[i].x;
			cr_expect(
				ne(int, same(through(SC_SE_RELU, gate, name, x), want[i].relu), 0));
			cr_expect(ne(
				int, same(through(SC_SE_RELU6, gate, name, x), want[i].relu6), 0));
			cr_expect(
				ne(int, same(through(SC_SE_SILU, gate, name, x), want[i].silu), 0));
			cr_expect(
				ne(int, same(through(SC_SE_TANH, gate, name, x), want[i].tanh), 0));
			cr_expect(
				same(through(SC_SE_HARD_SWISH, gate, name, x), want[i].hard_swish));
			cr_expect(
				ne(int, same(through(SC_SE_GELU, gate, name, x), want[i].gelu), 0));
		}
}

Test(se_run, sigmoid_is_within_4_epsilon_of_itself)
{
	for (size_t row = 0; sc_se_row_name(row); row++)
		for (int i = 0; i < 9000 && sc_se_row_can_run(row); i += 7) {
			float x = (float)i / 100;
			double want = 1 / (1 + exp(-(double)x));
			float got = through(SC_SE_RELU, SC_SE_SIGMOID, sc_se_row_name(row), x);
			cr_assert(epsilon_eq(dbl, (double)got, want, 4.8e-7 * want));
		}
}

Test(se_run, the_largest_floats_have_a_finite_mean)
{
	for (size_t row = 0; sc_se_row_name(row); row++) {
		if (!sc_se_row_can_run(row))
			continue;
		se_block_init(&b);
		for (size_t i = 0; i < SE_MAP; i++)
			b.x[i] = 3e38f;
		memset(b.w1, 0, sizeof b.w1);
		b.config.row = sc_se_row_name(row);
		se_block_run(&b);
		for (size_t i = 0; i < SE_MAP; i++)
			cr_assert(ne(int, isfinite(b.y[i]), 0));
	}
}
