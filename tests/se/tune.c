#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "se/plan.h"
#include "se_block.h"

static se_block a, b;

static sc_se_plan *plan_of(const se_block *block)
{
	sc_se_plan *plan = NULL;
	cr_assert(zero(int, sc_se_plan_new(&block->config, &block->weights, &plan, NULL)));
	return plan;
}

Test(se_tune, changes_no_bit_whatever_is_tried_out)
{
	for (unsigned threads = 1; threads <= 3; threads++) {
		se_block_init(&a);
		a.config.threads = threads;
		se_block_run(&a);
		se_block_init(&b);
		b.config = a.config;
		sc_se_plan *plan = plan_of(&b);
		for (int store = STORE_NEAR; store <= STORE_PAST; store++)
			for (size_t block = plan->block; block; block /= 2) {
				plan->store = (sc_se_store)store;
				sc_se_cut_blocks(plan, block);
				memset(b.y, 0, sizeof b.y);
				cr_assert(zero(int, sc_se_run(plan, &b.io, NULL)));
				cr_assert(zero(int, memcmp(a.y, b.y, sizeof a.y)));
			}
		cr_assert(zero(int, sc_se_plan_tune(plan, &b.io, NULL, NULL)));
		cr_assert(zero(int, sc_se_run(plan, &b.io, NULL)));
		cr_expect(zero(int, memcmp(a.y, b.y, sizeof a.y)));
		sc_se_plan_free(plan);
	}
}

Test(se_tune, is_remembered_for_equal_plans_and_no_others)
{
	sc_se_wisdom *wisdom = sc_se_wisdom_new();
	se_block_init(&a);
	sc_se_plan *first = plan_of(&a), *second = plan_of(&a);
	cr_assert(zero(int, sc_se_plan_tune(first, &a.io, wisdom, NULL)));
	cr_expect(ge(uint, sc_se_plan_picked(first).tried, 3));
	cr_expect(eq(sz, sc_se_wisdom_count(wisdom), 1));
	cr_assert(zero(int, sc_se_plan_tune(second, &a.io, wisdom, NULL)));
	cr_expect(zero(uint, sc_se_plan_picked(second).tried));
	cr_expect(eq(int, (int)second->store, (int)first->store));
	cr_expect(eq(sz, second->block, first->block));
	cr_expect(eq(sz, sc_se_wisdom_count(wisdom), 1));
	a.config.gate = SC_SE_HARD_SIGMOID;
	sc_se_plan *third = plan_of(&a);
	cr_assert(zero(int, sc_se_plan_tune(third, &a.io, wisdom, NULL)));
	cr_expect(ge(uint, sc_se_plan_picked(third).tried, 3));
	cr_expect(eq(sz, sc_se_wisdom_count(wisdom), 2));
	sc_se_plan_free(first);
	sc_se_plan_free(second);
	sc_se_plan_free(third);
	sc_se_wisdom_free(wisdom);
}

Test(se_tune, is_said_in_the_description_and_refuses_what_a_run_refuses)
{
	char text[1024];
	sc_err err = {0};
	se_block_init(&a);
	sc_se_plan *plan = plan_of(&a);
	cr_assert(zero(int, sc_se_plan_describe(plan, text, sizeof text)));
	cr_expect(ne(ptr, strstr(text, "\ntuning: none, the rules decide\n"), NULL), "%s", text);
	cr_expect(eq(int, sc_se_plan_tune(plan, &(sc_se_io){.x = a.x}, NULL, &err), SC_EINVAL));
	cr_expect(eq(str, err.message, "'y' is NULL"));
	cr_assert(zero(int, sc_se_plan_tune(plan, &a.io, NULL, NULL)));
	cr_assert(zero(int, sc_se_plan_describe(plan, text, sizeof text)));
	cr_expect(ne(ptr, strstr(text, " ways tried, "), NULL), "%s", text);
	cr_expect(ne(ptr, strstr(text, "(tried out)"), NULL), "%s", text);
	sc_se_plan_free(plan);
}
