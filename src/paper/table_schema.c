/* The JSON Schema of a document that is tables: rows by the table's name, cells by the column's. */
#include "base/json.h"

#include "paper/grid.h"

static json_t *described(json_t *schema, const char *as)
{
	json_object_set_new(schema, "description", json_string(as));
	return schema;
}

static json_t *answers(void)
{
	json_t *list = json_pack("{s:s, s:{s:s}}", "type", "array", "items", "type", "string");
	return described(list, "sentences that answer what was asked");
}

json_t *sc_any_table_schema(void)
{
	json_t *cell = json_pack("{s:[s, s, s], s:s}", "type", "string", "number", "null",
		"description", "null where it is unknown or means nothing");
	json_t *rows = json_pack("{s:s, s:{s:s, s:o}, s:s}", "type", "array", "items", "type",
		"object", "additionalProperties", cell, "description",
		"a table by its name, a row an object, its keys those of the CSV");
	json_t *schema = described(
		json_pack("{s:s}", "const", "secost.table/1"), "kind and version of this output");
	return json_pack("{s:s, s:{s:o, s:o}, s:[s, s], s:o}", "type", "object", "properties",
		"schema", schema, "answers", answers(), "required", "schema", "answers",
		"additionalProperties", rows);
}
