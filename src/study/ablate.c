/* Ready-made groups of setups. What a setup wants is said of the SE that blocks resolve to, block
 * by block, whatever said it: the network, a stage, a list with one value a block, an override. It
 * is written down as paths that a user could give: first for every level that has its own word, and
 * then for each single block that the levels leave with another SE than the one wanted. */
#include <stdio.h>
#include <string.h>

#include "base/choices.h"
#include "study/study.h"

/* --- what a setup wants --- */

/* SE becomes another one, everywhere or in the stages from `first` to `last`, or in all but those
 */
typedef struct wish {
	const char *field, *value; /* the path's end: ".ratio", "8" */
	void (*edit)(sc_se_block *se, unsigned number);
	unsigned number;
	size_t stage;
	bool only_here, not_here;
} wish;

static void take_ratio(sc_se_block *se, unsigned ratio)
{
	se->width = 0;
	se->se_ratio = 0;
	se->ratio = ratio;
}

static void take_placement(sc_se_block *se, unsigned placement)
{
	se->placement = (sc_placement)placement;
}

static void take_squeeze(sc_se_block *se, unsigned squeeze)
{
	se->squeeze = (sc_squeeze)squeeze;
}

static void take_attention(sc_se_block *se, unsigned attention)
{
	se->attention = (sc_attention_kind)attention;
}

static void take_gate(sc_se_block *se, unsigned gate)
{
	se->gate = (sc_function)gate;
}

static void take_none(sc_se_block *se, unsigned unused)
{
	(void)unused;
	*se = (sc_se_block){0};
}

static bool is_of(const wish *w, size_t stage)
{
	return w->only_here ? stage == w->stage : !w->not_here || stage != w->stage;
}

static sc_se_block wanted(const wish *w, const sc_model *m, size_t stage, uint32_t block)
{
	sc_se_block se = sc_model_se(m, stage, block);
	if (se.on && is_of(w, stage))
		w->edit(&se, w->number);
	return se;
}

/* --- the wish as paths --- */

static bool stage_has_se(const sc_study *study, size_t stage)
{
	return study->setup[0].sheet.row[stage + 1].se_blocks > 0;
}

static void set_in_stage(const sc_model *m, size_t stage, const wish *w, sc_sets *sets)
{
	const sc_stage *st = &m->stages.item[stage];
	if (st->se.on == SC_YES || w->edit == take_none)
		sc_sets_add(sets, "stages[%zu].se%s=%s", stage, w->field, w->value);
	for (size_t k = 0; k < st->overrides.count; k++)
		if (st->overrides.item[k].se.on == SC_YES)
			sc_sets_add(sets, "stages[%zu].overrides[%zu].se%s=%s", stage, k, w->field,
				w->value);
}

static void set_levels(const sc_study *study, const wish *w, sc_sets *sets)
{
	const sc_model *m = study->model;
	if (m->se.on == SC_YES && w->edit != take_none)
		sc_sets_add(sets, "se%s=%s", w->field, w->value);
	for (size_t i = 0; i < m->stages.count; i++)
		if (stage_has_se(study, i) && is_of(w, i))
			set_in_stage(m, i, w, sets);
}

/* `now`, which is the model under the paths so far, against what is wanted of `m` */
static void set_blocks(const sc_model *m, const sc_model *now, const wish *w, sc_sets *sets)
{
	for (size_t i = 0; i < m->stages.count; i++)
		for (uint32_t b = 0; b < m->stages.item[i].blocks; b++) {
			sc_se_block want = wanted(w, m, i, b), is = sc_model_se(now, i, b);
			if (sc_se_same(&want, &is))
				continue;
			if (want.on)
				sc_sets_add(sets, "stages[%zu].blocks[%u].se%s=%s", i, b, w->field,
					w->value);
			else
				sc_sets_add(sets, "stages[%zu].blocks[%u].se=off", i, b);
		}
}

static sc_status add_wish(
	sc_study *study, const char *group, const char *name, const wish *w, sc_err *err)
{
	sc_sets sets = {.arena = &study->memory->arena};
	sc_model *now;
	size_t failed;
	set_levels(study, w, &sets);
	sc_status s = sc_model_clone(study->model, &now, err);
	if (s)
		return s;
	s = sc_model_set_all(now, &sets.texts, &failed, err);
	if (!s)
		set_blocks(study->model, now, w, &sets);
	sc_model_free(now);
	if (!s && sets.failed)
		s = sc_fail(err, SC_ENOMEM, "no memory for the study");
	return s ? s : sc_study_add(study, name, group, &sets.texts, err);
}

/* --- the groups --- */

sc_status sc_study_add_ratio(sc_study *study, unsigned ratio, sc_err *err)
{
	char name[32], value[32];
	snprintf(name, sizeof name, "r = %u", ratio);
	snprintf(value, sizeof value, "%u", ratio);
	const wish w = {".ratio", value, take_ratio, .number = ratio};
	sc_status s = add_wish(study, "ratio", name, &w, err);
	if (s)
		return s;
	study->setup[study->setups - 1].key = "ratio";
	study->setup[study->setups - 1].has_axis = true;
	study->setup[study->setups - 1].axis = ratio;
	return SC_OK;
}

