/* Markdown pipe tables: numbers to the right, text made harmless. */
#include <string.h>

#include "paper/grid.h"

void sc_md_text(const char *s, sc_text *out)
{
	for (; *s; s++) {
		if (strchr("|\\`*_<>[]", *s))
			sc_text_addf(out, *s == '<' ? "&lt;" : *s == '>' ? "&gt;" : "\\%c", *s);
		else if ((unsigned char)*s < 0x20 || *s == 0x7f)
			sc_text_add(out, " ");
		else
			sc_text_add_bytes(out, s, *s == '&' ? 0 : 1);
		if (*s == '&')
			sc_text_add(out, "&amp;");
	}
}

static void cell(const sc_grid *g, size_t row, size_t column, bool exact, sc_text *out)
{
	sc_text text = {0};
	bool bold = g->row[row] == SC_ROW_total;
	sc_grid_show(g, row, column, exact, &text);
	sc_text_add(out, bold ? " **" : " ");
	sc_md_text(sc_text_get(&text), out);
	sc_text_add(out, bold ? "** |" : " |");
	out->failed = out->failed || text.failed;
	sc_text_release_into(&text, out);
}

static void header(const sc_grid *g, bool exact, sc_text *out)
{
	const size_t *shown = g->shown, n = g->shown_count;
	sc_text_add(out, "|");
	for (size_t c = 0; c < n; c++) {
		sc_text title = {0};
		sc_grid_heading(g, shown[c], exact, &title);
		sc_text_add(out, " ");
		sc_md_text(sc_text_get(&title), out);
		sc_text_add(out, " |");
		out->failed = out->failed || title.failed;
		sc_text_release_into(&title, out);
	}
	sc_text_add(out, "\n|");
	for (size_t c = 0; c < n; c++)
		sc_text_add(out, sc_column_is_text(&g->column[shown[c]]) ? "---|" : "---:|");
	sc_text_add(out, "\n");
}

void sc_md_grid(const sc_grid *g, bool exact, sc_text *out)
{
	const size_t *shown = g->shown, n = g->shown_count;
	header(g, exact, out);
	for (size_t r = 0; r < g->rows; r++) {
		sc_text_add(out, "|");
		for (size_t c = 0; c < n; c++)
			cell(g, r, shown[c], exact, out);
		sc_text_add(out, "\n");
	}
	for (size_t i = 0; i < g->notes.count; i++) {
		sc_text_add(out, "\n");
		sc_md_text(g->notes.item[i], out);
		sc_text_add(out, "\n");
	}
}

static void lines(const sc_lines *list, sc_text *out)
{
	for (size_t i = 0; i < list->count; i++) {
		sc_md_text(list->item[i], out);
		sc_text_add(out, "\n\n");
	}
}

static sc_status write(const sc_document *doc, const sc_style *style, sc_text *out, sc_err *err)
{
	(void)err;
	if (doc->title) {
		sc_text_add(out, "## ");
		sc_md_text(doc->title, out);
		sc_text_add(out, "\n\n");
	}
	lines(&doc->headings, out);
	for (size_t i = 0; i < doc->grids; i++) {
		if (!sc_grid_is_shown(doc->grid[i]))
			continue;
		if (sc_document_shown(doc) > 1 && *doc->grid[i]->title) {
			sc_text_add(out, "### ");
			sc_md_text(doc->grid[i]->title, out);
			sc_text_add(out, "\n\n");
		}
		sc_md_grid(doc->grid[i], style->exact, out);
		sc_text_add(out,
			doc->answers.count || doc->notes.count || i + 1 < doc->grids ? "\n" : "");
	}
	lines(&doc->answers, out);
	lines(&doc->notes, out);
	return SC_OK;
}

const sc_format sc_format_md = {
	"md", "md", "Markdown: pipe tables for a pull request or a README", write};
