#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/nearest.h"

static const char *nearest(const char *wanted, const char *const *words)
{
	sc_nearest n = sc_nearest_to(wanted);
	for (; *words; words++)
		sc_nearest_offer(&n, *words);
	return n.best ? n.best : "";
}

Test(base_nearest, a_word_that_begins_alike_is_meant)
{
	const char *const keys[] = {"name", "expansion", "channels", "activation", NULL};
	cr_expect(eq(str, (char *)nearest("expand", keys), "expansion"));
	cr_expect(eq(str, (char *)nearest("chan", keys), "channels"));
	cr_expect(eq(str, (char *)nearest("activ", keys), "activation"));
	cr_expect(eq(str, (char *)nearest("exp", keys), ""));
}

Test(base_nearest, fewer_changes_go_before_a_common_beginning)
{
	const char *const keys[] = {"paddings-of-all", "padding", NULL};
	cr_expect(eq(str, (char *)nearest("padings", keys), "padding"));
	cr_expect(eq(str, (char *)nearest("paddingz", keys), "padding"));
}

Test(base_nearest, two_letters_that_changed_places_are_one_change)
{
	const char *const keys[] = {"se", "set", NULL};
	cr_expect(eq(str, (char *)nearest("es", keys), "se"));
	cr_expect(eq(str, (char *)nearest("ab", keys), ""));
}
