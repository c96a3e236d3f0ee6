/* Every way to misuse the forward pass, with its message. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "se_block.h"

static se_block b;

static void refused(const sc_se_config *config, const sc_se_weights *weights, const char *message)
{
	sc_se_plan *plan = (sc_se_plan *)&b;
	sc_err err = {0};
	cr_expect(eq(int, sc_se_plan_new(config, weights, &plan, &err), SC_EINVAL), "%s", message);
	cr_expect(eq(str, err.message, (char *)message));
	cr_expect(eq(ptr, plan, &b), "the plan was touched: %s", message);
	cr_expect(eq(int, sc_se_plan_new(config, weights, &plan, NULL), SC_EINVAL));
}

Test(se_check, a_size_that_is_0_or_too_large)
{
	static const struct {
		size_t member, value;
		const char *message;
	} bad[] = {
		{offsetof(sc_se_config, n), 0, "'n' is 0, must be at least 1"},
		{offsetof(sc_se_config, c), 0, "'c' is 0, must be at least 1"},
		{offsetof(sc_se_config, h), 0, "'h' is 0, must be at least 1"},
		{offsetof(sc_se_config, w), 0, "'w' is 0, must be at least 1"},
		{offsetof(sc_se_config, squeezed), 0, "'squeezed' is 0, must be at least 1"},
		{offsetof(sc_se_config, n), SIZE_MAX / 2,
			"a map of 9223372036854775807 × 80 × 7 × 7 is too large"},
		{offsetof(sc_se_config, h), SIZE_MAX,
			"a map of 3 × 80 × 18446744073709551615 × 7 is too large"},
		{offsetof(sc_se_config, squeezed), SIZE_MAX,
			"a layer of 18446744073709551615 × 80 weights is too large"},
		{offsetof(sc_se_config, squeezed), (size_t)1 << 58,
			"a layer of 288230376151711744 × 80 weights is too large"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		se_block_init(&b);
		memcpy((char *)&b.config + bad[i].member, &bad[i].value, sizeof(size_t));
		refused(&b.config, &b.weights, bad[i].message);
	}
}

Test(se_check, a_value_that_is_none_of_its_enum)
{
	static const struct {
		size_t member;
		unsigned value;
		const char *message;
	} bad[] = {
		{offsetof(sc_se_config, layout), 2, "'layout' is 2, must be 0 … 1"},
		{offsetof(sc_se_config, pool), 3, "'pool' is 3, must be 0 … 2"},
		{offsetof(sc_se_config, act), 6, "'act' is 6, must be 0 … 5"},
		{offsetof(sc_se_config, gate), 5, "'gate' is 5, must be 0 … 4"},
		{offsetof(sc_se_config, epilogue), 3, "'epilogue' is 3, must be 0 … 2"},
		{offsetof(sc_se_config, map), 4, "'map' is 4, must be 0 … 3"},
		{offsetof(sc_se_config, weights), ~0u, "'weights' is 4294967295, must be 0 … 3"},
		{offsetof(sc_se_config, threads), 1025, "'threads' is 1025, must be 0 … 1024"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		se_block_init(&b);
		memcpy((char *)&b.config + bad[i].member, &bad[i].value, sizeof(unsigned));
		refused(&b.config, &b.weights, bad[i].message);
	}
}

static const float *off(const float *p)
{
	return (const float *)(const void *)((const char *)p + 1);
}

Test(se_check, weights_that_are_NULL_or_misaligned)
{
	se_block_init(&b);
	const sc_se_weights w = b.weights;
	refused(&b.config, &(sc_se_weights){NULL, w.b1, w.w2, w.b2}, "'w1' is NULL");
	refused(&b.config, &(sc_se_weights){w.w1, w.b1, NULL, w.b2}, "'w2' is NULL");
	refused(&b.config, &(sc_se_weights){off(w.w1), w.b1, w.w2, w.b2},
		"'w1' is not aligned to 4 bytes");
	refused(&b.config, &(sc_se_weights){w.w1, off(w.b1), w.w2, w.b2},
		"'b1' is not aligned to 4 bytes");
	refused(&b.config, &(sc_se_weights){w.w1, w.b1, off(w.w2), w.b2},
		"'w2' is not aligned to 4 bytes");
	refused(&b.config, &(sc_se_weights){w.w1, w.b1, w.w2, off(w.b2)},
		"'b2' is not aligned to 4 bytes");
	refused(NULL, &b.weights, "'config' is NULL");
	refused(&b.config, NULL, "'weights' is NULL");
	sc_err err = {0};
	cr_expect(eq(int, sc_se_plan_new(&b.config, &b.weights, NULL, &err), SC_EINVAL));
	cr_expect(eq(str, err.message, "'out' is NULL"));
}

Test(se_check, a_row_that_does_not_exist)
{
	se_block_init(&b);
	sc_cpu_set_mask(0);
	b.config.row = "scaler";
	refused(&b.config, &b.weights,
		"unknown row 'scaler', did you mean 'scalar'? one of: scalar, ref");
	b.config.row = "z80";
	refused(&b.config, &b.weights, "unknown row 'z80', one of: scalar, ref");
}

Test(se_check, a_row_that_this_CPU_can_not_run_is_refused_and_not_replaced)
{
	se_block_init(&b);
	sc_cpu_set_mask(0);
	for (size_t i = 0; sc_se_row_name(i); i++) {
		char message[128];
		if (sc_se_row_can_run(i))
			continue;
		snprintf(message, sizeof message,
			"this CPU can't run row '%s', one of: scalar, ref", sc_se_row_name(i));
		b.config.row = sc_se_row_name(i);
		refused(&b.config, &b.weights, message);
	}
}

static void run_refused(sc_se_plan *plan, const sc_se_io *io, const char *message)
{
	static float before[SE_MAP];
	sc_err err = {0};
	memcpy(before, b.y, sizeof before);
	cr_expect(eq(int, sc_se_run(plan, io, &err), SC_EINVAL), "%s", message);
	cr_expect(eq(str, err.message, (char *)message));
	cr_expect(zero(int, memcmp(before, b.y, sizeof before)), "y was touched: %s", message);
}

Test(se_check, buffers_that_are_NULL_misaligned_overlapping_or_of_no_use)
{
	se_block_init(&b);
	sc_se_plan *plan = NULL;
	cr_assert(zero(int, sc_se_plan_new(&b.config, &b.weights, &plan, NULL)));
	run_refused(NULL, &b.io, "'plan' is NULL");
	run_refused(plan, NULL, "'io' is NULL");
	run_refused(plan, &(sc_se_io){.y = b.y}, "'x' is NULL");
	run_refused(plan, &(sc_se_io){.x = b.x}, "'y' is NULL");
	run_refused(plan, &(sc_se_io){.x = off(b.x), .y = b.y}, "'x' is not aligned to 4 bytes");
	run_refused(
		plan, &(sc_se_io){.x = b.x, .y = (char *)b.y + 2}, "'y' is not aligned to 4 bytes");
	run_refused(
		plan, &(sc_se_io){.x = b.x, .y = b.x + SE_MAP - 1}, "'x' and 'y' overlap in part");
	run_refused(plan, &(sc_se_io){.x = b.x + 1, .y = b.x}, "'x' and 'y' overlap in part");
	run_refused(plan, &(sc_se_io){.x = b.x, .y = b.y, .shortcut = b.shortcut},
		"'shortcut' is given, but the plan has no use for it");
	run_refused(plan, &(sc_se_io){.x = b.x, .y = b.y, .pooled = b.pooled},
		"'pooled' is given, but the plan has no use for it");
	sc_se_plan_free(plan);
}

Test(se_check, buffers_of_an_epilogue_and_pooled_values)
{
	se_block_init(&b);
	b.config.epilogue = SC_SE_SCALE_ADD;
	b.config.squeezed_given = 1;
	sc_se_plan *plan = NULL;
	cr_assert(zero(int, sc_se_plan_new(&b.config, &b.weights, &plan, NULL)));
	run_refused(
		plan, &(sc_se_io){.x = b.x, .y = b.y, .pooled = b.pooled}, "'shortcut' is NULL");
	run_refused(
		plan, &(sc_se_io){.x = b.x, .y = b.y, .shortcut = b.shortcut}, "'pooled' is NULL");
	run_refused(plan, &(sc_se_io){.x = b.x, .y = b.y, .shortcut = b.y + 1, .pooled = b.pooled},
		"'shortcut' and 'y' overlap in part");
	run_refused(plan,
		&(sc_se_io){.x = b.x, .y = b.y, .shortcut = b.shortcut, .pooled = b.y + 4},
		"'pooled' and 'y' overlap");
	sc_se_plan_free(plan);
}
