/* A model as a description again: the text that it was read from, as a tree, with overrides written
 * into it. What comes out is read again: a description that would not give every block the same SE
 * is not given out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/fields.h"

/* what can't be done, said with its place */
static sc_status refuse(
	const sc_model *m, sc_mark at, const char *what, const char *why, sc_err *err)
{
	sc_fail(err, SC_EINVAL, "'%.80s' can't be written into the description%s", what, why);
	if (!err)
		return SC_EINVAL;
	uint32_t line = at.line;
	snprintf(err->file, sizeof err->file, "%s", sc_model_file_of(m, &line, NULL));
	err->line = (int)line;
	err->column = (int)at.column;
	return SC_EINVAL;
}

static bool same_se(const sc_model *a, const sc_model *b)
{
	bool same = a->stages.count == b->stages.count;
	for (size_t i = 0; same && i < a->stages.count; i++) {
		same = a->stages.item[i].blocks == b->stages.item[i].blocks;
		for (uint32_t k = 0; same && k < a->stages.item[i].blocks; k++) {
			sc_se_block x = sc_model_se(a, i, k), y = sc_model_se(b, i, k);
			same = sc_se_same(&x, &y);
		}
	}
	return same;
}

/* read it again, and hold it against the model with the same overrides */
static sc_status check(
	const sc_model *model, const sc_texts *sets, const sc_text *text, sc_err *err)
{
	sc_model *wanted, *read = NULL;
	size_t failed;
	sc_status s = sc_model_clone(model, &wanted, err);
	if (s)
		return s;
	s = sc_model_set_all(wanted, sets, &failed, err);
	bool good = !s &&
		    !sc_model_parse(model->file, sc_text_get(text), text->length, &read, NULL) &&
		    same_se(wanted, read);
	sc_model_free(read);
	sc_model_free(wanted);
	return s || good ? s
			 : refuse(model, model->given.at,
				   sets->count == 1 ? sets->item[0] : "all that is set",
				   ": it would mean something else there; give it with --set", err);
}

/* --- where an override belongs --- */

typedef struct writer {
	const sc_model *m;
	sc_arena *arena;
	const sc_node *root;
} writer;

static sc_status set(
	writer *w, const char *path, const sc_node *value, const char *what, sc_err *err)
{
	const sc_node *root = sc_tree_set(w->arena, w->root, path, value);
	if (!root)
		return refuse(w->m, w->m->given.at, what, "; give it with --set", err);
	w->root = root;
	return SC_OK;
}

/* "[i]" or ".name": a stage, and what follows; of two names the longer */
static const char *stage_of(const sc_model *m, const char *path, size_t *stage)
{
	const char *rest = NULL;
	size_t best = 0;
	char *end;
	long n = (long)m->stages.count, i = *path == '[' ? strtol(path + 1, &end, 10) : 0;
	i += i < 0 ? n : 0;
	if (*path == '[' && *end == ']' && i >= 0 && i < n) {
		*stage = (size_t)i;
		return end + 1;
	}
	for (size_t k = 0; k < m->stages.count && *path == '.'; k++) {
		const char *name = m->stages.item[k].name;
		size_t length = strlen(name);
		if (strncmp(path + 1, name, length) || !strchr(".[=", path[1 + length]) ||
			length <= best)
			continue;
		best = length;
		rest = path + 1 + length;
		*stage = k;
	}
	return rest;
}

/* the gates of a stage that a path means: one block's, or all; what follows, NULL when none */
static const char *gates_of(const sc_stage *st, const char *path, uint32_t *from, uint32_t *to)
{
	*from = 0;
	*to = st->graph_gates;
	if (!strncmp(path, ".blocks[", 8)) {
		char *end;
		long n = (long)st->graph_gates, i = strtol(path + 8, &end, 10);
		i += i < 0 ? n : 0;
		if (*end != ']' || i < 0 || i >= n)
			return NULL;
		*from = (uint32_t)i;
		*to = *from + 1;
		path = end + 1;
	}
	bool se = !strncmp(path, ".se", 3) && strchr(".=", path[3]);
	return se && *from < *to ? path : NULL;
}

