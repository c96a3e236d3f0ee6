/* `secost compare`: setups side by side, the first being the baseline. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "report/about.h"
#include "report/front.h"
#include "report/json.h"
#include "report/say.h"

static void extra_columns(sc_grid *g, const sc_compare_extras *e)
{
	if (e->front)
		sc_grid_column(g, SC_COLUMN_text, "front", "front", 0);
	if (!e->latency)
		return;
	sc_grid_column(g, SC_COLUMN_real, "se_latency_us", "SE time, µs", 1);
	sc_grid_column(g, SC_COLUMN_real, "se_latency_low_us", "from", 1);
	sc_grid_column(g, SC_COLUMN_real, "se_latency_high_us", "to", 1);
}

static void extra_cells(sc_grid *g, const sc_compare_extras *e, size_t i)
{
	if (e->front)
		sc_grid_text(g, sc_front_mark_name(e->front->mark[i]));
	if (!e->latency)
		return;
	sc_grid_real(g, e->latency[i].ns / 1e3);
	sc_grid_real(g, e->latency[i].low / 1e3);
	sc_grid_real(g, e->latency[i].high / 1e3);
}

static void columns(sc_grid *g, bool groups, const sc_compare_extras *e)
{
	sc_grid_column(g, SC_COLUMN_text, "group", groups ? "group" : NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "setup", "setup", 0);
	sc_grid_column(g, SC_COLUMN_text, "field", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "value", NULL, 0);
	extra_columns(g, e);
	sc_grid_column(g, SC_COLUMN_exact, "se_weights", "SE weights", 0);
	sc_grid_column(g, SC_COLUMN_share, "se_weights_share", "of base", 2);
	sc_grid_column(g, SC_COLUMN_exact, "se_params", "SE params", 0);
	sc_grid_column(g, SC_COLUMN_share, "se_params_share", "of base", 2);
	sc_grid_column(g, SC_COLUMN_change, "se_params_change", "SE change", 0);
	sc_grid_column(g, SC_COLUMN_exact, "params", "params", 0);
	sc_grid_column(g, SC_COLUMN_count, "macs", "MACs", 0);
	sc_grid_column(g, SC_COLUMN_count, "flops", "FLOPs", 0);
	sc_grid_column(g, SC_COLUMN_count, "se_flops", "SE FLOPs", 0);
	sc_grid_column(g, SC_COLUMN_share, "se_flops_share", NULL, 2);
	sc_grid_column(g, SC_COLUMN_count, "activations", "activations", 0);
	sc_grid_column(g, SC_COLUMN_count, "bytes", "bytes", 0);
	sc_grid_column(g, SC_COLUMN_count, "se_bytes", "SE bytes", 0);
	sc_grid_column(g, SC_COLUMN_exact, "line", NULL, 0);
}

static void count(sc_grid *g, bool known, uint64_t n)
{
	if (known)
		sc_grid_count(g, n);
	else
		sc_grid_unknown(g);
}

static void share(sc_grid *g, bool known, uint64_t part, uint64_t base)
{
	if (known)
		sc_grid_share(g, sc_share(part, base));
	else
		sc_grid_unknown(g);
}

/* what a sweep varies, and its value */
static void sweep_cells(sc_grid *g, const sc_setup *setup)
{
	if (setup->key)
		sc_grid_text(g, setup->key);
	else
		sc_grid_nothing(g);
	if (setup->key && setup->has_axis)
		sc_grid_real(g, setup->axis);
	else
		sc_grid_nothing(g);
}

static sc_row_kind kind_of(const sc_setup *setup, const sc_compare_extras *e, size_t i)
{
	bool dim = e->front ? e->front->mark[i] == SC_FRONT_off : !setup->sheet.total.se.params;
	return dim ? SC_ROW_dim : SC_ROW_plain;
}

