/* A full disk, a missing folder, a closed output: each has a clear end and leaves nothing
 * half-written. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/folder.h"
#include "../support/sanitizer.h"

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
		(const char *[]){"cost", net, "-o", "tests/no-such-folder/out.csv", NULL}, NULL);
	cr_assert(eq(int, r.code, 2));
	cr_assert(
		ne(ptr, strstr(r.err, "'tests/no-such-folder/out.csv': No such file or directory"),
			NULL),
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

Test(cli_trouble, a_report_that_fails_in_the_end_tells_of_its_charts_too)
{
	char dir[64], page[128];
	folder_new(dir);
	snprintf(page, sizeof page, "%s/ablation-ratio", dir);
	cr_assert(zero(int, mkdir(page, 0777)));
	snprintf(page, sizeof page, "%s/ablation-ratio/index.html", dir);
	cr_assert(zero(int, mkdir(page, 0777)));
	const char *const args[] = {"report", "configs/studies/ablation-ratio.yaml", "-o", dir,
		"--gnuplot", "no-such-gnuplot", NULL};
	command_result r = command_run(args, NULL);
	cr_expect(eq(int, r.code, 2));
	cr_expect(ne(ptr, strstr(r.err, "chart 'stages' was not drawn"), NULL), "%s", r.err);
	cr_expect(ne(ptr, strstr(r.err, "index.html"), NULL), "%s", r.err);
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

static void write_program(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	cr_assert(f && fputs(text, f) >= 0 && !fclose(f) && !chmod(path, 0755));
}

static const char study[] = "tests/faults/study.yaml";

/* a full disk: gnuplot ends well with what it could write */
Test(cli_trouble, a_picture_without_its_end_is_not_kept)
{
	static const char *const halves[] = {
		"printf '<svg><g>' >${4%.gp}.svg$s; printf 'IEND\\256B`\\202' >${4%.gp}.png$s",
		"printf '<svg></svg>' >${4%.gp}.svg$s; printf '\\211PNG..' >${4%.gp}.png$s",
		"printf '<svg></svg>' >${4%.gp}.svg$s; printf 'IEND\\256B`\\202' >${4%.gp}.png$s; "
		"printf '%%PDF-1.5 %%%%EO' >${4%.gp}.pdf$s",
		": >${4%.gp}.svg$s; : >${4%.gp}.png$s"};
	for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
		char dir[64], fake[96], text[256];
		folder_new(dir);
		snprintf(fake, sizeof fake, "%s/gnuplot", dir);
		snprintf(text, sizeof text, "#!/bin/sh\ns=${3#*\\'}\ns=${s%%\\'}\n%s\n", halves[i]);
		write_program(fake, text);
		command_result r = command_run(
			(const char *[]){"report", study, "-o", dir, "--gnuplot", fake, NULL},
			NULL);
		cr_expect(eq(int, r.code, 0), "%s", r.err);
		cr_expect(strstr(r.err, "gnuplot ended with status 0 but left shares.") != NULL,
			"%s", r.err);
		size_t kept = folder_count(dir, "study/charts/*.svg") +
			      folder_count(dir, "study/charts/*.png") +
			      folder_count(dir, "study/charts/*.pdf");
		cr_expect(eq(sz, kept, 0));
		cr_expect(eq(sz, folder_count(dir, "study/*/*.tmp"), 0));
		command_release(&r);
		folder_remove(dir);
	}
}

/* nothing is known of a disk: what is there and what was said is told */
Test(cli_trouble, a_gnuplot_that_draws_nothing_is_told_with_what_it_said)
{
	static const struct {
		const char *does, *told;
	} cases[] = {{"exit 0", "gnuplot ended with status 0 but wrote no shares.svg; its data"},
		{"echo no fonts here >&2",
			"gnuplot ended with status 0 but wrote no shares.svg; it said: no fonts "
			"here; its data"},
		{"s=${3#*\\'}\nprintf '<svg>' >${4%.gp}.svg${s%\\'}",
			"gnuplot ended with status 0 but left shares.svg without its end; its "
			"data"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char dir[64], fake[96], text[256];
		folder_new(dir);
		snprintf(fake, sizeof fake, "%s/gnuplot", dir);
		snprintf(text, sizeof text, "#!/bin/sh\n%s\n", cases[i].does);
		write_program(fake, text);
		command_result r = command_run(
			(const char *[]){"report", study, "-o", dir, "--gnuplot", fake, NULL},
			NULL);
		cr_expect(eq(int, r.code, 0), "%s", r.err);
		cr_expect(strstr(r.err, cases[i].told) != NULL, "%s", r.err);
		command_release(&r);
		folder_remove(dir);
	}
}

Test(cli_trouble, a_small_stack_is_enough_to_tell_that_gnuplot_failed)
{
	const command_setup small = {.stack_bytes = 64 << 10};
	char dir[64];
	if (SANITIZED)
		cr_skip_test("frames are larger under a sanitizer");
	folder_new(dir);
	command_result r = command_run(
		(const char *[]){"report", study, "-o", dir, "--gnuplot", "false", NULL}, &small);
	cr_expect(eq(int, r.code, 0), "%s", r.err);
	cr_expect(
		strstr(r.err, "chart 'shares' was not drawn: gnuplot failed with status 1") != NULL,
		"%s", r.err);
	cr_expect(eq(sz, folder_count(dir, "study/index.html"), 1));
	command_release(&r);
	folder_remove(dir);
}

/* `n` bytes: a brace, then blanks */
static void write_blanks(const char *path, size_t n)
{
	char blanks[4096];
	FILE *f = fopen(path, "w");
	memset(blanks, ' ', sizeof blanks);
	cr_assert(f && fputc('{', f) == '{');
	for (size_t left = n - 1, take; left; left -= take) {
		take = left < sizeof blanks ? left : sizeof blanks;
		cr_assert(fwrite(blanks, 1, take, f) == take);
	}
	cr_assert(fclose(f) == 0);
}

/* what it has is the machine's, so this is no golden output */
Test(cli_trouble, a_bench_that_wants_more_memory_than_there_is_says_so_before_it_measures)
{
	unsigned long long wanted = 0, there = 0;
	command_result r = command_run((const char *[]){"bench", net, "--batch", "65536", "--set",
					       "input=[3, 65536, 65536]", NULL},
		NULL);
	cr_assert(eq(int, r.code, 3), "%s", r.err);
	cr_assert(eq(int,
			  sscanf(r.err,
				  "secost: no memory for maps and weights: %llu MiB are wanted, "
				  "this machine has %llu\n",
				  &wanted, &there),
			  2),
		"%s", r.err);
	/* the two maps of conv2_x alone: 2·4·65,536·256·16,384² bytes */
	cr_assert(gt(u64, wanted, 2ull * 4 * 65536 * 256 * 16384 * 16384 >> 20));
	cr_assert(gt(u64, there, 0));
	command_release(&r);
}

Test(cli_trouble, json_is_read_up_to_32_MiB_and_no_byte_more)
{
	char dir[64], path[96];
	const size_t most = (size_t)32 << 20;
	folder_new(dir);
	snprintf(path, sizeof path, "%s/large.json", dir);
	for (size_t more = 0; more < 2; more++) {
		write_blanks(path, most + more);
		command_result r =
			command_run((const char *[]){"bench", "--replay", path, NULL}, NULL);
		cr_expect(eq(int, r.code, 2));
		cr_expect(
			strstr(r.err, more ? "large.json' is larger than 32 MiB\n"
					   : "large.json:1:33554432: not JSON, or cut off") != NULL,
			"%.300s", r.err);
		command_release(&r);
	}
	folder_remove(dir);
}
