/* A table holds what was put into it, however much that is; and says when it does not. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "secost/paper.h"

enum { MANY = 300 };

static char *written(const sc_document *doc, const char *format)
{
	char *text = NULL;
	size_t length;
	sc_err err = {0};
	const sc_style style = {.wide = true};
	cr_assert(eq(int,
			  sc_document_write(
				  doc, sc_format_named(format), &style, &text, &length, &err),
			  SC_OK),
		"%s", err.message);
	return text;
}

static size_t count(const char *text, const char *word)
{
	size_t n = 0;
	for (; (text = strstr(text, word)); text += strlen(word))
		n++;
	return n;
}

Test(paper_grid, keeps_every_column_row_note_and_line)
{
	sc_document *doc = sc_document_new("many");
	sc_grid *g = sc_grid_new("many", "many");
	char name[32];
	for (unsigned i = 0; i < MANY; i++) {
		snprintf(name, sizeof name, "c%u", i);
		sc_grid_column(g, SC_COLUMN_exact, name, name, 0);
	}
	for (unsigned r = 0; r < MANY; r++) {
		sc_grid_row(g, SC_ROW_plain);
		for (unsigned c = 0; c < MANY; c++)
			sc_grid_count(g, 1000u * r + c);
		sc_grid_note(g, "note of the table %u", r);
		sc_document_note(doc, "line of the document %u", r);
	}
	sc_document_grid(doc, g);
	for (unsigned r = 0; r < MANY; r++)
		for (unsigned c = 0; c < MANY; c++)
			cr_assert(eq(dbl, sc_grid_number(g, r, c), 1000.0 * r + c));
	char *text = written(doc, "md");
	cr_expect(eq(sz, count(text, "note of the table"), MANY));
	cr_expect(eq(sz, count(text, "line of the document"), MANY));
	cr_expect(ne(ptr, strstr(text, "| c299 |"), NULL));
	free(text);
	sc_document_free(doc);
}

Test(paper_grid, of_one_document_have_different_names)
{
	sc_document *doc = sc_document_new(NULL);
	for (int i = 0; i < MANY; i++)
		sc_document_grid(doc, sc_grid_new("A name!", "t"));
	cr_expect(eq(str, (char *)sc_grid_name(sc_document_table(doc, 0)), "a-name"));
	cr_expect(eq(str, (char *)sc_grid_name(sc_document_table(doc, 1)), "a-name-2"));
	cr_expect(eq(str, (char *)sc_grid_name(sc_document_table(doc, MANY - 1)), "a-name-300"));
	cr_expect(eq(ptr, (void *)sc_document_table(doc, MANY), NULL));
	sc_document_free(doc);
}

Test(paper_grid, that_lacks_a_row_is_not_written)
{
	sc_document *doc = sc_document_new(NULL);
	sc_grid *g = sc_grid_new("g", "g");
	sc_err told = {0}, err = {0};
	char *text = NULL;
	size_t length;
	const sc_style style = {0};
	sc_fail(&told, SC_ERANGE, "too large");
	sc_grid_column(g, SC_COLUMN_text, "a", "a", 0);
	sc_grid_fail(g, &told);
	sc_document_grid(doc, g);
	cr_expect(eq(int,
		sc_document_write(doc, sc_format_named("csv"), &style, &text, &length, &err),
		SC_ERANGE));
	cr_expect(eq(str, err.message, "too large"));
	cr_expect(eq(ptr, text, NULL));
	sc_document_free(doc);
}

Test(paper_grid, without_columns_for_people_is_for_programs)
{
	sc_document *doc = sc_document_new(NULL);
	sc_grid *g = sc_grid_new("hidden", "HIDDEN");
	sc_grid_column(g, SC_COLUMN_text, "a", NULL, 0);
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, "value");
	sc_document_grid(doc, g);
	static const char *const people[] = {"text", "md", "latex"}, *const programs[] = {
									     "csv", "json"};
	for (size_t i = 0; i < 3; i++) {
		char *text = written(doc, people[i]);
		cr_expect(eq(sz, count(text, "HIDDEN") + count(text, "value"), 0), "%s", people[i]);
		free(text);
	}
	for (size_t i = 0; i < 2; i++) {
		char *text = written(doc, programs[i]);
		cr_expect(eq(sz, count(text, "value"), 1), "%s", programs[i]);
		free(text);
	}
	sc_document_free(doc);
}

Test(paper_grid, reads_back_what_was_put_in)
{
	sc_grid *g = sc_grid_new("g", "g");
	sc_grid_column(g, SC_COLUMN_text, "word", "w", 0);
	sc_grid_column(g, SC_COLUMN_share, "share", "s", 0);
	sc_grid_column(g, SC_COLUMN_change, NULL, "c", 0);
	sc_grid_row(g, SC_ROW_total);
	sc_grid_text(g, "16");
	sc_grid_share(g, 0.25);
	sc_grid_unknown(g);
	cr_expect(eq(dbl, sc_grid_number(g, 0, sc_grid_find(g, "word")), 16));
	cr_expect(eq(str, (char *)sc_grid_word(g, 0, 0), "16"));
	cr_expect(eq(dbl, sc_grid_number(g, 0, sc_grid_find(g, "share")), 0.25));
	cr_expect(ne(int, isnan(sc_grid_number(g, 0, 2)), 0));
	cr_expect(ne(int, isnan(sc_grid_number(g, 1, 1)), 0));
	cr_expect(ne(int, isnan(sc_grid_number(g, 0, sc_grid_find(g, "none"))), 0));
	cr_expect(eq(str, (char *)sc_grid_word(g, 0, 1), ""));
	cr_expect(eq(str, (char *)sc_grid_key(g, 2), ""));
	cr_expect(eq(int, sc_grid_rank(g, 0), SC_ROW_total));
	sc_grid_free(g);
}
