#define _XOPEN_SOURCE 700 /* mkdtemp */
/* Tables of published figures: what is told when one is wrong, and that all of ours agree. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "../support/net.h"

static char folder[64];

static void put(const char *file, const char *text)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", folder, file);
	FILE *f = fopen(path, "w");
	cr_assert(ne(ptr, f, NULL));
	fputs(text, f);
	fclose(f);
}

static void setup(void)
{
	snprintf(folder, sizeof folder, "/tmp/secost-published-XXXXXX");
	cr_assert(ne(ptr, mkdtemp(folder), NULL));
	put("figures.csv", "network,input,source,metric,value,rule,note\n"
			   "\"a \"\"b\"\", c\",\"1, 3, 320, 160\",zoo,params_M,28.1,learnable,\n");
	put("networks.csv", "source,network,description,set\nzoo,\"a \"\"b\"\", c\",resnet-50,\n");
	put("rules.csv", "metric,rule,quantity,unit,decimals,counted_as\n"
			 "params_M,learnable,params,M,2,learnable\n");
	put("reasons.csv", "source,network,metric,input,reason\n");
}

static void teardown(void)
{
	static const char *const files[] = {
		"figures.csv", "networks.csv", "rules.csv", "reasons.csv"};
	char path[128];
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, files[i]);
		remove(path);
	}
	remove(folder);
}

TestSuite(model_published, .init = setup, .fini = teardown);

Test(model_published, a_row_becomes_a_figure_with_the_precision_that_was_printed)
{
	sc_published_figures all;
	cr_assert(eq(int, sc_published_load(folder, &all, NULL), SC_OK));
	const sc_published_figure *f = &all.item[0];
	cr_assert(eq(sz, all.count, 1));
	cr_expect(eq(str, (char *)f->network, "a \"b\", c"));
	cr_expect(eq(str, (char *)f->description, "resnet-50"));
	cr_expect(eq(u64, f->expect.figure[SC_QUANTITY_params].value, 28100000));
	cr_expect(eq(u64, f->expect.figure[SC_QUANTITY_params].half_step, 5000));
	cr_expect(eq(u32, f->expect.input.h, 320));
	cr_expect(eq(u32, f->expect.input.w, 160));
	sc_published_release(&all);
}

static void expect_error(int line, const char *message)
{
	sc_published_figures all;
	sc_err err = {0};
	cr_assert(ne(int, sc_published_load(folder, &all, &err), SC_OK));
	cr_expect(eq(int, err.line, line), "%s", err.message);
	cr_expect(eq(str, err.message, (char *)message));
}

Test(model_published, a_short_row_is_located)
{
	put("networks.csv", "source,network,description,set\nzoo,net\n");
	expect_error(2, "a row of 2 cells, must have the 4 of the header");
}

Test(model_published, a_row_that_matches_no_figure_is_located)
{
	put("reasons.csv", "source,network,metric,input,reason\n\nzoo,b,params_M,224,typo\n");
	expect_error(2, "a row of 1 cells, must have the 5 of the header");
	put("reasons.csv", "source,network,metric,input,reason\nzoo,b,params_M,224,typo\n");
	expect_error(2, "no figure of figures.csv is meant here");
}

Test(model_published, an_open_quote_is_located)
{
	put("figures.csv", "network,input,source,metric,value,rule,note\nx,\"1\n");
	expect_error(3, "a quote is still open");
}

Test(model_published, an_unknown_rule_is_located)
{
	put("rules.csv", "metric,rule,quantity,unit,decimals,counted_as\n"
			 "params_M,learnable,params,M,2,lernable\n");
	expect_error(2, "an unknown quantity or counting rule");
}

Test(model_published, another_header_is_refused)
{
	put("rules.csv", "metric,rule\n");
	expect_error(1, "the header must be 'metric,rule,quantity,unit,decimals,counted_as'");
}

Test(model_published, a_value_that_is_no_number_is_located)
{
	put("figures.csv", "network,input,source,metric,value,rule,note\n"
			   "\"a \"\"b\"\", c\",224,zoo,params_M,many,learnable,\n");
	expect_error(2, "the value must be a number");
}

/* each row that some description counts, under its source's rule, to the digits printed */
Test(model_published, every_figure_agrees_or_has_its_reason, .init = NULL, .fini = NULL)
{
	sc_published_figures all;
	sc_err err = {0};
	cr_assert(eq(int, sc_published_load("configs/published", &all, &err), SC_OK), "%s:%d: %s",
		err.file, err.line, err.message);
	for (size_t i = 0; i < all.count; i++) {
		const sc_published_figure *f = &all.item[i];
		char path[160];
		sc_verdict v[SC_QUANTITY__N];
		size_t n;
		if (!f->description)
			continue;
		snprintf(path, sizeof path, "configs/networks/%s.yaml", f->description);
		sc_model *m = net_load(path);
		cr_assert(eq(int, sc_model_set_text(m, f->set, &err), SC_OK), "%s", err.message);
		cr_assert(eq(int, sc_verify_expect(m, &f->expect, v, &n, &err), SC_OK));
		cr_expect(n == 1 && (v->agrees || f->expect.reason), "%s", f->expect.source);
		cr_expect_not(v->agrees && f->expect.reason, "%s agrees", f->expect.source);
		sc_model_free(m);
	}
	sc_published_release(&all);
}
