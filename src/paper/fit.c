/* How wide a grid's columns are as text, and how many of them fit. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "paper/grid.h"

static size_t width_of(const sc_text *text)
{
	return sc_text_columns(sc_text_get(text), text->length);
}

size_t sc_grid_width(const sc_grid *g, size_t column, bool exact, bool *failed)
{
	sc_text text = {0};
	sc_grid_heading(g, column, exact, &text);
	size_t widest = width_of(&text);
	*failed = *failed || text.failed;
	for (size_t r = 0; r < g->rows; r++) {
		sc_text_release(&text);
		sc_grid_show(g, r, column, exact, &text);
		size_t w = width_of(&text);
		widest = w > widest ? w : widest;
		*failed = *failed || text.failed;
	}
	sc_text_release(&text);
	return widest;
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

static telling tells(const sc_grid *g, size_t column, bool exact, bool *failed)
{
	sc_text first = {0}, text = {0};
	size_t rows = 0;
	bool same = true;
	for (size_t r = 0; r < g->rows && same; r++) {
		if (g->row[r] == SC_ROW_total)
			continue;
		sc_text_release(&text);
		sc_grid_show(g, r, column, exact, rows ? &text : &first);
		same = !rows++ || !strcmp(sc_text_get(&text), sc_text_get(&first));
	}
	*failed = *failed || first.failed || text.failed;
	sc_text_release(&first);
	sc_text_release(&text);
	if (rows < 2)
		return SAYS_MUCH;
	return same ? SAYS_NOTHING : is_close(g, column) ? SAYS_LITTLE : SAYS_MUCH;
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

size_t sc_grid_fit(const sc_grid *g, const sc_fit *fit, size_t *index, bool *failed)
{
	size_t n = g->shown_count, used = 0, kept = 0;
	size_t *width = calloc(n + 1, sizeof *width);
	telling *says = calloc(n + 1, sizeof *says);
	bool *gone = calloc(n + 1, 1);
	bool good = width && says && gone;
	for (size_t i = 0; i < n && good; i++) {
		width[i] = sc_grid_width(g, g->shown[i], fit->exact, failed) + (i ? fit->gap : 0);
		says[i] = tells(g, g->shown[i], fit->exact, failed);
		used += width[i];
	}
	while (good && used > fit->room) {
		size_t i = next_to_go(says, gone, n);
		if (!i)
			break;
		gone[i] = true;
		used -= width[i];
	}
	if (good)
		kept = sort_out(g, gone, index);
	*failed = *failed || !good;
	free(width);
	free(says);
	free(gone);
	return kept;
}
