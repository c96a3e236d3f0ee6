/* JSON of a document that has no form of its own: its tables as lists of records. */
#include "base/json.h"

#include "paper/grid.h"

static json_t *value(const sc_grid *g, size_t row, size_t column)
{
	const sc_cell *c = sc_grid_cell(g, row, column);
	if (c->state != SC_CELL_value)
		return json_null();
	switch (g->column[column].kind) {
	case SC_COLUMN_text:
		return sc_json_text(c->as.text);
	case SC_COLUMN_count:
	case SC_COLUMN_exact:
		return sc_json_count(c->as.count);
	case SC_COLUMN_change:
		return json_integer(c->as.change);
	case SC_COLUMN_share:
	case SC_COLUMN_real:
		return sc_json_real(c->as.real);
	}
	return NULL;
}

json_t *sc_grid_records(const sc_grid *g)
{
	sc_json made = {g->failed}, *j = &made;
	json_t *all = json_array();
	for (size_t r = 0; r < g->rows; r++) {
		json_t *record = json_object();
		for (size_t c = 0; c < g->columns; c++)
			if (g->column[c].key)
				sc_json_set(j, record, g->column[c].key, value(g, r, c));
		sc_json_append(j, all, record);
	}
	return sc_json_done(j, all);
}

json_t *sc_json_count(uint64_t n)
{
	return n > INT64_MAX ? sc_json_real((double)n) : json_integer((json_int_t)n);
}

json_t *sc_grids_json(const sc_document *doc)
{
	sc_json made = {0}, *j = &made;
	json_t *root = json_object(), *answers = json_array();
	sc_json_set(j, root, "schema", sc_json_text("secost.table/1"));
	for (size_t i = 0; i < doc->answers.count; i++)
		sc_json_append(j, answers, sc_json_text(doc->answers.item[i]));
	sc_json_set(j, root, "answers", answers);
	for (size_t i = 0; i < doc->grids; i++)
		sc_json_set(j, root, doc->grid[i]->name, sc_grid_records(doc->grid[i]));
	return sc_json_done(j, root);
}
