/* RFC 4180: one header row, one record a row, `level` tells totals apart, every digit, no preamble.
 * A text that begins with = + - or @ gets an apostrophe before it, so that no spreadsheet computes
 * it. */
#include <string.h>

#include "paper/grid.h"

/* a spreadsheet would compute a text that begins so; an apostrophe keeps it a text */
static bool is_formula(const sc_grid *g, size_t row, size_t column)
{
	const sc_cell *c = sc_grid_cell(g, row, column);
	return sc_column_is_text(&g->column[column]) && c->state == SC_CELL_value && *c->as.text &&
	       strchr("=+-@", *c->as.text);
}

static void field(const char *text, sc_text *out)
{
	if (!strpbrk(text, "\",\r\n") && *text != ' ') {
		sc_text_add(out, text);
		return;
	}
	sc_text_add(out, "\"");
	for (; *text; text++) {
		if (*text == '"')
			sc_text_add(out, "\"");
		sc_text_add_bytes(out, text, 1);
	}
	sc_text_add(out, "\"");
}

static sc_status write_grid(const sc_grid *g, sc_text *out, sc_err *err)
{
	sc_text_add(out, "level");
	for (size_t c = 0; c < g->columns; c++)
		if (g->column[c].key) {
			sc_text_add(out, ",");
			field(g->column[c].key, out);
		}
	sc_text_add(out, "\r\n");
	for (size_t r = 0; r < g->rows; r++) {
		sc_text_add(out, g->row[r] == SC_ROW_total ? "total" : "row");
		for (size_t c = 0; c < g->columns; c++) {
			sc_text cell = {0};
			if (!g->column[c].key)
				continue;
			sc_text_add(&cell, is_formula(g, r, c) ? "'" : "");
			sc_grid_plain(g, r, c, &cell);
			sc_text_add(out, ",");
			field(sc_text_get(&cell), out);
			sc_text_release_into(&cell, out);
		}
		sc_text_add(out, "\r\n");
	}
	return out->failed ? sc_fail(err, SC_ENOMEM, "no memory for the table") : SC_OK;
}

static sc_status write(const sc_document *doc, const sc_style *style, sc_text *out, sc_err *err)
{
	(void)style;
	if (!doc->grids)
		return sc_fail(err, SC_EINVAL, "there is no table to write as csv");
	return write_grid(doc->records ? doc->records : doc->grid[0], out, err);
}

const sc_format sc_format_csv = {"csv", "csv", "the main table for programs: every digit", write};
