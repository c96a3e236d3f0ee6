/* Terminal tables by libsmartcols. When a table is wider than the terminal, columns that are the
 * same in every row go, then the last ones, as they stand in order of importance; and a line says
 * which. */
#include <libsmartcols/libsmartcols.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "paper/grid.h"

enum { DEFAULT_WIDTH = 100 };

/* the columns that people see, and how many of them fit */
typedef struct view {
	const sc_grid *grid;
	const sc_style *style;
	size_t *index; /**< those that fit, then those left out */
	size_t all, count;
	size_t *wrap; /**< width at which a column's cells break into lines, 0 for never */
	bool failed;  /**< no memory to measure it */
} view;

enum { NARROW = 22, WRAP_LEAST = 24 };

/* In a table of words alone cells break into lines, and no column goes: the wide ones share the
 * room that the narrow ones leave. */
static void wrap_words(view *v, size_t room)
{
	size_t all = 0, wide = 0, left = room;
	for (size_t i = 0; i < v->all; i++) {
		size_t w = sc_grid_width(v->grid, v->index[i], v->style->exact, &v->failed);
		v->wrap[i] = w;
		all += w + (i > 0);
		wide += w > NARROW;
		left -= w > NARROW ? 1 : left > w ? w + 1 : left;
	}
	size_t share = wide ? left / wide : 0;
	for (size_t i = 0; i < v->all; i++) {
		bool breaks =
			all > room && !v->style->wide && v->wrap[i] > NARROW && v->wrap[i] > share;
		v->wrap[i] = !breaks ? 0 : share > WRAP_LEAST ? share : WRAP_LEAST;
	}
}

/* lines of at most `width` characters, broken at spaces */
static void break_lines(const char *s, size_t width, sc_text *out)
{
	size_t used = 0;
	for (const char *p = s; *p;) {
		size_t bytes = strcspn(p, " "), letters = 0;
		for (size_t i = 0; i < bytes; i++)
			letters += (p[i] & 0xc0) != 0x80;
		if (p != s)
			sc_text_add(out, used + 1 + letters > width ? "\n" : " ");
		used = p != s && used + 1 + letters <= width ? used + 1 + letters : letters;
		sc_text_add_bytes(out, p, bytes);
		p += bytes + (p[bytes] == ' ');
	}
}

static bool break_at_newlines(struct libscols_column *column)
{
	return !scols_column_set_wrapfunc(
		       column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL) &&
	       !scols_column_set_safechars(column, "\n");
}

static view view_of(const sc_grid *g, const sc_style *style)
{
	view v = {.grid = g, .style = style};
	size_t room = style->width ? style->width : DEFAULT_WIDTH;
	const sc_fit fit = {style->wide || sc_grid_is_words(g) ? SIZE_MAX : room, 1, style->exact};
	v.all = g->shown_count;
	v.wrap = calloc(v.all + 1, sizeof *v.wrap);
	v.index = calloc(v.all + 1, sizeof *v.index);
	v.failed = !v.wrap || !v.index;
	if (!v.failed)
		v.count = sc_grid_fit(g, &fit, v.index, &v.failed);
	if (sc_grid_is_words(g) && !v.failed)
		wrap_words(&v, room);
	return v;
}

static bool add_columns(struct libscols_table *table, const view *v)
{
	bool good = true;
	for (size_t i = 0; i < v->count; i++) {
		sc_text title = {0};
		size_t c = v->index[i];
		sc_grid_heading(v->grid, c, v->style->exact, &title);
		int flags = sc_column_is_text(&v->grid->column[c]) ? 0 : SCOLS_FL_RIGHT;
		struct libscols_column *column = scols_table_new_column(
			table, sc_text_get(&title), 0, flags | (v->wrap[i] ? SCOLS_FL_WRAP : 0));
		good = good && !title.failed && column &&
		       (!v->wrap[i] || break_at_newlines(column));
		sc_text_release(&title);
	}
	return good;
}

