/* A document is lines and grids in order. Out of memory is remembered, as in a grid. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "paper/grid.h"

sc_document *sc_document_new(const char *title)
{
	sc_document *doc = calloc(1, sizeof *doc);
	if (doc && title) {
		doc->title = sc_arena_strdup(&doc->arena, title);
		doc->failed = !doc->title;
	}
	return doc;
}

void sc_document_fail(sc_document *doc)
{
	if (doc)
		doc->failed = true;
}

void sc_document_about(sc_document *doc, const char *about)
{
	if (!doc)
		return;
	sc_text all = {0};
	if (doc->about)
		sc_text_addf(&all, "%s, ", doc->about);
	if (about)
		sc_text_add(&all, about);
	doc->about = about && !all.failed ? sc_arena_strdup(&doc->arena, all.s) : NULL;
	doc->failed = doc->failed || !doc->about;
	sc_text_release(&all);
}

#define ADD_LINE(doc, lines, fmt) \
	do { \
		va_list args; \
		va_start(args, fmt); \
		if (doc) \
			sc_lines_add(&doc->lines, &doc->arena, &doc->failed, fmt, args); \
		va_end(args); \
	} while (0)

void sc_document_heading(sc_document *doc, const char *fmt, ...)
{
	ADD_LINE(doc, headings, fmt);
}

void sc_document_answer(sc_document *doc, const char *fmt, ...)
{
	ADD_LINE(doc, answers, fmt);
}

void sc_document_note(sc_document *doc, const char *fmt, ...)
{
	ADD_LINE(doc, notes, fmt);
}

static size_t with_name(const sc_document *doc, const char *name)
{
	size_t n = 0;
	for (size_t i = 0; i < doc->grids; i++)
		n += doc->grid[i]->name && !strcmp(doc->grid[i]->name, name);
	return n;
}

/* two headings may make one name: the later gets a number */
static void name_apart(const sc_document *doc, sc_grid *grid)
{
	const char *plain = grid->name;
	for (size_t n = 2; grid->name && with_name(doc, grid->name); n++)
		grid->name = sc_arena_printf(&grid->arena, "%s-%zu", plain, n);
	grid->failed = grid->failed || !grid->name;
}

void sc_document_grid(sc_document *doc, sc_grid *grid)
{
	sc_grid **all = doc && grid ? sc_array_reserve(doc->grid, &doc->grid_room, doc->grids + 1,
					      sizeof(sc_grid *))
				    : NULL;
	if (!all) {
		if (doc)
			doc->failed = true;
		sc_grid_free(grid);
		return;
	}
	doc->grid = all;
	name_apart(doc, grid);
	doc->grid[doc->grids++] = grid;
}

void sc_document_records(sc_document *doc, sc_grid *grid)
{
	size_t before = doc ? doc->grids : 0;
	sc_document_grid(doc, grid);
	if (doc && doc->grids > before)
		doc->records = grid;
}

sc_status sc_document_check(const sc_document *doc, sc_err *err)
{
	bool failed = doc->failed;
	for (size_t i = 0; i < doc->grids; i++) {
		const sc_grid *g = doc->grid[i];
		failed = failed || g->failed;
		if (g->cause.status) {
			if (err)
				*err = g->cause;
			return g->cause.status;
		}
	}
	return failed ? sc_fail(err, SC_ENOMEM, "no memory for the tables") : SC_OK;
}

const char *sc_document_title(const sc_document *doc)
{
	return doc->title ? doc->title : "";
}

const char *sc_document_line(const sc_document *doc, sc_line_kind kind, size_t i)
{
	const sc_lines *lines[] = {[SC_LINE_heading] = &doc->headings,
		[SC_LINE_answer] = &doc->answers,
		[SC_LINE_note] = &doc->notes};
	return i < lines[kind]->count ? lines[kind]->item[i] : NULL;
}

const sc_grid *sc_document_table(const sc_document *doc, size_t i)
{
	return i < doc->grids ? doc->grid[i] : NULL;
}

void sc_document_json(sc_document *doc, struct json_t *(*make)(const void *subject),
	const void *subject, size_t size)
{
	void *copy = doc ? sc_arena_alloc(&doc->arena, size) : NULL;
	if (copy)
		memcpy(copy, subject, size);
	if (doc) {
		doc->json = make;
		doc->subject = copy;
		doc->failed = doc->failed || !copy;
	}
}

void sc_document_free(sc_document *doc)
{
	if (!doc)
		return;
	for (size_t i = 0; i < doc->grids; i++)
		sc_grid_free(doc->grid[i]);
	free(doc->grid);
	free(doc->headings.item);
	free(doc->answers.item);
	free(doc->notes.item);
	sc_arena_release(&doc->arena);
	free(doc);
}

sc_document *sc_list_document(sc_grid *grid)
{
	sc_document *doc = sc_document_new(NULL);
	sc_document_grid(doc, grid);
	return doc;
}

size_t sc_document_shown(const sc_document *doc)
{
	size_t n = 0;
	for (size_t i = 0; i < doc->grids; i++)
		n += sc_grid_is_shown(doc->grid[i]);
	return n;
}
