/* The setups that no other beats in the columns named. Costs and errors are better when lower; what
 * is gated, squeezed or has SE, when higher. Setups that are equal in all columns are kept. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/choices.h"
#include "plan/plan.h"

enum { OF_AIM = SC_PLAN_COLUMN__N, OF_ERROR = OF_AIM + SC_AIM_gain, WORDS };

static const sc_front_column columns_of_fronts[] = {
#define FRONT_COLUMN(name, title, higher) {#name, title, higher},
#include "secost/front_columns.def"
#undef FRONT_COLUMN
};
_Static_assert(sizeof columns_of_fronts / sizeof *columns_of_fronts == WORDS,
	"a column of budgets or an aim is no column of fronts, or the other way round");

static const char *word(const void *unused, size_t i)
{
	(void)unused;
	return i < WORDS ? columns_of_fronts[i].name : NULL;
}

static sc_status tell(const char *text, const char *at, sc_err *err)
{
	if (err) {
		snprintf(err->file, sizeof err->file, "--front");
		err->line = 1;
		err->column = (int)(at - text) + 1;
	}
	return SC_EINVAL;
}

static bool is_twice(const unsigned *out, size_t n, unsigned i)
{
	for (size_t k = 0; k < n; k++)
		if (out[k] == i)
			return true;
	return false;
}

static sc_status read_column(const char *text, const char *at, size_t length, const unsigned *known,
	size_t n, unsigned *out, sc_err *err)
{
	char name[64];
	sc_tail tail;
	sc_quoted quoted;
	snprintf(name, sizeof name, "%.*s", (int)(length < 63 ? length : 63), at);
	for (*out = 0; *out < WORDS && strcmp(word(NULL, *out), name); ++*out)
		;
	if (*out == WORDS) {
		sc_fail(err, SC_EINVAL, "there is no column %s for a front%s",
			sc_quote(name, &quoted), sc_must_be_one_of(name, word, NULL, NULL, &tail));
		return tell(text, at, err);
	}
	if (is_twice(known, n, *out)) {
		sc_fail(err, SC_EINVAL, "the column '%s' is given twice", name);
		return tell(text, at, err);
	}
	return SC_OK;
}

static sc_status read_columns(
	const char *text, unsigned out[SC_FRONT_COLUMNS], size_t *n, sc_err *err)
{
	const char *p = text;
	for (*n = 0;; p++) {
		size_t length = strcspn(p, ",");
		if (*n == SC_FRONT_COLUMNS) {
			sc_fail(err, SC_EINVAL, "a front is of at most %d columns",
				SC_FRONT_COLUMNS);
			return tell(text, p, err);
		}
		if (read_column(text, p, length, out, *n, &out[*n], err))
			return SC_EINVAL;
		++*n;
		p += length;
		if (!*p)
			break;
	}
	if (*n > 1)
		return SC_OK;
	sc_fail(err, SC_EINVAL, "a front is of two or three columns, such as params,channels");
	return tell(text, p, err);
}

static uint64_t aim_of(const sc_sheet *sheet, unsigned aim)
{
	uint64_t sum = 0;
	for (size_t i = 1; i + 1 < sheet->rows; i++)
		for (uint32_t b = 0; b < sheet->row[i].blocks; b++) {
			const sc_se_fact *f = &sheet->row[i].fact[b];
			if (f->squeezed)
				sum += aim == SC_AIM_channels ? f->gated.c
				       : aim == SC_AIM_width  ? f->squeezed
							      : 1;
		}
	return sum;
}

/* NAN when it is not known */
static double value_of(const sc_setup *setup, unsigned column, const double *ns)
{
	const sc_totals *t = &setup->sheet.total;
	uint64_t base = 0;
	if (column == OF_ERROR)
		return setup->published.top1_error > 0 ? setup->published.top1_error : NAN;
	if (column >= OF_AIM)
		return (double)aim_of(&setup->sheet, column - OF_AIM);
	if (column == SC_PLAN_COLUMN_latency)
		return ns ? *ns / 1e3 : NAN;
	if (column != SC_PLAN_COLUMN_weights && !sc_plan_base(&setup->sheet, column, &base) &&
		t->known)
		return NAN;
	return (double)base + (double)sc_plan_part(&t->se, column);
}