static void row(sc_grid *g, const sc_study *study, size_t i, const sc_compare_extras *e)
{
	const sc_setup *setup = &study->setup[i], *baseline = &study->setup[0];
	const sc_totals *t = &setup->sheet.total;
	uint64_t base = 0, flops = 0;
	bool has_base = sc_sheet_base_params(&setup->sheet, &base),
	     has_flops = sc_sheet_base_flops(&setup->sheet, &flops);
	sc_grid_row(g, kind_of(setup, e, i));
	sc_grid_text(g, setup->group);
	sc_grid_text(g, setup->name);
	sweep_cells(g, setup);
	extra_cells(g, e, i);
	sc_grid_count(g, t->se.weights);
	share(g, has_base, t->se.weights, base);
	sc_grid_count(g, t->se.params);
	share(g, has_base, t->se.params, base);
	sc_grid_change(g, sc_delta_between(&baseline->sheet.total, t).se_params);
	count(g, t->known, t->params);
	count(g, t->known, t->macs);
	count(g, t->known, t->flops);
	sc_grid_count(g, t->se.flops);
	share(g, has_flops, t->se.flops, flops);
	count(g, t->known, t->activations);
	count(g, t->known, t->bytes);
	sc_grid_count(g, t->se.bytes);
	if (setup->line)
		sc_grid_count(g, setup->line);
	else
		sc_grid_nothing(g);
}

static sc_grid *setups_grid(
	const sc_study *study, const char *group, const sc_compare_extras *extras)
{
	char name[96];
	snprintf(name, sizeof name, "setups%s%s", group ? "-" : "", group ? group : "");
	sc_grid *g = sc_grid_new(name, group ? group : "setups");
	sc_grid_narrow(g,
		"setup,front,se_latency_us,error,se_params,se_params_share,se_flops,group,params");
	bool groups = false;
	for (size_t i = 1; i < study->setups && !group; i++)
		groups = groups || strcmp(study->setup[i].group, study->setup[1].group) != 0;
	sc_say_grid_conditions(g, &study->setup[0].sheet);
	columns(g, groups, extras);
	row(g, study, 0, extras);
	for (size_t i = 1; i < study->setups; i++)
		if (!group || !strcmp(study->setup[i].group, group))
			row(g, study, i, extras);
	return g;
}

sc_grid *sc_setups_grid(const sc_study *study, const char *group)
{
	return setups_grid(study, group, &(sc_compare_extras){0});
}

/* --- JSON --- */

static json_t *delta(sc_json *j, const sc_delta *d, bool known)
{
	json_t *o = json_object(), *se = json_object();
	const struct {
		const char *key;
		int64_t n;
	} trunk[] = {{"params", d->params}, {"macs", d->macs}, {"flops", d->flops},
		{"activations", d->activations}, {"bytes", d->bytes}},
	  parts[] = {{"params", d->se_params}, {"weights", d->se_weights}, {"macs", d->se_macs},
		  {"flops", d->se_flops}};
	for (size_t i = 0; i < sizeof trunk / sizeof *trunk; i++)
		sc_json_set(j, o, trunk[i].key, known ? json_integer(trunk[i].n) : json_null());
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		sc_json_set(j, se, parts[i].key, json_integer(parts[i].n));
	sc_json_set(j, o, "se", se);
	return o;
}

/* {path: value}, the value being the text that was given */
json_t *sc_json_overrides(sc_json *j, const sc_texts *set)
{
	json_t *o = json_object();
	for (size_t i = 0; i < set->count; i++) {
		size_t n = strcspn(set->item[i], "=");
		char *path = strndup(set->item[i], n);
		sc_json_set(j, o, path, sc_json_text(set->item[i] + n + (set->item[i][n] == '=')));
		free(path);
	}
	return o;
}

static json_t *setup_json(sc_json *j, const sc_study_subject *of, size_t i)
{
	json_t *o = json_object();
	const sc_setup *setup = &of->study->setup[i], *baseline = &of->study->setup[0];
	sc_delta d = sc_delta_between(&baseline->sheet.total, &setup->sheet.total);
	bool known = baseline->sheet.total.known && setup->sheet.total.known;
	sc_json_set(j, o, "name", sc_json_text(setup->name));
	sc_json_set(j, o, "group", sc_json_text(setup->group));
	sc_json_set(j, o, "network", sc_json_text(setup->model->name));
	sc_json_set(j, o, "line", setup->line ? json_integer(setup->line) : json_null());
	sc_json_set(j, o, "set", sc_json_overrides(j, &setup->set));
	sc_json_set(j, o, "total", sc_json_totals(j, &setup->sheet.total));
	sc_json_set(j, o, "stages", sc_json_stages(j, &setup->sheet));
	sc_json_set(j, o, "delta", delta(j, &d, known));
	if (of->front)
		sc_json_set(j, o, "front", sc_json_text(sc_front_mark_name(of->front->mark[i])));
	return o;
}

