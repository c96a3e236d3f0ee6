#include <stdlib.h>
#include <string.h>

#include "paper/grid.h"

static const sc_format *const table[] = {
#define FORMAT(name) &sc_format_##name,
#include "paper/formats.def"
#undef FORMAT
};

const sc_format *sc_format_at(size_t i)
{
	return i < sizeof table / sizeof *table ? table[i] : NULL;
}

const sc_format *sc_format_named(const char *name)
{
	for (size_t i = 0; sc_format_at(i); i++)
		if (!strcmp(table[i]->name, name))
			return table[i];
	return NULL;
}

const sc_format *sc_format_for_file(const char *path)
{
	const char *dot = strrchr(path, '.');
	for (size_t i = 0; dot && sc_format_at(i); i++)
		if (!strcmp(table[i]->extension, dot + 1))
			return table[i];
	return NULL;
}

sc_status sc_grid_write_of(const sc_document *doc, const sc_grid *grid, const sc_format *format,
	const sc_style *style, sc_text *out, sc_err *err)
{
	sc_grid *only = (sc_grid *)(uintptr_t)grid; /* for reading */
	const sc_document one = {.title = doc ? doc->title : NULL,
		.about = doc ? doc->about : NULL,
		.grid = &only,
		.grids = 1};
	sc_status s = sc_document_check(&one, err);
	return s ? s : format->write(&one, style, out, err);
}

sc_status sc_grid_write(const sc_grid *grid, const sc_format *format, const sc_style *style,
	sc_text *out, sc_err *err)
{
	return sc_grid_write_of(NULL, grid, format, style, out, err);
}

sc_status sc_document_write(const sc_document *doc, const sc_format *format, const sc_style *style,
	char **text, size_t *length, sc_err *err)
{
	sc_text out = {0};
	sc_status s = sc_document_check(doc, err);
	if (!s)
		s = format->write(doc, style, &out, err);
	sc_text_add(&out, "");
	if (!s && out.failed)
		s = sc_fail(err, SC_ENOMEM, "no memory for the tables");
	if (s) {
		sc_text_release(&out);
		return s;
	}
	*text = out.s;
	*length = out.length;
	return SC_OK;
}
