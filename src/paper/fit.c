/* How wide a grid's columns are as text, and how many of them fit. */
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

size_t sc_grid_fit(const sc_grid *g, bool exact, size_t room, bool *failed)
{
	size_t used = 0, n = 0;
	for (; n < g->shown_count; n++) {
		used += sc_grid_width(g, g->shown[n], exact, failed) + (n > 0);
		if (n && used > room)
			break;
	}
	return n;
}