static void wrap_cell(sc_text *cell, size_t width)
{
	sc_text lines = {0};
	break_lines(sc_text_get(cell), width, &lines);
	lines.failed = lines.failed || cell->failed;
	sc_text_release(cell);
	*cell = lines;
}

static bool add_row(struct libscols_table *table, const view *v, size_t r)
{
	struct libscols_line *line = scols_table_new_line(table, NULL);
	bool good = line != NULL;
	for (size_t i = 0; i < v->count && good; i++) {
		sc_text cell = {0};
		sc_grid_show(v->grid, r, v->index[i], v->style->exact, &cell);
		if (v->wrap[i])
			wrap_cell(&cell, v->wrap[i]);
		good = !cell.failed && !scols_line_set_data(line, i, sc_text_get(&cell));
		sc_text_release(&cell);
	}
	if (good && v->style->color && v->grid->row[r] == SC_ROW_total)
		good = !scols_line_set_color(line, "\033[1m");
	if (good && v->style->color && v->grid->row[r] == SC_ROW_dim)
		good = !scols_line_set_color(line, "\033[2m");
	return good;
}

static bool print_table(struct libscols_table *table, const view *v, sc_text *out)
{
	char *text = NULL;
	bool good = add_columns(table, v);
	scols_table_set_termforce(table, SCOLS_TERMFORCE_NEVER);
	scols_table_enable_colors(table, v->style->color);
	for (size_t r = 0; r < v->grid->rows && good; r++)
		good = add_row(table, v, r);
	good = good && (!v->grid->rows || !scols_print_table_to_string(table, &text));
	if (good && text)
		sc_text_add(out, text);
	if (good && text && *text && text[strlen(text) - 1] != '\n')
		sc_text_add(out, "\n");
	free(text);
	return good;
}

static void note_left_out(const view *v, sc_text *out)
{
	if (v->count == v->all)
		return;
	sc_text_add(out, "left out for width: ");
	for (size_t i = v->count; i < v->all; i++)
		sc_text_addf(
			out, "%s%s", i > v->count ? ", " : "", v->grid->column[v->index[i]].title);
	sc_text_add(out, " (--wide shows them)\n");
}

static sc_status write_grid(const sc_grid *g, const sc_style *style, sc_text *out, sc_err *err)
{
	struct libscols_table *table = scols_new_table();
	view v = view_of(g, style);
	bool good = table && !v.failed && print_table(table, &v, out);
	scols_unref_table(table);
	free(v.wrap);
	if (good)
		note_left_out(&v, out);
	free(v.index);
	if (!good)
		return sc_fail(err, SC_ENOMEM, "no memory for the table");
	for (size_t i = 0; i < g->notes.count; i++)
		sc_text_addf(out, "%s\n", g->notes.item[i]);
	return SC_OK;
}

static void lines(const sc_lines *list, sc_text *out)
{
	for (size_t i = 0; i < list->count; i++) {
		sc_text_add_harmless(out, list->item[i]);
		sc_text_add(out, "\n");
	}
}

static sc_status write(const sc_document *doc, const sc_style *style, sc_text *out, sc_err *err)
{
	sc_status s = SC_OK;
	const char *title_line = doc->title;
	const sc_lines title = {&title_line, doc->title != NULL, 0};
	lines(&title, out);
	lines(&doc->headings, out);
	bool gap = out->length > 0;
	for (size_t i = 0; i < doc->grids && !s; i++) {
		const sc_grid *g = doc->grid[i];
		if (!sc_grid_is_shown(g))
			continue;
		sc_text_add(out, gap ? "\n" : "");
		if (doc->grids > 1 && *g->title)
			sc_text_addf(out, "%s\n", g->title);
		s = write_grid(g, style, out, err);
		gap = true;
	}
	if (gap && (doc->answers.count || doc->notes.count))
		sc_text_add(out, "\n");
	lines(&doc->answers, out);
	lines(&doc->notes, out);
	return s;
}

const sc_format sc_format_text = {"text", "txt", "tables for a terminal", write};
