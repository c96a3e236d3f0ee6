/* `--columns`: the same choice in every format. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"

static char *shown(const char *columns, const char *format)
{
	command_result r = command_run(
		(const char *[]){"cost", "se-resnet-50", "--columns", columns, "-f", format, NULL},
		NULL);
	cr_assert(zero(int, r.code), "%s", r.err);
	free(r.err);
	return r.out;
}

static void has(const char *columns, const char *format, const char *text)
{
	char *out = shown(columns, format);
	cr_expect(ne(ptr, strstr(out, text), NULL), "%s lacks '%s':\n%s", format, text, out);
	free(out);
}

Test(cli_columns, every_format_shows_the_columns_asked_for_in_their_order)
{
	has("se_from_biases,stage", "csv",
		"level,se_from_biases,stage\r\nrow,,stem\r\nrow,816,conv2_x\r\n");
	has("se_from_biases,stage", "md", "| se\\_from\\_biases | stage |");
	has("se_from_biases,stage", "latex", "816 & conv2\\_\\allowbreak{}x \\\\");
	has("se_from_biases,stage", "json",
		"\"se_from_biases\": 816.0,\n      \"stage\": \"conv2_x\"\n");
	has("se_from_biases,stage", "text", "se_from_biases stage\n");
}

Test(cli_columns, a_title_will_do_for_a_key)
{
	has("Stage,+SE params", "csv", "level,stage,se_params\r\n");
}

Test(cli_columns, an_unknown_column_is_told_with_what_is_near)
{
	command_result r = command_run(
		(const char *[]){"cost", "se-resnet-50", "--columns", "stage,se_param", NULL},
		NULL);
	cr_assert(eq(int, r.code, 2));
	cr_assert(ne(ptr, strstr(r.err, "there is no column 'se_param', must be one of: network, "),
		NULL));
	cr_assert(ne(ptr, strstr(r.err, "did you mean 'se_params'?"), NULL), "%s", r.err);
	command_release(&r);
}

/* what tells setups apart is kept: MACs are equal in all of them, SE FLOPs are not */
Test(cli_columns, a_column_that_is_the_same_in_every_row_goes_first)
{
	command_result r = command_run(
		(const char *[]){"compare", "se-resnet-50", "--ablate", "squeeze", NULL}, NULL);
	cr_assert(ne(ptr, strstr(r.out, "SE FLOPs"), NULL), "%s", r.out);
	command_release(&r);
}

Test(cli_columns, a_latex_table_names_its_network_and_has_a_label_of_its_own)
{
	has("stage", "latex",
		"\\caption{SE-ResNet-50: cost by stage}\n\\label{tab:se-resnet-50-stages}");
}

static void labelled(const char *const *arguments, const char *label)
{
	command_result r = command_run(arguments, NULL);
	cr_assert(ne(ptr, strstr(r.out, label), NULL), "%s\n%s", label, r.out);
	command_release(&r);
}

Test(cli_columns, labels_of_two_answers_about_one_network_differ_by_what_was_asked)
{
	labelled((const char *[]){"cost", "se-resnet-50", "--set", "se.ratio=8", "-f", "latex",
			 NULL},
		"\\caption{SE-ResNet-50 (se.ratio=8): cost by stage}\n"
		"\\label{tab:se-resnet-50-se-ratio-8-stages}");
	labelled((const char *[]){"memory", "se-resnet-50", "--batch", "32", "-f", "latex", NULL},
		"\\label{tab:memory-se-resnet-50-batch-32-memory}");
	labelled(
		(const char *[]){"explain", "se-resnet-50", "total.se.params", "-f", "latex", NULL},
		"\\label{tab:se-resnet-50-total-se-params-terms}");
}

Test(cli_columns, parts_of_a_long_latex_table_are_about_as_long_as_each_other)
{
	command_result r = command_run(
		(const char *[]){"explain", "se-resnet-50", "total.flops", "-f", "latex", NULL},
		NULL);
	size_t shortest = SIZE_MAX;
	for (char *at = strstr(r.out, "\\midrule\n"); at;) {
		char *end = strstr(at, "\\bottomrule");
		size_t rows = 0;
		for (char *p = at; p && p < end; p = strstr(p + 1, "\\\\\n"))
			rows++;
		shortest = rows < shortest ? rows : shortest;
		at = strstr(end, "\\midrule\n");
	}
	cr_assert(ge(sz, shortest, 30), "%s", r.out);
	command_release(&r);
}
