/* Reading a document: what a page, a chart or a program asks of it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "paper/grid.h"

const sc_grid *sc_document_find(const sc_document *doc, const char *name)
{
	for (size_t i = 0; i < doc->grids; i++)
		if (!strcmp(doc->grid[i]->name, name))
			return doc->grid[i];
	return NULL;
}

const char *sc_grid_name(const sc_grid *g)
{
	return g->name;
}

const char *sc_grid_title(const sc_grid *g)
{
	return g->title;
}

const char *sc_grid_conditions_of(const sc_grid *g)
{
	return g->conditions ? g->conditions : "";
}

bool sc_grid_is_shown(const sc_grid *g)
{
	return g->shown_count > 0;
}

size_t sc_grid_rows(const sc_grid *g)
{
	return g->rows;
}

size_t sc_grid_columns(const sc_grid *g)
{
	return g->columns;
}

sc_row_kind sc_grid_rank(const sc_grid *g, size_t row)
{
	return g->row[row];
}

const char *sc_grid_key(const sc_grid *g, size_t column)
{
	return column < g->columns && g->column[column].key ? g->column[column].key : "";
}

size_t sc_grid_find(const sc_grid *g, const char *key)
{
	for (size_t c = 0; c < g->columns; c++)
		if (!strcmp(sc_grid_key(g, c), key))
			return c;
	return SC_NO_COLUMN;
}

static double as_number(const sc_column *column, const sc_cell *cell)
{
	char *end;
	double x;
	switch (column->kind) {
	case SC_COLUMN_text:
		x = strtod(cell->as.text, &end);
		return end != cell->as.text && !*end ? x : NAN;
	case SC_COLUMN_count:
	case SC_COLUMN_exact:
		return (double)cell->as.count;
	case SC_COLUMN_change:
		return (double)cell->as.change;
	case SC_COLUMN_share:
	case SC_COLUMN_real:
		return cell->as.real;
	}
	return NAN;
}

static const sc_cell *value_at(const sc_grid *g, size_t row, size_t column)
{
	const sc_cell *c =
		row < g->rows && column < g->columns ? sc_grid_cell(g, row, column) : NULL;
	return c && c->state == SC_CELL_value ? c : NULL;
}

double sc_grid_number(const sc_grid *g, size_t row, size_t column)
{
	const sc_cell *c = value_at(g, row, column);
	return c ? as_number(&g->column[column], c) : NAN;
}

const char *sc_grid_word(const sc_grid *g, size_t row, size_t column)
{
	const sc_cell *c = value_at(g, row, column);
	return c && g->column[column].kind == SC_COLUMN_text ? c->as.text : "";
}
