/* No row is dropped and no name is cut. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/folder.h"
#include "../support/net.h"
#include "../support/study.h"
#include "secost/report.h"

static sc_status write_by(sc_sheet *s, const char *by, const char *format, char **text, sc_err *err)
{
	const sc_sheet *sheet = s;
	size_t length;
	const sc_style style = {0};
	sc_document *doc = sc_cost_document(&sheet, 1, by);
	sc_status status =
		sc_document_write(doc, sc_format_named(format), &style, text, &length, err);
	sc_document_free(doc);
	return status;
}

static size_t count(const char *text, const char *word)
{
	size_t n = 0;
	for (; (text = strstr(text, word)); text += strlen(word))
		n++;
	return n;
}

Test(report_rows, have_the_whole_name_of_a_layer_in_every_format)
{
	enum { LETTERS = 40 };
	char name[3 * LETTERS + 1] = "", text[400];
	for (int i = 0; i < LETTERS; i++)
		strcat(name, "漢");
	snprintf(text, sizeof text,
		"input: [3, 8, 8]\nstem: [{conv: {channels: 4, name: %s}}]\n"
		"stages: [{name: a, block: basic, blocks: 1, channels: 4}]\n",
		name);
	sc_model *m = net_parse(text);
	sc_sheet s = net_count(m);
	static const char *const formats[] = {"csv", "json", "md"};
	for (size_t i = 0; i < 3; i++) {
		char *out = NULL;
		sc_err err = {0};
		cr_assert(eq(int, write_by(&s, "layer", formats[i], &out, &err), SC_OK), "%s",
			err.message);
		cr_expect(ne(sz, count(out, name), 0), "%s: %s", formats[i], out);
		free(out);
	}
	sc_sheet_release(&s);
	sc_model_free(m);
}

Test(report_rows, that_can_not_be_counted_are_an_error_and_not_left_out)
{
	static const char *const by[] = {"layer", "block"};
	for (size_t i = 0; i < 2; i++) {
		sc_model *m =
			net_parse("input: [3, 8, 8]\n"
				  "stages: [{name: a, block: basic, blocks: 2, channels: 4}]\n");
		sc_sheet s = net_count(m);
		char *out = NULL;
		sc_err err = {0};
		for (size_t k = 0; k < s.layers.count; k++)
			s.layers.item[k].kernel[0] = s.layers.item[k].kernel[1] =
				s.layers.item[k].in.c = s.layers.item[k].out.c =
					s.layers.item[k].out.h = UINT32_MAX;
		cr_expect(eq(int, write_by(&s, by[i], "csv", &out, &err), SC_ERANGE), "%s", by[i]);
		cr_expect(eq(ptr, out, NULL));
		sc_sheet_release(&s);
		sc_model_free(m);
	}
}

/* a paper's table has as many digits as a reader takes in; every digit is in the one for programs
 */
Test(report_rows, of_a_table_for_a_paper_are_short)
{
	char folder[64], path[128];
	const sc_chart_options none = {.gnuplot = "/nonexistent/gnuplot", .timeout_seconds = 1};
	sc_report_result result;
	sc_err err = {0};
	study_files files = study_read("configs/studies/se-resnet-50.yaml");
	folder_new(folder);
	cr_assert(eq(int, sc_report_write(files.study, folder, &none, &result, &err), SC_OK), "%s",
		err.message);
	snprintf(path, sizeof path, "%s/tables/stages.tex", folder);
	char *paper = file_text(path);
	snprintf(path, sizeof path, "%s/tables/stages.csv", folder);
	char *program = file_text(path);
	cr_expect(eq(sz, count(paper, "16,100,704"), 0), "%s", paper);
	cr_expect(ne(sz, count(paper, "16.101"), 0), "%s", paper);
	cr_expect(ne(sz, count(program, "16100704"), 0), "%s", program);
	free(paper);
	free(program);
	folder_remove(folder);
	study_release(&files);
}
