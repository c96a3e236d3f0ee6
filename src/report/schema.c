/* The JSON Schema of a description, made from the field tables: one definition a table, and one for
 * each layer and for the values that several fields share. */
#include "base/json.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/schema.h"

static json_t *reference(const char *definition)
{
	json_t *path = json_sprintf("#/$defs/%s", definition);
	return json_pack("{s:o}", "$ref", path);
}

static json_t *whole(const sc_field_info *f)
{
	return json_pack("{s:s, s:I, s:I}", "type", "integer", "minimum", (json_int_t)f->min,
		"maximum", (json_int_t)f->max);
}

static json_t *array_of(json_t *items)
{
	return json_pack("{s:s, s:o}", "type", "array", "items", items);
}

static json_t *either(json_t *a, json_t *b)
{
	return json_pack("{s:[o, o]}", "anyOf", a, b);
}

static json_t *words(sc_json *j, const char *list)
{
	json_t *all = json_array();
	for (const char *p = list; *p;) {
		size_t n = strcspn(p, ",");
		sc_json_append(j, all, json_stringn(p, n));
		p += n + strspn(p + n, ", ");
	}
	return json_pack("{s:o}", "enum", all);
}

static json_t *some_of(sc_json *j, json_t *items)
{
	json_t *list = array_of(items);
	sc_json_set(j, list, "minItems", json_integer(1));
	return list;
}

static json_t *numbers(sc_json *j, const sc_field_info *f)
{
	json_t *one = either(whole(f), json_pack("{s:[b, s]}", "enum", 0, "off"));
	return either(json_deep_copy(one), some_of(j, one));
}

/* lists of layers over the same input */
static json_t *branches(sc_json *j)
{
	json_t *list = some_of(j, array_of(reference("layers")));
	sc_json_set(j, list, "maxItems", json_integer(64));
	return list;
}

static json_t *fixed_array(json_t *item, int n)
{
	return json_pack("{s:s, s:o, s:i, s:i}", "type", "array", "items", item, "minItems", n,
		"maxItems", n);
}

static json_t *select_blocks(sc_json *j, const sc_field_info *f)
{
	return either(words(j, "all, first, last"), either(whole(f), some_of(j, whole(f))));
}

static json_t *text(const sc_field_info *f)
{
	return json_pack("{s:s, s:I, s:I}", "type", "string", "minLength", (json_int_t)f->min,
		"maxLength", (json_int_t)f->max);
}

static json_t *real(const sc_field_info *f)
{
	return json_pack("{s:s, s:f, s:f}", "type", "number", "minimum", f->min, "maximum", f->max);
}

static json_t *yes_or_no(void)
{
	return json_pack(
		"{s:[b, b, s, s, s, s, s]}", "enum", 1, 0, "on", "off", "yes", "no", "none");
}

/* "28088024", "28.1 M": decimals only before a prefix */
static json_t *figure(void)
{
	return either(json_pack("{s:s, s:i, s:I}", "type", "integer", "minimum", 0, "maximum",
			      (json_int_t)INT64_MAX),
		json_pack("{s:s, s:s}", "type", "string", "pattern",
			"^([0-9]+ ?|[0-9]+(\\.[0-9]{0,3})? ?K|[0-9]+(\\.[0-9]{0,6})? ?M|"
			"[0-9]+(\\.[0-9]{0,9})? ?G|[0-9]+(\\.[0-9]{0,12})? ?T)$"));
}

/* of words each comes once; `min` and `max` are of how many */
static json_t *names(sc_json *j, const sc_field_info *f)
{
	if (!f->words)
		return some_of(j, json_pack("{s:s, s:i, s:i}", "type", "string", "minLength", 1,
					  "maxLength", 64));
	return json_pack("{s:s, s:o, s:b, s:I, s:I}", "type", "array", "items", words(j, f->range),
		"uniqueItems", 1, "minItems", (json_int_t)f->min, "maxItems", (json_int_t)f->max);
}

static json_t *named(const char *table)
{
	return json_pack("{s:s, s:o, s:{s:i, s:i}}", "type", "object", "additionalProperties",
		reference(table), "propertyNames", "minLength", 1, "maxLength", 64);
}

static json_t *plain_text(void)
{
	return json_pack("{s:s}", "type", "string");
}

