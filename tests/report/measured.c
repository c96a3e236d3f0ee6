/* A study that names measurements: their charts and tables join its report. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/folder.h"

static void write_study(const char *path, const char *bench)
{
	char here[512];
	FILE *f = fopen(path, "w");
	cr_assert(f != NULL && getcwd(here, sizeof here) != NULL);
	fprintf(f,
		"network: %s/configs/networks/se-resnet-50.yaml\nbench: %s/tests/data/bench/%s\n"
		"profile: %s/tests/data/bench/grid.json\n",
		here, here, bench, here);
	fclose(f);
}

static command_result report(const char *folder, const char *bench)
{
	char path[100];
	snprintf(path, sizeof path, "%s/measured.yaml", folder);
	write_study(path, bench);
	return command_run(
		(const char *[]){"report", path, "-o", folder, "--require-charts", NULL}, NULL);
}

Test(report_measured, charts_and_tables_join_the_report)
{
	static const char *const charts[] = {"latency", "time", "roofline", "samples", "forecast"};
	char folder[64], name[128];
	folder_new(folder);
	command_result r = report(folder, "se-resnet-50.json");
	cr_assert(eq(int, r.code, 0), "%s", r.err);
	for (size_t i = 0; i < 5; i++) {
		snprintf(name, sizeof name, "measured/charts/%s.???", charts[i]);
		cr_assert(eq(sz, folder_count(folder, name), 5), "%s", name);
	}
	cr_assert(eq(sz, folder_count(folder, "measured/tables/latency.csv"), 1));
	cr_assert(eq(sz, folder_count(folder, "measured/tables/verdict.csv"), 1));
	snprintf(name, sizeof name, "%s/measured/report.md", folder);
	char *text = file_text(name);
	cr_assert(strstr(text, "where the ratio matters") != NULL);
	cr_assert(strstr(text, "Forecasts from this") != NULL);
	free(text);
	command_release(&r);
	folder_remove(folder);
}

Test(report_measured, a_file_that_is_no_bench_is_told_with_its_place)
{
	char folder[64];
	folder_new(folder);
	command_result r = report(folder, "other-schema.json");
	cr_assert(eq(int, r.code, 2));
	cr_assert(strstr(r.err, "other-schema.json:2:13: 'schema' is \"secost.cost/1\"") != NULL,
		"%s", r.err);
	cr_assert(eq(sz, folder_count(folder, "measured/*"), 0));
	command_release(&r);
	folder_remove(folder);
}

Test(report_measured, a_sweep_of_footprints_is_a_chart_and_a_table)
{
	char folder[64];
	folder_new(folder);
	command_result r = report(folder, "rounds.json");
	cr_assert(eq(int, r.code, 0), "%s", r.err);
	cr_assert(eq(sz, folder_count(folder, "measured/charts/caches.???"), 5));
	cr_assert(eq(sz, folder_count(folder, "measured/tables/levels.csv"), 1));
	cr_assert(eq(sz, folder_count(folder, "measured/tables/totals.csv"), 1));
	command_release(&r);
	folder_remove(folder);
}
