/* Which blocks have the same SE, and what follows from it: shapes to measure, ablations. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "../support/net.h"
#include "../support/overrides.h"

Test(study_identity, every_member_of_an_se_tells_two_apart)
{
	const sc_se_block none = {0};
	cr_expect(sc_se_same(&none, &none));
#define SE_MEMBER(type, name, from, meaning) \
	{ \
		sc_se_block other = {.name = (type)1}; \
		cr_expect_not(sc_se_same(&none, &other), #name); \
	}
#include "secost/se_block.def"
#undef SE_MEMBER
}

Test(study_identity, where_it_stands_is_not_what_it_is)
{
	const sc_se_block here = {.line = 1}, there = {.line = 2, .column = 3};
	cr_expect(sc_se_same(&here, &there));
}

Test(study_identity, blocks_that_differ_in_gate_squeeze_or_bias_are_shapes_of_their_own)
{
	sc_model *m = net_parse(overrides_net);
	sc_sheet sheet = net_count(m);
	sc_se_shape *shape;
	size_t n;
	uint64_t params = 0;
	cr_assert(eq(int, sc_se_shapes(&sheet, &shape, &n, NULL), SC_OK));
	cr_expect(eq(sz, n, 5 + 2));
	for (size_t i = 0; i < n; i++) {
		const sc_se_fact *f = shape[i].fact;
		params += shape[i].blocks * (2ull * f->gated.c * f->squeezed +
						    (f->se.bias ? f->gated.c + f->squeezed : 0));
	}
	cr_expect(eq(u64, params, sheet.total.se.params), "shapes add up to the network");
	free(shape);
	sc_sheet_release(&sheet);
	sc_model_free(m);
}

static sc_study *ablated(const sc_model *m, const char *group)
{
	const sc_rules rules = sc_rules_default();
	sc_study *study;
	sc_err err = {0};
	cr_assert(eq(int, sc_study_new(m, &rules, 1, &study, &err), SC_OK), "%s", err.message);
	cr_assert(eq(int, sc_study_ablate(study, group, &err), SC_OK), "%s", err.message);
	return study;
}

static const sc_setup *setup_named(const sc_study *study, const char *name)
{
	for (size_t i = 0; i < study->setups; i++)
		if (!strcmp(study->setup[i].name, name))
			return &study->setup[i];
	cr_fatal("there is no setup '%s'", name);
}

static uint32_t se_blocks(const sc_setup *setup, size_t stage)
{
	return setup->sheet.row[stage + 1].se_blocks;
}

Test(study_identity, no_se_has_none_whatever_single_blocks_say)
{
	sc_model *m = net_parse(overrides_net);
	sc_study *study = ablated(m, "stages");
	const sc_setup *none = setup_named(study, "no SE"), *only = setup_named(study, "only a"),
		       *without = setup_named(study, "without a");
	cr_expect(eq(u64, none->sheet.total.se.weights, 0));
	cr_expect(eq(u32, se_blocks(only, 0), 5));
	cr_expect(eq(u32, se_blocks(only, 1), 0));
	cr_expect(eq(u32, se_blocks(without, 0), 0));
	cr_expect(eq(u32, se_blocks(without, 1), 2));
	sc_study_free(study);
	sc_model_free(m);
}

/* every block of every setup has the SE of the baseline's block, edited */
static void each_block(const char *text, const char *group,
	void (*check)(const sc_setup *s, const sc_sheet_row *row, const sc_se_block *is,
		const sc_se_block *was))
{
	sc_model *m = net_parse(text);
	sc_study *study = ablated(m, group);
	for (size_t i = 1; i < study->setups; i++)
		for (size_t r = 1; r + 1 < study->setup[i].sheet.rows; r++) {
			const sc_sheet_row *row = &study->setup[i].sheet.row[r];
			for (uint32_t b = 0; b < row->blocks; b++)
				check(&study->setup[i], row, &row->fact[b].se,
					&study->setup[0].sheet.row[r].fact[b].se);
		}
	sc_study_free(study);
	sc_model_free(m);
}

static void has_the_ratio(
	const sc_setup *s, const sc_sheet_row *row, const sc_se_block *is, const sc_se_block *was)
{
	sc_se_block want = *was;
	want.width = 0;
	want.se_ratio = 0;
	want.ratio = (uint32_t)s->axis;
	cr_expect(sc_se_same(is, was->on ? &want : was), "%s, %s", s->name, row->name);
}

Test(study_identity, a_ratio_reaches_every_block_that_has_se_and_no_other)
{
	each_block(overrides_net, "ratio", has_the_ratio);
	each_block(amounts_net, "ratio", has_the_ratio);
}

static void has_the_gate(
	const sc_setup *s, const sc_sheet_row *row, const sc_se_block *is, const sc_se_block *was)
{
	sc_se_block want = *was;
	if (was->on)
		cr_expect(eq(str, (char *)sc_function_name(is->gate), (char *)s->name));
	want.gate = is->gate;
	cr_expect(sc_se_same(is, &want), "%s, %s", s->name, row->name);
}

static void has_the_squeeze(
	const sc_setup *s, const sc_sheet_row *row, const sc_se_block *is, const sc_se_block *was)
{
	sc_se_block want = *was;
	if (was->on)
		cr_expect(eq(str, (char *)sc_squeeze_name(is->squeeze), (char *)s->name));
	want.squeeze = is->squeeze;
	cr_expect(sc_se_same(is, &want), "%s, %s", s->name, row->name);
}

Test(study_identity, a_gate_and_a_squeeze_reach_every_block_and_change_nothing_else)
{
	each_block(overrides_net, "gate", has_the_gate);
	each_block(amounts_net, "gate", has_the_gate);
	each_block(overrides_net, "squeeze", has_the_squeeze);
	each_block(amounts_net, "squeeze", has_the_squeeze);
}

static void is_kept_or_off(
	const sc_setup *s, const sc_sheet_row *row, const sc_se_block *is, const sc_se_block *was)
{
	const char *rest = strchr(s->name, ' ') + 1;
	bool here = !strcmp(rest, row->name);
	bool keep = !strncmp(s->name, "only ", 5)      ? here
		    : !strncmp(s->name, "without ", 8) ? !here
						       : !strncmp(s->name, "all ", 4);
	const sc_se_block none = {0};
	cr_expect(sc_se_same(is, keep ? was : &none), "%s, %s", s->name, row->name);
}

Test(study_identity, a_stage_without_se_has_none_and_the_others_are_as_they_were)
{
	each_block(overrides_net, "stages", is_kept_or_off);
	each_block(amounts_net, "stages", is_kept_or_off);
}

/* a floor of 64/16, whatever it was rounded by, is a line that the width depends on */
Test(study_identity, an_explanation_names_every_line_that_a_width_depends_on)
{
	sc_model *m = net_parse("input: [3, 8, 8]\n"
				"stages: [{name: s, block: basic, blocks: 1, channels: 88}]\n"
				"se:\n"
				"  ratio: 16\n"
				"  rule: make_divisible\n"
				"  round_limit: 0\n"
				"  floor_first: true\n");
	sc_sheet sheet = net_count(m);
	sc_explanation e;
	bool line[9] = {false};
	cr_assert(eq(int, sc_explain(&sheet, "stages.s.se.width", &e, NULL), SC_OK));
	for (size_t i = 0; i < e.marks; i++)
		line[e.mark[i].line] = true;
	cr_expect(line[4] && line[5] && line[6] && line[7]);
	sc_explanation_release(&e);
	sc_sheet_release(&sheet);
	sc_model_free(m);
}
