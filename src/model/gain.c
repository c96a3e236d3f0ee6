/* Gain files: what SE is worth, as somebody measured it. Read by the same reader over tables of
 * their own. */
#include <stdlib.h>
#include <string.h>

#include "model/spec.h"

#define LEAST 1e-6 /* gains are added as whole numbers of it */

static bool has(const sc_gain *g, const char *key)
{
	return sc_field_mark("gain", &g->given, key).line != 0;
}

/* --- a line that says what an earlier one said: the same stage at the same ratio, or at any --- */

static int by_stage(const sc_gain *a, const sc_gain *b)
{
	return a->stage && b->stage ? strcmp(a->stage, b->stage)
				    : (a->stage != NULL) - (b->stage != NULL);
}

/* a gain at any ratio, which is 0, before those at one */
static int by_stage_and_ratio(const void *x, const void *y)
{
	const sc_gain *a = *(const sc_gain *const *)x, *b = *(const sc_gain *const *)y;
	int stage = by_stage(a, b);
	if (stage)
		return stage;
	if (a->ratio != b->ratio)
		return a->ratio < b->ratio ? -1 : 1;
	return a < b ? -1 : a > b;
}

static void tell_double(sc_reader *r, const sc_gain *a, const sc_gain *b)
{
	const sc_gain *first = a < b ? a : b, *second = a < b ? b : a;
	sc_reader_fail(r, SC_ESCHEMA, second->given.at,
		"this stage and ratio have a gain in line %u already", first->given.at.line);
}

/* sorted, those of a stage stand together, and of a ratio */
static bool check_doubles(sc_reader *r, const sc_gain_spec *spec)
{
	size_t n = spec->gains.count, first = 0;
	const sc_gain **all = malloc((n + 1) * sizeof *all);
	for (size_t i = 0; all && i < n; i++)
		all[i] = &spec->gains.item[i];
	if (all)
		qsort(all, n, sizeof *all, by_stage_and_ratio);
	for (size_t i = 1; all && i < n; i++) {
		if (by_stage(all[first], all[i]))
			first = i;
		else if (!all[first]->ratio)
			tell_double(r, all[first], all[i]);
		else if (all[i - 1]->ratio == all[i]->ratio)
			tell_double(r, all[i - 1], all[i]);
	}
	free(all);
	return all != NULL;
}

/* --- */

static void check_gain(sc_reader *r, const sc_gain_spec *spec, size_t i)
{
	const sc_gain *g = &spec->gains.item[i];
	bool has_without = sc_field_mark("gains", &spec->given, "without").line != 0;
	if (has(g, "gain") == has(g, "error"))
		sc_reader_fail(r, SC_ESCHEMA, g->given.at, "a gain needs either 'gain' or 'error'");
	else if (has(g, "error") && !has_without)
		sc_reader_fail(r, SC_ESCHEMA, g->given.at,
			"'error' needs 'without' at the top: the error without SE");
	else if (has(g, "error") && g->error > spec->without)
		sc_reader_fail(r, SC_ESCHEMA, sc_field_mark("gain", &g->given, "error"),
			"'error' is %g, must be at most the %g without SE: a gain can't be "
			"negative",
			g->error, spec->without);
	else if (sc_gain_value(spec, g) > 0 && sc_gain_value(spec, g) < LEAST)
		sc_reader_fail(r, SC_ESCHEMA,
			sc_field_mark("gain", &g->given, has(g, "error") ? "error" : "gain"),
			"the gain is %g, must be 0 or at least %g, in which gains are added up",
			sc_gain_value(spec, g), LEAST);
	else if (!g->stage != !spec->gains.item[0].stage)
		sc_reader_fail(
			r, SC_ESCHEMA, g->given.at, "either all gains name a 'stage' or none does");
}

static void check_all(sc_reader *r, const sc_gain_spec *spec)
{
	if (spec->gains.count && has(&spec->gains.item[0], "error") && spec->all > spec->without)
		sc_reader_fail(r, SC_ESCHEMA, sc_field_mark("gains", &spec->given, "all"),
			"'all' is %g, must be at most the %g without SE: a gain can't be negative",
			spec->all, spec->without);
}

static sc_status finish(void *of, sc_errs *errs)
{
	const sc_gain_spec *spec = of;
	sc_reader r = {.file = spec->file, .errs = errs};
	if (!spec->gains.count)
		sc_reader_fail(&r, SC_ESCHEMA, spec->given.at, "a gain file needs 'gains'");
	for (size_t i = 0; i < spec->gains.count; i++)
		check_gain(&r, spec, i);
	check_all(&r, spec);
	if (!check_doubles(&r, spec))
		return SC_ENOMEM;
	return r.status;
}

SC_IS_SPEC(sc_gain_spec);
static const sc_spec_kind gains = {&sc_table_gains, "the gains", finish};

sc_status sc_gain_spec_parse(
	const char *name, const char *text, size_t n, sc_gain_spec **out, sc_errs *errs)
{
	void *spec;
	sc_status s = sc_spec_parse(&gains, name, text, n, &spec, errs);
	if (!s)
		*out = spec;
	return s;
}

sc_status sc_gain_spec_load(const char *path, sc_gain_spec **out, sc_errs *errs)
{
	void *spec;
	sc_status s = sc_spec_load(&gains, path, &spec, errs);
	if (!s)
		*out = spec;
	return s;
}

void sc_gain_spec_free(sc_gain_spec *spec)
{
	sc_spec_free(spec);
}

double sc_gain_value(const sc_gain_spec *spec, const sc_gain *g)
{
	return has(g, "error") ? spec->without - g->error : g->gain;
}

bool sc_gain_is_error(const sc_gain_spec *spec)
{
	return has(&spec->gains.item[0], "error");
}
