/* What the fields of a record must satisfy together, as far as a JSON Schema can say it, so that an
 * editor refuses what secost refuses: fields that must be there, one of several, a kind of block
 * with fields of its own. What depends on shapes, names or sums is left to secost. */
#include <stdio.h>
#include <string.h>

#include "report/schema.h"

/* keys separated by blanks; `how` is "all" of them, at least "one", or at most "single" */
static const struct rule {
	const char *table, *how, *keys;
} rules[] = {
	{"study", "all", "network"},
	{"setup", "all", "name"},
	{"sweep", "all", "field values"},
	{"model", "one", "stages graph extends"},
	{"model", "single", "stages graph"},
	{"regnet", "all", "w_0 w_a w_m depth"},
	{"module", "one", "branches graph"},
	{"module", "single", "graph branches"},
	{"module", "single", "graph join"},
	{"module", "single", "graph after"},
	{"module", "single", "graph residual"},
	{"module", "single", "graph scale"},
	{"module", "single", "graph activation"},
	{"override", "all", "se"},
	{"expect", "all", "source"},
	{"expect", "one", "params macs flops activations"},
	{"stage", "one", "block size"},
	{"se", "single", "ratio se_ratio width"},
	{"gains", "all", "gains"},
	{"gain", "one", "gain error"},
	{"gain", "single", "gain error"},
};
enum { RULES = sizeof rules / sizeof *rules };

/* lists and the least and most that they hold; 0 for no limit */
static const struct limit {
	const char *table, *key;
	int least, most;
} limits[] = {{"model", "stages", 1, 0}, {"sweep", "values", 1, 0}, {"gains", "gains", 1, 0}};
enum { LIMITS = sizeof limits / sizeof *limits };

static const char *next_key(const char *p, char key[64])
{
	size_t n = strcspn(p, " !");
	snprintf(key, 64, "%.*s", (int)n, p);
	return p + n + strspn(p + n, " ");
}

static json_t *all_of(sc_json *j, json_t *def)
{
	if (!json_object_get(def, "allOf"))
		sc_json_set(j, def, "allOf", json_array());
	return json_object_get(def, "allOf");
}

static json_t *must_have(const char *key)
{
	return json_pack("{s:[s]}", "required", key);
}

static json_t *one_of(sc_json *j, const char *keys)
{
	json_t *list = json_array();
	char key[64];
	for (const char *p = keys; *p;) {
		p = next_key(p, key);
		sc_json_append(j, list, must_have(key));
	}
	return json_pack("{s:o}", "anyOf", list);
}

static json_t *not_both(const char *a, const char *b)
{
	return json_pack("{s:{s:[s, s]}}", "not", "required", a, b);
}

static void at_most_one(sc_json *j, json_t *list, const char *keys)
{
	char a[64], b[64];
	for (const char *p = keys; *p;) {
		p = next_key(p, a);
		for (const char *q = p; *q;) {
			q = next_key(q, b);
			sc_json_append(j, list, not_both(a, b));
		}
	}
}

static void apply(sc_json *j, json_t *def, const struct rule *r)
{
	char key[64];
	if (!strcmp(r->how, "one"))
		sc_json_append(j, all_of(j, def), one_of(j, r->keys));
	else if (!strcmp(r->how, "single"))
		at_most_one(j, all_of(j, def), r->keys);
	else
		for (const char *p = r->keys; *p;) {
			p = next_key(p, key);
			sc_json_append(j, all_of(j, def), must_have(key));
		}
}

static bool takes(const sc_block_kind *kind, const char *key)
{
	char own[64];
	for (const char *p = kind->fields; *p; p += *p == '!', p += strspn(p, " ")) {
		size_t n = strcspn(p, " !");
		snprintf(own, sizeof own, "%.*s", (int)n, p);
		p += n;
		if (!strcmp(own, key))
			return true;
		if (!*p)
			break;
	}
	return false;
}

static bool is_of_a_kind(const char *key)
{
	for (size_t i = 0; sc_block_kind_at(i); i++)
		if (takes(sc_block_kind_at(i), key))
			return true;
	return false;
}

static json_t *needed(sc_json *j, const char *fields)
{
	json_t *list = json_array();
	char key[64];
	for (const char *p = fields; *p; p += strspn(p, "! ")) {
		size_t n = strcspn(p, " !");
		snprintf(key, sizeof key, "%.*s", (int)n, p);
		if (p[n] == '!')
			sc_json_append(j, list, sc_json_text(key));
		p += n;
	}
	return list;
}

