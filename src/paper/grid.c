/* A grid is columns and rows of typed cells; formats decide how a value looks. Out of memory is
 * remembered in `failed`, so that filling a grid needs no checks. */
#include "paper/grid.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* A name for files and programs: small letters, digits and '_', with a '-' for whatever was between
 * them. */
static char *plain_name(sc_arena *arena, const char *text)
{
	char *name = sc_arena_strdup(arena, text), *to = name;
	for (const char *p = text; name && *p; p++) {
		char c = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
		if (is_plain(c))
			*to++ = c;
		else if (to > name && to[-1] != '-')
			*to++ = '-';
	}
	if (!name)
		return NULL;
	if (to > name && to[-1] == '-')
		to--;
	if (to == name)
		return sc_arena_strdup(arena, "table");
	*to = '\0';
	return name;
}

sc_grid *sc_grid_new(const char *name, const char *title)
{
	sc_grid *g = calloc(1, sizeof *g);
	if (!g)
		return NULL;
	g->name = plain_name(&g->arena, name);
	g->title = sc_arena_strdup(&g->arena, title);
	g->failed = !g->name || !g->title;
	return g;
}

void sc_grid_free(sc_grid *g)
{
	if (!g)
		return;
	sc_arena_release(&g->arena);
	free(g->row);
	free(g->cell);
	free(g);
}

static const char *keep(sc_grid *g, const char *text)
{
	const char *copy = text ? sc_arena_strdup(&g->arena, text) : NULL;
	g->failed = g->failed || (text && !copy);
	return copy;
}

void sc_grid_column(
	sc_grid *g, sc_column_kind kind, const char *key, const char *title, unsigned decimals)
{
	if (g && g->columns < SC_COLUMNS_MAX)
		g->column[g->columns++] =
			(sc_column){kind, keep(g, key), keep(g, title), decimals, 0};
}

static bool grow(sc_grid *g)
{
	size_t room = g->room ? 2 * g->room : 16;
	sc_row_kind *row = realloc(g->row, room * sizeof *row);
	if (row)
		g->row = row;
	sc_cell *cell = realloc(g->cell, room * SC_COLUMNS_MAX * sizeof *cell);
	if (cell)
		g->cell = cell;
	if (!row || !cell)
		return !(g->failed = true);
	g->room = room;
	return true;
}

void sc_grid_row(sc_grid *g, sc_row_kind kind)
{
	if (!g || (g->rows == g->room && !grow(g)))
		return;
	g->row[g->rows] = kind;
	for (size_t i = 0; i < SC_COLUMNS_MAX; i++)
		g->cell[g->rows * SC_COLUMNS_MAX + i] = (sc_cell){.state = SC_CELL_nothing};
	g->rows++;
	g->at = 0;
}

static void put(sc_grid *g, sc_cell cell)
{
	if (g && !g->failed && g->rows && g->at < g->columns)
		g->cell[(g->rows - 1) * SC_COLUMNS_MAX + g->at++] = cell;
}

void sc_grid_text(sc_grid *g, const char *text)
{
	if (!g)
		return;
	sc_cell cell = {.as.text = text ? sc_arena_strdup(&g->arena, text) : NULL};
	g->failed = g->failed || !cell.as.text;
	put(g, cell);
}

void sc_grid_count(sc_grid *g, uint64_t n)
{
	if (g && g->at < g->columns && n > g->column[g->at].largest)
		g->column[g->at].largest = n;
	put(g, (sc_cell){.as.count = n});
}

void sc_grid_change(sc_grid *g, int64_t n)
{
	put(g, (sc_cell){.as.change = n});
}

void sc_grid_share(sc_grid *g, double share)
{
	put(g, (sc_cell){.as.real = share});
}

void sc_grid_real(sc_grid *g, double x)
{
	put(g, (sc_cell){.as.real = x});
}

void sc_grid_nothing(sc_grid *g)
{
	put(g, (sc_cell){.state = SC_CELL_nothing});
}

void sc_grid_unknown(sc_grid *g)
{
	put(g, (sc_cell){.state = SC_CELL_unknown});
}

static void add_line(sc_arena *arena, sc_lines *lines, bool *failed, const char *fmt, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, args);
	char *copy =
		n >= 0 && lines->count < SC_LINES_MAX ? sc_arena_alloc(arena, (size_t)n + 1) : NULL;
	if (copy) {
		vsnprintf(copy, (size_t)n + 1, fmt, again);
		lines->item[lines->count++] = copy;
	} else {
		*failed = true;
	}
	va_end(again);
}

void sc_grid_note(sc_grid *g, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	if (g)
		add_line(&g->arena, &g->notes, &g->failed, fmt, args);
	va_end(args);
}

/* --- documents --- */

sc_document *sc_document_new(const char *title)
{
	sc_document *doc = calloc(1, sizeof *doc);
	if (doc && title) {
		doc->title = sc_arena_strdup(&doc->arena, title);
		doc->failed = !doc->title;
	}
	return doc;
}

void sc_document_fail(sc_document *doc)
{
	if (doc)
		doc->failed = true;
}

#define ADD_LINE(doc, lines, fmt) \
	do { \
		va_list args; \
		va_start(args, fmt); \
		if (doc) \
			add_line(&doc->arena, &doc->lines, &doc->failed, fmt, args); \
		va_end(args); \
	} while (0)

void sc_document_heading(sc_document *doc, const char *fmt, ...)
{
	ADD_LINE(doc, headings, fmt);
}

