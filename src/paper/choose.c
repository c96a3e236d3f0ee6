/* Columns by name, in the order asked for: what `--columns a,b,c` shows. A table that has none of
 * them goes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/choices.h"
#include "paper/grid.h"

static bool is_named(const char *name, const char *asked, size_t n)
{
	return name && strlen(name) == n && !strncasecmp(name, asked, n);
}

/* by key, else by title; `columns` when there is none */
static size_t find(const sc_grid *g, const char *asked, size_t n)
{
	for (size_t c = 0; c < g->columns; c++)
		if (is_named(g->column[c].key, asked, n))
			return c;
	for (size_t c = 0; c < g->columns; c++)
		if (is_named(g->column[c].title, asked, n))
			return c;
	return g->columns;
}

static const char *next(const char *p, size_t *n)
{
	*n = strcspn(p, ",");
	return p + *n + (p[*n] == ',');
}

static size_t count_found(const sc_grid *g, const char *list)
{
	size_t found = 0, n;
	for (const char *p = list, *after; *p; p = after) {
		after = next(p, &n);
		found += find(g, p, n) < g->columns;
	}
	return found;
}

/* a column that only programs or only people had is for both now */
static sc_column for_all(sc_column c)
{
	c.title = c.title ? c.title : c.key;
	c.key = c.key ? c.key : c.title;
	return c;
}

static void take(sc_grid *g, const char *list, sc_column *column, sc_cell *cell, size_t width)
{
	size_t n, to = 0;
	for (const char *p = list, *after; *p; p = after) {
		after = next(p, &n);
		size_t from = find(g, p, n);
		if (from == g->columns)
			continue;
		column[to] = for_all(g->column[from]);
		for (size_t r = 0; r < g->rows; r++)
			cell[r * width + to] = *sc_grid_cell(g, r, from);
		g->shown[to] = to;
		to++;
	}
}

static bool choose(sc_grid *g, const char *list)
{
	size_t width = count_found(g, list);
	sc_column *column = calloc(width, sizeof *column);
	sc_cell *cell = calloc(g->rows * width + 1, sizeof *cell);
	size_t *shown = calloc(width, sizeof *shown);
	if (!column || !cell || !shown) {
		free(column);
		free(cell);
		free(shown);
		return false;
	}
	free(g->shown);
	g->shown = shown;
	take(g, list, column, cell, width);
	free(g->column);
	free(g->cell);
	g->column = column;
	g->cell = cell;
	g->narrow = NULL;
	g->chosen = true;
	g->columns = g->column_room = g->shown_count = g->shown_room = width;
	g->cell_room = g->rows * width + 1;
	return true;
}

/* --- the words that are allowed --- */

static const char *key_word(const void *of, size_t i)
{
	const sc_document *doc = of;
	for (size_t k = 0; k < doc->grids; k++) {
		const sc_grid *g = doc->grid[k];
		if (i < g->columns)
			return g->column[i].key ? g->column[i].key : "";
		i -= g->columns;
	}
	return NULL;
}

static sc_status check_names(const sc_document *doc, const char *list, sc_err *err)
{
	size_t n;
	for (const char *p = list, *after; *p; p = after) {
		bool known = false;
		after = next(p, &n);
		for (size_t i = 0; i < doc->grids; i++)
			known = known || find(doc->grid[i], p, n) < doc->grid[i]->columns;
		if (known)
			continue;
		char name[64];
		sc_tail tail;
		snprintf(name, sizeof name, "%.*s", (int)n, p);
		return sc_fail(err, SC_EINVAL, "there is no column '%s'%s", name,
			sc_must_be_one_of(name, key_word, doc, NULL, &tail));
	}
	return *list ? SC_OK : sc_fail(err, SC_EINVAL, "no columns are named");
}

sc_status sc_document_choose(sc_document *doc, const char *columns, sc_err *err)
{
	size_t kept = 0, most = 0;
	sc_status s = sc_document_check(doc, err);
	if (!s)
		s = check_names(doc, columns, err);
	for (size_t i = 0; i < doc->grids; i++) {
		size_t n = count_found(doc->grid[i], columns);
		most = n > most ? n : most;
	}
	for (size_t i = 0; i < doc->grids && !s; i++) {
		sc_grid *g = doc->grid[i];
		if (count_found(g, columns) < most) {
			sc_grid_free(g);
			continue;
		}
		doc->grid[kept++] = g;
		if (!choose(g, columns))
			doc->failed = true;
	}
	if (s)
		return s;
	doc->grids = kept;
	doc->json = NULL; /* which is not made of columns */
	return sc_document_check(doc, err);
}
