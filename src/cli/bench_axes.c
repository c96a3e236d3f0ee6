/* Lists of values: "--batch 1,8", "--cache hot,cold". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/bench.h"

/* Is `value` to be added? False, and told, when it is wrong. */
typedef bool (*reader)(const char *option, const char *word, const void *how, unsigned *out);

static bool read_number(const char *option, const char *word, const void *how, unsigned *out)
{
	return whole_number(option, word, *(const unsigned *)how, out);
}

static bool read_word(const char *option, const char *word, const void *how, unsigned *out)
{
	sc_err err;
	char what[32];
	snprintf(what, sizeof what, "'%s'", option);
	if (!sc_word_value(*(const sc_word *)how, what, word, out, &err))
		return true;
	complain("%s", err.message);
	return false;
}

static bool read_list(const char *option, const char *text, reader read, const void *how, axis *out)
{
	char word[48];
	while (text) {
		size_t n = strcspn(text, ",");
		snprintf(word, sizeof word, "%.*s", (int)n, text);
		if (out->count == AXIS_MAX)
			return complain("'%s' has more than %d values", option, AXIS_MAX), false;
		if (!read(option, word, how, &out->value[out->count++]))
			return false;
		text = text[n] ? text + n + 1 : NULL;
	}
	return true;
}

static bool numbers(const char *option, const char *text, unsigned most, axis *out)
{
	return read_list(option, text, read_number, &most, out);
}

static bool words(const char *option, const char *text, sc_word word, axis *out)
{
	return read_list(option, text, read_word, &word, out);
}

/* "avx2, scalar, ref": every row, or those that this CPU can run */
static const char *row_names(bool here, char list[128])
{
	size_t n = 0;
	list[0] = '\0';
	for (size_t i = 0; sc_se_row_name(i); i++)
		if (!here || sc_se_row_can_run(i))
			n += (size_t)snprintf(
				list + n, 128 - n, "%s%s", n ? ", " : "", sc_se_row_name(i));
	return list;
}

static bool knows_row(const char *name)
{
	char list[128];
	size_t i = 0;
	while (sc_se_row_name(i) && strcmp(sc_se_row_name(i), name) != 0)
		i++;
	if (!sc_se_row_name(i))
		complain("'--isa' is '%s', must be one of: %s", name, row_names(false, list));
	else if (!sc_se_row_can_run(i))
		complain("'--isa': this CPU can't run the kernel row '%s'; it runs %s", name,
			row_names(true, list));
	return sc_se_row_name(i) && sc_se_row_can_run(i);
}

static bool rows(const char *text, axes *a)
{
	for (size_t n; text; text = text[n] ? text + n + 1 : NULL) {
		n = strcspn(text, ",");
		if (a->rows == AXIS_MAX)
			return complain("'--isa' has more than %d values", AXIS_MAX), false;
		snprintf(a->row[a->rows], sizeof a->row[0], "%.*s", (int)n, text);
		if (!knows_row(a->row[a->rows++]))
			return false;
	}
	a->rows = a->rows ? a->rows : 1; /* "" */
	return true;
}

static void unless_given(axis *a, const unsigned *value, size_t n)
{
	if (a->count)
		return;
	memcpy(a->value, value, n * sizeof *value);
	a->count = n;
}

bool axes_read(const sc_options *o, axes *out)
{
	static const unsigned ratios[] = {2, 4, 8, 16, 32, 64}, one = 1, zero = 0,
			      states[] = {SC_STATE_hot, SC_STATE_cold_weights};
	axes a = {.in_place = o->in_place != 0};
	if (!numbers("--ratios", o->ratios, 1 << 20, &a.ratios) ||
		!numbers("--batch", o->batch, 65536, &a.batch) ||
		!numbers("--threads", o->threads, SC_THREADS_MAX, &a.threads) ||
		!words("--layout", o->layout, SC_WORD_layout, &a.layout) ||
		!words("--dtype", o->dtype, SC_WORD_dtype, &a.dtype) ||
		!words("--squeeze", o->squeeze, SC_WORD_squeeze, &a.squeeze) ||
		!words("--gate", o->gate, SC_WORD_gate, &a.gate) ||
		!words("--fused", o->fused, SC_WORD_fused, &a.fused) ||
		!words("--cache", o->cache, SC_WORD_cache, &a.cache) || !rows(o->isa, &a))
		return false;
	unless_given(&a.ratios, ratios, sizeof ratios / sizeof *ratios);
	unless_given(&a.batch, &one, 1);
	unless_given(&a.threads, &one, 1);
	unless_given(&a.layout, &zero, 1);
	unless_given(&a.dtype, &zero, 1);
	unless_given(&a.fused, &zero, 1);
	unless_given(&a.cache, states, 2);
	*out = a;
	return true;
}
