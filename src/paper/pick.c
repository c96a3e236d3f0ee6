/* Some rows and columns of a table as a table of its own. */
#include <string.h>

#include "paper/grid.h"

static void copy_cell(const sc_grid *from, size_t row, size_t column, sc_grid *to)
{
	const sc_cell *c = sc_grid_cell(from, row, column);
	sc_column_kind kind = from->column[column].kind;
	if (c->state == SC_CELL_nothing)
		sc_grid_nothing(to);
	else if (c->state == SC_CELL_unknown)
		sc_grid_unknown(to);
	else if (kind == SC_COLUMN_text)
		sc_grid_text(to, c->as.text);
	else if (kind == SC_COLUMN_change)
		sc_grid_change(to, c->as.change);
	else if (kind == SC_COLUMN_share)
		sc_grid_share(to, c->as.real);
	else if (kind == SC_COLUMN_real)
		sc_grid_real(to, c->as.real);
	else
		sc_grid_count(to, c->as.count);
}

sc_grid *sc_grid_pick(const sc_grid *g, const char *name, const char *const *keys,
	bool (*is_wanted)(const void *of, size_t row), const void *of)
{
	sc_grid *out = sc_grid_new(name, g->title);
	for (size_t k = 0; keys[k]; k++) {
		size_t c = sc_grid_find(g, keys[k]);
		if (c != SC_NO_COLUMN)
			sc_grid_column(
				out, g->column[c].kind, keys[k], keys[k], g->column[c].decimals);
	}
	for (size_t r = 0; r < g->rows; r++) {
		if (is_wanted && !is_wanted(of, r))
			continue;
		sc_grid_row(out, g->row[r]);
		for (size_t k = 0; keys[k]; k++)
			if (sc_grid_find(g, keys[k]) != SC_NO_COLUMN)
				copy_cell(g, r, sc_grid_find(g, keys[k]), out);
	}
	return out;
}
