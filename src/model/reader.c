/* Errors in file order, and memory with a bound. Everything here stays cheap when a hostile file
 * makes a million errors. */
#include "model/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "model/fields.h"

enum { TOLD_MAX = 10000, BYTES_MAX = 512 << 20 };

/* -1, 0, 1: is `a` before `b`? Errors of different files stay as they came. */
static int order(const sc_err *a, const sc_err *b)
{
	if (strcmp(a->file, b->file))
		return 1;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (a->column > b->column) - (a->column < b->column);
}

static bool is_known(const sc_errs *errs, const sc_err *err)
{
	for (size_t i = 0; i < errs->count; i++)
		if (!order(err, &errs->item[i]) && !strcmp(err->message, errs->item[i].message))
			return true;
	return false;
}

static void insert(sc_errs *errs, const sc_err *err)
{
	if (is_known(errs, err))
		return;
	errs->total++;
	size_t i = errs->count;
	while (i && order(err, &errs->item[i - 1]) < 0)
		i--;
	if (i == SC_ERRS_MAX)
		return;
	size_t moved = errs->count - i - (errs->count == SC_ERRS_MAX);
	memmove(&errs->item[i + 1], &errs->item[i], moved * sizeof *errs->item);
	errs->item[i] = *err;
	errs->count += errs->count < SC_ERRS_MAX;
}

bool sc_reader_fail(sc_reader *r, sc_status status, sc_mark at, const char *fmt, ...)
{
	sc_err err;
	char message[sizeof err.message];
	va_list args;
	va_start(args, fmt);
	vsnprintf(message, sizeof message, fmt, args);
	va_end(args);
	sc_fail(&err, status, "%s", message);
	bool base = r->base_file && at.line > r->base_from;
	snprintf(err.file, sizeof err.file, "%s", base ? r->base_file : r->file);
	err.line = (int)sc_reader_line(r, at.line);
	err.column = (int)at.column;
	if (r->errs)
		insert(r->errs, &err);
	if (!r->status || status == SC_ENOMEM)
		r->status = status;
	r->told++;
	return false;
}

sc_mark sc_reader_mark(const sc_reader *r, uint32_t line, uint32_t column)
{
	return (sc_mark){line + (r->in_base ? r->base_from : 0), column};
}

uint32_t sc_reader_line(const sc_reader *r, uint32_t line)
{
	return r->base_file && line > r->base_from ? line - r->base_from : line;
}

bool sc_reader_gave_up(const sc_reader *r)
{
	return r->told >= TOLD_MAX || r->status == SC_ENOMEM;
}

void *sc_reader_alloc(sc_reader *r, size_t n, size_t size)
{
	if (n > (BYTES_MAX - r->bytes) / size) {
		sc_reader_fail(r, SC_ESCHEMA, (sc_mark){0, 0},
			"the description takes more than %d MiB of memory", BYTES_MAX >> 20);
		r->told = TOLD_MAX;
		return NULL;
	}
	void *p = sc_arena_alloc(r->arena, n * size);
	r->bytes += n * size;
	if (!p)
		sc_reader_fail(r, SC_ENOMEM, (sc_mark){0, 0}, "no memory for the description");
	return p;
}

static sc_mask mask_of(const sc_table *table, const char *list)
{
	sc_mask mask = {.list = list};
	for (size_t i = 0; i < table->count; i++) {
		bool required = false;
		if (!sc_list_has(list, table->field[i].key, &required))
			continue;
		mask.known |= (uint64_t)1 << i;
		mask.required |= (uint64_t)required << i;
	}
	return mask;
}

sc_mask sc_reader_mask(sc_reader *r, const sc_table *table, const char *list)
{
	for (size_t i = 0; i < r->masks; i++)
		if (r->mask[i].list == list)
			return r->mask[i];
	sc_mask mask = mask_of(table, list);
	if (r->masks < sizeof r->mask / sizeof *r->mask)
		r->mask[r->masks++] = mask;
	return mask;
}
