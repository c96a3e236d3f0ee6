/* Gain files: what SE is worth, as somebody measured it. Read by the same reader over tables of
 * their own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/fields.h"
#include "model/memory.h"
#include "model/source.h"

static bool has(const sc_gain *g, const char *key)
{
	return sc_field_mark("gain", &g->given, key).line != 0;
}

static bool same_stage(const sc_gain *a, const sc_gain *b)
{
	return a->stage && b->stage ? !strcmp(a->stage, b->stage) : a->stage == b->stage;
}

/* a line that says what an earlier one said: the same stage at the same ratio, or at any */
static void check_doubles(sc_reader *r, const sc_gain_spec *spec, size_t i)
{
	const sc_gain *g = &spec->gains.item[i];
	for (size_t k = 0; k < i; k++) {
		const sc_gain *other = &spec->gains.item[k];
		if (!same_stage(g, other) || (g->ratio && other->ratio && g->ratio != other->ratio))
			continue;
		sc_reader_fail(r, SC_ESCHEMA, g->given.at,
			"this stage and ratio have a gain in line %u already",
			other->given.at.line);
		return;
	}
}

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
	else if (!g->stage != !spec->gains.item[0].stage)
		sc_reader_fail(
			r, SC_ESCHEMA, g->given.at, "either all gains name a 'stage' or none does");
	check_doubles(r, spec, i);
}

static sc_status check(const sc_gain_spec *spec, sc_errs *errs)
{
	sc_reader r = {.file = spec->file, .errs = errs};
	if (!spec->gains.count)
		sc_reader_fail(&r, SC_ESCHEMA, spec->given.at, "a gain file needs 'gains'");
	for (size_t i = 0; i < spec->gains.count; i++)
		check_gain(&r, spec, i);
	return r.status;
}

static sc_status tell(const char *path, sc_errs *errs, sc_err *err)
{
	snprintf(err->file, sizeof err->file, "%s", path);
	return sc_errs_add(errs, err);
}

static sc_status read_spec(
	const char *path, const char *text, size_t n, sc_gain_spec *spec, sc_errs *errs)
{
	struct sc_model_memory *memory = spec->memory;
	sc_err err = {0};
	const char *file = sc_arena_strdup(&memory->arena, path);
	sc_status s = sc_read_text_into(&memory->arena, path, text, n, &sc_table_gains, spec, errs);
	spec->memory = memory;
	spec->file = file;
	if (!file)
		return sc_fail(&err, SC_ENOMEM, "no memory for the gains"), tell(path, errs, &err);
	return s ? s : check(spec, errs);
}

sc_status sc_gain_spec_parse(
	const char *name, const char *text, size_t n, sc_gain_spec **out, sc_errs *errs)
{
	sc_err err = {0};
	sc_gain_spec *spec = calloc(1, sizeof *spec);
	if (spec)
		spec->memory = calloc(1, sizeof *spec->memory);
	sc_status s = spec && spec->memory ? read_spec(name, text, n, spec, errs)
					   : (sc_fail(&err, SC_ENOMEM, "no memory for the gains"),
						     tell(name, errs, &err));
	if (s)
		sc_gain_spec_free(spec);
	else
		*out = spec;
	return s;
}

sc_status sc_gain_spec_load(const char *path, sc_gain_spec **out, sc_errs *errs)
{
	sc_text text = {0};
	sc_err err = {0};
	sc_status s = sc_source_read(path, &text, &err);
	s = s ? tell(path, errs, &err)
	      : sc_gain_spec_parse(path, sc_text_get(&text), text.length, out, errs);
	sc_text_release(&text);
	return s;
}

void sc_gain_spec_free(sc_gain_spec *spec)
{
	if (!spec)
		return;
	if (spec->memory)
		sc_arena_release(&spec->memory->arena);
	free(spec->memory);
	free(spec);
}

double sc_gain_value(const sc_gain_spec *spec, const sc_gain *g)
{
	return has(g, "error") ? spec->without - g->error : g->gain;
}

bool sc_gain_is_error(const sc_gain_spec *spec)
{
	return has(&spec->gains.item[0], "error");
}
