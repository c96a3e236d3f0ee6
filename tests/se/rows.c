#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "se_block.h"

static se_block b;

static const char *picked(char *text, size_t size)
{
	sc_se_plan *plan = NULL;
	se_block_init(&b);
	cr_assert(zero(int, sc_se_plan_new(&b.config, &b.weights, &plan, NULL)));
	cr_assert(zero(int, sc_se_plan_describe(plan, text, size)));
	sc_se_plan_free(plan);
	return text;
}

Test(se_rows, every_row_has_a_name_and_a_line_and_the_last_two_run_anywhere)
{
	size_t count = 0;
	for (; sc_se_row_name(count); count++)
		cr_expect(ne(ptr, (void *)sc_se_row_text(count), NULL));
	cr_assert(gt(sz, count, 2));
	cr_expect(zero(ptr, (void *)sc_se_row_text(count)));
	cr_expect(zero(int, sc_se_row_can_run(count)));
	sc_cpu_set_mask(0);
	for (size_t i = 0; i < count; i++)
		cr_expect(eq(int, sc_se_row_can_run(i), i + 2 >= count));
	cr_expect(eq(str, (char *)sc_se_row_name(count - 2), "scalar"));
	cr_expect(eq(str, (char *)sc_se_row_name(count - 1), "ref"));
}

Test(se_rows, every_subset_of_features_picks_the_first_row_it_can_run)
{
	for (unsigned mask = 0; mask < 16; mask++) {
		sc_se_plan *plan = NULL;
		size_t first = 0;
		sc_cpu_set_mask(mask);
		while (!sc_se_row_can_run(first))
			first++;
		se_block_init(&b);
		cr_assert(zero(int, sc_se_plan_new(&b.config, &b.weights, &plan, NULL)));
		cr_expect(eq(str, (char *)sc_se_plan_row(plan), (char *)sc_se_row_name(first)));
		sc_se_plan_free(plan);
	}
}

Test(se_rows, what_a_plan_picked_is_said_in_numbers_and_in_words)
{
	sc_se_plan *plan = NULL;
	char text[1024], want[64];
	se_block_init(&b);
	b.config.threads = 2;
	cr_assert(zero(int, sc_se_plan_new(&b.config, &b.weights, &plan, NULL)));
	sc_se_picked p = sc_se_plan_picked(plan);
	cr_assert(zero(int, sc_se_plan_describe(plan, text, sizeof text)));
	sc_se_plan_free(plan);
	cr_expect(le(uint, p.threads, 2));
	cr_expect(ge(sz, p.units, 1));
	cr_expect(lt(sz, p.weight_bytes, p.bytes));
	snprintf(want, sizeof want, "\nblock: %zu of %d samples", p.block, SE_N);
	cr_expect(ne(ptr, strstr(text, want), NULL), "%s", text);
	snprintf(want, sizeof want, "\nmemory: %zu bytes, of them weights %zu", p.bytes,
		p.weight_bytes);
	cr_expect(ne(ptr, strstr(text, want), NULL), "%s", text);
	cr_expect(zero(ptr, (void *)sc_se_plan_row(NULL)));
}

Test(se_rows, a_description_that_does_not_fit_is_refused_whole)
{
	char text[1024], small[16] = "untouched";
	size_t size = strlen(picked(text, sizeof text)) + 1;
	sc_se_plan *plan = NULL;
	cr_assert(zero(int, sc_se_plan_new(&b.config, &b.weights, &plan, NULL)));
	cr_expect(eq(int, sc_se_plan_describe(plan, small, sizeof small), SC_EINVAL));
	cr_expect(eq(str, small, "untouched"));
	cr_expect(eq(int, sc_se_plan_describe(plan, text, size - 1), SC_EINVAL));
	cr_expect(zero(int, sc_se_plan_describe(plan, text, size)));
	cr_expect(eq(int, sc_se_plan_describe(NULL, text, size), SC_EINVAL));
	cr_expect(eq(int, sc_se_plan_describe(plan, NULL, size), SC_EINVAL));
	sc_se_plan_free(plan);
}
