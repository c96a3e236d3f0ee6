#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "../support/net.h"

typedef struct told {
	size_t count;
	sc_err last;
} told;

static void keep(void *user, const sc_err *w)
{
	told *t = user;
	t->count++;
	t->last = *w;
}

static told warnings(const char *fields)
{
	char text[512];
	told t = {0};
	snprintf(text, sizeof text,
		"input: [64, 56, 56]\nstages:\n  - {block: bottleneck, channels: 256, %s}\n"
		"se: {ratio: 16}\n",
		fields);
	sc_model *m = net_parse(text);
	sc_model_warnings(m, keep, &t);
	sc_model_free(m);
	return t;
}

Test(model_warn, groups_without_a_width_that_widen_a_bottleneck_are_told_with_the_other_way)
{
	told t = warnings("groups: 32");
	cr_assert(eq(sz, t.count, 1));
	cr_expect(eq(int, t.last.line, 3));
	cr_expect(ne(ptr, strstr(t.last.message, "2048 channels wide, 8 times the 256"), NULL),
		"%s", t.last.message);
	cr_expect(ne(ptr, strstr(t.last.message, "say 'inner_channels: 64'"), NULL));
}

Test(model_warn, a_width_that_is_asked_for_is_meant)
{
	cr_expect(eq(sz, warnings("groups: 32, group_width: 4").count, 0));
	cr_expect(eq(sz, warnings("groups: 32, group_width: 48").count, 0));
	cr_expect(eq(sz, warnings("groups: 32, inner_channels: 512").count, 0));
	cr_expect(eq(sz, warnings("groups: 4").count, 0));
	cr_expect(eq(sz, warnings("stride: 2").count, 0));
}

Test(model_warn, what_secost_comes_with_is_without_a_warning)
{
	for (size_t i = 0; sc_bundled_at(i); i++) {
		sc_model *m;
		told t = {0};
		if (strcmp(sc_bundled_at(i)->kind, "networks") != 0)
			continue;
		cr_assert(zero(int, (int)sc_model_load(sc_bundled_at(i)->path, &m, NULL)));
		sc_model_warnings(m, keep, &t);
		cr_expect(eq(sz, t.count, 0), "%s: %s", m->name, t.last.message);
		sc_model_free(m);
	}
}
