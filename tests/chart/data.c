/* A chart draws what a document's tables say: what stands in its data file is what stands in the
 * table, and what the table calls a thing is what the chart calls it. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/folder.h"
#include "../support/study.h"

typedef struct drawn {
	char *data, *script;
} drawn;

/* nothing is drawn: what gnuplot would read */
static drawn draw(const char *chart, const sc_document *doc)
{
	char folder[64], path[128];
	sc_chart_outcome outcome;
	sc_err err = {0};
	drawn d;
	folder_new(folder);
	cr_assert(eq(int, sc_chart_named(chart)->applies(doc), 1), "%s", chart);
	cr_assert(eq(int,
			  sc_chart_draw(
				  sc_chart_named(chart), doc, folder, false, NULL, &outcome, &err),
			  SC_OK),
		"%s", err.message);
	snprintf(path, sizeof path, "%s/%s.dat", folder, chart);
	d.data = file_text(path);
	snprintf(path, sizeof path, "%s/%s.gp", folder, chart);
	d.script = file_text(path);
	folder_remove(folder);
	return d;
}

static void release(drawn *d)
{
	free(d->data);
	free(d->script);
}

/* numbers of a line of data: those outside of quotes */
static size_t numbers(const char *line, double *out, size_t max)
{
	size_t n = 0;
	char *end;
	while (*line && *line != '\n' && n < max) {
		line += strspn(line, " ");
		if (*line == '"')
			line = strchr(line + 1, '"') + 1;
		else if (*line != '\n') {
			out[n++] = strtod(line, &end);
			line = end;
		}
	}
	return n;
}

static const char *next_line(const char *p)
{
	do {
		p = strchr(p, '\n');
		p = p ? p + 1 : "";
	} while (*p == '#' || *p == '\n');
	return p;
}

static sc_document *sweep(const char *name, const char *field)
{
	sc_document *doc = sc_document_new("t");
	sc_grid *g = sc_grid_new(name, name);
	sc_grid_column(g, SC_COLUMN_text, "setup", "setup", 0);
	sc_grid_column(g, SC_COLUMN_text, "field", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "value", NULL, 0);
	sc_grid_column(g, SC_COLUMN_exact, "se_params", "SE params", 0);
	sc_grid_column(g, SC_COLUMN_share, "se_params_share", "of base", 2);
	sc_grid_column(g, SC_COLUMN_count, "se_flops", "SE FLOPs", 0);
	sc_grid_column(g, SC_COLUMN_share, "se_flops_share", NULL, 2);
	for (unsigned i = 1; i <= 3; i++) {
		sc_grid_row(g, SC_ROW_plain);
		sc_grid_text(g, "setup");
		sc_grid_text(g, field);
		sc_grid_real(g, 2 * i);
		sc_grid_count(g, 100 / i);
		sc_grid_share(g, 0.1 / i);
		sc_grid_count(g, 1000 / i);
		sc_grid_share(g, 0.5 / i);
	}
	sc_document_grid(doc, g);
	return doc;
}

Test(chart_data, of_a_sweep_are_the_shares_of_parameters_and_of_flops_in_its_table)
{
	sc_document *doc = sweep("setups-ratio", "se.ratio");
	drawn d = draw("ratio", doc);
	const char *line = next_line(d.data);
	for (unsigned i = 1; i <= 3; i++, line = next_line(line)) {
		double x[3];
		cr_assert(eq(sz, numbers(line, x, 3), 3), "%s", line);
		cr_expect(epsilon_eq(dbl, x[0], 2 * i, 1e-9));
		cr_expect(epsilon_eq(dbl, x[1], 10.0 / i, 1e-6), "parameters");
		cr_expect(epsilon_eq(dbl, x[2], 50.0 / i, 1e-6), "FLOPs");
	}
	cr_expect(ne(ptr, strstr(d.script, "extra FLOPs (%)"), NULL));
	cr_expect(ne(ptr, strstr(d.script, "plot data using 1:4 with"), NULL));
	release(&d);
	sc_document_free(doc);
}

Test(chart_data, of_a_sweep_are_called_by_its_field_whatever_its_name_is)
{
	sc_document *of_ratio = sweep("width", "stages[1].se.ratio"),
		    *of_width = sweep("ratio", "se.width");
	drawn a = draw("ratio", of_ratio), b = draw("ratio", of_width);
	cr_expect(ne(ptr, strstr(a.script, "set xlabel 'reduction ratio r (log scale)'"), NULL));
	cr_expect(ne(ptr, strstr(b.script, "set xlabel 'width'"), NULL), "%s", b.script);
	cr_expect(eq(ptr, strstr(b.script, "reduction ratio"), NULL));
	cr_expect(ne(ptr, strstr(b.script, "From width = 2 to 6"), NULL));
	release(&a);
	release(&b);
	sc_document_free(of_ratio);
	sc_document_free(of_width);
}

