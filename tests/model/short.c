/* What a description may leave out: a value for each block, defaults, a base, a scale, a RegNet's
 * stages. Each is compared with the long form of the same network. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "../support/net.h"

static void same_layers(const sc_model *a, const sc_model *b)
{
	sc_layers x = {0}, y = {0};
	sc_err err = {0};
	cr_assert(zero(int, (int)sc_model_expand(a, NULL, &x, &err)), "%s", err.message);
	cr_assert(zero(int, (int)sc_model_expand(b, NULL, &y, &err)), "%s", err.message);
	cr_assert(eq(sz, x.count, y.count));
	for (size_t i = 0; i < x.count; i++) {
		cr_expect(eq(ptr, (void *)x.item[i].op, (void *)y.item[i].op), "layer %zu", i);
		cr_expect(eq(u32, x.item[i].out.c, y.item[i].out.c), "layer %zu", i);
		cr_expect(eq(u32, x.item[i].out.h, y.item[i].out.h), "layer %zu", i);
		cr_expect(eq(u32, x.item[i].kernel[0], y.item[i].kernel[0]), "layer %zu", i);
		cr_expect(eq(int, x.item[i].bias, y.item[i].bias), "layer %zu", i);
		cr_expect(eq(int, x.item[i].function, y.item[i].function), "layer %zu", i);
	}
	sc_layers_release(&x);
	sc_layers_release(&y);
}

static void same(const char *in_short, const char *in_full)
{
	sc_model *a = net_parse(in_short), *b = net_parse(in_full);
	same_layers(a, b);
	sc_model_free(a);
	sc_model_free(b);
}

Test(model_short, a_list_is_one_value_for_each_block)
{
	same("input: [3, 32, 32]\nstages: [{block: plain, channels: [8, 16, 16], kernel: [1, 3, "
	     "5]}]\n",
		"input: [3, 32, 32]\nstages:\n  - {block: plain, channels: 8, kernel: 1}\n"
		"  - {block: plain, channels: 16, kernel: 3}\n"
		"  - {block: plain, channels: 16, kernel: 5}\n");
}

Test(model_short, the_last_of_a_list_may_be_that_of_all_that_follow)
{
	same("input: [3, 32, 32]\nstages: [{block: plain, blocks: 4, channels: [8, 16…], kernel: "
	     "[5, 3...]}]\n",
		"input: [3, 32, 32]\nstages: [{block: plain, channels: 8, kernel: 5}, "
		"{block: plain, blocks: 3, channels: 16}]\n");
	same("input: [3, 8, 8]\nmodules: {a: {branches: [[conv: {channels: 4}]]}, b: {branches: "
	     "[[conv: {channels: 8}]]}}\nstages: [{block: branches, blocks: 3, modules: [a, "
	     "b…]}]\n",
		"input: [3, 8, 8]\nmodules: {a: {branches: [[conv: {channels: 4}]]}, b: {branches: "
		"[[conv: {channels: 8}]]}}\nstages: [{block: branches, modules: [a, b, b]}]\n");
}

Test(model_short, a_stride_is_that_of_the_first_block_and_a_list_has_that_of_each)
{
	same("input: [3, 32, 32]\nstages: [{block: basic, channels: [8, 8, 8], stride: [1, 2, "
	     "4]}]\n",
		"input: [3, 32, 32]\nstages: [{name: stage1, block: basic, channels: 8}, {name: b, "
		"block: basic, channels: 8, stride: 2}, {name: c, block: basic, channels: 8, "
		"stride: "
		"4}]\n");
	same("input: [3, 32, 32]\nstages: [{block: basic, blocks: 3, channels: 8, stride: 2}]\n",
		"input: [3, 32, 32]\nstages: [{block: basic, blocks: 3, channels: 8, stride: [2, "
		"1…]}]\n");
}

Test(model_short, setting_one_value_replaces_a_list)
{
	sc_model *a =
		net_parse("input: [3, 8, 8]\nstages: [{block: plain, blocks: 2, channels: [8, "
			  "16]}]\n");
	sc_model *b = net_parse("input: [3, 8, 8]\nstages: [{block: plain, blocks: 2, channels: "
				"32}]\n");
	net_set(a, (const char *const[]){"stages[0].channels=32", NULL});
	same_layers(a, b);
	net_set(b, (const char *const[]){"stages[0].channels=[4, 8]", NULL});
	net_set(a, (const char *const[]){"stages[0].channels=[4, 8…]", NULL});
	same_layers(a, b);
	sc_model_free(a);
	sc_model_free(b);
}

Test(model_short, a_clone_with_another_scale_leaves_the_model_as_it_was)
{
	sc_model *m = net_parse("input: [3, 64, 64]\nstages: [{block: basic, blocks: 3, channels: "
				"64}]\n"),
		 *clone;
	cr_assert(zero(int, (int)sc_model_clone(m, &clone, NULL)));
	net_set(clone, (const char *const[]){"scale.depth=1.5", "scale.width=0.5", NULL});
	cr_assert(eq(u32, clone->stages.item[0].blocks, 5));
	cr_assert(eq(u32, sc_model_block(clone, 0, 4).channels, 32));
	cr_assert(eq(u32, m->stages.item[0].blocks, 3));
	cr_assert(eq(u32, sc_model_block(m, 0, 2).channels, 64));
	sc_model_free(clone);
	sc_model_free(m);
}

Test(model_short, defaults_go_to_every_stage_that_does_not_say)
{
	same("input: [3, 32, 32]\ndefaults: {block: plain, kernel: 5, se: {ratio: 4}}\nstages: "
	     "[{channels: 8}, {channels: 16, kernel: 3, se: {placement: pre}}]\n",
		"input: [3, 32, 32]\nstages:\n  - {block: plain, channels: 8, kernel: 5, se: "
		"{ratio: 4}}\n"
		"  - {block: plain, channels: 16, kernel: 3, se: {ratio: 4, placement: pre}}\n");
}

Test(model_short, convolutions_that_do_not_say_do_as_all_of_them)
{
	static const char told[] =
		"input: [3, 32, 32]\n%s"
		"stem: [conv: {channels: 8%s}, conv: {channels: 8, bias: false, norm: layer, "
		"activation: "
		"silu}]\nmodules: {m: {branches: [[conv: {channels: 8%s}], []]}, g: {graph: [conv: "
		"{channels: 8%s}]}}\n"
		"stages: [{block: branches, modules: [m, g], before: [conv: {channels: 8%s}]}, "
		"{block: "
		"basic, channels: 16}]\nhead: [global_avg_pool, {linear: {features: 10}}]\n";
	static const char own[] = ", bias: true, norm: none, activation: hard_swish";
	char a[1024], b[1024];
	snprintf(a, sizeof a, told,
		"convolutions: {bias: true, norm: none, activation: hard_swish}\n", "", "", "", "");
	snprintf(b, sizeof b, told, "", own, own, own, own);
	same(a, b);
}

Test(model_short, setting_a_field_of_a_record_that_is_not_there_leaves_its_other_defaults)
{
	static const struct {
		const char *set, *said;
	} pair[] = {
		{"scale.width=1.1", "scale: {width: 1.1}\n"},
		{"scale.divisor=4", "scale: {divisor: 4}\n"},
		{"convolutions.bias=true", "convolutions: {bias: true}\n"},
	};
	static const char net[] = "input: [3, 32, 32]\nstem: [conv: {channels: 30}]\nstages: "
				  "[{block: plain, channels: 30}]\n";
	for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
		char text[256];
		snprintf(text, sizeof text, "%s%s", pair[i].said, net);
		sc_model *a = net_parse(net), *b = net_parse(text);
		net_set(a, (const char *const[]){pair[i].set, NULL});
		same_layers(a, b);
		sc_model_free(a);
		sc_model_free(b);
	}
}

Test(model_short, a_description_changes_stages_of_its_base_by_name)
{
	same("extends: resnet-50\nstages: {conv4_x: {blocks: 23}}\n", "extends: resnet-101\n");
	same("extends: se-resnet-50\nse: {se_ratio: 0.0625}\n", "extends: se-resnet-50\n");
}

Test(model_short, a_base_says_nothing_of_names_and_expected_figures)
{
	sc_model *m = net_parse("extends: se-resnet-50\n");
	cr_assert(zero(sz, m->expect.count));
	cr_assert(ne(str, (char *)m->name, "SE-ResNet-50"));
	sc_model_free(m);
}

Test(model_short, a_place_in_the_base_is_in_its_file)
{
	sc_model *m = net_parse("# one line\nextends: se-resnet-50\n");
	sc_err err = {0};
	sc_layers layers = {0};
	sc_shape tiny = {3, 1, 1};
	cr_assert(zero(int, (int)sc_model_expand(m, NULL, &layers, &err)));
	uint32_t line = layers.item[1].line;
	const char *text, *file = sc_model_file_of(m, &line, &text);
	cr_expect(eq(str, (char *)file, "secost:networks/se-resnet-50.yaml"));
	for (uint32_t i = 1; i < line; i++)
		text = strchr(text, '\n') + 1;
	cr_expect(zero(int, strncmp(text, "  - conv: {channels: 64, kernel: 7", 34)));
	sc_layers_release(&layers);
	net_set(m, (const char *const[]){"stem[0].padding=0", NULL});
	cr_assert(ne(int, (int)sc_model_expand(m, &tiny, &layers, &err), 0));
	cr_expect(eq(str, err.file, "secost:networks/se-resnet-50.yaml"));
	sc_model_free(m);
}

Test(model_short, nothing_of_a_base_can_be_set_as_a_whole)
{
	sc_model *m = net_parse("extends: se-resnet-50\n");
	sc_err err = {0};
	cr_assert(ne(int, (int)sc_model_set(m, "extends=resnet-18", &err), 0));
	cr_assert(ne(int, (int)sc_model_set(m, "defaults.kernel=5", &err), 0));
	cr_expect(ne(ptr, strstr(err.message, "merged when a description is read"), NULL));
	sc_model_free(m);
}

Test(model_short, a_regnet_s_design_parameters_can_be_set)
{
	sc_model *m = net_load("configs/networks/regnety-200mf.yaml");
	net_set(m, (const char *const[]){"regnet={w_0: 48, w_a: 27.89, w_m: 2.09, depth: 16, "
					 "group_width: 8}",
			   NULL});
	sc_sheet sheet = net_count(m);
	cr_expect(eq(u64, sheet.total.params, 4344144));
	sc_sheet_release(&sheet);
	sc_model_free(m);
}