/* "128…": and so on */
static json_t *rest_of_list(void)
{
	return json_pack("{s:s, s:s}", "type", "string", "pattern", "(…|\\.\\.\\.)$");
}

static json_t *value_of(sc_json *j, const sc_field_info *f)
{
	const char *c = f->code;
	if (!strcmp(c, "COUNT"))
		return whole(f);
	if (!strcmp(c, "REAL"))
		return real(f);
	if (!strcmp(c, "CHOICE"))
		return yes_or_no();
	if (!strcmp(c, "TEXT"))
		return text(f);
	if (!strcmp(c, "NORM"))
		return either(words(j, f->range), yes_or_no());
	if (!strcmp(c, "NAMES") || !strcmp(c, "PLACED"))
		return names(j, f);
	if (f->words)
		return words(j, f->range);
	if (!strcmp(c, "NUMBERS"))
		return numbers(j, f);
	if (!strcmp(c, "SELECT"))
		return select_blocks(j, f);
	if (!strcmp(c, "PAIR") || !strcmp(c, "PADDING") || !strcmp(c, "SIZE"))
		return either(whole(f), fixed_array(whole(f), 2));
	if (!strcmp(c, "SHAPE"))
		return fixed_array(whole(f), 3);
	if (!strcmp(c, "FIGURE"))
		return figure();
	if (!strcmp(c, "TEXTS"))
		return array_of(json_object()); /* any value of YAML */
	if (!strcmp(c, "RECORD"))
		return reference(f->sub_table);
	if (!strcmp(c, "SE"))
		return either(reference(f->sub_table), yes_or_no());
	if (!strcmp(c, "RECORDS"))
		return array_of(reference(f->sub_table));
	if (!strcmp(c, "NAMED"))
		return named(f->sub_table);
	if (!strcmp(c, "LAYERS"))
		return array_of(reference("layers"));
	if (!strcmp(c, "GRAPH"))
		return some_of(j, reference(strcmp(f->table, "module") ? "node" : "module_node"));
	if (!strcmp(c, "LISTS"))
		return branches(j);
	if (!strcmp(c, "SETS"))
		return json_pack("{s:s}", "type", "object");
	return plain_text();
}

/* one definition for each kind of layer: of its own fields, '!' after those that it needs */
static json_t *layer_of(sc_json *j, const json_t *fields, const char *list)
{
	json_t *properties = json_object(), *required = json_array();
	for (const char *p = list; *p;) {
		char key[64];
		size_t n = strcspn(p, " !");
		snprintf(key, sizeof key, "%.*s", (int)n, p);
		json_object_set(properties, key, json_object_get(fields, key));
		if (p[n] == '!')
			sc_json_append(j, required, sc_json_text(key));
		p += n + strspn(p + n, " !");
	}
	return json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties,
		"required", required, "additionalProperties", 0);
}

/* the values of a layer's key: nothing, where it needs no field, or its fields */
static json_t *fields_of(sc_json *j, const json_t *fields, const sc_op *op, const char *list)
{
	json_t *own = layer_of(j, fields, list);
	json_t *value = strchr(list, '!') ? own : either(json_pack("{s:s}", "type", "null"), own);
	sc_json_set(j, value, "description", sc_json_text(op->meaning));
	return value;
}

/* a layer is a word, where it needs no field, or one key that holds its fields */
static json_t *layers(sc_json *j, const json_t *fields)
{
	json_t *names = json_array(), *keys = json_object();
	for (size_t i = 0; sc_op_at(i); i++) {
		const sc_op *op = sc_op_at(i);
		if (!op->fields)
			continue;
		if (!strchr(op->fields, '!'))
			sc_json_append(j, names, sc_json_text(op->name));
		sc_json_set(j, keys, op->name, fields_of(j, fields, op, op->fields));
	}
	return either(json_pack("{s:o}", "enum", names),
		json_pack("{s:s, s:o, s:b, s:i, s:i}", "type", "object", "properties", keys,
			"additionalProperties", 0, "minProperties", 1, "maxProperties", 1));
}

/* a module is one block: no stage begins in it, and its SE is that of the stage that names it */
static json_t *node_of_a_module(sc_json *j, json_t *names, const json_t *map)
{
	json_t *own = json_deep_copy(map), *keys = json_object_get(own, "properties");
	json_object_del(keys, "stage");
	sc_json_set(j, keys, "se", json_pack("{s:s}", "type", "null"));
	return either(json_pack("{s:O}", "enum", names), own);
}

