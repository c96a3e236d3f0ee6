/* Which columns of a table stand in a narrow one: those that it names, most telling first, as far
 * as there is room. */
#include <stdlib.h>
#include <string.h>

#include "paper/grid.h"

static bool is_called(const char *name, const char *asked, size_t n)
{
	return name && strlen(name) == n && !strncmp(name, asked, n);
}

/* the first shown column of that key or title that is not taken yet; shown_count when there is none
 */
static size_t find(const sc_grid *g, const bool *taken, const char *asked, size_t n)
{
	for (size_t i = 0; i < g->shown_count; i++) {
		const sc_column *c = &g->column[g->shown[i]];
		if (!taken[i] && (is_called(c->key, asked, n) || is_called(c->title, asked, n)))
			return i;
	}
	return g->shown_count;
}

static size_t width_of(const sc_cells *c, size_t column)
{
	size_t w = c->width[column];
	bool breaks = sc_column_is_text(&c->grid->column[column]) && w > SC_GRID_WORDS;
	return breaks ? SC_GRID_WORDS : w;
}

/* false when one that is needed does not fit */
static bool take(const sc_cells *c, const sc_fit *fit, bool *taken)
{
	const sc_grid *g = c->grid;
	const char *optional = strchr(g->narrow, ';');
	size_t used = 0, n;
	for (const char *p = g->narrow; *p; p += n + (p[n] != '\0')) {
		n = strcspn(p, ",;");
		size_t i = find(g, taken, p, n);
		if (i == g->shown_count)
			continue;
		size_t w = width_of(c, g->shown[i]) + (used ? fit->gap : 0);
		if (used && used + w > fit->room && optional && p < optional)
			return false;
		if (used && used + w > fit->room)
			continue;
		taken[i] = true;
		used += w;
	}
	return true;
}

size_t sc_cells_fit_narrow(sc_cells *c, const sc_fit *fit, size_t *index)
{
	const sc_grid *g = c->grid;
	bool *taken = calloc(g->shown_count + 1, 1);
	size_t n = 0, kept = 0;
	c->failed = c->failed || !taken;
	bool fits = !c->failed && take(c, fit, taken);
	for (int pass = 1; pass >= 0 && fits; pass--) {
		for (size_t i = 0; i < g->shown_count; i++)
			if (taken[i] == (pass == 1))
				index[n++] = g->shown[i];
		kept = pass ? n : kept;
	}
	free(taken);
	return kept;
}
