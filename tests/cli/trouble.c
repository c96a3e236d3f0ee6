/* A full disk, a missing folder, a closed output: each has a clear end and leaves nothing
 * half-written. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/folder.h"

static const char net[] = "configs/networks/se-resnet-50.yaml";

Test(cli_trouble, a_full_standard_output_is_an_error)
{
	const command_setup full = {.stdout_path = "/dev/full"};
	command_result r = command_run((const char *[]){"cost", net, NULL}, &full);
	cr_assert(eq(int, r.code, 2));
	cr_assert(eq(str, r.err, "secost: can't write to standard output\n"));
	command_release(&r);
}

Test(cli_trouble, a_disk_that_fills_up_leaves_the_old_file_alone)
{
	char dir[64], path[128];
	const command_setup small = {.file_bytes = 100};
	folder_new(dir);
	snprintf(path, sizeof path, "%s/out.json", dir);
	command_result r = command_run((const char *[]){"cost", net, "-o", path, NULL}, NULL);
	cr_assert(eq(int, r.code, 0));
	char *before = file_text(path);
	command_release(&r);
	r = command_run((const char *[]){"cost", net, "--by", "layer", "-o", path, NULL}, &small);
	cr_assert(eq(int, r.code, 2));
	cr_assert(ne(ptr, strstr(r.err, "can't write"), NULL), "%s", r.err);
	char *after = file_text(path);
	cr_assert(eq(str, after, before));
	cr_assert(eq(sz, folder_count(dir, "*"), 1));
	command_release(&r);
	free(before);
	free(after);
	folder_remove(dir);
}

Test(cli_trouble, a_missing_folder_is_named)
{
	command_result r = command_run(
		(const char *[]){"cost", net, "-o", "/nonexistent/out.csv", NULL}, NULL);
	cr_assert(eq(int, r.code, 2));
	cr_assert(ne(ptr, strstr(r.err, "'/nonexistent/out.csv': No such file or directory"), NULL),
		"%s", r.err);
	command_release(&r);
}

Test(cli_trouble, a_report_without_gnuplot_has_everything_else)
{
	char dir[64];
	folder_new(dir);
	const char *const args[] = {"report", "configs/studies/ablation-ratio.yaml", "-o", dir,
		"--gnuplot", "no-such-gnuplot", NULL};
	command_result r = command_run(args, NULL);
	cr_assert(eq(int, r.code, 0), "%s", r.err);
	cr_assert(ne(ptr, strstr(r.err, "was not drawn"), NULL), "%s", r.err);
	command_release(&r);
	char path[128];
	snprintf(path, sizeof path, "%s/ablation-ratio/index.html", dir);
	cr_assert(eq(int, access(path, R_OK), 0));
	folder_remove(dir);
}

Test(cli_trouble, a_report_that_requires_charts_fails_without_gnuplot)
{
	char dir[64];
	folder_new(dir);
	const char *const args[] = {"report", "configs/studies/ablation-ratio.yaml", "-o", dir,
		"--gnuplot", "no-such-gnuplot", "--require-charts", NULL};
	command_result r = command_run(args, NULL);
	cr_assert(eq(int, r.code, 1), "%s", r.err);
	command_release(&r);
	folder_remove(dir);
}

Test(cli_trouble, a_full_disk_fails_a_report_and_names_the_file)
{
	char dir[64];
	const command_setup small = {.file_bytes = 64};
	folder_new(dir);
	const char *const args[] = {
		"report", "configs/studies/ablation-ratio.yaml", "-o", dir, NULL};
	command_result r = command_run(args, &small);
	cr_assert(eq(int, r.code, 2), "%s", r.err);
	cr_assert(ne(ptr, strstr(r.err, "can't write"), NULL), "%s", r.err);
	cr_assert(eq(sz, folder_count(dir, "*/*.*"), 0));
	command_release(&r);
	folder_remove(dir);
}

Test(cli_trouble, a_closed_pipe_ends_it_quietly)
{
	const command_setup closed = {.closed_pipe = 1};
	command_result r = command_run((const char *[]){"list", "fields", NULL}, &closed);
	cr_assert(eq(int, r.code, 128 + SIGPIPE));
	cr_assert(eq(str, r.err, ""));
	command_release(&r);
}

Test(cli_trouble, a_folder_that_may_not_be_written_is_named)
{
	char dir[64], path[128];
	const command_setup nobody = {.nobody = 1};
	folder_new(dir);
	cr_assert(eq(int, chmod(dir, 0555), 0));
	snprintf(path, sizeof path, "%s/out.csv", dir);
	command_result r = command_run((const char *[]){"cost", net, "-o", path, NULL}, &nobody);
	if (r.code == 126 || r.code == 127)
		cr_skip_test("this folder is closed to other users");
	cr_assert(eq(int, r.code, 2), "%s", r.err);
	cr_assert(ne(ptr, strstr(r.err, "Permission denied"), NULL), "%s", r.err);
	cr_assert(eq(sz, folder_count(dir, "*"), 0));
	command_release(&r);
	folder_remove(dir);
}

/* killed while gnuplot draws: no page, and what has its final name is whole */
Test(cli_trouble, a_killed_report_leaves_nothing_half_written)
{
	char dir[64], fake[96], script[160];
	folder_new(dir);
	snprintf(fake, sizeof fake, "%s/gnuplot", dir);
	FILE *f = fopen(fake, "w");
	int written = f && fputs("#!/bin/sh\nsleep 5\n", f) > 0 && !fclose(f);
	cr_assert(written && chmod(fake, 0755) == 0);
	snprintf(script, sizeof script, "%s/ablation-ratio/charts/stages.gp", dir);
	command_kill_when((const char *[]){"report", "configs/studies/ablation-ratio.yaml", "-o",
				  dir, "--gnuplot", fake, NULL},
		script);
	cr_assert(eq(sz, folder_count(dir, "ablation-ratio/*.html"), 0));
	cr_assert(eq(sz, folder_count(dir, "ablation-ratio/*.md"), 0));
	cr_assert(eq(sz, folder_count(dir, "ablation-ratio/charts/*.svg"), 0));
	char *text = file_text(script);
	cr_assert(ne(ptr, strstr(text, "if (again) load 'stages.gp'"), NULL));
	free(text);
	folder_remove(dir);
}
