/* The JSON Schema of a document that is tables: its keys are those of the columns. */
#include <jansson.h>

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

static json_t *cell_schema(const sc_column *c)
{
	static const char *const types[] = {[SC_COLUMN_text] = "string",
		[SC_COLUMN_count] = "integer",
		[SC_COLUMN_exact] = "integer",
		[SC_COLUMN_change] = "integer",
		[SC_COLUMN_share] = "number",
		[SC_COLUMN_real] = "number"};
	json_t *o = json_pack("{s:[s, s]}", "type", types[c->kind], "null");
	if (c->title)
		json_object_set_new(o, "description", json_string(c->title));
	return o;
}

static json_t *record(const sc_grid *g)
{
	json_t *properties = json_object(), *required = json_array();
	for (size_t c = 0; c < g->columns; c++) {
		if (!g->column[c].key)
			continue;
		json_object_set_new(properties, g->column[c].key, cell_schema(&g->column[c]));
		json_array_append_new(required, json_string(g->column[c].key));
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
	json_t *properties = table_properties();
	json_t *required = json_pack("[s, s]", "schema", "answers");
	for (size_t i = 0; i < doc->grids; i++) {
		const sc_grid *g = doc->grid[i];
		json_t *list = list_of(record(g));
		json_object_set_new(list, "description", json_string(g->title));
		json_object_set_new(properties, g->name, list);
		if (!i)
			json_array_append_new(required, json_string(g->name));
	}
	return closed(properties, required);
}

json_t *sc_any_table_schema(void)
{
	json_t *cell = json_pack("{s:[s, s, s]}", "type", "string", "number", "null");
	json_t *rows =
		list_of(json_pack("{s:s, s:o}", "type", "object", "additionalProperties", cell));
	return json_pack("{s:s, s:o, s:[s, s], s:o}", "type", "object", "properties",
		table_properties(), "required", "schema", "answers", "additionalProperties", rows);
}
