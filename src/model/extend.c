/* A description that starts from another, and fields that all stages share: both are merges of
 * trees, before anything is read from them, so that whatever reads a description needs not know.
 * Lines of the base follow those of the description in every place, so that a place tells its file.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "model/fields.h"
#include "model/source.h"

/* what a base says about itself alone */
static const char own_keys[] = "name expect extends plan";

static sc_node *pair_of(const sc_node *map, const char *key, sc_node **found_key)
{
	for (size_t i = 0; map->kind == SC_NODE_map && i < map->count; i++)
		if (!strcmp(map->item[2 * i]->text, key)) {
			if (found_key)
				*found_key = map->item[2 * i];
			return map->item[2 * i + 1];
		}
	return NULL;
}

static sc_node *copy_of(sc_reader *r, const sc_node *node, size_t room)
{
	sc_node *copy = sc_reader_alloc(r, 1, sizeof *copy);
	sc_node **item = copy ? sc_reader_alloc(r, room, sizeof *item) : NULL;
	size_t n = node->kind == SC_NODE_map ? 2 * node->count : node->count;
	if (!item)
		return NULL;
	*copy = *node;
	if (n)
		memcpy(item, node->item, n * sizeof *item);
	copy->item = item;
	return copy;
}

static bool is_amount(const char *key)
{
	return sc_list_has("ratio se_ratio width", key, NULL);
}

static bool gives_amount(const sc_node *map)
{
	return pair_of(map, "ratio", NULL) || pair_of(map, "se_ratio", NULL) ||
	       pair_of(map, "width", NULL);
}

static bool in_words(const char *list, const char *key)
{
	return list && sc_list_has(list, key, NULL);
}

/* `over` with what only `base` has; mappings below are merged as well. Of a key in `without` the
 * base has nothing to say. */
static sc_node *merged(sc_reader *r, const sc_node *base, const sc_node *over, const char *key,
	const char *without)
{
	if (base->kind != SC_NODE_map || over->kind != SC_NODE_map)
		return (sc_node *)(uintptr_t)over;
	sc_node *out = copy_of(r, over, 2 * (base->count + over->count));
	bool other_amount = !strcmp(key, "se") && gives_amount(over);
	for (size_t i = 0; out && i < base->count; i++) {
		sc_node *k = base->item[2 * i], *v = base->item[2 * i + 1];
		if (in_words(without, k->text) ||
			(other_amount && is_amount(k->text) && !pair_of(over, k->text, NULL)))
			continue;
		size_t at = 0;
		while (at < over->count && strcmp(over->item[2 * at]->text, k->text))
			at++;
		if (at < over->count) {
			out->item[2 * at + 1] = merged(r, v, over->item[2 * at + 1], k->text, NULL);
			continue;
		}
		out->item[2 * out->count] = k;
		out->item[2 * out->count++ + 1] = v;
	}
	return out;
}

/* --- stages by name --- */

static const char *stage_word(const void *of, size_t i)
{
	const sc_node *list = of;
	const sc_node *name = i < list->count ? pair_of(list->item[i], "name", NULL) : NULL;
	return i >= list->count ? NULL : name ? name->text : "";
}

static bool no_such_stage(sc_reader *r, const sc_node *stages, const sc_node *key)
{
	sc_tail tail;
	sc_quoted name;
	return sc_reader_fail(r, SC_ESCHEMA, key->at, "the base has no stage %s%s",
		sc_quote(key->text, &name),
		sc_must_be_one_of(key->text, stage_word, stages, &r->offers, &tail));
}

/* the base's list of stages with the changes that a mapping of name: fields makes */
static sc_node *changed_stages(sc_reader *r, const sc_node *stages, const sc_node *changes)
{
	sc_node *out = copy_of(r, stages, stages->count);
	for (size_t i = 0; out && i < changes->count; i++) {
		const sc_node *key = changes->item[2 * i];
		size_t at = 0;
		while (at < stages->count && strcmp(stage_word(stages, at), key->text))
			at++;
		if (at == stages->count)
			no_such_stage(r, stages, key);
		else
			out->item[at] = merged(
				r, stages->item[at], changes->item[2 * i + 1], "stage", NULL);
	}
	return out;
}

/* --- the base --- */

static const char *network_word(const void *unused, size_t i)
{
	(void)unused;
	const sc_bundled *b = sc_bundled_at(i);
	return !b ? NULL : strcmp(b->kind, "networks") ? "" : b->name;
}

static bool no_base(sc_reader *r, const sc_node *at, const char *path, const sc_err *err)
{
	sc_quoted name;
	sc_tail tail;
	if (err->status == SC_ENOMEM || !access(path, F_OK))
		return sc_reader_fail(r, err->status, at->at, "%s", err->message);
	return sc_reader_fail(r, SC_ESCHEMA, at->at,
		"there is no %s to extend, neither beside this description nor bundled%s",
		sc_quote(at->text, &name),
		sc_did_you_mean(at->text, network_word, NULL, &r->offers, &tail));
}

