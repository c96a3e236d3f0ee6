/* A cell as people read it and as programs do. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "paper/grid.h"

bool sc_column_is_text(const sc_column *column)
{
	return column->kind == SC_COLUMN_text;
}

const sc_cell *sc_grid_cell(const sc_grid *g, size_t row, size_t column)
{
	return &g->cell[row * g->columns + column];
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
