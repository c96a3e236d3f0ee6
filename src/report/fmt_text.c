/* Terminal tables by libsmartcols. Columns stand in order of importance, so when a table is wider
 * than the terminal its last columns go, and a line says which. */
#define _XOPEN_SOURCE 700 /* wcwidth */

#include <libsmartcols/libsmartcols.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "report/grid.h"

enum { DEFAULT_WIDTH = 100 };

/* columns of a terminal that UTF-8 text takes */
static size_t width_of(const char *s)
{
	size_t n = 0;
	mbstate_t state = {0};
	while (*s) {
		wchar_t c;
		size_t used = mbrtowc(&c, s, MB_CUR_MAX, &state);
		int w = used && used < (size_t)-2 ? wcwidth(c) : 1;
		n += w > 0 ? (size_t)w : 0;
		if (!used || used >= (size_t)-2) {
			state = (mbstate_t){0};
			used = 1;
		}
		s += used;
	}
	return n;
}

static size_t column_width(const sc_grid *g, size_t column, bool exact, bool *failed)
{
	sc_text text = {0};
	sc_grid_heading(g, column, exact, &text);
	size_t widest = width_of(sc_text_get(&text));
	*failed = *failed || text.failed;
	for (size_t r = 0; r < g->rows; r++) {
		sc_text_release(&text);
		sc_grid_show(g, r, column, exact, &text);
		size_t w = width_of(sc_text_get(&text));
		widest = w > widest ? w : widest;
		*failed = *failed || text.failed;
	}
	sc_text_release(&text);
	return widest;
}

/* the columns that people see, and how many of them fit */
typedef struct view {
	const sc_grid *grid;
	const sc_style *style;
	size_t index[SC_COLUMNS_MAX], all, count;
	bool failed; /**< no memory to measure it */
} view;

static view view_of(const sc_grid *g, const sc_style *style)
{
	view v = {.grid = g, .style = style};
	size_t room = style->width ? style->width : DEFAULT_WIDTH, used = 0;
	v.all = sc_grid_shown(g, v.index);
	while (v.count < v.all) {
		used += column_width(g, v.index[v.count], style->exact, &v.failed) + (v.count > 0);
		if (!style->wide && v.count && used > room)
			break;
		v.count++;
	}
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
		good = good && !title.failed &&
		       scols_table_new_column(table, sc_text_get(&title), 0, flags);
		sc_text_release(&title);
	}
	return good;
}

static bool add_row(struct libscols_table *table, const view *v, size_t r)
{
	struct libscols_line *line = scols_table_new_line(table, NULL);
	bool good = line != NULL;
	for (size_t i = 0; i < v->count && good; i++) {
		sc_text cell = {0};
		sc_grid_show(v->grid, r, v->index[i], v->style->exact, &cell);
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
	if (!good)
		return sc_fail(err, SC_ENOMEM, "no memory for the table");
	note_left_out(&v, out);
	for (size_t i = 0; i < g->notes.count; i++)
		sc_text_addf(out, "%s\n", g->notes.item[i]);
	return SC_OK;
}

/* free text, with what could steer a terminal blanked */
static void lines(const sc_lines *list, sc_text *out)
{
	for (size_t i = 0; i < list->count; i++) {
		size_t start = out->length;
		sc_text_addf(out, "%s\n", list->item[i]);
		for (size_t k = start; !out->failed && k + 1 < out->length; k++)
			if ((unsigned char)out->s[k] < 0x20 || out->s[k] == 0x7f)
				out->s[k] = '?';
	}
}

static sc_status write(const sc_document *doc, const sc_style *style, sc_text *out, sc_err *err)
{
	sc_status s = SC_OK;
	const sc_lines title = {{doc->title}, doc->title != NULL};
	lines(&title, out);
	lines(&doc->headings, out);
	bool gap = out->length > 0;
	for (size_t i = 0; i < doc->grids && !s; i++) {
		const sc_grid *g = doc->grid[i];
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
