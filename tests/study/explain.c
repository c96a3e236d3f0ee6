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
