/* Budgets and choices as people write them. A mistake is told with its place in the text. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/choices.h"
#include "secost/plan.h"

enum unit_kind { UNIT_count, UNIT_bytes, UNIT_weights, UNIT_time };

static const struct {
	const char *name, *meaning;
	enum unit_kind unit;
} columns[] = {
#define PLAN_COLUMN(name, unit, meaning) {#name, meaning, UNIT_##unit},
#include "secost/plan_columns.def"
#undef PLAN_COLUMN
};

const char *sc_plan_column_name(size_t column)
{
	return column < SC_PLAN_COLUMN__N ? columns[column].name : NULL;
}

const char *sc_plan_column_meaning(size_t column)
{
	return column < SC_PLAN_COLUMN__N ? columns[column].meaning : NULL;
}

const char *sc_plan_per_name(size_t per)
{
	static const char *const names[SC_PER__N] = {"network", "stage", "block"};
	return per < SC_PER__N ? names[per] : NULL;
}

const char *sc_plan_aim_name(size_t aim)
{
	static const char *const names[SC_AIM__N] = {"channels", "width", "blocks", "gain"};
	return aim < SC_AIM__N ? names[aim] : NULL;
}

static sc_status at(sc_status s, const char *option, size_t column, sc_err *err)
{
	if (err) {
		snprintf(err->file, sizeof err->file, "%s", option);
		err->line = 1;
		err->column = (int)column + 1;
	}
	return s;
}

/* --- amounts --- */

typedef struct suffix {
	const char *text;
	double factor;
} suffix;

static const suffix of_count[] = {
	{"", 1}, {"K", 1e3}, {"k", 1e3}, {"M", 1e6}, {"G", 1e9}, {NULL, 0}};
static const suffix of_bytes[] = {{"", 1}, {"B", 1}, {"KB", 1e3}, {"kB", 1e3}, {"MB", 1e6},
	{"GB", 1e9}, {"KiB", 1024}, {"MiB", 1048576}, {"GiB", 1073741824}, {NULL, 0}};
/* four bytes a weight; without a unit they are counted */
static const suffix of_weights[] = {{"", 1}, {"K", 1e3}, {"k", 1e3}, {"M", 1e6}, {"KB", 250},
	{"kB", 250}, {"MB", 250e3}, {"GB", 250e6}, {"KiB", 256}, {"MiB", 262144}, {NULL, 0}};
static const suffix of_time[] = {
	{"ns", 1e3}, {"us", 1e6}, {"µs", 1e6}, {"ms", 1e9}, {"s", 1e12}, {NULL, 0}};

static const suffix *suffixes_of(sc_plan_column column)
{
	static const suffix *const of[] = {of_count, of_bytes, of_weights, of_time};
	return of[columns[column].unit];
}

static const char *const examples[] = {
	"+3%, +900K or 26M", "+3%, +90MB or 200MB", "+3%, 900K or 1.2MB", "120us, 1.5ms or 2000ns"};

static sc_status bad_amount(
	const char *text, size_t column, const char *amount, sc_plan_column c, sc_err *err)
{
	sc_quoted quoted;
	return at(sc_fail(err, SC_EINVAL,
			  "a budget of '%s' is %s, must be an amount from 0 to "
			  "9·10^18, or a share up to 10^8 %%, such as %s",
			  columns[c].name, *amount ? sc_quote(amount, &quoted) : "missing",
			  examples[columns[c].unit]),
		text, column, err);
}

/* digits first: strtod alone would take "nan", "inf" and hexadecimals */
static bool read_number(const char *text, double *out, const char **end)
{
	size_t n = strspn(text, "0123456789.");
	char *stop;
	*out = strtod(text, &stop);
	*end = text + n;
	return n && stop == text + n && isfinite(*out);
}

static bool read_amount(const char *text, sc_budget *b)
{
	bool plus = *text == '+';
	const char *unit;
	if (!read_number(text + plus, &b->value, &unit))
		return false;
	unit += strspn(unit, " ");
	b->kind = plus ? SC_BUDGET_added : SC_BUDGET_total;
	if (!strcmp(unit, "%")) {
		b->kind = SC_BUDGET_share;
		b->value /= 100;
		return plus && b->value <= 1e6;
	}
	for (const suffix *s = suffixes_of(b->column); s->text; s++)
		if (!strcmp(unit, s->text)) {
			b->value *= s->factor;
			return b->value < 9e18;
		}
	return false;
}

static const char *column_word(const void *unused, size_t i)
{
	(void)unused;
	return sc_plan_column_name(i);
}

sc_status sc_budget_parse(const char *text, sc_budget *out, sc_err *err)
{
	size_t n = strcspn(text, "=");
	char name[64];
	sc_budget b = {.column = SC_PLAN_COLUMN__N};
	sc_tail tail;
	sc_quoted quoted;
	snprintf(name, sizeof name, "%.*s", (int)(n < 63 ? n : 63), text);
	for (size_t i = 0; i < SC_PLAN_COLUMN__N; i++)
		if (!strcmp(name, columns[i].name))
			b.column = (sc_plan_column)i;
	if (b.column == SC_PLAN_COLUMN__N)
		return at(sc_fail(err, SC_EINVAL, "there is no column %s to budget%s",
				  sc_quote(name, &quoted),
				  sc_must_be_one_of(name, column_word, NULL, NULL, &tail)),
			"--budget", 0, err);
	const char *amount = text + n + (text[n] == '=');
	if (!read_amount(amount, &b))
		return bad_amount("--budget", (size_t)(amount - text), amount, b.column, err);
	*out = b;
	return SC_OK;
}

/* --- choices --- */

static sc_status bad_choice(const char *text, const char *from, size_t n, sc_err *err)
{
	char word[64];
	sc_quoted quoted;
	snprintf(word, sizeof word, "%.*s", (int)(n < 63 ? n : 63), from);
	return at(sc_fail(err, SC_EINVAL, "a choice is %s, must be off or a ratio 1 … 4096",
			  n ? sc_quote(word, &quoted) : "empty"),
		"--choices", (size_t)(from - text), err);
}

static bool read_choice(const char *from, size_t n, uint32_t *out)
{
	*out = 0;
	if (n == 3 && !strncmp(from, "off", 3))
		return true;
	for (size_t i = 0; i < n; i++)
		*out = from[i] >= '0' && from[i] <= '9' && *out <= 4096
			       ? 10 * *out + (uint32_t)(from[i] - '0')
			       : 9999;
	return *out >= 1 && *out <= 4096;
}

sc_status sc_plan_choices_parse(
	const char *text, uint32_t out[SC_PLAN_CHOICES_MAX], size_t *n, sc_err *err)
{
	size_t count = 0;
	for (const char *p = text;; p++) {
		size_t length = strcspn(p, ",");
		uint32_t ratio;
		if (!read_choice(p, length, &ratio))
			return bad_choice(text, p, length, err);
		for (size_t i = 0; i < count; i++)
			if (out[i] == ratio)
				return at(
					sc_fail(err, SC_EINVAL, "the choice '%.*s' is given twice",
						(int)length, p),
					"--choices", (size_t)(p - text), err);
		if (count == SC_PLAN_CHOICES_MAX)
			return at(sc_fail(err, SC_EINVAL, "more than %d choices",
					  SC_PLAN_CHOICES_MAX),
				"--choices", (size_t)(p - text), err);
		out[count++] = ratio;
		p += length;
		if (!*p)
			break;
	}
	*n = count;
	return SC_OK;
}
