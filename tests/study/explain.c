/* An explanation has the value of the count, for every number of every part. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/net.h"

/* sums of products of whole numbers, left to right */
static uint64_t evaluate(const char *s)
{
	uint64_t sum = 0, product = 1;
	for (;;) {
		char *end;
		product *= strtoull(s, &end, 10);
		if (*end == '*') {
			s = end + 1;
			continue;
		}
		sum += product;
		product = 1;
		if (!*end)
			return sum;
		s = end + 3; /* " + " */
	}
}

static void same(const sc_sheet *sheet, const char *path, uint64_t expected)
{
	sc_explanation e;
	sc_err err = {0};
	char value[32];
	cr_assert(eq(int, sc_explain(sheet, path, &e, &err), SC_OK), "%s: %s", path, err.message);
	snprintf(value, sizeof value, "%" PRIu64, expected);
	cr_assert(eq(str, e.value, value), "%s", path);
	cr_assert(eq(u64, evaluate(e.expression), expected), "%s", path);
	sc_explanation_release(&e);
}

static void part(const sc_sheet *sheet, const char *name, const sc_totals *t)
{
	const struct {
		const char *quantity;
		uint64_t n;
	} all[] = {{"params", t->params}, {"macs", t->macs}, {"flops", t->flops},
		{"activations", t->activations}, {"bytes", t->bytes}, {"se.params", t->se.params},
		{"se.weights", t->se.weights}, {"se.biases", t->se.biases}, {"se.macs", t->se.macs},
		{"se.flops", t->se.flops}, {"se.bytes", t->se.bytes},
		{"se.elements", t->se.elements}};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char path[128];
		snprintf(path, sizeof path, "%s.%s", name, all[i].quantity);
		same(sheet, path, all[i].n);
	}
}

Test(study_explain, every_number_of_a_network_is_the_sum_of_its_terms)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	sc_sheet s = net_count(m);
	part(&s, "total", &s.total);
	part(&s, "stem", &s.row[0].t);
	part(&s, "head", &s.row[s.rows - 1].t);
	for (size_t i = 1; i + 1 < s.rows; i++) {
		char name[80];
		snprintf(name, sizeof name, "stages.%s", s.row[i].name);
		part(&s, name, &s.row[i].t);
	}
	sc_sheet_release(&s);
	sc_model_free(m);
}

Test(study_explain, a_stage_names_the_lines_that_its_number_depends_on)
{
	sc_model *m = net_parse("input: [3, 32, 32]\nstages:\n"
				"  - {name: a, block: basic, channels: 64}\n"
				"  - {name: b, block: basic, channels: 64}\n"
				"se: {ratio: 8}\n");
	sc_sheet s = net_count(m);
	sc_explanation e;
	cr_assert(eq(int, sc_explain(&s, "stages.b.se.params", &e, NULL), SC_OK));
	cr_assert(eq(sz, e.marks, 2));
	cr_assert(eq(u32, e.mark[0].line, 4));
	cr_assert(eq(u32, e.mark[1].line, 5));
	sc_explanation_release(&e);
	sc_sheet_release(&s);
	sc_model_free(m);
}

Test(study_explain, a_path_that_names_nothing_says_what_would)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	sc_sheet s = net_count(m);
	sc_explanation e;
	sc_err err = {0};
	cr_assert(eq(int, sc_explain(&s, "stages.conv6_x.params", &e, &err), SC_EINVAL));
	cr_assert(ne(ptr, strstr(err.message, "did you mean 'conv"), NULL), "%s", err.message);
	cr_assert(eq(int, sc_explain(&s, "total.parms", &e, &err), SC_EINVAL));
	cr_assert(ne(ptr, strstr(err.message, "did you mean 'params'"), NULL), "%s", err.message);
	cr_assert(eq(int, sc_explain(&s, "nothing", &e, &err), SC_EINVAL));
	sc_sheet_release(&s);
	sc_model_free(m);
}

/* the value of "scale=15; a*b/(c*d)", with or without parts of it */
static double quotient(const char *s)
{
	double over = 1, under = 1, *product = &over;
	s += strncmp(s, "scale=15; ", 10) ? 0 : 10;
	while (*s) {
		char *end;
		if (*s == '/')
			product = &under;
		if (strspn(s, "/*()")) {
			s += strspn(s, "/*()");
			continue;
		}
		*product *= strtod(s, &end);
		s = end;
	}
	return over / under;
}

static double explained(const sc_sheet *s, const char *path)
{
	sc_explanation e;
	sc_err err = {0};
	cr_assert(eq(int, sc_explain(s, path, &e, &err), SC_OK), "%s: %s", path, err.message);
	double value = strtod(e.value, NULL);
	cr_expect(epsilon_eq(dbl, quotient(e.expression), value, 1e-12), "%s: %s is not %s", path,
		e.expression, e.value);
	cr_expect(e.formula && *e.formula, "%s", path);
	sc_explanation_release(&e);
	return value;
}

