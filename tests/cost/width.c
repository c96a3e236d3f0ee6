#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "secost/cost.h"

/* the rules of SE_VARIANTS: plain floor; torchvision's and mmpretrain's make_divisible; timm's
 * SEModule */
static const sc_width_rule plain = {SC_ROUNDING_floor, 1, 1, 0, false};
static const sc_width_rule torchvision = {SC_ROUNDING_make_divisible, 8, 8, 0.9, true};
static const sc_width_rule timm = {SC_ROUNDING_make_divisible, 8, 8, 0, false};
static const sc_width_rule even = {SC_ROUNDING_round, 1, 1, 0, false};

Test(cost_width, a_quarter_of_72_is_24_18_or_16_by_rule)
{
	cr_assert(eq(u32, sc_width_rounded(72 * 0.25, &torchvision), 24));
	cr_assert(eq(u32, sc_width_rounded(72 * 0.25, &plain), 18));
	cr_assert(eq(u32, sc_width_rounded(72 * 0.25, &timm), 16));
}

Test(cost_width, a_sixteenth_of_64_is_4_or_8_by_rule)
{
	cr_assert(eq(u32, sc_width_rounded(64 / 16.0, &plain), 4));
	cr_assert(eq(u32, sc_width_rounded(64 / 16.0, &torchvision), 8));
	cr_assert(eq(u32, sc_width_rounded(64 / 16.0, &timm), 8));
}

Test(cost_width, flooring_first_and_the_limit_tell_mmpretrain_from_timm)
{
	cr_assert(eq(u32, sc_width_rounded(296 / 16.0, &timm), 16));
	cr_assert(eq(u32, sc_width_rounded(296 / 16.0, &torchvision), 24));
	cr_assert(eq(u32, sc_width_rounded(88 / 16.0, &timm), 8));
	cr_assert(eq(u32, sc_width_rounded(88 / 16.0, &torchvision), 8));
}

Test(cost_width, mobilenet_v3_quarters)
{
	static const uint32_t expected[][2] = {{16, 8}, {72, 24}, {96, 24}, {120, 32}, {144, 40},
		{240, 64}, {288, 72}, {480, 120}, {576, 144}, {672, 168}, {960, 240}};
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
		cr_assert(eq(u32, sc_width_rounded(expected[i][0] * 0.25, &torchvision),
			expected[i][1]));
}

Test(cost_width, rounding_breaks_ties_to_even_as_python_does)
{
	cr_assert(eq(u32, sc_width_rounded(50 * 0.25, &even), 12));
	cr_assert(eq(u32, sc_width_rounded(58 * 0.25, &even), 14));
	cr_assert(eq(u32, sc_width_rounded(14 * 0.25, &even), 4));
}

Test(cost_width, a_width_is_never_below_its_least)
{
	cr_assert(eq(u32, sc_width_rounded(0.2, &plain), 1));
	cr_assert(eq(u32, sc_width_rounded(0.2, &even), 1));
	cr_assert(eq(u32, sc_width_rounded(1, &timm), 8));
}
