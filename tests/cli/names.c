/* Names of descriptions, wherever the command is run. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/folder.h"

static command_result run_in(const char *folder, const char *const *args)
{
	return command_run(args, &(command_setup){.folder = folder});
}

/* the same output in an empty folder as here, where the files are */
static void same_anywhere(const char *const *args)
{
	char dir[64];
	folder_new(dir);
	command_result there = run_in(dir, args), here = command_run(args, NULL);
	cr_expect(zero(int, there.code), "%s", there.err);
	cr_expect(eq(str, there.out, here.out));
	cr_expect(eq(sz, folder_count(dir, "*"), 0));
	command_release(&there);
	command_release(&here);
	folder_remove(dir);
}

Test(cli_names, a_bundled_network_needs_no_file)
{
	same_anywhere((const char *[]){"cost", "se-resnet-101", NULL});
	same_anywhere((const char *[]){"cost", "SE-ResNeXt-50 (32x4d)", NULL});
	same_anywhere((const char *[]){"list", "networks", NULL});
	same_anywhere((const char *[]){"list", "studies", NULL});
	same_anywhere((const char *[]){"compare", "ablation-ratio", NULL});
	same_anywhere((const char *[]){"show", "se-vgg-16", NULL});
	same_anywhere(
		(const char *[]){"explain", "se-resnet-50", "stages.conv5_x.se.params", NULL});
}

Test(cli_names, a_bundled_study_is_reported_in_an_empty_folder)
{
	char dir[64];
	folder_new(dir);
	command_result r = run_in(
		dir, (const char *[]){"report", "ablation-ratio", "--gnuplot", "/bin/false", NULL});
	cr_assert(zero(int, r.code), "%s", r.err);
	cr_assert(eq(sz, folder_count(dir, "reports/ablation-ratio/index.html"), 1));
	command_release(&r);
	folder_remove(dir);
}

Test(cli_names, a_file_goes_before_a_bundled_network_of_its_name)
{
	char dir[64], path[128];
	folder_new(dir);
	snprintf(path, sizeof path, "%s/se-resnet-50", dir);
	FILE *f = fopen(path, "w");
	cr_assert(f &&
		  fputs("name: mine\nstages: [{channels: 8, size: 4}]\nse: {ratio: 2}\n", f) >= 0);
	fclose(f);
	command_result r = run_in(dir, (const char *[]){"cost", "se-resnet-50", NULL});
	cr_assert(eq(int, strncmp(r.out, "mine\n", 5), 0), "%s", r.out);
	command_release(&r);
	folder_remove(dir);
}

static command_result run_reading(const char *path, const char *const *args)
{
	return command_run(args, &(command_setup){.stdin_path = path});
}

Test(cli_names, a_dash_is_standard_input)
{
	command_result r = run_reading(
		"configs/networks/se-resnet-50.yaml", (const char *[]){"cost", "-", NULL});
	command_result same = command_run((const char *[]){"cost", "se-resnet-50", NULL}, NULL);
	cr_expect(eq(str, r.out, same.out));
	command_release(&same);
	command_release(&r);
	r = run_reading(
		"configs/studies/ablation-ratio.yaml", (const char *[]){"compare", "-", NULL});
	same = command_run((const char *[]){"compare", "ablation-ratio", NULL}, NULL);
	cr_expect(eq(str, r.out, same.out));
	command_release(&same);
	command_release(&r);
	r = run_reading("configs/networks/se-resnet-50.yaml",
		(const char *[]){"explain", "-", "stages.conv5_x.se.params", NULL});
	cr_expect(ne(ptr, strstr(r.out, "standard input:21: se: {ratio: 16}"), NULL), "%s", r.out);
	command_release(&r);
}

Test(cli_names, an_error_in_standard_input_shows_its_line)
{
	command_result r = run_reading(
		"tests/data/bad/key-unknown-in-stage.yaml", (const char *[]){"cost", "-", NULL});
	cr_assert(eq(int, r.code, 2));
	cr_assert(eq(int, strncmp(r.err, "standard input:", 15), 0), "%s", r.err);
	cr_assert(ne(ptr, strstr(r.err, "\n    "), NULL), "%s", r.err);
	command_release(&r);
}

static void is_told(const char *const *args, const char *message)
{
	command_result r = command_run(args, NULL);
	cr_expect(eq(int, r.code, 2));
	cr_expect(eq(str, r.err, (char *)message));
	command_release(&r);
}

Test(cli_names, an_unknown_name_says_where_to_look)
{
	is_told((const char *[]){"cost", "se-resnt-50", NULL},
		"secost: 'se-resnt-50' is neither a file nor one of 'secost list networks'; did "
		"you mean 'se-resnet-50'?\n");
	is_told((const char *[]){"report", "ablation-ratios", NULL},
		"secost: 'ablation-ratios' is neither a file nor one of 'secost list studies'; did "
		"you mean 'ablation-ratio'?\n");
	is_told((const char *[]){"cost", "ablation-ratio", NULL},
		"secost: 'ablation-ratio' is a study; 'secost compare' and 'secost report' take "
		"those\n");
	is_told((const char *[]){"report", "configs/networks/resnet-50.yaml", NULL},
		"secost: 'configs/networks/resnet-50.yaml' names no 'network', so it is no study; "
		"'secost list studies' has some\n");
}
