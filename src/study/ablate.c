/* Ready-made groups of setups. What a group wants is said of the SE that blocks resolve to,
 * whatever said it: the network, a stage or an override of single blocks. So every level that has
 * its own word gets the value, as a path that a user could give. */
#include <stdio.h>
#include <string.h>

#include "base/choices.h"
#include "study/study.h"

static sc_sets no_sets(sc_study *study)
{
	return (sc_sets){.arena = &study->memory->arena};
}

static sc_status add(
	sc_study *study, const char *name, const char *group, sc_sets *sets, sc_err *err)
{
	if (sets->failed)
		return sc_fail(err, SC_ENOMEM, "no memory for the study");
	return sc_study_add(study, name, group, &sets->texts, err);
}

static bool stage_has_se(const sc_study *study, size_t stage)
{
	return study->setup[0].sheet.row[stage + 1].se_blocks > 0;
}

/* "=value" for the SE of a stage and of its overrides, where they have a word of their own */
static void set_in_stage(
	const sc_stage *st, size_t stage, sc_sets *sets, const char *field, const char *value)
{
	if (st->se.on == SC_YES)
		sc_sets_add(sets, "stages[%zu].se%s=%s", stage, field, value);
	for (size_t k = 0; k < st->overrides.count; k++)
		if (st->overrides.item[k].se.on == SC_YES)
			sc_sets_add(
				sets, "stages[%zu].overrides[%zu].se%s=%s", stage, k, field, value);
}

/* ".field=value" for the network's SE, and wherever a stage or block has its own word on SE */
static void set_everywhere(sc_study *study, sc_sets *sets, const char *field, const char *value)
{
	const sc_model *m = study->model;
	if (m->se.on == SC_YES)
		sc_sets_add(sets, "se%s=%s", field, value);
	for (size_t i = 0; i < m->stages.count; i++)
		if (stage_has_se(study, i))
			set_in_stage(&m->stages.item[i], i, sets, field, value);
}

static void turn_off(const sc_study *study, sc_sets *sets, size_t stage)
{
	const sc_stage *st = &study->model->stages.item[stage];
	sc_sets_add(sets, "stages[%zu].se=off", stage);
	for (size_t k = 0; k < st->overrides.count; k++)
		if (st->overrides.item[k].se.on == SC_YES)
			sc_sets_add(sets, "stages[%zu].overrides[%zu].se=off", stage, k);
}

/* `field` begins with its dot */
static sc_status add_value(sc_study *study, const char *group, const char *field, const char *value,
	const char *name, sc_err *err)
{
	sc_sets sets = no_sets(study);
	set_everywhere(study, &sets, field, value);
	return add(study, name, group, &sets, err);
}

sc_status sc_study_add_ratio(sc_study *study, unsigned ratio, sc_err *err)
{
	char name[32], value[32];
	snprintf(name, sizeof name, "r = %u", ratio);
	snprintf(value, sizeof value, "%u", ratio);
	sc_status s = add_value(study, "ratio", ".ratio", value, name, err);
	if (s)
		return s;
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

/* SE off where `keep` does not say so; `only` for one stage, `!only` for all but it */
static sc_status add_stages_setup(
	sc_study *study, const char *name, size_t stage, bool only, sc_err *err)
{
	sc_sets sets = no_sets(study);
	for (size_t i = 0; i < study->model->stages.count; i++)
		if (stage_has_se(study, i) && (i == stage) != only)
			turn_off(study, &sets, i);
	return add(study, name, "stages", &sets, err);
}

enum { STAGES_MAX = 200 };

static sc_status add_stages(sc_study *study, sc_err *err)
{
	size_t n = study->model->stages.count;
	if (n > STAGES_MAX)
		return sc_fail(err, SC_EINVAL,
			"%zu stages would make %zu setups; of more than %d name the setups you "
			"want",
			n, 2 * n + 2, STAGES_MAX);
	sc_status s = add_stages_setup(study, "no SE", n, true, err);
	for (size_t i = 0; i < n && !s; i++) {
		char name[128];
		snprintf(name, sizeof name, "only %.80s", study->model->stages.item[i].name);
		if (stage_has_se(study, i))
			s = add_stages_setup(study, name, i, true, err);
	}
	for (size_t i = 0; i < n && !s; i++) {
		char name[128];
		snprintf(name, sizeof name, "without %.80s", study->model->stages.item[i].name);
		if (stage_has_se(study, i))
			s = add_stages_setup(study, name, i, false, err);
	}
	return s ? s : add_stages_setup(study, "all stages", n, false, err);
}

/* a placement that some block has no place for is not a setup of this network */
static sc_status add_placement(sc_study *study, sc_err *err)
{
	sc_status s = SC_OK;
	for (size_t i = 0; sc_placement_name(i) && !s; i++) {
		s = add_value(study, "placement", ".placement", sc_placement_name(i),
			sc_placement_name(i), err);
		if (s == SC_ESCHEMA)
			s = SC_OK;
	}
	return s;
}

static sc_status add_squeeze(sc_study *study, sc_err *err)
{
	sc_status s = SC_OK;
	for (size_t i = 0; sc_squeeze_name(i) && !s; i++)
		s = add_value(
			study, "squeeze", ".squeeze", sc_squeeze_name(i), sc_squeeze_name(i), err);
	return s;
}

static sc_status add_gate(sc_study *study, sc_err *err)
{
	static const sc_function gates[] = {
		SC_FUNCTION_sigmoid, SC_FUNCTION_hard_sigmoid, SC_FUNCTION_tanh, SC_FUNCTION_relu};
	sc_status s = SC_OK;
	for (size_t i = 0; i < sizeof gates / sizeof *gates && !s; i++) {
		const char *name = sc_function_name(gates[i]);
		s = add_value(study, "gate", ".gate", name, name, err);
	}
	return s;
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
