/* What a command leaves in a folder beside its answer: a plan as a description of its own, an
 * answer's charts. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/folder.h"

static char *output_of(const char *const *args)
{
	command_result r = command_run(args, NULL);
	cr_assert(eq(int, r.code, 0), "%s", r.err);
	free(r.err);
	return r.out;
}

static void expect_in(const char *text, const char *part)
{
	cr_expect(strstr(text, part) != NULL, "'%s' is not in:\n%s", part, text);
}

Test(cli_planned, a_plan_is_a_description_that_says_what_it_was_planned_by)
{
	char dir[64], path[96];
	folder_new(dir);
	snprintf(path, sizeof path, "%s/plan.yaml", dir);
	free(output_of((const char *[]){"plan", "se-resnet-50", "--budget", "params=+2%",
		"--budget", "weights=1M", "--choices", "off,16,8", "--set", "se.gate=hard_sigmoid",
		"--set", "se.gate=tanh", "--rules", "exact", "--batch", "2", "-o", path, NULL}));
	char *text = file_text(path);
	expect_in(text, "se: {ratio: 16, gate: tanh}\n");
	expect_in(text, "plan:\n  network: \"se-resnet-50\"\n  set: {\"se.gate\": tanh}\n");
	expect_in(text, "  choices: \"off,16,8\"\n  budgets: [\"params=+2%\", \"weights=1M\"]\n");
	expect_in(text, "  maximise: \"channels\"\n  rules: [\"exact\"]\n  batch: 2\n");
	char *why = output_of((const char *[]){"explain", path, "stages.conv5_x.se", NULL});
	expect_in(why, "Best under the budgets: SE in conv2_x, conv3_x, none in conv4_x, conv5_x");
	expect_in(why, "batch 2");
	free(why);
	free(text);
	folder_remove(dir);
}

Test(cli_planned, a_plan_names_its_files_from_its_own_folder)
{
	char dir[64], path[96];
	folder_new(dir);
	snprintf(path, sizeof path, "%s/plan.yml", dir);
	free(output_of(
		(const char *[]){"plan", "se-resnet-50", "--budget", "latency=400us", "--profile",
			"tests/data/bench/grid.json", "--extrapolate", "--cache", "cold-weights",
			"--gain", "configs/gains/se-resnet-50-ratio.yaml", "-o", path, NULL}));
	char *text = file_text(path);
	expect_in(text, "tests/data/bench/grid.json\"\n  cache: \"cold-weights\"\n  extrapolate: "
			"true\n");
	expect_in(text, "configs/gains/se-resnet-50-ratio.yaml\"\n");
	cr_expect(strstr(text, "maximise") == NULL, "%s", text);
	char *why = output_of((const char *[]){"explain", path, "stages.conv5_x.se", NULL});
	expect_in(why, "latency");
	free(why);
	free(text);
	folder_remove(dir);
}

Test(cli_planned, an_answer_has_its_charts_in_the_folder_that_was_named)
{
	char dir[64], charts[96];
	folder_new(dir);
	snprintf(charts, sizeof charts, "%s/charts", dir);
	free(output_of((const char *[]){"compare", "se-resnet-50", "--ablate", "ratio", "--charts",
		charts, "--gnuplot", "tests/faults/gnuplot", "--require-charts", NULL}));
	cr_expect(eq(sz, folder_count(dir, "charts/ratio.svg"), 1));
	cr_expect(eq(sz, folder_count(dir, "charts/ratio.pdf"), 1));
	cr_expect(eq(sz, folder_count(dir, "charts/*.tmp"), 0));
	folder_remove(dir);
}

Test(cli_planned, charts_that_are_required_and_missing_fail_the_command)
{
	char dir[64];
	folder_new(dir);
	command_result r = command_run(
		(const char *[]){"compare", "se-resnet-50", "--ablate", "ratio", "--charts", dir,
			"--gnuplot", "false", "--require-charts", NULL},
		NULL);
	cr_expect(eq(int, r.code, 1), "%s", r.err);
	expect_in(r.err, "chart 'ratio' was not drawn: gnuplot failed with status 1");
	command_release(&r);
	folder_remove(dir);
}

Test(cli_planned, charts_that_no_place_can_be_made_for_are_an_error)
{
	command_result r = command_run((const char *[]){"compare", "se-resnet-50", "--ablate",
					       "ratio", "--charts", "/dev/null/charts", NULL},
		NULL);
	cr_expect(eq(int, r.code, 2));
	expect_in(r.err, "/dev/null");
	command_release(&r);
}
