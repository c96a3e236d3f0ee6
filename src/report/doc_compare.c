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
	sc_grid_column(g, SC_COLUMN_text, "field", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "value", NULL, 0);
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
	if (setup->field)
		sc_grid_text(g, setup->field);
	else
		sc_grid_nothing(g);
	if (setup->field && setup->has_axis)
		sc_grid_real(g, setup->axis);
	else
		sc_grid_nothing(g);
}

static void row(sc_grid *g, const sc_setup *setup, const sc_setup *baseline)
{
	const sc_totals *t = &setup->sheet.total;
	uint64_t base = 0, flops = 0;
	bool has_base = sc_sheet_base_params(&setup->sheet, &base),
	     has_flops = sc_sheet_base_flops(&setup->sheet, &flops);
	sc_grid_row(g, setup->sheet.total.se.params ? SC_ROW_plain : SC_ROW_dim);
	sc_grid_text(g, setup->group);
	sc_grid_text(g, setup->name);
	sweep_cells(g, setup);
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
	sc_say_grid_conditions(g, &baseline->sheet);
	columns(g, groups);
	row(g, baseline, baseline);
	for (size_t i = 1; i < study->setups; i++)
		if (!group || !strcmp(study->setup[i].group, group))
			row(g, &study->setup[i], baseline);
	return g;
}

/* --- JSON --- */

static json_t *delta(const sc_delta *d, bool known)
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
		json_object_set_new(
			o, trunk[i].key, known ? json_integer(trunk[i].n) : json_null());
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		json_object_set_new(se, parts[i].key, json_integer(parts[i].n));
	json_object_set_new(o, "se", se);
	return o;
}

/* {path: value}, the value being the text that was given */
static json_t *overrides(const sc_texts *set)
{
	json_t *o = json_object();
	for (size_t i = 0; i < set->count; i++) {
		size_t n = strcspn(set->item[i], "=");
		char *path = strndup(set->item[i], n);
		if (path)
			json_object_set_new(
				o, path, json_string(set->item[i] + n + (set->item[i][n] == '=')));
		free(path);
	}
	return o;
}

static json_t *setup_json(const sc_setup *setup, const sc_setup *baseline)
{
	json_t *o = json_object();
	sc_delta d = sc_delta_between(&baseline->sheet.total, &setup->sheet.total);
	bool known = baseline->sheet.total.known && setup->sheet.total.known;
	json_object_set_new(o, "name", json_string(setup->name));
	json_object_set_new(o, "group", json_string(setup->group));
	json_object_set_new(o, "network", json_string(setup->model->name));
	json_object_set_new(o, "set", overrides(&setup->set));
	json_object_set_new(o, "total", sc_json_totals(&setup->sheet.total));
	json_object_set_new(o, "stages", sc_json_stages(&setup->sheet));
	json_object_set_new(o, "delta", delta(&d, known));
	return o;
}

json_t *sc_study_json(const void *subject)
{
	const sc_study *study = *(const sc_study *const *)subject;
	json_t *root = json_object(), *all = json_array();
	json_object_set_new(root, "schema", json_string("secost.compare/1"));
	json_object_set_new(root, "context", sc_json_context(&study->rules, study->batch));
	for (size_t i = 0; i < study->setups; i++)
		json_array_append_new(all, setup_json(&study->setup[i], &study->setup[0]));
	json_object_set_new(root, "setups", all);
	return root;
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