/* a kind needs some fields and has no use for those of other kinds */
static json_t *of_kind(sc_json *j, const json_t *stage, const sc_block_kind *kind)
{
	json_t *useless = json_object();
	const char *key;
	json_t *value;
	json_object_foreach(json_object_get(stage, "properties"), key,
		value) if (is_of_a_kind(key) && !takes(kind, key))
		sc_json_set(j, useless, key, json_false());
	return json_pack("{s:o, s:o}", "required", needed(j, kind->fields), "properties", useless);
}

static void constrain_kinds(sc_json *j, json_t *stage)
{
	for (size_t i = 0; sc_block_kind_at(i); i++) {
		const sc_block_kind *kind = sc_block_kind_at(i);
		json_t *is = json_pack("{s:[s], s:{s:{s:s}}}", "required", "block", "properties",
			"block", "const", kind->name);
		sc_json_append(j, all_of(j, stage),
			json_pack("{s:o, s:o}", "if", is, "then", of_kind(j, stage, kind)));
	}
}

/* a stage that says no kind is a map, which needs its channels, too */
static json_t *map_rule(void)
{
	return json_pack("{s:[o, o]}", "anyOf", must_have("block"), must_have("channels"));
}

/* a graph, a stem, a stage that is more than a map: all need an image */
static json_t *input_rule(void)
{
	json_t *trunk = json_pack("{s:[s], s:{s:{s:{s:s}}}}", "required", "block", "properties",
		"block", "not", "const", "map");
	json_t *stages = json_pack("{s:[s], s:{s:{s:o}}}", "required", "stages", "properties",
		"stages", "contains", trunk);
	json_t *first = json_pack("{s:[s], s:{s:{s:[{s:[s]}]}}}", "required", "stages",
		"properties", "stages", "prefixItems", "required", "before");
	json_t *has = json_pack(
		"{s:[o, o, o, o]}", "anyOf", must_have("graph"), must_have("stem"), stages, first);
	json_t *either = json_pack("{s:[o, o]}", "anyOf", must_have("input"), must_have("extends"));
	return json_pack("{s:o, s:o}", "if", has, "then", either);
}

/* where nothing else says more of them, stages say all */
static json_t *stages_rule(void)
{
	json_t *elsewhere =
		json_pack("{s:[o, o]}", "anyOf", must_have("defaults"), must_have("extends"));
	return json_pack("{s:{s:o}, s:{s:{s:{s:s, s:{s:s}}}}}", "if", "not", elsewhere, "then",
		"properties", "stages", "type", "array", "items", "$ref", "#/$defs/stage");
}

void sc_schema_constrain(sc_json *j, json_t *defs)
{
	for (size_t i = 0; i < RULES; i++)
		if (json_object_get(defs, rules[i].table))
			apply(j, json_object_get(defs, rules[i].table), &rules[i]);
	for (size_t i = 0; i < LIMITS; i++) {
		json_t *table = json_object_get(defs, limits[i].table);
		json_t *list = json_object_get(json_object_get(table, "properties"), limits[i].key);
		sc_json_set(j, list, "minItems", json_integer(limits[i].least));
		if (limits[i].most)
			sc_json_set(j, list, "maxItems", json_integer(limits[i].most));
	}
	constrain_kinds(j, json_object_get(defs, "stage"));
	sc_json_append(j, all_of(j, json_object_get(defs, "stage")), map_rule());
	sc_json_append(j, all_of(j, json_object_get(defs, "model")), input_rule());
	sc_json_append(j, all_of(j, json_object_get(defs, "model")), stages_rule());
}

/* 'inputs' names as many layers as its layer reads: the one before is meant only where that is one
 */
static json_t *reads(sc_json *j, const sc_op *op)
{
	int least = op->inputs_min ? op->inputs_min : 1;
	int most = !op->inputs_min ? 1 : op->inputs_max ? op->inputs_max : SC_INPUTS_MAX;
	json_t *number = json_pack("{s:i, s:i}", "minItems", least, "maxItems", most);
	json_t *then = json_pack("{s:{s:o}}", "properties", "inputs", number);
	if (least > 1)
		sc_json_set(j, then, "required", json_pack("[s]", "inputs"));
	return json_pack("{s:o, s:o}", "if", must_have(op->name), "then", then);
}

void sc_schema_constrain_inputs(sc_json *j, json_t *node)
{
	static const sc_op se = {.name = "se"};
	json_t *keys = json_object_get(node, "properties"), *rules_of_kinds = all_of(j, node);
	for (size_t i = 0; sc_op_at(i); i++)
		if (json_object_get(keys, sc_op_at(i)->name))
			sc_json_append(j, rules_of_kinds, reads(j, sc_op_at(i)));
	sc_json_append(j, rules_of_kinds, reads(j, &se));
	sc_json_set(j, json_object_get(keys, "name"), "not", json_pack("{s:s}", "const", "input"));
}
