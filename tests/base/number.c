/* How a count is scaled: halves go up, a thousand is the first of its prefix. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/number.h"

Test(base_number, is_rounded_to_the_nearest_with_halves_up)
{
	static const struct {
		uint64_t n;
		unsigned power, decimals;
		const char *text;
	} cases[] = {
		{0, 0, 0, "0"},
		{999, 0, 2, "999"},
		{1499, 3, 0, "1"},
		{1500, 3, 0, "2"},
		{1004, 3, 2, "1.00"},
		{1005, 3, 2, "1.01"},
		{999994, 6, 2, "1.00"},
		{28088024, 6, 2, "28.09"},
		{3860488192, 6, 0, "3,860"},
		{UINT64_MAX, 12, 0, "18,446,744"},
	};
	sc_digits out;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		cr_assert(eq(str,
			(char *)sc_number_scaled(
				&out, cases[i].n, cases[i].power, cases[i].decimals),
			(char *)cases[i].text));
}

Test(base_number, has_the_prefix_that_leaves_one_to_three_digits)
{
	static const struct {
		uint64_t n;
		const char *prefix;
	} cases[] = {{0, ""}, {999, ""}, {1000, "K"}, {999999, "K"}, {1000000, "M"},
		{1000000000, "G"}, {1000000000000, "T"}, {UINT64_MAX, "T"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		cr_assert(eq(str, (char *)sc_number_prefix(sc_number_power(cases[i].n)),
			(char *)cases[i].prefix));
}
