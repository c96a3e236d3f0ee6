/* JSON of a document that has no form of its own: its tables as lists of records. */
#include <jansson.h>

#include "paper/grid.h"

static json_t *value(const sc_grid *g, size_t row, size_t column)
{
	const sc_cell *c = sc_grid_cell(g, row, column);
	if (c->state != SC_CELL_value)
		return json_null();
	switch (g->column[column].kind) {
	case SC_COLUMN_text:
		return json_string(c->as.text);
	case SC_COLUMN_count:
	case SC_COLUMN_exact:
		return sc_json_count(c->as.count);
	case SC_COLUMN_change:
		return json_integer(c->as.change);
	case SC_COLUMN_share:
	case SC_COLUMN_real:
		return json_real(c->as.real);
	}
	return NULL;
}

json_t *sc_grid_records(const sc_grid *g)
{
	json_t *all = json_array();
	for (size_t r = 0; r < g->rows; r++) {
		json_t *record = json_object();
		for (size_t c = 0; c < g->columns; c++)
			if (g->column[c].key)
				json_object_set_new(record, g->column[c].key, value(g, r, c));
		json_array_append_new(all, record);
	}
	return all;
}

json_t *sc_json_count(uint64_t n)
{
	return n > INT64_MAX ? json_real((double)n) : json_integer((json_int_t)n);
}

json_t *sc_grids_json(const sc_document *doc)
{
	json_t *root = json_object(), *answers = json_array();
	json_object_set_new(root, "schema", json_string("secost.table/1"));
	for (size_t i = 0; i < doc->answers.count; i++)
		json_array_append_new(answers, json_string(doc->answers.item[i]));
	json_object_set_new(root, "answers", answers);
	for (size_t i = 0; i < doc->grids; i++)
		json_object_set_new(root, doc->grid[i]->name, sc_grid_records(doc->grid[i]));
	return root;
}
