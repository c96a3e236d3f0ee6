/* A hostile name in every format: what reaches a terminal, a page, a paper or a parser is harmless.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fault.h"
#include "secost/report.h"

static const char hostile[] = "a\"b`$(x)<script>|&%_#{}\\~^\n\033[1m";

static sc_document *document(const char *name)
{
	sc_document *doc = sc_document_new("Title");
	sc_grid *g = sc_grid_new("grid", "Grid");
	sc_grid_column(g, SC_COLUMN_text, "name", "name", 0);
	sc_grid_column(g, SC_COLUMN_count, "params", "params", 0);
	sc_grid_column(g, SC_COLUMN_exact, "exact", NULL, 0);
	sc_grid_column(g, SC_COLUMN_share, "share", "share", 1);
	sc_grid_column(g, SC_COLUMN_change, "change", "change", 0);
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, name);
	sc_grid_count(g, 2514944);
	sc_grid_count(g, 7);
	sc_grid_share(g, 0.25);
	sc_grid_change(g, -1572864);
	sc_grid_row(g, SC_ROW_total);
	sc_grid_text(g, "total");
	sc_grid_unknown(g);
	sc_grid_nothing(g);
	sc_grid_nothing(g);
	sc_grid_change(g, 0);
	sc_document_grid(doc, g);
	sc_document_answer(doc, "%s is the answer", name);
	return doc;
}

static char *written(const char *format, const char *name, bool exact)
{
	sc_document *doc = document(name);
	const sc_style style = {.exact = exact};
	char *text = NULL;
	size_t n;
	cr_assert(eq(int, sc_document_write(doc, sc_format_named(format), &style, &text, &n, NULL),
		SC_OK));
	sc_document_free(doc);
	return text;
}

static void is(const char *format, const char *name, bool exact, const char *want)
{
	char *got = written(format, name, exact);
	cr_assert(eq(str, got, (char *)want));
	free(got);
}

Test(paper_formats, text_shows_one_unit_a_column_and_tells_unknown_from_nothing)
{
	is("text", "net", false,
		"Title\n\n"
		"name  params, M  share     change\n"
		"net       2.515 25.0 % −1,572,864\n"
		"total         ?      ·          0\n\n"
		"net is the answer\n");
}

Test(paper_formats, exact_text_has_every_digit)
{
	is("text", "net", true,
		"Title\n\n"
		"name     params  share     change\n"
		"net   2,514,944 25.0 % −1,572,864\n"
		"total         ?      ·          0\n\n"
		"net is the answer\n");
}

Test(paper_formats, csv_has_one_header_every_digit_and_a_flagged_total)
{
	is("csv", "net", false,
		"level,name,params,exact,share,change\r\n"
		"row,net,2514944,7,0.25,-1572864\r\n"
		"total,total,,,,0\r\n");
}

Test(paper_formats, csv_quotes_what_needs_it)
{
	char *got = written("csv", hostile, false);
	cr_assert(ne(ptr, strstr(got, "row,\"a\"\"b`$(x)<script>|&%_#{}\\~^\n\033[1m\",2514944"),
			  NULL),
		"%s", got);
	free(got);
}

Test(paper_formats, markdown_puts_numbers_right_and_escapes_text)
{
	char *got = written("md", hostile, false);
	cr_assert(ne(ptr, strstr(got, "|---|---:|---:|---:|\n"), NULL), "%s", got);
	cr_assert(ne(ptr,
			  strstr(got, "| a\"b\\`$(x)&lt;script&gt;\\|&amp;%\\_#{}\\\\~^ ?\\[1m | "
				      "2.515 |"),
			  NULL),
		"%s", got);
	free(got);
}

Test(paper_formats, latex_escapes_every_special_character)
{
	char *got = written("latex", hostile, false);
	cr_assert(ne(ptr,
			  strstr(got, "a\\textquotedbl{}b\\textasciigrave{}\\$(x)\\textless{}"
				      "script\\textgreater{}"
				      "\\textbar{}\\&\\%\\_\\allowbreak{}\\#\\{\\}\\textbackslash{}"
				      "\\textasciitilde{}"
				      "\\textasciicircum{} ?{[}1m & 2.515 & 25.0 \\%"),
			  NULL),
		"%s", got);
	free(got);
}

Test(paper_formats, text_sends_no_escape_to_the_terminal)
{
	char *got = written("text", hostile, false);
	cr_assert(eq(ptr, strchr(got, '\033'), NULL), "%s", got);
	free(got);
}

Test(paper_formats, json_without_a_form_of_its_own_lists_records)
{
	char *got = written("json", "net", false);
	cr_assert(ne(ptr, strstr(got, "\"params\": 2514944"), NULL), "%s", got);
	cr_assert(ne(ptr, strstr(got, "\"params\": null"), NULL), "%s", got);
	free(got);
}

Test(paper_formats, a_file_name_tells_its_format)
{
	cr_assert(eq(str, (char *)sc_format_for_file("a/b.tex")->name, "latex"));
	cr_assert(eq(str, (char *)sc_format_for_file("x.csv")->name, "csv"));
	cr_assert(eq(ptr, (void *)sc_format_for_file("x.csv.gz"), NULL));
	cr_assert(eq(ptr, (void *)sc_format_for_file("csv"), NULL));
}

Test(paper_formats, every_allocation_may_fail)
{
	static const char *const formats[] = {"text", "md", "csv", "latex"};
	for (size_t f = 0; f < sizeof formats / sizeof *formats; f++)
		for (unsigned n = 1;; n++) {
			char *text = NULL;
			size_t length;
			const sc_style style = {0};
			sc_status s = SC_ENOMEM;
			fault_arm(n);
			sc_document *doc = document("net");
			if (doc)
				s = sc_document_write(doc, sc_format_named(formats[f]), &style,
					&text, &length, NULL);
			int fired = fault_fired();
			fault_arm(0);
			sc_document_free(doc);
			free(text);
			if (!fired) {
				cr_assert(eq(int, s, SC_OK));
				break;
			}
			cr_assert(eq(int, s, SC_ENOMEM), "%s, allocation %u", formats[f], n);
		}
}
