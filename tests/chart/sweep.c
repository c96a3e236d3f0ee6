/* What a sweep is called and what it varies are two things: charts and tables go by the field. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/folder.h"
#include "../support/study.h"

/* the script of the chart of a sweep, malloc'ed; `*table` tells whether there is one by ratio */
static char *drawn(const char *name, const char *field, bool *table)
{
	const sc_chart_options options = {.gnuplot = "/no/such/gnuplot", .timeout_seconds = 1};
	char dir[64], path[160], here[256];
	sc_report_result result;
	folder_new(dir);
	snprintf(path, sizeof path, "%s/study.yaml", dir);
	FILE *f = fopen(path, "w");
	cr_assert(f &&
		  fprintf(f,
			  "title: T\nnetwork: %s/configs/networks/se-resnet-50.yaml\n"
			  "sweeps: [{name: %s, field: %s, values: [8, 16, 32]}]\n",
			  getcwd(here, sizeof here), name, field) > 0 &&
		  !fclose(f));
	study_files files = study_read(path);
	cr_assert(eq(int, sc_report_write(files.study, dir, &options, &result, NULL), SC_OK));
	snprintf(path, sizeof path, "%s/tables/ratio-by-stage.csv", dir);
	*table = !access(path, R_OK);
	snprintf(path, sizeof path, "%s/charts/ratio.gp", dir);
	char *script = file_text(path);
	cr_assert(script != NULL);
	study_release(&files);
	folder_remove(dir);
	return script;
}

Test(chart_sweep, a_sweep_over_widths_that_is_called_ratio_is_drawn_over_widths)
{
	bool table;
	char *script = drawn("ratio", "se.width", &table);
	cr_expect(strstr(script, "set xlabel 'width'") != NULL, "%s", script);
	cr_expect(strstr(script, "From width = 8 to 32") != NULL, "%s", script);
	cr_expect(not(table));
	free(script);
}

Test(chart_sweep, a_sweep_over_ratios_that_is_called_otherwise_is_one_over_ratios)
{
	bool table;
	char *script = drawn("cheaper and cheaper", "se.ratio", &table);
	cr_expect(
		strstr(script, "set xlabel 'reduction ratio r (log scale)'") != NULL, "%s", script);
	cr_expect(table);
	free(script);
}