static sc_status add_ratio(sc_study *study, sc_err *err)
{
	static const unsigned ratios[] = {2, 4, 8, 16, 32};
	sc_status s = SC_OK;
	for (size_t i = 0; i < sizeof ratios / sizeof *ratios && !s; i++)
		s = sc_study_add_ratio(study, ratios[i], err);
	return s;
}

enum { STAGES_MAX = 200 };

/* no SE in all other stages, or in this one */
static sc_status add_each_stage(sc_study *study, bool keep, sc_err *err)
{
	sc_status s = SC_OK;
	for (size_t i = 0; i < study->model->stages.count && !s; i++) {
		char name[128];
		snprintf(name, sizeof name, "%s %.80s", keep ? "only" : "without",
			study->model->stages.item[i].name);
		const wish w = {"", "off", take_none, 0, i, !keep, keep};
		if (stage_has_se(study, i))
			s = add_wish(study, "stages", name, &w, err);
	}
	return s;
}

static sc_status add_stages(sc_study *study, sc_err *err)
{
	size_t n = study->model->stages.count;
	const wish none = {.field = "", .value = "off", .edit = take_none};
	if (n > STAGES_MAX)
		return sc_fail(err, SC_EINVAL,
			"%zu stages would make %zu setups; of more than %d name the setups you "
			"want",
			n, 2 * n + 2, STAGES_MAX);
	sc_status s = add_wish(study, "stages", "no SE", &none, err);
	if (!s)
		s = add_each_stage(study, true, err);
	if (!s)
		s = add_each_stage(study, false, err);
	return s ? s : sc_study_add(study, "all stages", "stages", &(sc_texts){0}, err);
}

static sc_status leave_out(
	sc_study *study, const char *group, const char *name, const char *why, sc_err *err)
{
	sc_arena *arena = &study->memory->arena;
	sc_left_out *all = sc_arena_alloc(arena, (study->lefts + 1) * sizeof *all);
	const char *kept = sc_arena_strdup(arena, why);
	if (!all || !kept)
		return sc_fail(err, SC_ENOMEM, "no memory for the study");
	if (study->lefts)
		memcpy(all, study->left_out, study->lefts * sizeof *all);
	all[study->lefts++] = (sc_left_out){group, name, kept};
	study->left_out = all;
	return SC_OK;
}

/* One value of a field after the other. A place that some block does not have makes no setup of
 * this network: it is noted, not counted. */
static sc_status add_values(sc_study *study, const char *field,
	void (*edit)(sc_se_block *, unsigned), const char *(*name_of)(size_t),
	bool (*is_one)(size_t), sc_err *err)
{
	sc_status s = SC_OK;
	for (size_t i = 0; name_of(i) && !s; i++) {
		const wish w = {field, name_of(i), edit, .number = (unsigned)i};
		sc_err why = {0};
		if (!is_one || is_one(i))
			s = add_wish(study, field + 1, w.value, &w, &why);
		if (s == SC_ESCHEMA && (edit == take_placement || edit == take_attention))
			s = leave_out(study, field + 1, w.value, why.message, err);
		else if (s && err)
			*err = why;
	}
	return s;
}

static sc_status add_placement(sc_study *study, sc_err *err)
{
	return add_values(study, ".placement", take_placement, sc_placement_name, NULL, err);
}

static sc_status add_squeeze(sc_study *study, sc_err *err)
{
	return add_values(study, ".squeeze", take_squeeze, sc_squeeze_name, NULL, err);
}

static sc_status add_attention(sc_study *study, sc_err *err)
{
	return add_values(study, ".attention", take_attention, sc_attention_name, NULL, err);
}

/* what the forward kernel has as a gate */
static bool is_gate(size_t function)
{
	static const bool is[] = {
#define GATE(kernel) true
#define NO_GATE false
#define FUNCTION(name, counted, kept, act, gate, meaning) [SC_FUNCTION_##name] = gate,
#include "secost/functions.def"
#undef FUNCTION
	};
	return is[function];
}

static sc_status add_gate(sc_study *study, sc_err *err)
{
	return add_values(study, ".gate", take_gate, sc_function_name, is_gate, err);
}

static const sc_ablation table[] = {
#define ABLATION(name, meaning) {#name, meaning, add_##name},
#include "study/ablations.def"
#undef ABLATION
};

const sc_ablation *sc_ablation_at(size_t i)
{
	return i < sizeof table / sizeof *table ? &table[i] : NULL;
}

static bool has_se(const sc_study *study)
{
	for (size_t i = 0; i < study->model->stages.count; i++)
		if (stage_has_se(study, i))
			return true;
	return false;
}

static sc_status no_se(const sc_study *study, sc_err *err)
{
	return sc_fail(err, SC_EINVAL,
		"'%.80s' has no SE to vary; turn it on first, as '--set se.ratio=16' does",
		study->model->name);
}

static const char *ablation_word(const void *unused, size_t i)
{
	(void)unused;
	return sc_ablation_at(i) ? table[i].name : NULL;
}

sc_status sc_study_ablate(sc_study *study, const char *group, sc_err *err)
{
	sc_tail tail;
	for (size_t i = 0; sc_ablation_at(i); i++)
		if (!strcmp(table[i].name, group))
			return has_se(study) ? table[i].add(study, err) : no_se(study, err);
	return sc_fail(err, SC_EINVAL, "unknown ablation '%.40s'%s", group,
		sc_must_be_one_of(group, ablation_word, NULL, NULL, &tail));
}
