/* How wide a grid's columns are as text, and how many of them fit. */
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

/* the same in every row: the first to go, as it tells no rows apart */
static bool is_constant(const sc_grid *g, size_t column, bool exact, bool *failed)
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
	return same && rows > 1;
}

/* the last constant column but the first one, else the last of all */
static size_t next_to_go(const bool *constant, const bool *gone, size_t n)
{
	size_t last = 0;
	for (size_t i = n; i-- > 1;) {
		if (gone[i])
			continue;
		if (constant[i])
			return i;
		last = last ? last : i;
	}
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
	bool *constant = calloc(n + 1, 1), *gone = calloc(n + 1, 1);
	bool good = width && constant && gone;
	for (size_t i = 0; i < n && good; i++) {
		width[i] = sc_grid_width(g, g->shown[i], fit->exact, failed) + (i ? fit->gap : 0);
		constant[i] = is_constant(g, g->shown[i], fit->exact, failed);
		used += width[i];
	}
	while (good && used > fit->room) {
		size_t i = next_to_go(constant, gone, n);
		if (!i)
			break;
		gone[i] = true;
		used -= width[i];
	}
	if (good)
		kept = sort_out(g, gone, index);
	*failed = *failed || !good;
	free(width);
	free(constant);
	free(gone);
	return kept;
}
