/* Charts for a column of a paper: 3.3 inches wide, letters of 8 points, neither title nor
 * conditions, a caption that says them; and what every chart shows as CSV beside it. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/folder.h"
#include "secost/chart.h"

static void report(const char *study, const char *folder)
{
	command_result r = command_run((const char *[]){"report", study, "--paper", "-o", folder,
					       "--require-charts", "-q", NULL},
		NULL);
	cr_assert(eq(int, r.code, 0), "%s", r.err);
	command_release(&r);
}

/* the paths that match, in a folder */
static glob_t files(const char *folder, const char *pattern)
{
	char path[200];
	glob_t found;
	snprintf(path, sizeof path, "%s/%s", folder, pattern);
	cr_assert(eq(int, glob(path, 0, NULL, &found), 0), "%s", path);
	return found;
}

/* a number that follows `key`, NaN when it does not occur */
static double number_after(const char *text, const char *key)
{
	const char *at = strstr(text, key);
	return at ? strtod(at + strlen(key), NULL) : NAN;
}

static unsigned big_endian(const unsigned char *p)
{
	return (unsigned)p[0] << 24 | (unsigned)p[1] << 16 | (unsigned)p[2] << 8 | p[3];
}

/* from the header of a PNG */
static unsigned png_width(const char *path)
{
	unsigned char head[24];
	FILE *f = fopen(path, "rb");
	cr_assert(f && fread(head, 1, sizeof head, f) == sizeof head && !fclose(f));
	return big_endian(head + 16);
}

Test(chart_paper, is_a_column_wide_in_letters_of_eight_points_without_a_title)
{
	char folder[64];
	folder_new(folder);
	report("configs/studies/latency.yaml", folder);
	glob_t script = files(folder, "latency/paper/*.gp");
	cr_assert(ge(sz, script.gl_pathc, 9));
	for (size_t i = 0; i < script.gl_pathc; i++) {
		char *text = file_text(script.gl_pathv[i]);
		cr_expect(eq(ptr, strstr(text, "set label 1 "), NULL), "a title: %s",
			script.gl_pathv[i]);
		cr_expect(eq(ptr, strstr(text, "set label 2 "), NULL), "conditions: %s",
			script.gl_pathv[i]);
		const char *pdf = strstr(text, "set terminal pdfcairo size ");
		cr_assert(ne(ptr, (void *)pdf, NULL));
		cr_expect(epsilon_eq(dbl, number_after(pdf, "size "), 3.3, 1e-9));
		/* gnuplot's points are of 96 a inch there */
		double points = number_after(pdf, "DejaVu Sans,") *
				number_after(pdf, "fontscale ") * 96 / 72;
		cr_expect(epsilon_eq(dbl, points, 8, 1e-2), "%s", script.gl_pathv[i]);
		free(text);
	}
	globfree(&script);
	glob_t png = files(folder, "latency/paper/*.png");
	for (size_t i = 0; i < png.gl_pathc; i++)
		cr_expect(eq(uint, png_width(png.gl_pathv[i]), 990), "%s", png.gl_pathv[i]);
	globfree(&png);
	folder_remove(folder);
}

Test(chart_paper, comes_as_pdf_and_png_with_script_data_csv_and_a_figure)
{
	static const char *const endings[] = {"pdf", "png", "gp", "dat", "csv", "tex"};
	char folder[64], pattern[128];
	folder_new(folder);
	report("configs/studies/se-resnet-50.yaml", folder);
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		snprintf(pattern, sizeof pattern, "se-resnet-50/paper/*.%s", endings[i]);
		cr_expect(eq(sz, folder_count(folder, pattern), 5), "%s", pattern);
	}
	cr_expect(eq(sz, folder_count(folder, "se-resnet-50/paper/*"), 30));
	snprintf(pattern, sizeof pattern, "%s/se-resnet-50/paper/stages.tex", folder);
	char *figure = file_text(pattern);
	cr_assert(ne(ptr, figure, NULL));
	cr_expect(ne(
		ptr, strstr(figure, "\\includegraphics[width=\\columnwidth]{stages.pdf}"), NULL));
	cr_expect(ne(ptr, strstr(figure, "conv5\\_\\allowbreak{}x holds 62 \\%"), NULL), "%s",
		figure);
	cr_expect(ne(ptr, strstr(figure, "\\label{fig:"), NULL));
	free(figure);
	folder_remove(folder);
}

Test(chart_paper, is_drawn_only_when_asked_for)
{
	char folder[64];
	folder_new(folder);
	command_result r = command_run(
		(const char *[]){"report", "ablation-squeeze", "-o", folder, "-q", NULL}, NULL);
	cr_assert(eq(int, r.code, 0), "%s", r.err);
	cr_expect(eq(sz, folder_count(folder, "ablation-squeeze/paper"), 0));
	cr_expect(gt(sz, folder_count(folder, "ablation-squeeze/charts/*.csv"), 0));
	command_release(&r);
	folder_remove(folder);
}

Test(chart_paper, needs_a_folder_of_charts_where_there_is_no_report)
{
	command_result r = command_run(
		(const char *[]){"compare", "se-resnet-50", "--ablate", "ratio", "--paper", NULL},
		NULL);
	cr_expect(eq(int, r.code, 2));
	cr_expect(ne(ptr, strstr(r.err, "--paper needs --charts=FOLDER"), NULL), "%s", r.err);
	command_release(&r);
}

