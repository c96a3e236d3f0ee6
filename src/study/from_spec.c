/* The setups that a study file describes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/choices.h"
#include "study/study.h"

static sc_status place(const sc_study_spec *spec, sc_mark at, sc_status s, sc_err *err)
{
	if (s && err && (!err->line || !strcmp(err->file, "--set"))) {
		snprintf(err->file, sizeof err->file, "%s", spec->file);
		err->line = (int)at.line;
		err->column = (int)at.column;
	}
	return s;
}

static sc_status add_setup(sc_study *study, const sc_setup_spec *setup, sc_err *err)
{
	const char *group = setup->group ? setup->group : "setups";
	sc_status s = sc_study_add(study, setup->name, group, &setup->set, err);
	if (!s)
		study->setup[study->setups - 1].published = setup->published;
	return s;
}

static sc_status add_value(sc_study *study, const sc_sweep_spec *sweep, size_t i, sc_err *err)
{
	const char *value = sweep->values.item[i], *dot = strrchr(sweep->field, '.');
	const char *symbol = dot ? dot + 1 : sweep->field;
	char name[256], *end;
	snprintf(name, sizeof name, "%.100s = %.100s", !strcmp(symbol, "ratio") ? "r" : symbol,
		value);
	sc_sets sets = {.arena = &study->memory->arena};
	sc_sets_add(&sets, "%s=%s", sweep->field, value);
	if (sets.failed)
		return sc_fail(err, SC_ENOMEM, "no memory for the study");
	sc_status s =
		sc_study_add(study, name, sweep->name ? sweep->name : symbol, &sets.texts, err);
	if (s)
		return s;
	sc_setup *setup = &study->setup[study->setups - 1];
	setup->key = symbol;
	setup->axis = strtod(value, &end);
	setup->has_axis = *value && !*end;
	if (sweep->published.count)
		setup->published = sweep->published.item[i];
	return SC_OK;
}

/* which line asked for the setups from `first` on */
static void note_line(sc_study *study, size_t first, sc_mark at)
{
	for (size_t i = first; i < study->setups; i++)
		study->setup[i].line = at.line;
}

static sc_status add_sweep(sc_study *study, const sc_sweep_spec *sweep, sc_err *err)
{
	sc_status s = SC_OK;
	for (size_t v = 0; v < sweep->values.count && !s; v++)
		s = add_value(study, sweep, v, err);
	return s;
}

sc_status sc_study_add_spec(sc_study *study, const sc_study_spec *spec, sc_err *err)
{
	sc_status s = SC_OK;
	study->spec = spec;
	if (spec->title)
		study->title = spec->title;
	for (size_t i = 0; i < spec->setups.count && !s; i++) {
		sc_mark at = spec->setups.item[i].given.at;
		size_t first = study->setups;
		s = place(spec, at, add_setup(study, &spec->setups.item[i], err), err);
		note_line(study, first, at);
	}
	for (size_t i = 0; i < spec->sweeps.count && !s; i++) {
		sc_mark at = spec->sweeps.item[i].given.at;
		size_t first = study->setups;
		s = place(spec, at, add_sweep(study, &spec->sweeps.item[i], err), err);
		note_line(study, first, at);
	}
	for (size_t i = 0; i < spec->ablate.count && !s; i++) {
		sc_mark at = sc_field_mark("study", &spec->given, "ablate");
		size_t first = study->setups;
		s = place(spec, at, sc_study_ablate(study, spec->ablate.item[i], err), err);
		note_line(study, first, at);
	}
	return s;
}

static sc_status prepare(const sc_study_spec *spec, sc_model *model, sc_rules *rules, sc_errs *errs)
{
	sc_err err = {0};
	sc_status s = SC_OK;
	for (size_t i = 0; i < spec->set.count && !s; i++)
		s = place(spec, sc_field_mark("study", &spec->given, "set"),
			sc_model_set(model, spec->set.item[i], &err), &err);
	for (size_t i = 0; i < spec->rules.count && !s; i++)
		s = place(spec, sc_field_mark("study", &spec->given, "rules"),
			sc_rules_use(rules, spec->rules.item[i], &err), &err);
	return s ? sc_errs_add(errs, &err) : sc_model_check(model, errs);
}

static const char *network_word(const void *unused, size_t i)
{
	(void)unused;
	const sc_bundled *b = sc_bundled_at(i);
	return !b ? NULL : strcmp(b->kind, "networks") ? "" : b->name;
}

/* a file that can't be read has no line of its own: the one that names it has */
static void tell_where(const sc_study_spec *spec, sc_err *e)
{
	sc_err whole;
	sc_tail tail;
	if (e->status != SC_EIO || e->line)
		return;
	sc_did_you_mean(spec->network, network_word, NULL, NULL, &tail);
	sc_fail(&whole, e->status, "%s%s", e->message, tail.s);
	place(spec, sc_study_spec_mark(spec, "network"), e->status, &whole);
	*e = whole;
}

static sc_status load_network(const sc_study_spec *spec, sc_model **m, sc_errs *errs)
{
	size_t before = errs ? errs->count : 0;
	sc_status s = sc_model_load(spec->network_path, m, errs);
	for (size_t i = before; errs && i < errs->count; i++)
		tell_where(spec, &errs->item[i]);
	return s;
}

sc_status sc_study_open(
	const sc_study_spec *spec, sc_model **model, sc_study **study, sc_errs *errs)
{
	sc_model *m;
	sc_study *st = NULL;
	sc_err err = {0};
	sc_rules rules = sc_rules_default();
	sc_status s = load_network(spec, &m, errs);
	if (s)
		return s;
	s = prepare(spec, m, &rules, errs);
	if (!s && ((s = sc_study_new(m, &rules, 1, &st, &err)) ||
			  (s = sc_study_add_spec(st, spec, &err))))
		sc_errs_add(errs, &err);
	if (s) {
		sc_study_free(st);
		sc_model_free(m);
		return s;
	}
	*model = m;
	*study = st;
	return SC_OK;
}
