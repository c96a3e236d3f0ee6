/* A result that `secost cost --format json` wrote, read again. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "secost/report.h"

static sc_status fail_at(const char *path, int line, int column, const char *what, sc_err *err)
{
	sc_fail(err, SC_ESCHEMA, "%s", what);
	if (err) {
		snprintf(err->file, sizeof err->file, "%s", path);
		err->line = line;
		err->column = column;
	}
	return SC_ESCHEMA;
}

static void read_counts(const json_t *t, sc_saved_counts *out)
{
	for (size_t c = 0; c < SC_PLAN_COLUMN__N; c++) {
		const json_t *n = json_object_get(t, sc_plan_column_name(c));
		if (c == SC_PLAN_COLUMN_weights)
			n = json_object_get(json_object_get(t, "se"), "weights");
		out->known[c] = json_is_integer(n) && json_integer_value(n) >= 0;
		out->of[c] = out->known[c] ? (uint64_t)json_integer_value(n) : 0;
	}
}

static sc_status read_stages(const json_t *list, sc_saved *out, sc_err *err)
{
	size_t n = json_array_size(list);
	out->stage = calloc(n + 1, sizeof *out->stage);
	if (!out->stage)
		return sc_fail(err, SC_ENOMEM, "no memory for a saved result");
	for (; out->stages < n; out->stages++) {
		const json_t *stage = json_array_get(list, out->stages);
		const char *name = json_string_value(json_object_get(stage, "name"));
		sc_saved_stage *s = &out->stage[out->stages];
		snprintf(s->name, sizeof s->name, "%s", name ? name : "");
		read_counts(stage, &s->counts);
	}
	return SC_OK;
}

static const json_t *network_of(const json_t *root, const char *name)
{
	const json_t *list = json_object_get(root, "networks");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *n = json_array_get(list, i);
		const char *is = json_string_value(json_object_get(n, "name"));
		if (is && !strcmp(is, name))
			return n;
	}
	return json_array_size(list) == 1 ? json_array_get(list, 0) : NULL;
}

static sc_status read_root(
	const json_t *root, const char *path, const char *network, sc_saved *out, sc_err *err)
{
	const json_t *schema = json_object_get(root, "schema"), *n = network_of(root, network);
	const char *is = json_string_value(schema);
	char text[256], words[80];
	snprintf(text, sizeof text,
		"this is no result of 'secost cost --format json': its 'schema' is %s, must be "
		"\"secost.cost/1\"",
		sc_json_describe(schema, words, sizeof words));
	if (!is || strncmp(is, "secost.cost/", 12) != 0)
		return fail_at(path, 1, 1, text, err);
	snprintf(text, sizeof text, "no network of the saved result is called '%.80s'", network);
	if (!n || !json_is_object(json_object_get(n, "total")))
		return fail_at(path, 1, 1, text, err);
	sc_saved saved = {0};
	snprintf(saved.name, sizeof saved.name, "%s",
		json_string_value(json_object_get(n, "name"))
			? json_string_value(json_object_get(n, "name"))
			: "");
	read_counts(json_object_get(n, "total"), &saved.total);
	sc_status s = read_stages(json_object_get(n, "stages"), &saved, err);
	if (!s)
		*out = saved;
	return s;
}

sc_status sc_saved_load(const char *path, const char *network, sc_saved *out, sc_err *err)
{
	sc_text text = {0};
	json_t *root = NULL;
	sc_status s = sc_json_read(path, &text, &root, err);
	if (!s)
		s = read_root(root, path, network, out, err);
	json_decref(root);
	sc_text_release(&text);
	return s;
}

void sc_saved_release(sc_saved *saved)
{
	free(saved->stage);
	*saved = (sc_saved){0};
}