void sc_document_answer(sc_document *doc, const char *fmt, ...)
{
	ADD_LINE(doc, answers, fmt);
}

void sc_document_note(sc_document *doc, const char *fmt, ...)
{
	ADD_LINE(doc, notes, fmt);
}

void sc_document_grid(sc_document *doc, sc_grid *grid)
{
	if (doc && grid && doc->grids < SC_LINES_MAX) {
		doc->grid[doc->grids++] = grid;
		return;
	}
	if (doc)
		doc->failed = true;
	sc_grid_free(grid);
}

sc_status sc_document_check(const sc_document *doc, sc_err *err)
{
	bool failed = doc->failed;
	for (size_t i = 0; i < doc->grids; i++)
		failed = failed || doc->grid[i]->failed;
	return failed ? sc_fail(err, SC_ENOMEM, "no memory for the tables") : SC_OK;
}

const char *sc_document_title(const sc_document *doc)
{
	return doc->title ? doc->title : "";
}

const char *sc_document_line(const sc_document *doc, sc_line_kind kind, size_t i)
{
	const sc_lines *lines[] = {[SC_LINE_heading] = &doc->headings,
		[SC_LINE_answer] = &doc->answers,
		[SC_LINE_note] = &doc->notes};
	return i < lines[kind]->count ? lines[kind]->item[i] : NULL;
}

const sc_grid *sc_document_table(const sc_document *doc, size_t i)
{
	return i < doc->grids ? doc->grid[i] : NULL;
}

const char *sc_grid_name(const sc_grid *g)
{
	return g->name;
}

const char *sc_grid_title(const sc_grid *g)
{
	return g->title;
}

/* --- cells --- */

bool sc_column_is_text(const sc_column *column)
{
	return column->kind == SC_COLUMN_text;
}

size_t sc_grid_shown(const sc_grid *g, size_t index[SC_COLUMNS_MAX])
{
	size_t n = 0;
	for (size_t c = 0; c < g->columns; c++)
		if (g->column[c].title)
			index[n++] = c;
	return n;
}

const sc_cell *sc_grid_cell(const sc_grid *g, size_t row, size_t column)
{
	return &g->cell[row * SC_COLUMNS_MAX + column];
}

unsigned sc_grid_power(const sc_grid *g, size_t column, bool exact)
{
	const sc_column *c = &g->column[column];
	return exact || c->kind != SC_COLUMN_count ? 0 : sc_number_power(c->largest);
}

void sc_grid_heading(const sc_grid *g, size_t column, bool exact, sc_text *out)
{
	unsigned power = sc_grid_power(g, column, exact);
	sc_text_add(out, g->column[column].title);
	if (power)
		sc_text_addf(out, ", %s", sc_number_prefix(power));
}

static void show_real(const sc_column *col, double x, sc_text *out)
{
	sc_digits d;
	if (col->decimals || fabs(x) >= 1e15)
		sc_text_addf(out, "%.*f", (int)col->decimals, x);
	else
		sc_text_addf(out, "%s%s", x <= -0.5 ? "−" : "",
			sc_number_exact(&d, (uint64_t)(fabs(x) + 0.5)));
}

static void show_value(const sc_grid *g, const sc_cell *c, size_t column, bool exact, sc_text *out)
{
	const sc_column *col = &g->column[column];
	unsigned power = sc_grid_power(g, column, exact);
	sc_digits d;
	switch (col->kind) {
	case SC_COLUMN_text:
		sc_text_add_harmless(out, c->as.text);
		break;
	case SC_COLUMN_count:
		sc_text_add(out, sc_number_scaled(&d, c->as.count, power, power ? 3 : 0));
		break;
	case SC_COLUMN_exact:
		sc_text_add(out, sc_number_exact(&d, c->as.count));
		break;
	case SC_COLUMN_change:
		sc_text_add(out, sc_number_signed(&d, c->as.change));
		break;
	case SC_COLUMN_share:
		sc_text_addf(out, "%.*f %%", (int)col->decimals, 100 * c->as.real);
		break;
	case SC_COLUMN_real:
		show_real(col, c->as.real, out);
		break;
	}
}

void sc_grid_show(const sc_grid *g, size_t row, size_t column, bool exact, sc_text *out)
{
	const sc_cell *c = sc_grid_cell(g, row, column);
	if (c->state == SC_CELL_value)
		show_value(g, c, column, exact, out);
	else
		sc_text_add(out, c->state == SC_CELL_unknown ? "?" : "·");
}

/* the fewest digits that read back as the same number */
static void shortest(double x, sc_text *out)
{
	char text[32];
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, x);
		if (strtod(text, NULL) == x)
			break;
	}
	sc_text_add(out, text);
}

void sc_grid_plain(const sc_grid *g, size_t row, size_t column, sc_text *out)
{
	const sc_cell *c = sc_grid_cell(g, row, column);
	if (c->state != SC_CELL_value)
		return;
	switch (g->column[column].kind) {
	case SC_COLUMN_text:
		sc_text_add(out, c->as.text);
		break;
	case SC_COLUMN_count:
	case SC_COLUMN_exact:
		sc_text_addf(out, "%" PRIu64, c->as.count);
		break;
	case SC_COLUMN_change:
		sc_text_addf(out, "%" PRId64, c->as.change);
		break;
	case SC_COLUMN_share:
	case SC_COLUMN_real:
		shortest(c->as.real, out);
		break;
	}
}