/* a layer of a graph has its key beside its name, or is that word alone */
static void add_graph_layers(sc_json *j, json_t *defs, const json_t *fields)
{
	json_t *names = json_array(), *node = json_object_get(defs, "node"), *map;
	json_t *keys = json_object_get(node, "properties"), *one = json_array();
	for (size_t i = 0; sc_op_at(i); i++) {
		const sc_op *op = sc_op_at(i);
		const char *list = op->named ? op->named : op->fields;
		if (!list)
			continue;
		if (!strchr(list, '!') && !op->inputs_min)
			sc_json_append(j, names, sc_json_text(op->name));
		sc_json_set(j, keys, op->name, fields_of(j, fields, op, list));
		sc_json_append(j, one, json_pack("{s:[s]}", "required", op->name));
	}
	json_t *se = json_object_get(keys, "se");
	sc_json_append(j, json_object_get(se, "anyOf"), json_pack("{s:s}", "type", "null"));
	sc_json_append(j, one, json_pack("{s:[s]}", "required", "se"));
	sc_json_append(j, names, sc_json_text("se"));
	sc_json_set(j, node, "oneOf", one);
	sc_schema_constrain_inputs(j, node);
	map = json_deep_copy(node);
	sc_json_set(j, defs, "node", either(json_pack("{s:o}", "enum", names), map));
	sc_json_set(j, defs, "module_node", node_of_a_module(j, names, map));
}

static json_t *definition_of(sc_json *j, json_t *defs, const char *table)
{
	json_t *def = json_object_get(defs, table);
	if (!def) {
		def = json_pack("{s:s, s:{}, s:b}", "type", "object", "properties",
			"additionalProperties", 0);
		sc_json_set(j, defs, table, def);
	}
	return json_object_get(def, "properties");
}

/* Of a stage that follows from 'defaults' or from another network not everything is said where it
 * stands: such stages, and the defaults, have a stage's fields and none of its demands. */
static void add_loose_stages(sc_json *j, json_t *defs)
{
	json_t *model = json_object_get(json_object_get(defs, "model"), "properties");
	json_t *stages = json_object_get(model, "stages"), *by_name;
	sc_json_set(j, defs, "stage_fields", json_deep_copy(json_object_get(defs, "stage")));
	by_name = json_pack(
		"{s:s, s:o}", "type", "object", "additionalProperties", reference("stage_fields"));
	json_object_del(stages, "type");
	json_object_del(stages, "items");
	sc_json_set(j, stages, "anyOf",
		json_pack("[o, o]", array_of(reference("stage_fields")), by_name));
	json_object_update_new(json_object_get(model, "defaults"), reference("stage_fields"));
}

static json_t *definitions(sc_json *j)
{
	char room[256];
	sc_field_info f;
	json_t *defs = json_object();
	for (size_t i = 0; sc_field_at(i, room, &f); i++) {
		json_t *value = value_of(j, &f);
		if (f.per_block)
			value = either(
				value, some_of(j, either(json_deep_copy(value), rest_of_list())));
		sc_json_set(j, value, "description", sc_json_text(f.meaning));
		sc_json_set(j, definition_of(j, defs, f.table), f.key, value);
	}
	json_t *fields = json_object_get(json_object_get(defs, "layer"), "properties");
	sc_json_set(j, defs, "layers", layers(j, fields));
	add_graph_layers(j, defs, fields);
	json_object_del(defs, "layer");
	add_loose_stages(j, defs);
	sc_schema_constrain(j, defs);
	return defs;
}

static json_t *schema(const void *of_everything)
{
	sc_json made = {0}, *j = &made;
	(void)of_everything;
	json_t *gains = json_pack("{s:{s:[s]}, s:o, s:o}", "if", "required", "gains", "then",
		reference("gains"), "else", reference("model"));
	json_t *root = json_pack("{s:s, s:s, s:o, s:{s:[s]}, s:o, s:o}", "$schema",
		"https://json-schema.org/draft/2020-12/schema", "title", "secost description",
		"$defs", definitions(j), "if", "required", "network", "then", reference("study"),
		"else", gains);
	return sc_json_done(j, root);
}

sc_document *sc_schema_document(void)
{
	sc_document *doc = sc_document_new(NULL);
	sc_document_json(doc, schema, "", 1);
	return doc;
}
