/* Errors in file order, memory with a bound, and the two endings of a message: what is allowed and
 * what was probably meant. Everything here stays cheap when a hostile file makes a million errors.
 */
#include "model/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "model/fields.h"

enum { TOLD_MAX = 10000, BYTES_MAX = 512 << 20, OFFERS_MAX = 20000 };

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
	snprintf(err.file, sizeof err.file, "%s", r->file);
	err.line = (int)at.line;
	err.column = (int)at.column;
	if (r->errs)
		insert(r->errs, &err);
	if (!r->status || status == SC_ENOMEM)
		r->status = status;
	r->told++;
	return false;
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

/* --- endings of messages --- */

const char *sc_quote(const char *text, sc_quoted *out)
{
	size_t n = strnlen(text, 64), keep = n > 60 ? 60 : n;
	while (keep < n && keep && ((unsigned char)text[keep] & 0xc0) == 0x80)
		keep--;
	snprintf(out->s, sizeof out->s, "'%.*s%s'", (int)keep, text, keep < n ? "…" : "");
	return out->s;
}

const char *sc_did_you_mean(
	sc_reader *r, const char *wanted, sc_word_at *at, const void *of, sc_tail *out)
{
	sc_nearest near = sc_nearest_to(wanted);
	const char *word;
	for (size_t i = 0; r->offers < OFFERS_MAX && (word = at(of, i)); i++, r->offers++)
		sc_nearest_offer(&near, word);
	sc_quoted quoted;
	out->s[0] = '\0';
	out->best = near.best;
	if (near.best)
		snprintf(out->s, sizeof out->s, "; did you mean %s?", sc_quote(near.best, &quoted));
	return out->s;
}

enum { LIST_BYTES = 250 };

static size_t list_words(sc_word_at *at, const void *of, char *s, size_t room)
{
	size_t n = 0;
	const char *word;
	for (size_t i = 0; (word = at(of, i)); i++) {
		size_t len = strlen(word);
		if (!len)
			continue;
		if (n + len > LIST_BYTES)
			return n + (size_t)snprintf(s + n, room - n, "%s…", n ? ", " : "");
		n += (size_t)snprintf(s + n, room - n, "%s%s", n ? ", " : "", word);
	}
	return n;
}

const char *sc_must_be_one_of(
	sc_reader *r, const char *wanted, sc_word_at *at, const void *of, sc_tail *out)
{
	sc_tail hint;
	sc_did_you_mean(r, wanted, at, of, &hint);
	out->best = hint.best;
	size_t n = (size_t)snprintf(out->s, sizeof out->s, ", must be one of: ");
	n += list_words(at, of, out->s + n, sizeof out->s - n);
	snprintf(out->s + n, sizeof out->s - n, "%.100s", hint.s);
	return out->s;
}
