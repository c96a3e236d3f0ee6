#include "model/spec.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "model/memory.h"
#include "model/source.h"

static sc_status tell(const char *path, sc_err *err, sc_errs *errs)
{
	snprintf(err->file, sizeof err->file, "%s", path);
	return sc_errs_add(errs, err);
}

static sc_status no_memory(const sc_spec_kind *kind, const char *path, sc_errs *errs)
{
	sc_err err = {0};
	sc_fail(&err, SC_ENOMEM, "no memory for %s", kind->noun);
	return tell(path, &err, errs);
}

/* reading sets the whole record, and what it has of its own comes after that */
static sc_status read_spec(const sc_spec_kind *kind, const char *path, const char *text, size_t n,
	sc_spec *spec, sc_errs *errs)
{
	struct sc_model_memory *memory = spec->memory;
	const char *file = sc_arena_strdup(&memory->arena, path);
	sc_status s = sc_read_text_into(&memory->arena, path, text, n, kind->table, spec, errs);
	spec->memory = memory;
	spec->file = file;
	if (s)
		return s;
	s = file ? kind->finish(spec, errs) : SC_ENOMEM;
	return s == SC_ENOMEM ? no_memory(kind, path, errs) : s;
}

sc_status sc_spec_parse(const sc_spec_kind *kind, const char *name, const char *text, size_t n,
	void **out, sc_errs *errs)
{
	sc_spec *spec = calloc(1, kind->table->record_size);
	if (spec)
		spec->memory = calloc(1, sizeof *spec->memory);
	sc_status s = spec && spec->memory ? read_spec(kind, name, text, n, spec, errs)
					   : no_memory(kind, name, errs);
	if (s)
		sc_spec_free(spec);
	else
		*out = spec;
	return s;
}

sc_status sc_spec_load(const sc_spec_kind *kind, const char *path, void **out, sc_errs *errs)
{
	sc_text text = {0};
	sc_err err = {0};
	sc_status s = sc_source_read(path, &text, &err);
	s = s ? tell(path, &err, errs)
	      : sc_spec_parse(kind, path, sc_text_get(&text), text.length, out, errs);
	sc_text_release(&text);
	return s;
}

void sc_spec_free(void *of)
{
	sc_spec *spec = of;
	if (!spec)
		return;
	if (spec->memory)
		sc_arena_release(&spec->memory->arena);
	free(spec->memory);
	free(spec);
}
