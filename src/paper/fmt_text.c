/* Terminal tables. Columns stand in order of importance, so when a table is wider than the terminal
 * its last columns go, and a line says which. */
#include <stdlib.h>
#include <string.h>

#include "paper/grid.h"

enum { DEFAULT_WIDTH = 100 };

/* the columns that people see, and how many of them fit */
typedef struct view {
	const sc_grid *grid;
	const sc_style *style;
	size_t index[SC_COLUMNS_MAX], all, count;
	size_t width[SC_COLUMNS_MAX];
	size_t wrap[SC_COLUMNS_MAX]; /* width at which a column's cells break into lines, 0 for
					never */
	bool failed;		     /* no memory to show it */
} view;

enum { NARROW = 22, WRAP_LEAST = 24 };

/* In a table of words alone cells break into lines, and no column goes: the wide ones share the
 * room that the narrow ones leave. */
static bool wrap_words(view *v, size_t room)
{
	size_t width[SC_COLUMNS_MAX], all = 0, wide = 0, left = room;
	for (size_t i = 0; i < v->all; i++) {
		if (!sc_column_is_text(&v->grid->column[v->index[i]]))
			return false;
		width[i] = sc_grid_width(v->grid, v->index[i], v->style->exact, &v->failed);
		all += width[i] + (i > 0);
		wide += width[i] > NARROW;
		left -= width[i] > NARROW ? 1 : left > width[i] ? width[i] + 1 : left;
	}
	size_t share = wide ? left / wide : 0;
	for (size_t i = 0; i < v->all && all > room && !v->style->wide; i++)
		if (width[i] > NARROW && width[i] > share)
			v->wrap[i] = share > WRAP_LEAST ? share : WRAP_LEAST;
	return true;
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

static view view_of(const sc_grid *g, const sc_style *style)
{
	view v = {.grid = g, .style = style};
	size_t room = style->width ? style->width : DEFAULT_WIDTH;
	v.all = sc_grid_shown(g, v.index);
	bool words = wrap_words(&v, room);
	v.count = style->wide || words ? v.all : sc_grid_fit(g, style->exact, room, &v.failed);
	return v;
}

/* A line of the table before it is padded: cells, each of one line or, wrapped, of several. */
typedef struct cells {
	sc_text cell[SC_COLUMNS_MAX];
} cells;

enum { HEADING = -1 };

static void wrap_cell(sc_text *cell, size_t width)
{
	sc_text lines = {0};
	break_lines(sc_text_get(cell), width, &lines);
	lines.failed = lines.failed || cell->failed;
	sc_text_release(cell);
	*cell = lines;
}

static cells cells_of(view *v, long row)
{
	cells all = {0};
	for (size_t i = 0; i < v->count; i++) {
		sc_text *cell = &all.cell[i];
		if (row == HEADING)
			sc_grid_heading(v->grid, v->index[i], v->style->exact, cell);
		else
			sc_grid_show(v->grid, (size_t)row, v->index[i], v->style->exact, cell);
		if (v->wrap[i])
			wrap_cell(cell, v->wrap[i]);
		v->failed = v->failed || cell->failed;
	}
	return all;
}

static void release(cells *all)
{
	for (size_t i = 0; i < SC_COLUMNS_MAX; i++)
		sc_text_release(&all->cell[i]);
}

static size_t line_width(const char *line)
{
	return sc_text_columns(line, strcspn(line, "\n"));
}

static const char *next_line(const char *line)
{
	line += strcspn(line, "\n");
	return line + (*line == '\n');
}

static void measure(view *v)
{
	for (long r = HEADING; r < (long)v->grid->rows; r++) {
		cells all = cells_of(v, r);
		for (size_t i = 0; i < v->count; i++)
			for (const char *p = sc_text_get(&all.cell[i]); *p; p = next_line(p))
				if (line_width(p) > v->width[i])
					v->width[i] = line_width(p);
		release(&all);
	}
}

static void add_spaces(sc_text *out, size_t n)
{
	sc_text_addf(out, "%*s", (int)n, "");
}

/* one line of cells, without spaces at its end */
static void add_line(const view *v, const char *const *at, sc_text *out)
{
	size_t owed = 0;
	for (size_t i = 0; i < v->count; i++) {
		size_t pad = v->width[i] - line_width(at[i]), bytes = strcspn(at[i], "\n");
		bool right = !sc_column_is_text(&v->grid->column[v->index[i]]);
		if (bytes) {
			add_spaces(out, owed + (right ? pad : 0));
			sc_text_add_bytes(out, at[i], bytes);
			owed = 0;
		}
		owed += 1 + (bytes && right ? 0 : pad);
	}
}

static const char *color_of(const view *v, long row)
{
	if (!v->style->color || row == HEADING)
		return NULL;
	return v->grid->row[row] == SC_ROW_total ? "\033[1m"
	       : v->grid->row[row] == SC_ROW_dim ? "\033[2m"
						 : NULL;
}

static void print_row(view *v, long row, sc_text *out)
{
	cells all = cells_of(v, row);
	const char *at[SC_COLUMNS_MAX], *color = color_of(v, row);
	bool more = v->count > 0;
	for (size_t i = 0; i < v->count; i++)
		at[i] = sc_text_get(&all.cell[i]);
	while (more) {
		sc_text_add(out, color ? color : "");
		add_line(v, at, out);
		sc_text_add(out, color ? "\033[0m\n" : "\n");
		more = false;
		for (size_t i = 0; i < v->count; i++)
			more = *(at[i] = next_line(at[i])) || more;
	}
	release(&all);
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
	view v = view_of(g, style);
	measure(&v);
	for (long r = HEADING; r < (long)g->rows && g->rows; r++)
		print_row(&v, r, out);
	if (v.failed)
		return sc_fail(err, SC_ENOMEM, "no memory for the table");
	note_left_out(&v, out);
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
