/* A full disk, a missing folder, a closed output: each has a clear end and leaves nothing
 * half-written. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../support/command.h"

static const char net[] = "configs/networks/se-resnet-50.yaml";

static void folder(char out[64])
{
	snprintf(out, 64, "/tmp/secost-test-XXXXXX");
	cr_assert(mkdtemp(out) != NULL);
}

static size_t files_in(const char *path)
{
	char pattern[128];
	glob_t found;
	snprintf(pattern, sizeof pattern, "%s/*", path);
	size_t n = glob(pattern, 0, NULL, &found) ? 0 : found.gl_pathc;
	globfree(&found);
	return n;
}

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
	folder(dir);
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
	cr_assert(eq(sz, files_in(dir), 1));
	command_release(&r);
	free(before);
	free(after);
	unlink(path);
	rmdir(dir);
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
	folder(dir);
	const char *const args[] = {"report", "configs/studies/ablation-ratio.yaml", "-o", dir,
		"--gnuplot", "no-such-gnuplot", NULL};
	command_result r = command_run(args, NULL);
	cr_assert(eq(int, r.code, 0), "%s", r.err);
	cr_assert(ne(ptr, strstr(r.err, "was not drawn"), NULL), "%s", r.err);
	command_release(&r);
	char path[128];
	snprintf(path, sizeof path, "%s/ablation-ratio/index.html", dir);
	cr_assert(eq(int, access(path, R_OK), 0));
}

Test(cli_trouble, a_report_that_requires_charts_fails_without_gnuplot)
{
	char dir[64];
	folder(dir);
	const char *const args[] = {"report", "configs/studies/ablation-ratio.yaml", "-o", dir,
		"--gnuplot", "no-such-gnuplot", "--require-charts", NULL};
	command_result r = command_run(args, NULL);
	cr_assert(eq(int, r.code, 1), "%s", r.err);
	command_release(&r);
}

Test(cli_trouble, a_full_disk_fails_a_report_and_names_the_file)
{
	char dir[64];
	const command_setup small = {.file_bytes = 64};
	folder(dir);
	const char *const args[] = {
		"report", "configs/studies/ablation-ratio.yaml", "-o", dir, NULL};
	command_result r = command_run(args, &small);
	cr_assert(eq(int, r.code, 2), "%s", r.err);
	cr_assert(ne(ptr, strstr(r.err, "can't write"), NULL), "%s", r.err);
	command_release(&r);
}
