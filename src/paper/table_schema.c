/* The JSON Schema of a document that is tables: its keys are those of the columns. */
#include "base/json.h"

#include "paper/grid.h"

static json_t *typed(const char *name)
{
	return json_pack("{s:s}", "type", name);
}

static json_t *list_of(json_t *items)
{
	return json_pack("{s:s, s:o}", "type", "array", "items", items);
}

static json_t *closed(json_t *properties, json_t *required)
{
	return json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties,
		"required", required, "additionalProperties", 0);
}

static json_t *cell_schema(sc_json *j, const sc_column *c)
{
	static const char *const types[] = {[SC_COLUMN_text] = "string",
		[SC_COLUMN_count] = "integer",
		[SC_COLUMN_exact] = "integer",
		[SC_COLUMN_change] = "integer",
		[SC_COLUMN_share] = "number",
		[SC_COLUMN_real] = "number"};
	json_t *o = json_pack("{s:[s, s]}", "type", types[c->kind], "null");
	if (c->title)
		sc_json_set(j, o, "description", sc_json_text(c->title));
	return o;
}

static json_t *record(sc_json *j, const sc_grid *g)
{
	json_t *properties = json_object(), *required = json_array();
	for (size_t c = 0; c < g->columns; c++) {
		if (!g->column[c].key)
			continue;
		sc_json_set(j, properties, g->column[c].key, cell_schema(j, &g->column[c]));
		sc_json_append(j, required, sc_json_text(g->column[c].key));
	}
	return closed(properties, required);
}

static json_t *table_properties(void)
{
	return json_pack("{s:o, s:o}", "schema", json_pack("{s:s}", "const", "secost.table/1"),
		"answers", list_of(typed("string")));
}

json_t *sc_table_schema(const sc_document *doc)
{
	sc_json made = {0}, *j = &made;
	json_t *properties = table_properties();
	json_t *required = json_pack("[s, s]", "schema", "answers");
	for (size_t i = 0; i < doc->grids; i++) {
		const sc_grid *g = doc->grid[i];
		json_t *list = list_of(record(j, g));
		sc_json_set(j, list, "description", sc_json_text(g->title));
		sc_json_set(j, properties, g->name, list);
		if (!i)
			sc_json_append(j, required, sc_json_text(g->name));
	}
	return sc_json_done(j, closed(properties, required));
}

json_t *sc_any_table_schema(void)
{
	json_t *cell = json_pack("{s:[s, s, s]}", "type", "string", "number", "null");
	json_t *rows =
		list_of(json_pack("{s:s, s:o}", "type", "object", "additionalProperties", cell));
	return json_pack("{s:s, s:o, s:[s, s], s:o}", "type", "object", "properties",
		table_properties(), "required", "schema", "answers", "additionalProperties", rows);
}
