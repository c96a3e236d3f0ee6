/* Terminal tables. When a table is wider than the terminal, columns that are the same in every row
 * go, then the last ones, as they stand in order of importance; and a line says which. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "paper/grid.h"

enum { DEFAULT_WIDTH = 100 };

/* A column, and its cell of the row at hand: one line or, wrapped, several. */
typedef struct column {
	size_t width;
	sc_text broken; /* into lines */
	const char *at; /* the line of the cell to print next */
} column;

/* the columns that people see, and how many of them fit */
typedef struct view {
	const sc_grid *grid;
	const sc_style *style;
	sc_cells cells;
	size_t *index; /**< those that fit, then those left out */
	size_t all, count;
	size_t *wrap;	/* width at which a column's cells break into lines, 0 for never */
	column *column; /* those of index */
	bool failed;	/* no memory to show it */
} view;

enum { NARROW = 22, WRAP_LEAST = 24 };

/* In a table of words alone cells break into lines, and no column goes: the wide ones share the
 * room that the narrow ones leave. */
static void wrap_words(view *v, size_t room)
{
	size_t all = 0, wide = 0, left = room;
	for (size_t i = 0; i < v->all; i++) {
		size_t w = v->cells.width[v->index[i]];
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

static view view_of(const sc_grid *g, const sc_style *style)
{
	view v = {.grid = g, .style = style};
	size_t room = style->width ? style->width : DEFAULT_WIDTH;
	const sc_fit fit = {style->wide || sc_grid_is_words(g) ? SIZE_MAX : room, 1};
	v.all = g->shown_count;
	v.wrap = calloc(v.all + 1, sizeof *v.wrap);
	v.column = calloc(v.all + 1, sizeof *v.column);
	v.index = calloc(v.all + 1, sizeof *v.index);
	sc_cells_make(g, style->exact, &v.cells);
	v.failed = !v.wrap || !v.index || !v.column || v.cells.failed;
	if (!v.failed) {
		v.count = sc_cells_fit(&v.cells, &fit, v.index);
		v.failed = v.cells.failed;
	}
	if (sc_grid_is_words(g) && !v.failed)
		wrap_words(&v, room);
	return v;
}

static void fill(view *v, long row)
{
	for (size_t i = 0; i < v->count; i++) {
		column *c = &v->column[i];
		c->at = sc_cells_text(&v->cells, row, v->index[i]);
		if (!v->wrap[i])
			continue;
		break_lines(c->at, v->wrap[i], &c->broken);
		v->failed = v->failed || c->broken.failed;
		c->at = sc_text_get(&c->broken);
	}
}

static void empty(view *v)
{
	for (size_t i = 0; i < v->count; i++)
		sc_text_release(&v->column[i].broken);
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
	for (long r = SC_HEADING; r < (long)v->grid->rows; r++) {
		fill(v, r);
		for (column *c = v->column; c < v->column + v->count; c++)
			for (; *c->at; c->at = next_line(c->at))
				if (line_width(c->at) > c->width)
					c->width = line_width(c->at);
		empty(v);
	}
}

static void add_spaces(sc_text *out, size_t n)
{
	sc_text_addf(out, "%*s", (int)n, "");
}

/* one line of cells, without spaces at its end */
static void add_line(const view *v, sc_text *out)
{
	size_t owed = 0;
	for (size_t i = 0; i < v->count; i++) {
		const column *c = &v->column[i];
		size_t pad = c->width - line_width(c->at), bytes = strcspn(c->at, "\n");
		bool right = !sc_column_is_text(&v->grid->column[v->index[i]]);
		if (bytes) {
			add_spaces(out, owed + (right ? pad : 0));
			sc_text_add_bytes(out, c->at, bytes);
			owed = 0;
		}
		owed += 1 + (bytes && right ? 0 : pad);
	}
}

static const char *color_of(const view *v, long row)
{
	if (!v->style->color || row == SC_HEADING)
		return NULL;
	return v->grid->row[row] == SC_ROW_total ? "\033[1m"
	       : v->grid->row[row] == SC_ROW_dim ? "\033[2m"
						 : NULL;
}

static void print_row(view *v, long row, sc_text *out)
{
	const char *color = color_of(v, row);
	bool more = v->count > 0;
	fill(v, row);
	while (more) {
		sc_text_add(out, color ? color : "");
		add_line(v, out);
		sc_text_add(out, color ? "\033[0m\n" : "\n");
		more = false;
		for (size_t i = 0; i < v->count; i++)
			more = *(v->column[i].at = next_line(v->column[i].at)) || more;
	}
	empty(v);
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
	if (!v.failed)
		measure(&v);
	for (long r = SC_HEADING; r < (long)g->rows && g->rows && !v.failed; r++)
		print_row(&v, r, out);
	if (!v.failed)
		note_left_out(&v, out);
	sc_cells_release(&v.cells);
	free(v.wrap);
	free(v.column);
	free(v.index);
	if (v.failed)
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
		if (sc_document_shown(doc) > 1 && *g->title)
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
