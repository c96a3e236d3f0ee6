/* From a file to a checked model. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/fields.h"
#include "model/memory.h"
#include "model/source.h"

static sc_status tell(sc_errs *errs, sc_err *err, const char *file)
{
	snprintf(err->file, sizeof err->file, "%s", file);
	return sc_errs_add(errs, err);
}

static sc_status no_memory(const char *file, sc_errs *errs)
{
	sc_err err;
	sc_fail(&err, SC_ENOMEM, "no memory for the description");
	return tell(errs, &err, file);
}

/* A model without a name of its own is called after its file, whose name may have any characters.
 */
static const char *name_from_file(sc_arena *arena, const char *file)
{
	const char *slash = strrchr(file, '/');
	char *name = sc_arena_strdup(arena, slash ? slash + 1 : file);
	char *dot = name ? strrchr(name, '.') : NULL;
	if (dot && dot != name)
		*dot = '\0';
	if (name)
		sc_text_make_line(name);
	return name;
}

void sc_model_finish(sc_reader *r, sc_model *m)
{
	if (!m->name && !(m->name = name_from_file(r->arena, m->file)))
		sc_reader_fail(r, SC_ENOMEM, (sc_mark){0, 0}, "no memory for the description");
	sc_finish_stages(r, m);
}

static bool read_text(sc_reader *r, const char *text, size_t n, const sc_table *table, void *record)
{
	const sc_node *root;
	return sc_yaml_read(r, text, n, &root) && sc_read_record(r, table, record, root);
}

sc_status sc_read_text_into(sc_arena *arena, const char *file, const char *text, size_t n,
	const sc_table *table, void *record, sc_errs *errs)
{
	sc_reader r = {.arena = arena, .file = file, .errs = errs};
	read_text(&r, text, n, table, record);
	return r.status;
}

/* a description with errors is checked as far as it could be read */
static sc_status read_model(sc_model *m, const char *text, size_t n, sc_errs *errs)
{
	const sc_model empty = *m;
	sc_reader r = {.arena = &m->memory->arena, .file = m->file, .errs = errs};
	const char *base_text = NULL;
	const sc_node *root, *whole = NULL;
	if (sc_yaml_read(&r, text, n, &root))
		whole = sc_describe_whole(&r, m->text, root, &base_text);
	if (whole)
		sc_read_record(&r, &sc_table_model, m, whole);
	m->file = empty.file;
	m->text = empty.text;
	m->memory = empty.memory;
	m->base_file = r.base_file;
	m->base_from = r.base_from;
	m->base_text = base_text;
	if (!m->given.mark || sc_reader_gave_up(&r))
		return r.status;
	sc_model_finish(&r, m);
	if (!sc_reader_gave_up(&r))
		sc_check_model(&r, m);
	return r.status;
}

static const char *copy_text(sc_arena *arena, const char *text, size_t n)
{
	char *copy = sc_arena_alloc(arena, n + 1);
	if (copy && n)
		memcpy(copy, text, n);
	return copy;
}

sc_status sc_model_parse(
	const char *name, const char *text, size_t n, sc_model **out, sc_errs *errs)
{
	sc_model *m = calloc(1, sizeof *m);
	if (m)
		m->memory = calloc(1, sizeof *m->memory);
	if (m && m->memory) {
		m->file = sc_arena_strdup(&m->memory->arena, name);
		m->text = copy_text(&m->memory->arena, text, n);
	}
	sc_status s = m && m->memory && m->file && m->text ? read_model(m, text, n, errs)
							   : no_memory(name, errs);
	if (s)
		sc_model_free(m);
	else
		*out = m;
	return s;
}

sc_status sc_model_load(const char *path, sc_model **out, sc_errs *errs)
{
	sc_text text = {0};
	sc_err err = {0};
	sc_status s = sc_source_read(path, &text, &err);
	s = s ? tell(errs, &err, path)
	      : sc_model_parse(path, sc_text_get(&text), text.length, out, errs);
	sc_text_release(&text);
	return s;
}

void sc_model_free(sc_model *model)
{
	if (!model)
		return;
	if (model->memory)
		sc_arena_release(&model->memory->arena);
	free(model->memory);
	free(model);
}

sc_status sc_model_clone(const sc_model *model, sc_model **out, sc_err *err)
{
	sc_model *m = malloc(sizeof *m);
	struct sc_model_memory *memory = calloc(1, sizeof *memory);
	if (!m || !memory) {
		free(m);
		free(memory);
		return sc_fail(err, SC_ENOMEM, "no memory for a setup of '%s'", model->name);
	}
	*m = *model;
	m->memory = memory;
	*out = m;
	return SC_OK;
}
