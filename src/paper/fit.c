/* How wide a grid's columns are as text, and how many of them fit. */
#define _XOPEN_SOURCE 700 /* wcwidth */
#include <stdlib.h>
#include <wchar.h>

#include "paper/grid.h"

/* columns of a terminal that UTF-8 text takes */
static size_t width_of(const char *s)
{
	size_t n = 0;
	mbstate_t state = {0};
	while (*s) {
		wchar_t c;
		if (*s >= ' ' && *s <= '~') { /* nearly all of it */
			n++;
			s++;
			continue;
		}
		size_t used = mbrtowc(&c, s, MB_CUR_MAX, &state);
		int w = used && used < (size_t)-2 ? wcwidth(c) : 1;
		n += w > 0 ? (size_t)w : 0;
		if (!used || used >= (size_t)-2) {
			state = (mbstate_t){0};
			used = 1;
		}
		s += used;
	}
	return n;
}

size_t sc_grid_width(const sc_grid *g, size_t column, bool exact, bool *failed)
{
	sc_text text = {0};
	sc_grid_heading(g, column, exact, &text);
	size_t widest = width_of(sc_text_get(&text));
	*failed = *failed || text.failed;
	for (size_t r = 0; r < g->rows; r++) {
		sc_text_release(&text);
		sc_grid_show(g, r, column, exact, &text);
		size_t w = width_of(sc_text_get(&text));
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