/* `sign` is −1 where more is better */
static bool beats(const double *a, const double *b, const double *sign, size_t n)
{
	bool better = false;
	for (size_t k = 0; k < n; k++) {
		if (sign[k] * a[k] > sign[k] * b[k])
			return false;
		better = better || sign[k] * a[k] < sign[k] * b[k];
	}
	return better;
}

static bool is_known(const double *v, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (isnan(v[k]))
			return false;
	return true;
}

static void mark(sc_front *f)
{
	size_t n = f->columns;
	double sign[SC_FRONT_COLUMNS];
	for (size_t k = 0; k < n; k++)
		sign[k] = f->column[k].higher ? -1 : 1;
	for (size_t i = 0; i < f->setups; i++) {
		const double *v = &f->value[i * n];
		f->mark[i] = is_known(v, n) ? SC_FRONT_on : SC_FRONT_unknown;
		for (size_t k = 0; k < f->setups && f->mark[i] == SC_FRONT_on; k++)
			if (is_known(&f->value[k * n], n) && beats(&f->value[k * n], v, sign, n))
				f->mark[i] = SC_FRONT_off;
	}
}

const char *sc_front_mark_name(sc_front_mark mark)
{
	static const char *const names[] = {"beaten", "on it", "not known", "over budget"};
	return names[mark];
}

static sc_status check_columns(
	const char *text, const unsigned *column, size_t n, bool timed, sc_err *err)
{
	for (size_t k = 0; k < n; k++)
		if (column[k] == SC_PLAN_COLUMN_latency && !timed) {
			sc_fail(err, SC_EINVAL,
				"a front of 'latency' needs times, which 'secost compare' takes "
				"from a --profile");
			return tell(text, text, err);
		}
	return SC_OK;
}

/* what a study's file says, which its reader has checked, but for times */
static sc_status own_columns(const sc_study_spec *spec, unsigned out[SC_FRONT_COLUMNS], size_t *n,
	bool timed, sc_err *err)
{
	sc_mark at = sc_field_mark("study", &spec->given, "front");
	for (*n = 0; *n < spec->front.count && *n < SC_FRONT_COLUMNS; ++*n)
		for (out[*n] = 0; strcmp(word(NULL, out[*n]), spec->front.item[*n]) != 0;)
			++out[*n];
	sc_status s = check_columns("", out, *n, timed, err);
	if (s && err) {
		snprintf(err->file, sizeof err->file, "%s", spec->file);
		err->line = (int)at.line;
		err->column = (int)at.column;
	}
	return s;
}

sc_status sc_study_front(
	const sc_study *study, const char *columns, const double *ns, sc_front *out, sc_err *err)
{
	unsigned column[SC_FRONT_COLUMNS];
	sc_front f = {.setups = study->setups};
	sc_status s = columns ? read_columns(columns, column, &f.columns, err)
			      : own_columns(study->spec, column, &f.columns, ns != NULL, err);
	if (!s && columns)
		s = check_columns(columns, column, f.columns, ns != NULL, err);
	if (s)
		return s;
	f.value = malloc(f.setups * f.columns * sizeof *f.value);
	f.mark = malloc(f.setups * sizeof *f.mark);
	if (!f.value || !f.mark) {
		sc_front_release(&f);
		return sc_fail(err, SC_ENOMEM, "no memory for a front");
	}
	for (size_t k = 0; k < f.columns; k++)
		f.column[k] = columns_of_fronts[column[k]];
	for (size_t i = 0; i < f.setups; i++)
		for (size_t k = 0; k < f.columns; k++)
			f.value[i * f.columns + k] =
				value_of(&study->setup[i], column[k], ns ? &ns[i] : NULL);
	mark(&f);
	*out = f;
	return SC_OK;
}

bool sc_study_has_front(const sc_study *study)
{
	return study->spec && study->spec->front.count;
}

void sc_front_release(sc_front *f)
{
	free(f->value);
	free(f->mark);
	*f = (sc_front){0};
}
