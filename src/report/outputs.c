/* JSON Schemas of what programs get, made of outputs.def, but for tables in general. Keys that are
 * not described are refused, so that none is added in silence. */
#include "base/json.h"
#include <stdlib.h>
#include <string.h>

#include "secost/report.h"

typedef enum type {
	TYPE_TEXT,
	TYPE_TEXTS,
	TYPE_NAME, /* a text that `of` has, of several separated by blanks */
	TYPE_COUNT,
	TYPE_INTEGER,
	TYPE_NUMBER,
	TYPE_FLAG,
	TYPE_SHAPE,
	TYPE_COUNTS,
	TYPE_NUMBERS,
	TYPE_FACT, /* a number, or one or null for each block */
	TYPE_MAP,  /* of texts */
	TYPE_OBJECT,
	TYPE_LIST,
	TYPE_ANY,
	TYPE_INCLUDE /* all keys of another object */
} type;

enum { ALWAYS = 0, OR_NULL = 1, SOMETIMES = 2, SOMETIMES_NULL = 3 };

static const struct key {
	const char *object, *key;
	type type;
	const char *of;
	unsigned presence;
	const char *meaning;
} keys[] = {
#define OUTPUT(name, object, meaning)
#define KEY(object, key, type, of, presence, meaning) \
	{#object, #key, TYPE_##type, of, presence, meaning},
#define INCLUDE(object, other) {#object, "", TYPE_INCLUDE, #other, ALWAYS, ""},
#include "report/outputs.def"
#undef OUTPUT
#undef KEY
#undef INCLUDE
};
enum { KEYS = sizeof keys / sizeof *keys };

static const sc_output outputs[] = {
#define OUTPUT(name, object, meaning) {#name, #object, meaning},
#define KEY(object, key, type, of, presence, meaning)
#define INCLUDE(object, other)
#include "report/outputs.def"
#undef OUTPUT
#undef KEY
#undef INCLUDE
	{"table", NULL, "tables: of 'list', 'memory', 'cost --rules all', 'compare --profile'"},
};

const sc_output *sc_output_at(size_t i)
{
	return i < sizeof outputs / sizeof *outputs ? &outputs[i] : NULL;
}

/* --- objects --- */

static json_t *typed(const char *name)
{
	return json_pack("{s:s}", "type", name);
}

static json_t *list_of(json_t *items)
{
	return json_pack("{s:s, s:o}", "type", "array", "items", items);
}

static json_t *count(void)
{
	return json_pack("{s:s, s:i}", "type", "integer", "minimum", 0);
}

static json_t *reference(const char *object)
{
	return json_pack("{s:o}", "$ref", json_sprintf("#/$defs/%s", object));
}

static json_t *one_of_words(sc_json *j, const char *words)
{
	json_t *all = json_array();
	for (const char *p = words; *p;) {
		size_t n = strcspn(p, " ");
		sc_json_append(j, all, json_stringn(p, n));
		p += n + (p[n] == ' ');
	}
	return json_pack("{s:o}", "enum", all);
}

static json_t *fact(void)
{
	json_t *each = json_pack("{s:[s, s]}", "type", "number", "null");
	return json_pack("{s:[o, o]}", "anyOf", typed("number"), list_of(each));
}

static json_t *value(sc_json *j, const struct key *k)
{
	switch (k->type) {
	case TYPE_TEXT:
		return typed("string");
	case TYPE_TEXTS:
		return list_of(typed("string"));
	case TYPE_NAME:
		return one_of_words(j, k->of);
	case TYPE_COUNT:
		return count();
	case TYPE_INTEGER:
		return typed("integer");
	case TYPE_NUMBER:
		return typed("number");
	case TYPE_FLAG:
		return typed("boolean");
	case TYPE_SHAPE:
		return json_pack("{s:s, s:o, s:i, s:i}", "type", "array", "items", count(),
			"minItems", 3, "maxItems", 3);
	case TYPE_COUNTS:
		return list_of(count());
	case TYPE_NUMBERS:
		return list_of(typed("number"));
	case TYPE_FACT:
		return fact();
	case TYPE_MAP:
		return json_pack(
			"{s:s, s:o}", "type", "object", "additionalProperties", typed("string"));
	case TYPE_OBJECT:
		return reference(k->of);
	case TYPE_LIST:
		return list_of(reference(k->of));
	case TYPE_ANY:
	case TYPE_INCLUDE:
		break;
	}
	return json_object();
}

static void add_key(sc_json *j, json_t *properties, json_t *required, const struct key *k)
{
	json_t *v = value(j, k);
	if (k->presence & OR_NULL)
		v = json_pack("{s:[o, o]}", "anyOf", v, typed("null"));
	sc_json_set(j, v, "description", sc_json_text(k->meaning));
	sc_json_set(j, properties, k->key, v);
	if (!(k->presence & SOMETIMES))
		sc_json_append(j, required, sc_json_text(k->key));
}

static void add_keys(sc_json *j, json_t *properties, json_t *required, const char *object)
{
	for (size_t i = 0; i < KEYS; i++) {
		if (strcmp(keys[i].object, object) != 0)
			continue;
		if (keys[i].type == TYPE_INCLUDE)
			add_keys(j, properties, required, keys[i].of);
		else
			add_key(j, properties, required, &keys[i]);
	}
}

static json_t *closed(json_t *properties, json_t *required)
{
	return json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties,
		"required", required, "additionalProperties", 0);
}

static json_t *object(sc_json *j, const char *name)
{
	json_t *properties = json_object(), *required = json_array();
	add_keys(j, properties, required, name);
	return closed(properties, required);
}

/* only what the root leads to */
static void add_definitions(sc_json *j, json_t *defs, const char *name)
{
	if (json_object_get(defs, name))
		return;
	sc_json_set(j, defs, name, object(j, name));
	for (size_t i = 0; i < KEYS; i++) {
		if (strcmp(keys[i].object, name) != 0)
			continue;
		if (keys[i].type == TYPE_OBJECT || keys[i].type == TYPE_LIST)
			add_definitions(j, defs, keys[i].of);
		for (size_t k = 0; keys[i].type == TYPE_INCLUDE && k < KEYS; k++)
			if (!strcmp(keys[k].object, keys[i].of) &&
				(keys[k].type == TYPE_OBJECT || keys[k].type == TYPE_LIST))
				add_definitions(j, defs, keys[k].of);
	}
}

/* --- documents --- */

static void describe(sc_json *j, json_t *root, const sc_output *output)
{
	sc_json_set(
		j, root, "$schema", sc_json_text("https://json-schema.org/draft/2020-12/schema"));
	sc_json_set(j, root, "title", json_sprintf("secost %s --format json", output->name));
	sc_json_set(j, root, "description", sc_json_text(output->meaning));
}

static json_t *schema(const void *of)
{
	sc_json made = {0}, *j = &made;
	const sc_output *output = *(const sc_output *const *)of;
	json_t *root = output->object ? reference(output->object) : sc_any_table_schema();
	describe(j, root, output);
	if (output->object) {
		json_t *defs = json_object();
		add_definitions(j, defs, output->object);
		sc_json_set(j, root, "$defs", defs);
	}
	return sc_json_done(j, root);
}

sc_document *sc_output_schema_document(const sc_output *output)
{
	sc_document *doc = sc_document_new(NULL);
	sc_document_json(doc, schema, &output, sizeof output);
	return doc;
}
