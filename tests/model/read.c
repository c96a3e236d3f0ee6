/* What was read of the descriptions in tests/data/good. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "../support/folder.h"
#include "../support/net.h"

static sc_model *good(const char *name)
{
	char path[256];
	snprintf(path, sizeof path, "tests/data/good/%s.yaml", name);
	return net_load(path);
}

static const sc_stage *stage(const sc_model *m, const char *name)
{
	for (size_t i = 0; i < m->stages.count; i++)
		if (!strcmp(m->stages.item[i].name, name))
			return &m->stages.item[i];
	cr_assert(false, "no stage %s", name);
	return NULL;
}

Test(model_read, the_stem_is_read_as_written)
{
	sc_model *m = good("everything");
	cr_expect(eq(str, (char *)m->name, "Everything \"at\" once"));
	cr_expect(m->input.c == 3 && m->input.h == 64 && m->input.w == 48);
	cr_assert(eq(sz, m->stem.count, 6));
	const sc_layer_spec *l = m->stem.item;
	cr_expect(eq(str, (char *)l[0].op->name, "conv"));
	cr_expect(l[0].kernel[0] == 7 && l[0].kernel[1] == 5);
	cr_expect(l[0].stride[0] == 2 && l[0].stride[1] == 1);
	cr_expect(l[0].padding[0] == 3 && l[0].padding[1] == 2);
	cr_expect(l[0].bias == SC_YES && l[0].norm == SC_NO);
	cr_expect(l[0].activation == SC_FUNCTION_none);
	cr_expect(eq(str, (char *)l[0].name, "first"));
	cr_expect(eq(str, (char *)l[1].op->name, "norm"));
	cr_expect(l[2].function == SC_FUNCTION_relu6);
	cr_expect(l[3].ceil == SC_YES && l[3].padding[0] == -1);
	cr_expect(l[4].kernel[1] == 3 && l[4].stride[1] == 1);
	cr_expect(eq(u32, l[5].groups, 4));
	sc_model_free(m);
}

Test(model_read, the_fields_of_every_kind_of_block_are_read)
{
	sc_model *m = good("everything");
	const sc_block_spec *b = &stage(m, "bottle")->spec;
	cr_expect(b->channels == 64 && b->stride == 2 && b->groups == 2 && b->group_width == 32);
	cr_expect(
		b->stride_at == SC_STRIDE_AT_3x3 && b->expansion == 2 && b->halve_first == SC_YES);
	cr_expect(b->shortcut == SC_SHORTCUT_projection && b->projection_kernel == 3);
	cr_expect(stage(m, "basic")->spec.shortcut == SC_SHORTCUT_pad);
	cr_expect(stage(m, "pre")->spec.body == SC_BODY_basic);
	cr_expect(stage(m, "narrow")->spec.inner_channels == 24);
	const sc_block_spec *v = &stage(m, "vgg")->spec;
	cr_expect(v->kernel == 5 && v->norm == SC_NO && v->bias == SC_YES);
	const sc_stage *shuffled = stage(m, "shuffled");
	cr_expect(shuffled->spec.first_groups == 2 && shuffled->blocks == 2);
	const sc_stage *inception = stage(m, "inception");
	cr_expect(inception->before.count == 1 && inception->after.count == 1);
	cr_assert(eq(sz, inception->modules.count, 2));
	cr_expect(eq(str, (char *)inception->modules.item[1], "scaled"));
	sc_model_free(m);
}

Test(model_read, modules_head_and_expected_figures_are_read)
{
	sc_model *m = good("everything");
	cr_assert(eq(sz, m->modules.count, 2));
	const sc_module *mixed = &m->modules.item[0], *scaled = &m->modules.item[1];
	cr_expect(mixed->branches.count == 2 && mixed->branches.item[1].count == 0);
	cr_expect(scaled->join == SC_JOIN_add && scaled->residual == SC_YES);
	cr_expect(epsilon_eq(dbl, scaled->scale, 0.17, 0));
	cr_assert(eq(sz, m->head.count, 4));
	cr_expect(epsilon_eq(dbl, m->head.item[2].rate, 0.25, 0));
	cr_expect(m->head.item[3].features == 10 && m->head.item[3].bias == SC_NO);
	const sc_expect *e = m->expect.item;
	cr_expect(e->figure[SC_QUANTITY_params].value == 28100000 &&
		  e->figure[SC_QUANTITY_params].half_step == 50000);
	cr_expect(e->figure[SC_QUANTITY_macs].value == 3860000000 &&
		  e->figure[SC_QUANTITY_flops].value == 7000000000);
	cr_expect(e->figure[SC_QUANTITY_activations].value == 1234567 &&
		  e->figure[SC_QUANTITY_activations].half_step == 0);
	cr_expect(e->input.h == 32);
	sc_model_free(m);
}

Test(model_read, se_is_merged_level_by_level_and_field_by_field)
{
	sc_model *m = good("everything");
	sc_se_block first = sc_model_se(m, 0, 0), second = sc_model_se(m, 0, 1);
	sc_se_block third = sc_model_se(m, 0, 2), last = sc_model_se(m, 0, 3);
	cr_expect(first.on && first.ratio == 16 && first.gate == SC_FUNCTION_hard_sigmoid);
	cr_expect(first.rounding == SC_ROUNDING_make_divisible && first.min == 4);
	cr_expect(first.floor_first && first.base == SC_BASE_output && !first.bias);
	cr_expect(first.squeeze == SC_SQUEEZE_avg_max && first.activation == SC_FUNCTION_silu);
	cr_expect(first.placement == SC_PLACEMENT_pre);
	cr_expect(false == !!second.on, "'blocks' does not have it");
	cr_expect(third.on && third.ratio == 8);
	cr_expect(last.width == 12 && last.gate == SC_FUNCTION_tanh && last.ratio == 0);
	sc_se_block basic = sc_model_se(m, 1, 0);
	cr_expect(epsilon_eq(dbl, basic.se_ratio, 0.0625, 0));
	cr_expect(basic.divisor == 8 && basic.limit == 0, "the dialect timm");
	cr_expect(false == !!sc_model_se(m, 2, 0).on);
	sc_model_free(m);
}

Test(model_read, places_are_of_the_value_and_a_dialects_fields_are_where_it_is_named)
{
	sc_model *m = good("everything");
	sc_mark ratio = sc_model_se_mark(m, 0, 0, "ratio"),
		limit = sc_model_se_mark(m, 1, 0, "round_limit");
	cr_expect(ratio.line == 25 && ratio.column == 14, "%u:%u", ratio.line, ratio.column);
	cr_expect(limit.line == 58 && limit.column == 15, "%u:%u", limit.line, limit.column);
	cr_expect(sc_model_se_mark(m, 1, 0, "gate").line == 58);
	cr_expect(sc_model_se_mark(m, 1, 0, "width").line == 0);
	sc_mark input = sc_field_mark("model", &m->given, "input");
	cr_expect(input.line == 3 && input.column == 8);
	sc_model_free(m);
}

Test(model_read, the_short_form_needs_no_trunk)
{
	sc_model *m = good("short-form");
	cr_expect(eq(str, (char *)m->name, "short-form"));
	cr_expect(eq(str, (char *)m->stages.item[0].kind->name, "map"));
	cr_expect(eq(str, (char *)m->stages.item[1].name, "stage2"));
	cr_expect(m->stages.item[0].spec.size.w == 56 && m->stages.item[1].spec.size.w == 14);
	cr_expect(sc_model_se(m, 0, 0).ratio == 16 && sc_model_se(m, 1, 0).ratio == 8);
	cr_expect(m->base.params.value == 25557032 && m->base.macs.half_step == 5000000);
	sc_model_free(m);
}

Test(model_read, a_byte_order_mark_and_carriage_returns_do_not_matter)
{
	sc_model *m = good("mark-and-crlf");
	cr_expect(eq(str, (char *)m->name, "Grüße"));
	cr_expect(m->stages.item[0].given.at.line == 4 && m->stages.item[0].given.at.column == 5);
	cr_expect(
		sc_field_mark("model", &m->given, "name").column == 7, "the mark takes no column");
	sc_model_free(m);
}

Test(model_read, merge_keys_give_what_is_not_there_and_the_first_source_wins)
{
	sc_model *m = good("merge-keys");
	const sc_stage *two = stage(m, "two"), *three = stage(m, "three");
	cr_expect(two->blocks == 2 && two->spec.channels == 64 && two->spec.stride == 0);
	cr_expect(three->spec.stride == 2 && three->spec.channels == 64);
	cr_expect(sc_model_se(m, 1, 0).ratio == 8);
	sc_se_block se = sc_model_se(m, 2, 0);
	cr_expect(se.ratio == 4 && se.gate == SC_FUNCTION_tanh);
	sc_model_free(m);
}

Test(model_read, a_later_anchor_of_the_same_name_hides_the_earlier_one)
{
	sc_model *m = good("anchors-again");
	cr_expect(m->stages.item[1].spec.channels == 8 && m->stages.item[3].spec.channels == 16);
	sc_model_free(m);
}

Test(model_read, json_quoted_words_and_document_marks_are_yaml)
{
	sc_model *json = good("json"), *quoted = good("quoted-words"),
		 *marks = good("document-marks");
	cr_expect(sc_model_se(json, 0, 0).ratio == 4 && !sc_model_se(json, 0, 0).bias);
	cr_expect(eq(str, (char *)quoted->name, "net"));
	cr_expect(false == !!sc_model_se(quoted, 0, 0).on);
	cr_expect(eq(sz, marks->stages.count, 1));
	sc_model_free(json);
	sc_model_free(quoted);
	sc_model_free(marks);
}

Test(model_read, names_are_kept_as_they_are_however_hostile)
{
	sc_model *m = good("hostile-names");
	cr_expect(eq(str, (char *)m->name,
		"<script>alert('1')</script> | & $(reboot) `id` \\ "
		"\"\xf0\x9f\x90\x9f"));
	cr_expect(eq(str, (char *)m->stages.item[1].name, "../../etc/passwd"));
	sc_model_free(m);
}

Test(model_read, a_name_taken_from_a_file_has_nothing_that_steers_a_terminal)
{
	char folder[64], path[128];
	folder_new(folder);
	snprintf(path, sizeof path, "%s/a\x1b[31m\n\tb\xe2\x80\xae\xff.yaml", folder);
	FILE *f = fopen(path, "w");
	cr_assert(f &&
		  fputs("stages: [{name: s, blocks: 1, channels: 8, size: 4}]\nse: {ratio: 2}\n",
			  f) >= 0 &&
		  !fclose(f));
	sc_model *m = net_load(path);
	cr_expect(eq(str, (char *)m->name, "a?[31m  b??"));
	sc_model_free(m);
	folder_remove(folder);
}

Test(model_read, decimal_numbers_are_what_they_say_in_any_locale)
{
	const double expected[] = {0.25, 0.1, 0.123456789012345, 0.25, 1, 0.0001};
	sc_model *m = good("numbers");
	for (size_t i = 0; i < 6; i++)
		cr_expect(epsilon_eq(dbl, m->stages.item[i].se.se_ratio, expected[i], 0),
			"number %zu", i);
	sc_model_free(m);
}

Test(model_read, all_of_them_count)
{
	static const char *const names[] = {"everything", "short-form", "mark-and-crlf",
		"merge-keys", "anchors-again", "json", "quoted-words", "document-marks",
		"hostile-names", "numbers"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		sc_model *m = good(names[i]);
		sc_sheet sheet = net_count(m);
		sc_sheet_release(&sheet);
		sc_model_free(m);
	}
}