static bool read_tree(
	sc_reader *r, const sc_node *at, const char *path, const sc_node **root, const char **kept)
{
	sc_text text = {0};
	sc_err err = {0};
	if (sc_source_read(path, &text, &err)) {
		sc_text_release(&text);
		return no_base(r, at, path, &err);
	}
	char *copy = sc_reader_alloc(r, text.length + 1, 1);
	if (copy && text.length)
		memcpy(copy, text.s, text.length);
	*kept = copy;
	r->in_base = true;
	bool good = copy && sc_yaml_read(r, copy, text.length, root);
	r->in_base = false;
	sc_text_release(&text);
	return good;
}

static bool check_base(sc_reader *r, const sc_node *base, const sc_node *at)
{
	sc_node *key = NULL;
	sc_quoted what;
	if (base->kind != SC_NODE_map)
		return sc_reader_fail(r, SC_ESCHEMA, base->at, "a network is %s, must be a mapping",
			sc_node_describe(base, &what));
	const sc_node *further = pair_of(base, "extends", &key);
	if (!further)
		return true;
	sc_reader_fail(r, SC_ESCHEMA, key->at,
		"a base extends %s in turn, must stand on its own: one level",
		sc_node_describe(further, &what));
	return sc_reader_fail(r, SC_ESCHEMA, at->at,
		"'extends' is %s, which extends another; name that other one",
		sc_node_describe(at, &what));
}

static uint32_t lines_of(const char *text)
{
	uint32_t n = 1;
	for (; *text; text++)
		n += *text == '\n' || *text == '\r';
	return n;
}

static const sc_node *read_base(
	sc_reader *r, const char *text, const sc_node *at, const char **base_text)
{
	const sc_node *base;
	sc_quoted name;
	bool named = at->kind == SC_NODE_scalar && *at->text;
	const char *path = named ? sc_network_path(r->arena, r->file, at->text) : NULL;
	if (named && !path) {
		sc_reader_fail(r, SC_ENOMEM, at->at, "no memory for the description");
		return NULL;
	}
	if (!named) {
		sc_reader_fail(r, SC_ESCHEMA, at->at,
			"'extends' is %s, must be the name of a description",
			sc_node_describe(at, &name));
		return NULL;
	}
	if (!strcmp(path, r->file)) {
		sc_reader_fail(r, SC_ESCHEMA, at->at,
			"'extends' is this description itself, must be another");
		return NULL;
	}
	r->base_file = path;
	r->base_from = lines_of(text);
	if (!read_tree(r, at, path, &base, base_text))
		return NULL;
	return check_base(r, base, at) ? base : NULL;
}

/* the base's stages, over which go the defaults of what extends it */
static const sc_node *base_stages(sc_reader *r, const sc_node *root, const sc_node *base)
{
	const sc_node *stages = pair_of(base, "stages", NULL);
	const sc_node *defaults = pair_of(root, "defaults", NULL);
	if (!stages || stages->kind != SC_NODE_list || !defaults || defaults->kind != SC_NODE_map)
		return stages;
	sc_node *out = copy_of(r, stages, stages->count);
	for (size_t i = 0; out && i < out->count; i++)
		out->item[i] = merged(r, stages->item[i], defaults, "stage", NULL);
	return out;
}

static sc_node *extended(sc_reader *r, const sc_node *root, const sc_node *base)
{
	const sc_node *stages = base_stages(r, root, base), *changes;
	sc_node *out = merged(r, base, root, "", own_keys);
	changes = pair_of(root, "stages", NULL);
	if (!out || !stages || stages->kind != SC_NODE_list ||
		(changes && changes->kind != SC_NODE_map))
		return out;
	sc_node *new_stages =
		changes ? changed_stages(r, stages, changes) : (sc_node *)(uintptr_t)stages;
	for (size_t i = 0; i < out->count; i++)
		if (!strcmp(out->item[2 * i]->text, "stages"))
			out->item[2 * i + 1] = new_stages;
	return out;
}

/* --- defaults --- */

static const sc_node *with_defaults(sc_reader *r, const sc_node *root)
{
	const sc_node *defaults = pair_of(root, "defaults", NULL);
	sc_node *stages = pair_of(root, "stages", NULL);
	if (!defaults || defaults->kind != SC_NODE_map || !stages || stages->kind != SC_NODE_list)
		return root;
	sc_node *out = copy_of(r, root, 2 * root->count);
	sc_node *list = out ? copy_of(r, stages, stages->count) : NULL;
	for (size_t i = 0; list && i < list->count; i++)
		list->item[i] = merged(r, defaults, list->item[i], "stage", NULL);
	for (size_t i = 0; list && i < out->count; i++)
		if (out->item[2 * i + 1] == stages)
			out->item[2 * i + 1] = list;
	return list ? out : root;
}

const sc_node *sc_describe_whole(
	sc_reader *r, const char *text, const sc_node *root, const char **base_text)
{
	const sc_node *at = pair_of(root, "extends", NULL);
	const sc_node *base = at ? read_base(r, text, at, base_text) : NULL;
	if (at && !base)
		return NULL;
	const sc_node *whole = base ? extended(r, root, base) : root;
	return whole ? with_defaults(r, whole) : NULL;
}

const char *sc_model_file_of(const sc_model *m, uint32_t *line, const char **text)
{
	bool base = m->base_file && *line > m->base_from;
	if (base)
		*line -= m->base_from;
	if (text)
		*text = base ? m->base_text : m->text;
	return base ? m->base_file : m->file;
}