/* The stages of a graph are not written: SE is said where it sits. */
static sc_status set_gates(writer *w, const char *what, const sc_node *value, sc_err *err)
{
	size_t stage = 0;
	uint32_t from, to;
	const char *path = stage_of(w->m, what + 6, &stage);
	const sc_stage *st = &w->m->stages.item[stage];
	path = path ? gates_of(st, path, &from, &to) : NULL;
	if (!path)
		return refuse(w->m, st->given.at, what,
			": a stage of a graph is not written, and there is no SE to set it of",
			err);
	sc_status s = SC_OK;
	for (uint32_t i = from; i < to && !s; i++) {
		sc_text text = {0};
		sc_text_addf(
			&text, "graph[%u]%.*s=", st->graph_gate[i], (int)strcspn(path, "="), path);
		s = text.failed ? sc_fail(err, SC_ENOMEM, "no memory for the description")
				: set(w, sc_text_get(&text), value, what, err);
		sc_text_release(&text);
	}
	return s;
}

/* A description that extends another says of stages only what differs, by their names. */
static sc_status set_stage(writer *w, const char *what, const sc_node *value, sc_err *err)
{
	sc_node *const *stages = sc_tree_find(w->root, "stages");
	size_t stage;
	const char *rest = what[6] == '[' ? stage_of(w->m, what + 6, &stage) : NULL;
	if (!rest || (stages && (*stages)->kind == SC_NODE_list))
		return set(w, what, value, what, err);
	sc_text text = {0};
	sc_text_addf(&text, "stages.%s%s", w->m->stages.item[stage].name, rest);
	sc_status s = text.failed ? sc_fail(err, SC_ENOMEM, "no memory for the description")
				  : set(w, sc_text_get(&text), value, what, err);
	sc_text_release(&text);
	return s;
}

static sc_status set_one(writer *w, const char *what, sc_err *err)
{
	const sc_node *value;
	const char *equals = strchr(what, '=');
	if (!equals)
		return refuse(w->m, w->m->given.at, what, ": it must read path=value", err);
	sc_status s = sc_yaml_parse(w->arena, equals + 1, strlen(equals + 1), &value, err);
	bool stage = !strncmp(what, "stages", 6) && strchr(".[", what[6]);
	if (s || !stage)
		return s ? s : set(w, what, value, what, err);
	return w->m->graph.count ? set_gates(w, what, value, err) : set_stage(w, what, value, err);
}

/* --- --- */

/* What a bundled description extends is bundled, too, and found by its name from anywhere. */
static void name_base(sc_arena *arena, const sc_model *m, sc_node *top)
{
	sc_node *const *at = sc_tree_find(top, "extends");
	if (!at || strncmp(m->file, "secost:", 7) != 0)
		return;
	const char *dot = strstr((*at)->text, ".yaml");
	sc_node *name = sc_tree_copy(arena, *at);
	char *bare = name && dot ? sc_arena_strdup(arena, name->text) : NULL;
	if (bare) {
		bare[dot - (*at)->text] = '\0';
		name->text = bare;
	}
	top->item[at - top->item] = name;
}

static sc_status write_into(
	const sc_model *model, const sc_texts *sets, sc_arena *arena, sc_text *out, sc_err *err)
{
	writer w = {model, arena, NULL};
	sc_status s = sc_yaml_parse(arena, model->text, strlen(model->text), &w.root, err);
	for (size_t i = 0; i < sets->count && !s; i++)
		s = set_one(&w, sets->item[i], err);
	sc_node *top = s ? NULL : sc_tree_copy(arena, w.root);
	if (!top)
		return s ? s : sc_fail(err, SC_ENOMEM, "no memory for the description");
	name_base(arena, model, top);
	sc_tree_drop(top, "expect"); /* figures of the network as it was published */
	sc_tree_drop(top, "plan");   /* of another plan */
	sc_tree_write(top, out);
	return out->failed ? sc_fail(err, SC_ENOMEM, "no memory for the description") : SC_OK;
}

sc_status sc_model_describe(const sc_model *model, const sc_texts *sets, sc_text *out, sc_err *err)
{
	sc_arena arena = {0};
	sc_text text = {0};
	sc_status s = write_into(model, sets, &arena, &text, err);
	if (!s)
		s = check(model, sets, &text, err);
	if (!s)
		sc_text_add(out, sc_text_get(&text));
	sc_text_release(&text);
	sc_arena_release(&arena);
	return s;
}
