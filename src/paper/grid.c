/* A grid is columns and rows of typed cells; formats decide how a value looks. Out of memory is
 * remembered in `failed`, so that filling a grid needs no checks. */
#include "paper/grid.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

enum { NAME_BYTES = 100 };

/* A name for files and programs: small letters, digits and '_', with a '-' for whatever was between
 * them, at most NAME_BYTES of them. */
static char *plain_name(sc_arena *arena, const char *text)
{
	char *name = sc_arena_strdup(arena, text), *to = name;
	for (const char *p = text; name && *p && to - name < NAME_BYTES; p++) {
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
	free(g->column);
	free(g->shown);
	free(g->row);
	free(g->cell);
	free(g->notes.item);
	free(g);
}

static const char *keep(sc_grid *g, const char *text)
{
	const char *copy = text ? sc_arena_strdup(&g->arena, text) : NULL;
	g->failed = g->failed || (text && !copy);
	return copy;
}

static bool has_column_room(sc_grid *g)
{
	sc_column *column =
		sc_array_reserve(g->column, &g->column_room, g->columns + 1, sizeof *column);
	size_t *shown =
		sc_array_reserve(g->shown, &g->shown_room, g->shown_count + 1, sizeof *shown);
	g->column = column ? column : g->column;
	g->shown = shown ? shown : g->shown;
	return column && shown;
}

void sc_grid_column(
	sc_grid *g, sc_column_kind kind, const char *key, const char *title, unsigned decimals)
{
	if (!g)
		return;
	if (g->rows || !has_column_room(g)) {
		g->failed = true;
		return;
	}
	if (title)
		g->shown[g->shown_count++] = g->columns;
	g->column[g->columns++] = (sc_column){kind, keep(g, key), keep(g, title), decimals, 0};
}

void sc_grid_narrow(sc_grid *g, const char *columns)
{
	if (g)
		g->narrow = keep(g, columns);
}

static bool has_row_room(sc_grid *g)
{
	sc_row_kind *row = sc_array_reserve(g->row, &g->row_room, g->rows + 1, sizeof *row);
	sc_cell *cell = sc_array_reserve(
		g->cell, &g->cell_room, (g->rows + 1) * g->columns + 1, sizeof *cell);
	g->row = row ? row : g->row;
	g->cell = cell ? cell : g->cell;
	return row && cell;
}

void sc_grid_row(sc_grid *g, sc_row_kind kind)
{
	if (!g || g->failed)
		return;
	if (!has_row_room(g)) {
		g->failed = true;
		return;
	}
	g->row[g->rows] = kind;
	for (size_t i = 0; i < g->columns; i++)
		g->cell[g->rows * g->columns + i] = (sc_cell){.state = SC_CELL_nothing};
	g->rows++;
	g->at = 0;
}

static void put(sc_grid *g, sc_cell cell)
{
	if (g && !g->failed && g->rows && g->at < g->columns)
		g->cell[(g->rows - 1) * g->columns + g->at++] = cell;
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
	if (g && !g->failed && g->at < g->columns && n > g->column[g->at].largest)
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

void sc_lines_add(sc_lines *lines, sc_arena *arena, bool *failed, const char *fmt, va_list args)
{
	char *copy = sc_arena_vprintf(arena, fmt, args);
	const char **item =
		copy ? sc_array_reserve(lines->item, &lines->room, lines->count + 1, sizeof *item)
		     : NULL;
	if (item) {
		lines->item = item;
		lines->item[lines->count++] = copy;
	} else {
		*failed = true;
	}
}

void sc_grid_fail(sc_grid *g, const sc_err *err)
{
	if (g && !g->cause.status)
		g->cause = *err;
}

void sc_grid_conditions(sc_grid *g, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	if (g) {
		g->conditions = sc_arena_vprintf(&g->arena, fmt, args);
		g->failed = g->failed || !g->conditions;
	}
	va_end(args);
}

void sc_grid_note(sc_grid *g, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	if (g)
		sc_lines_add(&g->notes, &g->arena, &g->failed, fmt, args);
	va_end(args);
}

void sc_grid_fold(sc_grid *g)
{
	if (g)
		g->folded = true;
}
