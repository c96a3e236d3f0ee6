/* A study is a growing list of setups; setup 0 is the network as described. Each setup is a clone
 * of the network with its overrides set, and the sheet of that clone. */
#include "study/study.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#include "base/array.h"

static sc_status no_memory(sc_err *err)
{
	return sc_fail(err, SC_ENOMEM, "no memory for the study");
}

/* room is doubled whenever it is full, at a power of two */
static bool make_room_for_set(sc_sets *sets)
{
	size_t n = sets->texts.count;
	if (n & (n - 1))
		return true;
	const char **item = sc_arena_alloc(sets->arena, (n ? 2 * n : 1) * sizeof *item);
	if (item && n)
		memcpy(item, sets->texts.item, n * sizeof *item);
	if (item)
		sets->texts.item = item;
	return item != NULL;
}

void sc_sets_add(sc_sets *sets, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	char *copy = sc_arena_vprintf(sets->arena, fmt, args);
	va_end(args);
	if (!copy || !make_room_for_set(sets)) {
		sets->failed = true;
		return;
	}
	sets->texts.item[sets->texts.count++] = copy;
}

static sc_status copy_texts(sc_arena *arena, const sc_texts *from, sc_texts *out, sc_err *err)
{
	sc_texts copy = {sc_arena_alloc(arena, from->count * sizeof *copy.item), from->count};
	for (size_t i = 0; i < from->count && copy.item; i++)
		if (!(copy.item[i] = sc_arena_strdup(arena, from->item[i])))
			return no_memory(err);
	if (!copy.item)
		return no_memory(err);
	*out = copy;
	return SC_OK;
}

static sc_status make_room(sc_study *study, sc_err *err)
{
	sc_setup *setup =
		sc_array_reserve(study->setup, &study->room, study->setups + 1, sizeof *setup);
	if (!setup)
		return no_memory(err);
	study->setup = setup;
	return SC_OK;
}

/* all errors are too many for a small stack */
static sc_status check(const sc_model *model, sc_err *err)
{
	sc_errs *errs = calloc(1, sizeof *errs);
	sc_status s = errs ? sc_model_check(model, errs) : no_memory(err);
	if (errs && s && err)
		*err = errs->item[0];
	free(errs);
	return s;
}

static sc_status apply(sc_model *model, const sc_texts *set, sc_err *err)
{
	size_t failed;
	sc_status s = sc_model_set_all(model, set, &failed, err);
	if (s && err && failed < set->count) {
		sc_err cause = *err;
		sc_fail(err, s, "%s; in the override '%.80s'", cause.message, set->item[failed]);
		snprintf(err->file, sizeof err->file, "%s", cause.file);
		err->line = cause.line;
		err->column = cause.column;
	}
	return s ? s : check(model, err);
}

static sc_status count(sc_study *study, const sc_model *model, sc_setup *setup, sc_err *err)
{
	sc_status s = sc_model_clone(model, &setup->model, err);
	if (s)
		return s;
	s = apply(setup->model, &setup->set, err);
	if (!s)
		s = sc_sheet_make(
			setup->model, &study->rules, study->batch, NULL, &setup->sheet, err);
	if (s)
		sc_model_free(setup->model);
	return s;
}

static sc_status add(sc_study *study, const sc_model *model, const char *name, const char *group,
	const sc_texts *set, sc_err *err)
{
	sc_arena *arena = &study->memory->arena;
	sc_setup setup = {
		.name = sc_arena_strdup(arena, name), .group = sc_arena_strdup(arena, group)};
	sc_status s = setup.name && setup.group ? make_room(study, err) : no_memory(err);
	if (!s)
		s = copy_texts(arena, set, &setup.set, err);
	if (!s)
		s = count(study, model, &setup, err);
	if (!s)
		study->setup[study->setups++] = setup;
	return s;
}

sc_status sc_study_add(
	sc_study *study, const char *name, const char *group, const sc_texts *set, sc_err *err)
{
	for (size_t i = 0; i < study->setups; i++)
		if (!strcmp(study->setup[i].name, name) && !strcmp(study->setup[i].group, group))
			return sc_fail(err, SC_EINVAL,
				"there are two setups '%.80s' in '%.80s': each needs a name of its "
				"own",
				name, group);
	return add(study, study->model, name, group, set, err);
}

sc_status sc_study_add_network(sc_study *study, const sc_model *model, sc_err *err)
{
	const sc_texts nothing = {0};
	return add(study, model, model->name, "networks", &nothing, err);
}

sc_status sc_study_new(
	const sc_model *model, const sc_rules *rules, uint32_t batch, sc_study **out, sc_err *err)
{
	sc_study *study = calloc(1, sizeof *study);
	if (study)
		study->memory = calloc(1, sizeof *study->memory);
	if (!study || !study->memory) {
		free(study);
		return no_memory(err);
	}
	study->title = model->name;
	study->model = model;
	study->rules = *rules;
	study->batch = batch;
	const sc_texts nothing = {0};
	sc_status s = sc_study_add(study, "baseline", "baseline", &nothing, err);
	if (s)
		sc_study_free(study);
	else
		*out = study;
	return s;
}

bool sc_setup_is_ratio(const sc_setup *setup)
{
	return setup->key && !strcmp(setup->key, "ratio");
}

void sc_study_free(sc_study *study)
{
	if (!study)
		return;
	for (size_t i = 0; i < study->setups; i++) {
		sc_sheet_release(&study->setup[i].sheet);
		sc_model_free(study->setup[i].model);
	}
	free(study->setup);
	sc_arena_release(&study->memory->arena);
	free(study->memory);
	free(study);
}

/* split "a=1; b=[1,2]" at semicolons */
static void split(const char *text, sc_sets *sets)
{
	while (*text) {
		text += strspn(text, " ;");
		size_t n = strcspn(text, ";"), kept = n;
		while (kept && text[kept - 1] == ' ')
			kept--;
		if (kept)
			sc_sets_add(sets, "%.*s", (int)kept, text);
		text += n;
	}
}

static sc_status check_name(const char *name, sc_err *err)
{
	unsigned long harmful = sc_text_first_harmful(name, false);
	return harmful ? sc_fail(err, SC_EINVAL,
				 "the name of a setup has the character U+%04lX, must be without "
				 "control characters, line breaks and marks of direction",
				 harmful)
		       : SC_OK;
}

sc_status sc_study_add_text(sc_study *study, const char *text, sc_err *err)
{
	size_t equals = strcspn(text, "="), colon = strcspn(text, ":");
	bool named = colon < equals && text[colon];
	char name[128];
	snprintf(name, sizeof name, "%.*s", (int)(named ? colon : strlen(text)), text);
	sc_status s = check_name(name, err);
	if (s)
		return s;
	if (named && strspn(text, " ") == colon)
		return sc_fail(err, SC_EINVAL,
			"a setup without a name has no colon: 'path=value; path=value', not "
			"'%.80s'",
			text);
	sc_sets sets = {.arena = &study->memory->arena};
	split(named ? text + colon + 1 : text, &sets);
	if (sets.failed)
		return no_memory(err);
	if (!sets.texts.count)
		return sc_fail(err, SC_EINVAL,
			"a setup must read 'name: path=value; path=value', not '%.80s'", text);
	return sc_study_add(study, name, "setups", &sets.texts, err);
}
