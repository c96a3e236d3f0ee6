/* What people see of a grid: every cell as text, made once; how wide its columns are, and how many
 * of them fit. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "paper/grid.h"

static size_t *place(const sc_cells *c, long row, size_t column)
{
	return &c->at[(size_t)(row + 1) * c->grid->columns + column];
}

static void make(sc_cells *c, long row, size_t column, bool exact)
{
	size_t begin = *place(c, row, column) = c->text.length;
	if (row == SC_HEADING)
		sc_grid_heading(c->grid, column, exact, &c->text);
	else
		sc_grid_show(c->grid, (size_t)row, column, exact, &c->text);
	sc_text_add_bytes(&c->text, "", 1);
	size_t width =
		c->text.failed ? 0 : sc_text_columns(c->text.s + begin, c->text.length - begin - 1);
	if (width > c->width[column])
		c->width[column] = width;
}

void sc_cells_make(const sc_grid *g, bool exact, sc_cells *out)
{
	*out = (sc_cells){.grid = g,
		.at = calloc(g->rows + 1, (g->columns + 1) * sizeof *out->at),
		.width = calloc(g->columns + 1, sizeof *out->width)};
	out->failed = !out->at || !out->width;
	for (long r = SC_HEADING; r < (long)g->rows && !out->failed; r++)
		for (size_t i = 0; i < g->shown_count; i++)
			make(out, r, g->shown[i], exact);
	out->failed = out->failed || out->text.failed;
}

void sc_cells_release(sc_cells *c)
{
	sc_text_release(&c->text);
	free(c->at);
	free(c->width);
	*c = (sc_cells){0};
}

const char *sc_cells_text(const sc_cells *c, long row, size_t column)
{
	return c->failed ? "" : c->text.s + *place(c, row, column);
}

bool sc_grid_is_words(const sc_grid *g)
{
	for (size_t i = 0; i < g->shown_count; i++)
		if (!sc_column_is_text(&g->column[g->shown[i]]))
			return false;
	return true;
}

/* How well a column tells rows apart; the first to go are those that don't. */
typedef enum telling { SAYS_NOTHING, SAYS_LITTLE, SAYS_MUCH } telling;

static bool value_of(const sc_cell *c, sc_column_kind kind, double *out)
{
	*out = kind == SC_COLUMN_real || kind == SC_COLUMN_share ? c->as.real
	       : kind == SC_COLUMN_change			 ? (double)c->as.change
								 : (double)c->as.count;
	return c->state == SC_CELL_value;
}

/* numbers that are all there and less than a hundredth apart */
static bool is_close(const sc_grid *g, size_t column)
{
	double low = INFINITY, high = -INFINITY, x;
	if (sc_column_is_text(&g->column[column]))
		return false;
	for (size_t r = 0; r < g->rows; r++) {
		if (g->row[r] == SC_ROW_total)
			continue;
		if (!value_of(sc_grid_cell(g, r, column), g->column[column].kind, &x))
			return false;
		low = fmin(low, x);
		high = fmax(high, x);
	}
	return high - low < 0.01 * fmax(fabs(low), fabs(high));
}

/* the same in every row */
static bool is_constant(const sc_cells *c, size_t column)
{
	const char *first = NULL;
	size_t rows = 0;
	for (size_t r = 0; r < c->grid->rows; r++) {
		const char *text = sc_cells_text(c, (long)r, column);
		if (c->grid->row[r] == SC_ROW_total)
			continue;
		if (rows++ && strcmp(text, first) != 0)
			return false;
		first = text;
	}
	return true;
}

static telling tells(const sc_cells *c, size_t column)
{
	size_t rows = 0;
	for (size_t r = 0; r < c->grid->rows; r++)
		rows += c->grid->row[r] != SC_ROW_total;
	if (rows < 2)
		return SAYS_MUCH;
	if (is_constant(c, column))
		return SAYS_NOTHING;
	return is_close(c->grid, column) ? SAYS_LITTLE : SAYS_MUCH;
}

/* the last of those that say least, never the first column */
static size_t next_to_go(const telling *says, const bool *gone, size_t n)
{
	size_t last = 0;
	for (size_t i = n; i-- > 1;)
		if (!gone[i] && (!last || says[i] < says[last]))
			last = i;
	return last;
}

static size_t sort_out(const sc_grid *g, const bool *gone, size_t *index)
{
	size_t n = 0, kept;
	for (size_t i = 0; i < g->shown_count; i++)
		if (!gone[i])
			index[n++] = g->shown[i];
	kept = n;
	for (size_t i = 0; i < g->shown_count; i++)
		if (gone[i])
			index[n++] = g->shown[i];
	return kept;
}

size_t sc_cells_fit(sc_cells *c, const sc_fit *fit, size_t *index)
{
	const sc_grid *g = c->grid;
	size_t n = g->shown_count, used = 0, kept = 0;
	telling *says = calloc(n + 1, sizeof *says);
	bool *gone = calloc(n + 1, 1);
	c->failed = c->failed || !says || !gone;
	for (size_t i = 0; i < n && !c->failed; i++) {
		says[i] = tells(c, g->shown[i]);
		used += c->width[g->shown[i]] + (i ? fit->gap : 0);
	}
	while (!c->failed && used > fit->room) {
		size_t i = next_to_go(says, gone, n);
		if (!i)
			break;
		gone[i] = true;
		used -= c->width[g->shown[i]] + fit->gap;
	}
	if (!c->failed)
		kept = sort_out(g, gone, index);
	free(says);
	free(gone);
	return kept;
}