/* the same of a whole study, whose document is what the report prints */
static sc_document *read_study(const char *text, study_files *files)
{
	char folder[64], path[128];
	folder_new(folder);
	snprintf(path, sizeof path, "%s/study.yaml", folder);
	FILE *f = fopen(path, "w");
	cr_assert(ne(ptr, f, NULL));
	fputs(text, f);
	cr_assert(eq(int, fclose(f), 0));
	*files = study_read(path);
	folder_remove(folder);
	return sc_study_document(files->study, NULL);
}

static const sc_grid *table(const sc_document *doc, const char *name)
{
	const sc_grid *g = sc_document_find(doc, name);
	cr_assert(ne(ptr, (void *)g, NULL), "no table %s", name);
	return g;
}

Test(chart_data, of_the_stages_are_the_numbers_of_the_table_of_stages)
{
	study_files files;
	sc_document *doc = read_study("network: se-resnet-50\nablate: [ratio]\n", &files);
	const sc_grid *g = table(doc, "ratio-by-stage");
	drawn d = draw("stages", doc);
	const char *line = next_line(d.data);
	size_t total = sc_grid_rows(g) - 1;
	for (size_t r = 0; r < total; r++)
		for (size_t c = 1; c < sc_grid_columns(g) && sc_grid_number(g, r, 1) > 0; c++) {
			double x[4];
			cr_assert(eq(sz, numbers(line, x, 4), 4), "%s", line);
			cr_expect(eq(dbl, x[1], sc_grid_number(g, r, c)), "row %zu", r);
			cr_expect(eq(dbl, x[3] - x[2], x[1]));
			line = next_line(line);
		}
	for (size_t c = 1; c < sc_grid_columns(g); c++, line = next_line(line)) {
		double x[2];
		numbers(line, x, 2);
		cr_expect(eq(dbl, x[1], sc_grid_number(g, total, c)), "total");
	}
	release(&d);
	sc_document_free(doc);
	study_release(&files);
}

Test(chart_data, of_the_shares_are_the_stages_parts_of_the_total)
{
	study_files files;
	sc_document *doc = read_study("network: se-resnet-50\n", &files);
	const sc_grid *g = table(doc, "stages");
	static const char *const key[] = {"se_params", "se_flops", "se_elements"};
	drawn d = draw("shares", doc);
	const char *line = next_line(d.data);
	size_t total = sc_grid_rows(g) - 1;
	for (size_t r = 0; r < total; r++)
		for (int m = 0; m < 3 && sc_grid_number(g, r, sc_grid_find(g, key[0])) > 0; m++) {
			double x[2];
			size_t c = sc_grid_find(g, key[m]);
			numbers(line, x, 2);
			cr_expect(epsilon_eq(dbl, x[1],
				100 * sc_grid_number(g, r, c) / sc_grid_number(g, total, c), 1e-6));
			line = next_line(line);
		}
	release(&d);
	sc_document_free(doc);
	study_release(&files);
}

Test(chart_data, come_from_the_first_setup_with_se_when_the_baseline_has_none)
{
	study_files files;
	sc_document *doc = read_study("network: se-resnet-50\nset: {se: off}\n"
				      "setups: [{name: with, set: {se.ratio: 8}}]\n",
		&files);
	const sc_grid *g = table(doc, "stages-with-se");
	drawn d = draw("stages", doc);
	cr_expect(gt(dbl, sc_grid_number(g, sc_grid_rows(g) - 1, sc_grid_find(g, "se_params")), 0));
	cr_expect(ne(ptr, strstr(d.script, "holds"), NULL));
	release(&d);
	sc_document_free(doc);
	study_release(&files);
}

Test(chart_data, of_forty_ratios_are_all_there)
{
	study_files files;
	sc_document *doc = read_study(
		"network: se-resnet-50\nsweeps: [{field: se.ratio, values: [1, 2, 3, 4, 5, 6, 7, "
		"8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, "
		"29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]}]\n",
		&files);
	cr_expect(eq(sz, sc_grid_columns(table(doc, "ratio-by-stage")), 41));
	cr_expect(eq(int, sc_document_check(doc, NULL), SC_OK));
	sc_document_free(doc);
	study_release(&files);
}
