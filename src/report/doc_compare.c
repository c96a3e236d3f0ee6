/* `secost compare`: setups side by side, the first being the baseline. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/json.h"
#include "report/say.h"

static void columns(sc_grid *g, bool groups)
{
	sc_grid_column(g, SC_COLUMN_text, "group", groups ? "group" : NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "setup", "setup", 0);
	sc_grid_column(g, SC_COLUMN_exact, "se_weights", "SE weights", 0);
	sc_grid_column(g, SC_COLUMN_share, "se_weights_share", "of base", 2);
	sc_grid_column(g, SC_COLUMN_exact, "se_params", "SE params", 0);
	sc_grid_column(g, SC_COLUMN_share, "se_params_share", "of base", 2);
	sc_grid_column(g, SC_COLUMN_change, "se_params_change", "SE change", 0);
	sc_grid_column(g, SC_COLUMN_exact, "params", "params", 0);
	sc_grid_column(g, SC_COLUMN_count, "macs", "MACs", 0);
	sc_grid_column(g, SC_COLUMN_count, "flops", "FLOPs", 0);
	sc_grid_column(g, SC_COLUMN_count, "se_flops", "SE FLOPs", 0);
	sc_grid_column(g, SC_COLUMN_count, "activations", "activations", 0);
	sc_grid_column(g, SC_COLUMN_count, "bytes", "bytes", 0);
	sc_grid_column(g, SC_COLUMN_count, "se_bytes", "SE bytes", 0);
}

static void count(sc_grid *g, bool known, uint64_t n)
{
	if (known)
		sc_grid_count(g, n);
	else
		sc_grid_unknown(g);
}

static void share(sc_grid *g, const sc_sheet *sheet, uint64_t part)
{
	uint64_t base;
	if (sc_sheet_base_params(sheet, &base))
		sc_grid_share(g, sc_share(part, base));
	else
		sc_grid_unknown(g);
}

static void row(sc_grid *g, const sc_setup *setup, const sc_setup *baseline)
{
	const sc_totals *t = &setup->sheet.total;
	sc_grid_row(g, setup->sheet.total.se.params ? SC_ROW_plain : SC_ROW_dim);
	sc_grid_text(g, setup->group);
	sc_grid_text(g, setup->name);
	sc_grid_count(g, t->se.weights);
	share(g, &setup->sheet, t->se.weights);
	sc_grid_count(g, t->se.params);
	share(g, &setup->sheet, t->se.params);
	sc_grid_change(g, sc_delta_between(&baseline->sheet.total, t).se_params);
	count(g, t->known, t->params);
	count(g, t->known, t->macs);
	count(g, t->known, t->flops);
	sc_grid_count(g, t->se.flops);
	count(g, t->known, t->activations);
	count(g, t->known, t->bytes);
	sc_grid_count(g, t->se.bytes);
}

sc_grid *sc_setups_grid(const sc_study *study, const char *group)
{
	const sc_setup *baseline = &study->setup[0];
	char name[96];
	snprintf(name, sizeof name, "setups%s%s", group ? "-" : "", group ? group : "");
	sc_grid *g = sc_grid_new(name, group ? group : "setups");
	bool groups = false;
	for (size_t i = 1; i < study->setups && !group; i++)
		groups = groups || strcmp(study->setup[i].group, study->setup[1].group) != 0;
	columns(g, groups);
	row(g, baseline, baseline);
	for (size_t i = 1; i < study->setups; i++)
		if (!group || !strcmp(study->setup[i].group, group))
			row(g, &study->setup[i], baseline);
	return g;
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
static json_t *overrides(sc_json *j, const sc_texts *set)
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

static json_t *setup_json(sc_json *j, const sc_setup *setup, const sc_setup *baseline)
{
	json_t *o = json_object();
	sc_delta d = sc_delta_between(&baseline->sheet.total, &setup->sheet.total);
	bool known = baseline->sheet.total.known && setup->sheet.total.known;
	sc_json_set(j, o, "name", sc_json_text(setup->name));
	sc_json_set(j, o, "group", sc_json_text(setup->group));
	sc_json_set(j, o, "network", sc_json_text(setup->model->name));
	sc_json_set(j, o, "set", overrides(j, &setup->set));
	sc_json_set(j, o, "total", sc_json_totals(j, &setup->sheet.total));
	sc_json_set(j, o, "stages", sc_json_stages(j, &setup->sheet));
	sc_json_set(j, o, "delta", delta(j, &d, known));
	return o;
}

json_t *sc_study_json(const void *subject)
{
	sc_json made = {0}, *j = &made;
	const sc_study *study = *(const sc_study *const *)subject;
	json_t *root = json_object(), *all = json_array();
	sc_json_set(j, root, "schema", sc_json_text("secost.compare/1"));
	sc_json_set(j, root, "context", sc_json_context(j, &study->rules, study->batch));
	for (size_t i = 0; i < study->setups; i++)
		sc_json_append(j, all, setup_json(j, &study->setup[i], &study->setup[0]));
	sc_json_set(j, root, "setups", all);
	return sc_json_done(j, root);
}

enum { SENTENCES_MAX = 8 };

sc_document *sc_compare_document(const sc_study *study)
{
	sc_document *doc = sc_document_new(study->title);
	sc_say_conditions(doc, &study->setup[0].sheet);
	sc_grid *g = sc_setups_grid(study, NULL);
	sc_grid_note(g, "of base: of the parameters of the same network without SE");
	sc_document_grid(doc, g);
	for (size_t i = 1; i < study->setups && study->setups <= SENTENCES_MAX; i++)
		sc_say_setup(doc, &study->setup[0], &study->setup[i]);
	sc_document_json(doc, sc_study_json, &study, sizeof study);
	return doc;
}