/* `href` without its '#' is the id of something on the page */
static bool is_on_the_page(const char *page, const char *href)
{
	char id[80];
	snprintf(id, sizeof id, " id=\"%.*s\"", (int)strcspn(href + 1, "\""), href + 1);
	return strstr(page, id) != NULL;
}

/* every link of the page leads to a file, or to a place on it */
Test(chart_paper, and_what_stands_beside_a_chart_is_linked_on_the_page)
{
	char folder[64], path[200];
	size_t links = 0;
	folder_new(folder);
	report("configs/studies/se-resnet-50.yaml", folder);
	snprintf(path, sizeof path, "%s/se-resnet-50/index.html", folder);
	char *page = file_text(path);
	for (const char *p = page; (p = strstr(p, "<a href=\""));) {
		p += strlen("<a href=\"");
		if (*p == '#') {
			cr_expect(is_on_the_page(page, p));
			continue;
		}
		links++;
		snprintf(path, sizeof path, "%s/se-resnet-50/%.*s", folder, (int)strcspn(p, "\""),
			p);
		cr_expect(eq(int, access(path, R_OK), 0), "%s", path);
	}
	cr_expect(eq(sz, links, 5 * 6));
	free(page);
	folder_remove(folder);
}

/* the CSV has the table's numbers, every digit */
Test(chart_paper, has_a_csv_with_the_numbers_that_it_shows)
{
	char folder[64], path[200];
	folder_new(folder);
	report("configs/studies/se-resnet-50.yaml", folder);
	snprintf(path, sizeof path, "%s/se-resnet-50/charts/stages.csv", folder);
	char *csv = file_text(path);
	cr_expect(ne(ptr, strstr(csv, "level,setup,stage,se_params\r\n"), NULL), "%s", csv);
	cr_expect(ne(ptr, strstr(csv, "row,r = 16,conv5_x,1579392\r\n"), NULL));
	cr_expect(ne(ptr, strstr(csv, "total,r = 16,total,2530992\r\n"), NULL));
	free(csv);
	snprintf(path, sizeof path, "%s/se-resnet-50/charts/shares.csv", folder);
	csv = file_text(path);
	const char *row = strstr(csv, "row,conv5_x,");
	cr_assert(ne(ptr, (void *)row, NULL), "%s", csv);
	cr_expect(epsilon_eq(dbl, number_after(row, "row,conv5_x,"), 1579392.0 / 2530992, 1e-12));
	free(csv);
	snprintf(path, sizeof path, "%s/se-resnet-50/charts/ratio.csv", folder);
	csv = file_text(path);
	cr_expect(ne(ptr, strstr(csv, ",32,1273048,"), NULL), "%s", csv);
	free(csv);
	folder_remove(folder);
}

Test(chart_paper, of_a_pass_other_libraries_stand_beside_ours)
{
	char folder[64], path[200];
	folder_new(folder);
	report("tests/data/studies/paper-peers.yaml", folder);
	snprintf(path, sizeof path, "%s/paper-peers/report.md", folder);
	char *page = file_text(path);
	cr_assert(ne(ptr, page, NULL));
	cr_expect(ne(ptr,
		strstr(page, "The same pair in PyTorch eager (1.13.1): 100.0 ms → 110.0 "
			     "ms, +6.2 % \\[5.0, 12.5\\]."),
		NULL));
	cr_expect(ne(ptr,
		strstr(page, "| here: PyTorch eager (1.13.1) | without SE | 100.0 | · | · "
			     "|"),
		NULL));
	cr_expect(ne(ptr,
		strstr(page, "| here: PyTorch scripted (1.13.1) | PyTorch scripted | 90.0 | 12.50 "
			     "% | -3.12 … +25.00 % |"),
		NULL));
	free(page);
	folder_remove(folder);
}

/* the times of the paper's page */
Test(chart_paper, of_a_pass_stands_what_was_published_beside_what_was_measured)
{
	char folder[64], path[200];
	folder_new(folder);
	report("configs/studies/paper-latency.yaml", folder);
	snprintf(path, sizeof path, "%s/paper-latency/charts/passes.csv", folder);
	char *csv = file_text(path);
	cr_assert(ne(ptr, csv, NULL));
	cr_expect(ne(ptr, strstr(csv, ",SE-ResNet-50,167,0.01829268"), NULL), "%s", csv);
	cr_expect(ne(ptr, strstr(csv, "SE by the kernel,"), NULL), "%s", csv);
	free(csv);
	snprintf(path, sizeof path, "%s/paper-latency/charts/passes.gp", folder);
	char *script = file_text(path);
	cr_expect(
		ne(ptr, strstr(script, "to a pass here, 1.8 % as published"), NULL), "%s", script);
	free(script);
	snprintf(path, sizeof path, "%s/paper-latency/index.html", folder);
	char *page = file_text(path);
	cr_expect(lt(ptr, strstr(page, "charts/passes.csv"), strstr(page, "charts/stages.csv")),
		"times are the first chart");
	free(page);
	folder_remove(folder);
}
