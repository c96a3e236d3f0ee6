/* Study files: the same reader over other tables. A value of an override is kept as the text that
 * `--set` would take, so that files and command line go through one setter. */
#include <string.h>

#include "base/text.h"
#include "model/memory.h"
#include "model/source.h"
#include "model/spec.h"

const char *sc_front_column_name(size_t column)
{
	static const char *const names[] = {
#define FRONT_COLUMN(name, title, higher) #name,
#include "secost/front_columns.def"
#undef FRONT_COLUMN
	};
	return column < sizeof names / sizeof *names ? names[column] : NULL;
}

/* a node as flow YAML on one line; false when it holds something that can't be a value */
static bool write_flow(const sc_node *node, sc_text *out)
{
	bool list = node->kind == SC_NODE_list, good = true;
	if (node->kind == SC_NODE_scalar) {
		bool quote = !node->plain || !*node->text;
		for (const char *p = node->text; quote && *p; p++)
			good = good && *p != '\n';
		sc_text_addf(out, quote ? "\"%s\"" : "%s", node->text);
		return good && !(quote && strpbrk(node->text, "\"\\"));
	}
	sc_text_add(out, list ? "[" : "{");
	for (size_t i = 0; i < node->count; i++) {
		sc_text_add(out, i ? ", " : "");
		good = write_flow(node->item[list ? i : 2 * i], out) && good;
		if (!list) {
			sc_text_add(out, ": ");
			good = write_flow(node->item[2 * i + 1], out) && good;
		}
	}
	sc_text_add(out, list ? "]" : "}");
	return good;
}

static const char *flow_text(sc_reader *r, const char *path, const sc_node *node)
{
	sc_text text = {0};
	const char *copy = NULL;
	if (path)
		sc_text_addf(&text, "%s=", path);
	if (!write_flow(node, &text))
		sc_reader_fail(r, SC_ESCHEMA, node->at,
			"a value with quotes, backslashes or line breaks can't be an override");
	else if (text.failed || !(copy = sc_arena_strdup(r->arena, text.s)))
		sc_reader_fail(r, SC_ENOMEM, (sc_mark){0, 0}, "no memory for the description");
	sc_text_release(&text);
	return copy;
}

bool sc_read_texts(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	if (node->kind != SC_NODE_list)
		return sc_reader_fail(r, SC_ESCHEMA, node->at, "'%s' must be a list", f->key);
	sc_texts list = {sc_reader_alloc(r, node->count, sizeof *list.item), node->count};
	bool good = list.item != NULL;
	for (size_t i = 0; i < node->count && list.item; i++) {
		bool scalar = node->item[i]->kind == SC_NODE_scalar;
		list.item[i] = scalar ? node->item[i]->text : flow_text(r, NULL, node->item[i]);
		good = good && list.item[i];
	}
	if (good)
		memcpy(member, &list, sizeof list);
	return good;
}

bool sc_read_sets(sc_reader *r, const sc_field *f, const sc_node *node, void *member)
{
	if (node->kind != SC_NODE_map)
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' must be a mapping of overrides, such as {se.ratio: 8}", f->key);
	sc_texts list = {sc_reader_alloc(r, node->count, sizeof *list.item), node->count};
	bool good = list.item != NULL;
	for (size_t i = 0; i < node->count && list.item; i++) {
		list.item[i] = flow_text(r, node->item[2 * i]->text, node->item[2 * i + 1]);
		good = good && list.item[i];
	}
	if (good)
		memcpy(member, &list, sizeof list);
	return good;
}

static void check_sweep(sc_reader *r, const sc_sweep_spec *sweep)
{
	if (!sweep->field || !sweep->values.count)
		sc_reader_fail(
			r, SC_ESCHEMA, sweep->given.at, "a sweep needs 'field' and 'values'");
	if (sweep->published.count && sweep->published.count != sweep->values.count)
		sc_reader_fail(r, SC_ESCHEMA, sweep->given.at,
			"'published' has %zu results, must have one for each of the %zu values",
			sweep->published.count, sweep->values.count);
}

/* paths beside the study's file */
static bool place_paths(sc_study_spec *spec)
{
	sc_arena *arena = &spec->memory->arena;
	spec->network_path = sc_network_path(arena, spec->file, spec->network);
	spec->bench_path = spec->bench ? sc_path_beside(arena, spec->file, spec->bench) : NULL;
	spec->profile_path =
		spec->profile ? sc_path_beside(arena, spec->file, spec->profile) : NULL;
	spec->times_path = spec->times ? sc_path_beside(arena, spec->file, spec->times) : NULL;
	return spec->network_path && !spec->bench == !spec->bench_path &&
	       !spec->times == !spec->times_path && !spec->profile == !spec->profile_path;
}

static sc_status finish(void *of, sc_errs *errs)
{
	sc_study_spec *spec = of;
	sc_reader r = {.file = spec->file, .errs = errs};
	if (!spec->network)
		sc_reader_fail(&r, SC_ESCHEMA, spec->given.at, "a study needs 'network'");
	for (size_t i = 0; i < spec->setups.count; i++)
		if (!spec->setups.item[i].name)
			sc_reader_fail(&r, SC_ESCHEMA, spec->setups.item[i].given.at,
				"a setup needs 'name'");
	for (size_t i = 0; i < spec->sweeps.count; i++)
		check_sweep(&r, &spec->sweeps.item[i]);
	if (r.status)
		return r.status;
	return place_paths(spec) ? SC_OK : SC_ENOMEM;
}

SC_IS_SPEC(sc_study_spec);
static const sc_spec_kind studies = {&sc_table_study, "the study", finish};

sc_status sc_study_spec_parse(
	const char *name, const char *text, size_t n, sc_study_spec **out, sc_errs *errs)
{
	void *spec;
	sc_status s = sc_spec_parse(&studies, name, text, n, &spec, errs);
	if (!s)
		*out = spec;
	return s;
}

sc_status sc_study_spec_load(const char *path, sc_study_spec **out, sc_errs *errs)
{
	void *spec;
	sc_status s = sc_spec_load(&studies, path, &spec, errs);
	if (!s)
		*out = spec;
	return s;
}

sc_mark sc_study_spec_mark(const sc_study_spec *spec, const char *key)
{
	return sc_field_mark("study", &spec->given, key);
}

void sc_study_spec_free(sc_study_spec *spec)
{
	sc_spec_free(spec);
}

bool sc_study_spec_is(const char *text, size_t n)
{
	sc_arena arena = {0};
	sc_reader r = {.arena = &arena, .file = ""};
	const sc_node *root;
	bool is = false;
	if (sc_yaml_read(&r, text, n, &root))
		for (size_t i = 0; root->kind == SC_NODE_map && i < root->count; i++)
			is = is || !strcmp(root->item[2 * i]->text, "network");
	sc_arena_release(&arena);
	return is;
}

bool sc_study_spec_is_at(const char *path)
{
	sc_text text = {0};
	bool is = !sc_source_read(path, &text, NULL) &&
		  sc_study_spec_is(sc_text_get(&text), text.length);
	sc_text_release(&text);
	return is;
}