json_t *sc_study_json(const void *subject)
{
	sc_json made = {0}, *j = &made;
	const sc_study_subject *of = subject;
	const sc_study *study = of->study;
	json_t *root = json_object(), *all = json_array();
	sc_json_set(j, root, "schema", sc_json_text("secost.compare/1"));
	sc_json_set(j, root, "context", sc_json_context(j, &study->rules, study->batch));
	for (size_t i = 0; i < study->setups; i++)
		sc_json_append(j, all, setup_json(j, of, i));
	sc_json_set(j, root, "setups", all);
	return sc_json_done(j, root);
}

/* --- what leaving a stage out saves --- */

typedef struct saving {
	const sc_setup *setup; /* NULL while there is none */
	double most, low, high;
	bool is_shown; /* is it more than every other saves, intervals and all? */
} saving;

static bool leaves_a_stage_out(const sc_setup *s)
{
	return !strcmp(s->group, "stages") && !strncmp(s->name, "without ", 8);
}

/* what setup `i` saves: in parameters exactly, in time with an interval */
static saving saved_by(const sc_study *study, const sc_latency *t, size_t i)
{
	const sc_setup *s = &study->setup[i], *base = &study->setup[0];
	if (t)
		return (saving){
			s, t[0].ns - t[i].ns, t[0].low - t[i].low, t[0].high - t[i].high, false};
	double n = (double)base->sheet.total.se.params - (double)s->sheet.total.se.params;
	return (saving){s, n, n, n, false};
}

static saving most_saved(const sc_study *study, const sc_latency *t)
{
	saving best = {0};
	for (size_t i = 1; i < study->setups; i++) {
		saving s = saved_by(study, t, i);
		if (leaves_a_stage_out(s.setup) && (!best.setup || s.most > best.most))
			best = s;
	}
	best.is_shown = best.setup != NULL;
	for (size_t i = 1; i < study->setups; i++) {
		saving s = saved_by(study, t, i);
		if (leaves_a_stage_out(s.setup) && s.setup != best.setup && s.high >= best.low)
			best.is_shown = false;
	}
	return best;
}

static void say_stages(const sc_study *study, const sc_latency *t, sc_document *doc)
{
	saving params = most_saved(study, NULL), time = most_saved(study, t);
	sc_digits saved;
	if (!params.setup || !time.setup)
		return;
	sc_document_answer(doc,
		"Of the stages, to leave out SE in %s saves the most parameters, %s; in %s the "
		"most "
		"time, %.1f µs [%.1f, %.1f]%s.",
		params.setup->name + 8, sc_number_exact(&saved, (uint64_t)params.most),
		time.setup->name + 8, time.most / 1e3, time.low / 1e3, time.high / 1e3,
		time.is_shown ? "" : ", though the intervals do not show that it is the most");
}

sc_document *sc_compare_document_with(const sc_study *study, const sc_compare_extras *extras)
{
	sc_document *doc = sc_document_new(study->title);
	char names[64];
	sc_about_setups(doc, study,
		extras->front	  ? sc_front_names(extras->front, names)
		: extras->latency ? "time"
				  : NULL);
	sc_say_conditions(doc, &study->setup[0].sheet);
	sc_grid *g = setups_grid(study, NULL, extras);
	sc_grid_note(g, "of base: of the parameters of the same network without SE");
	for (size_t i = 0; i < study->lefts; i++)
		sc_grid_note(g, "%s %s: left out, %s", study->left_out[i].group,
			study->left_out[i].name, study->left_out[i].why);
	if (extras->front)
		sc_front_note(extras->front, g);
	if (extras->latency)
		sc_grid_note(g, "SE time: %s", extras->latency_from);
	sc_document_grid(doc, g);
	if (extras->front) {
		sc_front_grids(study, extras->front, doc);
		sc_front_say(study, extras->front, doc);
	}
	sc_say_setups(doc, study);
	if (extras->latency)
		say_stages(study, extras->latency, doc);
	const sc_study_subject subject = {study, extras->front};
	if (!extras->latency)
		sc_document_json(doc, sc_study_json, &subject, sizeof subject);
	return doc;
}

sc_document *sc_compare_document(const sc_study *study)
{
	return sc_compare_document_with(study, &(sc_compare_extras){0});
}
