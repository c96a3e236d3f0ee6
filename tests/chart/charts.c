/* Charts are drawn by a child: whatever it does, the data stay, the end is clear and in time. The
 * gnuplots here that misbehave are small scripts. */
#define _GNU_SOURCE /* memmem */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/folder.h"
#include "../support/study.h"
#include "base/file.h"

static const char study_path[] = "configs/studies/se-resnet-50.yaml";
enum { CHARTS = 5 };

/* A program of this content in the folder. */
static void write_program(const char *path, const char *content)
{
	FILE *f = fopen(path, "w");
	cr_assert(f && fputs(content, f) >= 0 && !fclose(f));
	cr_assert(!chmod(path, 0755));
}

/* Write the report with this gnuplot, which has so many seconds for each chart (0: the default).
 * Every chart must have its data and its script. */
static sc_report_result report_with(const char *gnuplot, unsigned seconds, char folder[64])
{
	const sc_chart_options options = {.gnuplot = gnuplot, .timeout_seconds = seconds};
	sc_report_result result;
	sc_err err = {0};
	study_files files = study_read(study_path);
	folder_new(folder);
	cr_assert(
		!sc_report_write(files.study, folder, &options, &result, &err), "%s", err.message);
	cr_assert_eq(result.charts, CHARTS);
	for (size_t i = 0; i < result.charts; i++) {
		char path[192];
		snprintf(
			path, sizeof path, "%s/charts/%s.dat", folder, result.chart[i].chart->name);
		cr_assert(!access(path, R_OK), "%s", path);
		snprintf(path, sizeof path, "%s/charts/%s.gp", folder, result.chart[i].chart->name);
		cr_assert(!access(path, R_OK), "%s", path);
	}
	study_release(&files);
	return result;
}

/* The same with a script as gnuplot: no picture may be left, and `said` is why. */
static void fails_with(const char *script, const char *said)
{
	char bin[64], out[64], program[96];
	folder_new(bin);
	snprintf(program, sizeof program, "%s/gnuplot", bin);
	write_program(program, script);
	sc_report_result r = report_with(program, 1, out);
	cr_assert_eq(r.missing, CHARTS);
	for (size_t i = 0; i < r.charts; i++) {
		cr_assert(!r.chart[i].drawn);
		cr_assert(
			strstr(r.chart[i].message, said) || strstr(r.chart[i].message, "not tried"),
			"%s", r.chart[i].message);
	}
	cr_assert_eq(folder_count(out, "charts/*.svg*"), 0);
	cr_assert_eq(folder_count(out, "charts/*.png*"), 0);
	cr_assert_eq(folder_count(out, "charts/*.pdf*"), 0);
	folder_remove(bin);
	folder_remove(out);
}

Test(chart_charts, are_all_drawn_by_a_well_gnuplot)
{
	char out[64];
	sc_report_result r = report_with(NULL, 0, out);
	cr_assert_eq(r.missing, 0, "%s", r.chart[0].message);
	cr_assert_eq(folder_count(out, "charts/*.svg"), CHARTS);
	cr_assert_eq(folder_count(out, "charts/*.png"), CHARTS);
	cr_assert_eq(folder_count(out, "charts/*.pdf"), CHARTS);
	cr_assert_eq(folder_count(out, "charts/*tmp*"), 0);
	folder_remove(out);
}

Test(chart_charts, name_what_a_failing_gnuplot_said)
{
	fails_with("#!/bin/sh\necho 'line 7: no such terminal' >&2\nexit 3\n",
		"gnuplot failed: line 7: no such terminal");
}

Test(chart_charts, do_not_wait_for_a_hanging_gnuplot)
{
	fails_with("#!/bin/sh\nsleep 600\n", "gnuplot did not finish in 1 s");
}

/* as by Ctrl-Z, or when a machine sleeps: longer than gnuplot may take */
Test(chart_charts, do_not_count_the_time_in_which_they_were_stopped)
{
	fails_with("#!/bin/sh\n(sleep 1.3; kill -CONT $PPID) &\nkill -STOP $PPID\nsleep 1.5\n"
		   "exit 4\n",
		"gnuplot failed with status 4");
}

Test(chart_charts, survive_a_killed_gnuplot)
{
	fails_with("#!/bin/sh\nkill -9 $$\n", "gnuplot was killed by signal 9");
}

Test(chart_charts, do_not_believe_a_gnuplot_that_draws_nothing)
{
	fails_with("#!/bin/sh\nexit 0\n", "wrote no");
}

Test(chart_charts, are_missing_without_gnuplot)
{
	char out[64];
	sc_report_result r = report_with("/nonexistent/gnuplot", 1, out);
	cr_assert_eq(r.missing, CHARTS);
	cr_assert(strstr(r.chart[0].message, "was not found") != NULL, "%s", r.chart[0].message);
	folder_remove(out);
}

/* gnuplot can't write a degree sign in a locale that has none, and an old one may be set */
Test(chart_charts, are_drawn_in_a_locale_that_has_every_letter)
{
	fails_with("#!/bin/sh\necho \"in $LC_ALL\" >&2\nexit 3\n", "gnuplot failed: in C.UTF-8");
}

Test(chart_charts, are_the_same_pdf_on_another_day)
{
	char out[64], path[96];
	report_with(NULL, 0, out);
	snprintf(path, sizeof path, "%s/charts/shares.pdf", out);
	sc_text pdf = {0};
	cr_assert(!sc_file_read(path, 1 << 24, &pdf, NULL));
	cr_expect(memmem(pdf.s, pdf.length, "%PDF-", 5) == pdf.s);
	cr_expect(memmem(pdf.s, pdf.length, "CreationDate", 12) == NULL);
	sc_text_release(&pdf);
	folder_remove(out);
}

Test(chart_charts, can_be_drawn_again_from_what_stays_beside_them)
{
	char out[64], path[96], command[256];
	report_with(NULL, 0, out);
	snprintf(path, sizeof path, "%s/charts/stages.svg", out);
	char *before = file_text(path);
	unlink(path);
	snprintf(command, sizeof command, "cd %s/charts && gnuplot stages.gp", out);
	cr_assert_eq(system(command), 0);
	char *after = file_text(path);
	cr_assert_str_eq(after, before);
	free(before);
	free(after);
	folder_remove(out);
}

Test(chart_charts, a_source_that_is_part_of_another_is_not_told_again)
{
	char folder[64], path[96];
	report_with("/no/such/gnuplot", 1, folder);
	snprintf(path, sizeof path, "%s/charts/errors.gp", folder);
	char *script = file_text(path);
	cr_assert(strstr(script, "(arXiv 1709.01507v4, Tables 10 and 13)"), "%s", script);
	free(script);
	folder_remove(folder);
}