Test(study_explain, what_is_derived_of_blocks_with_SE_is_worked_out_from_counts)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	sc_sheet s = net_count(m);
	const sc_totals *last = &s.row[4].t;
	cr_expect(epsilon_eq(dbl, explained(&s, "stages.conv5_x.se.share"),
		(double)last->se.weights / (double)s.total.se.weights, 1e-12));
	cr_expect(epsilon_eq(dbl, explained(&s, "total.se.share"), 1, 1e-12));
	cr_expect(epsilon_eq(dbl, explained(&s, "stages[-1].se.intensity"),
		(double)last->se.flops / (double)last->se.bytes, 1e-12));
	cr_expect(epsilon_eq(dbl, explained(&s, "stages.conv5_x.se.crossover"),
		4.0 * 2048 / (2 * 7 * 7), 1e-12));
	cr_expect(epsilon_eq(dbl, explained(&s, "stages.conv5_x.se.width"), 128, 1e-12));
	cr_expect(epsilon_eq(dbl, explained(&s, "stages.conv2_x.se.crossover"),
		4.0 * 256 / (2 * 56 * 56), 1e-12));
	sc_sheet_release(&s);
	sc_model_free(m);
}

static const char mixed[] =
	"input: [3, 32, 32]\nstages:\n"
	"  - {name: a, block: basic, blocks: 2, channels: 60, se: {ratio: [4, 7]}}\n"
	"  - {name: b, block: plain, channels: 64, se: off}\n"
	"  - {name: c, block: basic, channels: 64, se: {width: 5}}\n"
	"  - {name: d, block: basic, channels: 60, se: {se_ratio: 0.25}}\n"
	"  - {name: e, block: basic, channels: 60, se: {ratio: 16, rule: make_divisible, "
	"divisor: 8}}\n"
	"  - {name: f, block: basic, channels: 64, se: {ratio: 8, squeeze: avg+max}}\n";

Test(study_explain, a_width_is_told_as_it_came_about)
{
	sc_model *m = net_parse(mixed);
	sc_sheet s = net_count(m);
	static const struct {
		const char *path, *value, *expression;
	} cases[] = {{"stages.a.blocks[0].se.width", "15", "60/4"},
		{"stages.a.blocks[1].se.width", "8", "60/7"}, {"stages.c.se.width", "5", "5"},
		{"stages.d.se.width", "15", "(60*0.25)/1"}, {"stages.e.se.width", "8", "8"},
		{"stages.f.se.width", "8", "64/8"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sc_explanation e;
		sc_err err = {0};
		cr_assert(
			eq(int, sc_explain(&s, cases[i].path, &e, &err), SC_OK), "%s", err.message);
		cr_expect(eq(str, e.value, cases[i].value), "%s", cases[i].path);
		cr_expect(eq(str, e.expression, cases[i].expression), "%s", cases[i].path);
		sc_explanation_release(&e);
	}
	cr_expect(epsilon_eq(dbl, explained(&s, "stages.f.se.crossover"), 8.0 * 64 / (3 * 32 * 32),
			  1e-12),
		"two passes of the two layers");
	sc_sheet_release(&s);
	sc_model_free(m);
}

Test(study_explain, a_number_that_a_place_does_not_have_is_refused_with_what_has_it)
{
	sc_model *m = net_parse(mixed);
	sc_sheet s = net_count(m);
	static const struct {
		const char *path, *told;
	} cases[] = {{"total.se.width", "'se.width' belongs to a stage or a block of it"},
		{"stages.b.se.width", "there is no SE here"},
		{"stages.a.se.width", "blocks of 'a' differ in it; ask for one, such as "
				      "stages.a.blocks[0].se.width"},
		{"stages.b.se.intensity", "there is no SE here"},
		{"total.se.crossover", "'se.crossover' belongs to a stage that has SE"},
		{"stages.b.se.crossover", "'se.crossover' belongs to a stage that has SE"},
		{"layers.b.0.conv.se.share",
			"'se.share' is not of a layer, but of a stage or a block"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sc_explanation e;
		sc_err err = {0};
		cr_expect(eq(int, sc_explain(&s, cases[i].path, &e, &err), SC_EINVAL), "%s",
			cases[i].path);
		cr_expect(eq(str, err.message, cases[i].told), "%s", cases[i].path);
	}
	sc_sheet_release(&s);
	sc_model_free(m);
}

Test(study_explain, a_formula_of_nothing_is_0)
{
	sc_model *m = net_parse(mixed);
	sc_sheet s = net_count(m);
	cr_expect(epsilon_eq(dbl, explained(&s, "stages.b.se.formula"), 0, 1e-12));
	cr_expect(epsilon_eq(dbl, explained(&s, "stages.f.se.formula"), 2.0 * 64 * 64 / 8, 1e-12));
	sc_sheet_release(&s);
	sc_model_free(m);
}

/* lines of what a network says once, for all layers; SE has no convolutions */
Test(study_explain, what_acts_on_all_layers_is_among_the_places)
{
	sc_model *m =
		net_parse("input: [3, 32, 32]\nscale: {width: 2}\nconvolutions: {bias: true}\n"
			  "stem: [conv: {channels: 8}]\n"
			  "stages: [{name: s, block: basic, channels: 8, se: {ratio: 4}}]\n");
	sc_sheet sheet = net_count(m);
	sc_explanation e;
	static const struct {
		const char *path;
		uint32_t lines[4];
		size_t n;
	} want[] = {{"total.params", {2, 3, 4, 5}, 4}, {"stages.s.se.params", {2, 5}, 2}};
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		cr_assert(zero(int, (int)sc_explain(&sheet, want[i].path, &e, NULL)));
		cr_assert(eq(sz, e.marks, want[i].n), "%s", want[i].path);
		for (size_t k = 0; k < e.marks; k++)
			cr_expect(eq(u32, e.mark[k].line, want[i].lines[k]), "%s", want[i].path);
		sc_explanation_release(&e);
	}
	sc_sheet_release(&sheet);
	sc_model_free(m);
}
