/* One axis as people write it: values between commas outside of brackets, or a range of whole
 * numbers. A number for `input` is the side of a square image. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/choices.h"
#include "study/sweep.h"

enum { VALUES_MAX = 1000000 };

static sc_status at(const char *text, const char *where, sc_err *err)
{
	if (err) {
		snprintf(err->file, sizeof err->file, "--sweep");
		err->line = 1;
		err->column = (int)(where - text) + 1;
	}
	return SC_EINVAL;
}

static sc_status no_memory(sc_err *err)
{
	return sc_fail(err, SC_ENOMEM, "no memory for the sweep");
}

static bool add_value(struct sc_sweep *s, sc_axis *a, size_t *room, const char *from, size_t n)
{
	bool side = !strcmp(a->field, "input") && n && strspn(from, "0123456789") >= n;
	char text[96];
	if (a->values == *room) {
		size_t wanted = 2 * *room + 16;
		const char **value = sc_arena_alloc(&s->arena, wanted * sizeof *value);
		if (!value)
			return false;
		if (a->values)
			memcpy(value, a->value, a->values * sizeof *value);
		a->value = value;
		*room = wanted;
	}
	if (side)
		snprintf(text, sizeof text, "[%u,%.*s,%.*s]",
			s->model->input.c ? s->model->input.c : 3, (int)n, from, (int)n, from);
	char *copy = side ? sc_arena_strdup(&s->arena, text) : sc_arena_alloc(&s->arena, n + 1);
	if (copy && !side)
		memcpy(copy, from, n);
	a->value[a->values++] = copy;
	return copy != NULL;
}

/* characters up to a comma that is in no bracket */
static size_t value_length(const char *p)
{
	int depth = 0;
	size_t n = 0;
	for (; p[n] && (depth || p[n] != ','); n++)
		depth += (strchr("[{", p[n]) != NULL) - (strchr("]}", p[n]) != NULL);
	return n;
}

/* "160..320:32" */
static bool read_range(const char *p, unsigned long *from, unsigned long *to, unsigned long *step)
{
	char *end;
	if (*p < '0' || *p > '9')
		return false;
	*from = strtoul(p, &end, 10);
	if (strncmp(end, "..", 2) != 0 || end[2] < '0' || end[2] > '9')
		return false;
	*to = strtoul(end + 2, &end, 10);
	*step = 1;
	if (*end == ':' && end[1] >= '0' && end[1] <= '9')
		*step = strtoul(end + 1, &end, 10);
	return !*end;
}

static sc_status add_range(
	struct sc_sweep *s, sc_axis *a, const char *text, const char *values, sc_err *err)
{
	unsigned long from, to, step;
	size_t room = 0;
	read_range(values, &from, &to, &step);
	if (!step || from > to || (to - from) / step >= VALUES_MAX) {
		sc_fail(err, SC_EINVAL,
			"a range must read from..to:step with from ≤ to, a step of at least 1 and "
			"at most %d values",
			VALUES_MAX);
		return at(text, values, err);
	}
	for (unsigned long n = from; n <= to; n += step) {
		char number[32];
		int length = snprintf(number, sizeof number, "%lu", n);
		if (!add_value(s, a, &room, number, (size_t)length))
			return no_memory(err);
	}
	return SC_OK;
}

static sc_status add_list(
	struct sc_sweep *s, sc_axis *a, const char *text, const char *values, sc_err *err)
{
	size_t room = 0;
	for (const char *p = values;; p++) {
		size_t n = value_length(p);
		if (!n) {
			sc_fail(err, SC_EINVAL, "a value of the sweep is empty");
			return at(text, p, err);
		}
		for (size_t i = 0; i < a->values; i++)
			if (strlen(a->value[i]) == n && !strncmp(a->value[i], p, n)) {
				sc_fail(err, SC_EINVAL, "the value '%.*s' is given twice",
					(int)(n < 60 ? n : 60), p);
				return at(text, p, err);
			}
		if (!add_value(s, a, &room, p, n))
			return no_memory(err);
		p += n;
		if (!*p)
			return SC_OK;
	}
}

/* "stages[2].se…" or "stages.conv4_x.se…" is of that stage alone; −1 otherwise */
static int64_t stage_of(const sc_model *m, const char *field)
{
	for (size_t i = 0; i < m->stages.count; i++) {
		char index[48];
		const char *name = m->stages.item[i].name;
		size_t n = (size_t)snprintf(index, sizeof index, "stages[%zu].se", i);
		if (!strncmp(field, index, n) && (!field[n] || field[n] == '.'))
			return (int64_t)i;
		n = strlen(name);
		if (!strncmp(field, "stages.", 7) && !strncmp(field + 7, name, n) &&
			!strncmp(field + 7 + n, ".se", 3) &&
			(!field[10 + n] || field[10 + n] == '.'))
			return (int64_t)i;
	}
	return -1;
}

sc_status sc_axis_parse(struct sc_sweep *s, const char *text, sc_err *err)
{
	size_t n = strcspn(text, "=");
	unsigned long from, to, step;
	sc_axis *a = &s->axis[s->axes];
	char *field = sc_arena_alloc(&s->arena, n + 1);
	if (!field)
		return no_memory(err);
	memcpy(field, text, n);
	if (!n || !text[n]) {
		sc_fail(err, SC_EINVAL,
			"a sweep must read FIELD=values, such as se.ratio=2,4,8 or "
			"input=160..320:32");
		return at(text, text + n, err);
	}
	if (s->axes == SC_AXES_MAX) {
		sc_fail(err, SC_EINVAL, "more than %d axes", SC_AXES_MAX);
		return at(text, text, err);
	}
	for (size_t i = 0; i < s->axes; i++)
		if (!strcmp(s->axis[i].field, field)) {
			sc_fail(err, SC_EINVAL, "'%.80s' is swept twice", field);
			return at(text, text, err);
		}
	*a = (sc_axis){.field = field, .stage = stage_of(s->model, field)};
	const char *values = text + n + 1;
	sc_status status = read_range(values, &from, &to, &step)
				   ? add_range(s, a, text, values, err)
				   : add_list(s, a, text, values, err);
	s->axes += !status;
	return status;
}
