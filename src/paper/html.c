/* Tables as HTML; whatever a name holds is escaped on its way in. */
#include <stdlib.h>
#include <string.h>

#include "paper/grid.h"

void sc_html_text(const char *s, sc_text *out)
{
	for (; *s; s++)
		switch (*s) {
		case '<':
			sc_text_add(out, "&lt;");
			break;
		case '>':
			sc_text_add(out, "&gt;");
			break;
		case '&':
			sc_text_add(out, "&amp;");
			break;
		case '"':
			sc_text_add(out, "&quot;");
			break;
		case '\'':
			sc_text_add(out, "&#39;");
			break;
		default:
			sc_text_add_bytes(out, (unsigned char)*s < 0x20 ? " " : s, 1);
		}
}

static void element(const char *open, const char *text, const char *close, sc_text *out)
{
	sc_text_add(out, open);
	sc_html_text(text, out);
	sc_text_add(out, close);
}

enum { LONG_TEXT = 40, ROWS_OPEN = 12 };

static void open_cell(const sc_grid *g, size_t row, size_t column, const char *shown, sc_text *out)
{
	bool text = sc_column_is_text(&g->column[column]);
	sc_text exact = {0};
	if (g->column[column].kind == SC_COLUMN_count || g->column[column].kind == SC_COLUMN_share)
		sc_grid_plain(g, row, column, &exact);
	sc_text_add(out, text ? strlen(shown) > LONG_TEXT ? "<td class=\"long\"" : "<td"
			      : "<td class=\"n\"");
	if (exact.length && strcmp(exact.s, shown))
		element(" title=\"", exact.s, "\"", out);
	sc_text_add(out, ">");
	out->failed = out->failed || exact.failed;
	sc_text_release_into(&exact, out);
}

static void cell(const sc_grid *g, size_t row, size_t column, sc_text *out)
{
	sc_text shown = {0};
	sc_grid_show(g, row, column, false, &shown);
	open_cell(g, row, column, sc_text_get(&shown), out);
	element("", sc_text_get(&shown), "</td>", out);
	out->failed = out->failed || shown.failed;
	sc_text_release_into(&shown, out);
}

static void table_head(const sc_grid *g, const size_t *index, size_t n, sc_text *out)
{
	sc_text_add(out, "<thead><tr>");
	for (size_t i = 0; i < n; i++) {
		sc_text title = {0};
		sc_grid_heading(g, index[i], false, &title);
		element(sc_column_is_text(&g->column[index[i]]) ? "<th>" : "<th class=\"n\">",
			sc_text_get(&title), "</th>", out);
		out->failed = out->failed || title.failed;
		sc_text_release_into(&title, out);
	}
	sc_text_add(out, "</tr></thead>\n");
}

/* a long table is folded away under its title */
static void open_table(const sc_grid *g, bool folded, sc_text *out)
{
	if (folded) {
		element("<details><summary>", g->title, "", out);
		sc_text_addf(out, " <span>%zu rows</span></summary>\n", g->rows);
	} else {
		element("<h3>", g->title, "</h3>\n", out);
	}
	sc_text_add(out, "<div class=\"scroll\"><table>\n");
}

/* --- columns --- */

/* what fits on a page of 1280 pixels, in characters and what stands between columns */
enum { PAGE_ROOM = 140, PAGE_GAP = 2 };

static bool has_long_text(const sc_cells *c)
{
	const sc_grid *g = c->grid;
	for (size_t i = 0; i < g->shown_count; i++)
		if (sc_column_is_text(&g->column[g->shown[i]]) && c->width[g->shown[i]] > LONG_TEXT)
			return true;
	return false;
}

/* how many columns a page shows, those first in `index`; long text wraps, so that all of it fits */
static size_t fit(const sc_grid *g, size_t *index, bool *failed)
{
	const sc_fit page = {.room = PAGE_ROOM, .gap = PAGE_GAP};
	sc_cells cells;
	size_t n = g->shown_count;
	memcpy(index, g->shown, n * sizeof *index);
	sc_cells_make(g, false, &cells);
	if (!cells.failed && !has_long_text(&cells))
		n = sc_cells_fit(&cells, &page, index);
	*failed = *failed || cells.failed;
	sc_cells_release(&cells);
	return n;
}

static void left_out(const sc_grid *g, const size_t *index, size_t n, sc_text *out)
{
	if (n == g->shown_count)
		return;
	sc_text_addf(out, "<p class=\"note\">left out for width, in tables/%s.csv: ", g->name);
	for (size_t i = n; i < g->shown_count; i++)
		element(i > n ? ", " : "", g->column[index[i]].title, "", out);
	sc_text_add(out, "</p>\n");
}

/* --- a table --- */

static void table_body(const sc_grid *g, const size_t *index, size_t n, sc_text *out)
{
	static const char *const row[] = {[SC_ROW_plain] = "<tr>",
		[SC_ROW_dim] = "<tr class=\"dim\">",
		[SC_ROW_total] = "<tr class=\"total\">"};
	sc_text_add(out, "<tbody>\n");
	for (size_t r = 0; r < g->rows; r++) {
		sc_text_add(out, row[g->row[r]]);
		for (size_t i = 0; i < n; i++)
			cell(g, r, index[i], out);
		sc_text_add(out, "</tr>\n");
	}
	sc_text_add(out, "</tbody></table></div>\n");
}

void sc_html_grid(const sc_grid *g, sc_text *out)
{
	size_t *index = calloc(g->shown_count + 1, sizeof *index);
	bool folded = g->folded || g->rows > ROWS_OPEN;
	if (!index) {
		out->failed = true;
		return;
	}
	size_t n = fit(g, index, &out->failed);
	open_table(g, folded, out);
	table_head(g, index, n, out);
	table_body(g, index, n, out);
	left_out(g, index, n, out);
	for (size_t i = 0; i < g->notes.count; i++)
		element("<p class=\"note\">", g->notes.item[i], "</p>\n", out);
	sc_text_add(out, folded ? "</details>\n" : "");
	free(index);
}
