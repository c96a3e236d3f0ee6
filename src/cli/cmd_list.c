#include <stdio.h>
#include <string.h>

#include "base/choices.h"
#include "cli/cli.h"
#include "cli/networks.h"
#include "secost/se.h"

static sc_grid *names(const char *kind, const char *meaning)
{
	sc_grid *g = sc_grid_new(kind, meaning);
	sc_grid_column(g, SC_COLUMN_text, "name", "name", 0);
	return g;
}

static void column(sc_grid *g, const char *key)
{
	sc_grid_column(g, SC_COLUMN_text, key, key, 0);
}

static void row(sc_grid *g, const char *name, const char *a, const char *b)
{
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, name);
	if (a)
		sc_grid_text(g, a);
	if (b)
		sc_grid_text(g, b);
}

static void list_blocks(sc_grid *g)
{
	column(g, "fields");
	column(g, "meaning");
	for (size_t i = 0; sc_block_kind_at(i); i++)
		row(g, sc_block_kind_at(i)->name, sc_block_kind_at(i)->fields,
			sc_block_kind_at(i)->meaning);
	sc_grid_note(g, "! marks what must be given");
}

static void list_ops(sc_grid *g)
{
	column(g, "fields");
	column(g, "meaning");
	for (size_t i = 0; sc_op_at(i); i++) {
		const sc_op *op = sc_op_at(i);
		row(g, op->name, op->fields ? op->fields : "made by blocks", op->meaning);
	}
	sc_grid_note(g, "! marks what must be given");
}

static void list_fields(sc_grid *g)
{
	char room[256];
	sc_field_info f;
	column(g, "of");
	column(g, "value");
	column(g, "allowed");
	column(g, "meaning");
	for (size_t i = 0; sc_field_at(i, room, &f); i++) {
		row(g, f.key, f.table, f.type);
		sc_grid_text(g, f.range);
		sc_grid_text(g, f.meaning);
	}
}

static void list_rules(sc_grid *g)
{
	column(g, "of");
	column(g, "meaning");
	for (size_t i = 0; sc_rule_at(i); i++)
		row(g, sc_rule_at(i)->name, sc_quantity_name(sc_rule_at(i)->quantity),
			sc_rule_at(i)->meaning);
}

static void list_dialects(sc_grid *g)
{
	column(g, "fields");
	column(g, "meaning");
	for (size_t i = 0; sc_dialect_at(i); i++)
		row(g, sc_dialect_at(i)->name, sc_dialect_at(i)->fields, sc_dialect_at(i)->meaning);
}

static void list_ablations(sc_grid *g)
{
	column(g, "meaning");
	for (size_t i = 0; sc_ablation_at(i); i++)
		row(g, sc_ablation_at(i)->name, sc_ablation_at(i)->meaning, NULL);
}

static void list_kernels(sc_grid *g)
{
	column(g, "here");
	column(g, "meaning");
	for (size_t i = 0; sc_se_row_name(i); i++)
		row(g, sc_se_row_name(i), sc_se_row_can_run(i) ? "yes" : "no", sc_se_row_text(i));
	sc_grid_note(g, "here: can this CPU run it?");
}

static void list_charts(sc_grid *g)
{
	column(g, "meaning");
	for (size_t i = 0; sc_chart_at(i); i++)
		row(g, sc_chart_at(i)->name, sc_chart_at(i)->meaning, NULL);
}

static void list_formats(sc_grid *g)
{
	column(g, "extension");
	column(g, "meaning");
	for (size_t i = 0; sc_format_at(i); i++)
		row(g, sc_format_at(i)->name, sc_format_at(i)->extension, sc_format_at(i)->meaning);
}

/* "se-resnet-50" of "…/se-resnet-50.yaml" */
static void short_name(const char *path, char out[128])
{
	const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
	snprintf(out, 128, "%.*s", (int)(dot - slash - 1), slash + 1);
}

static void described(sc_grid *g, const char *path, const char *shown)
{
	char name[128];
	short_name(path, name);
	row(g, name, shown, path);
}

/* a file that can't be read is told and left out; without memory there is no list at all */
static bool can_list(sc_grid *g, sc_status s, const sc_errs *errs)
{
	if (s == SC_ENOMEM)
		sc_grid_text(g, NULL);
	else if (s)
		tell_all(errs);
	return !s;
}

static void list_networks(sc_grid *g)
{
	paths all;
	column(g, "network");
	column(g, "description");
	if (!paths_find("networks", &all)) {
		sc_grid_text(g, NULL);
		return;
	}
	for (size_t i = 0; i < all.count; i++) {
		sc_model *m = NULL;
		sc_errs errs = {0};
		if (can_list(g, sc_model_load(all.item[i], &m, &errs), &errs))
			described(g, all.item[i], m->name);
		sc_model_free(m);
	}
	paths_free(&all);
	sc_grid_note(g, "either name will do; 'secost show' prints the description");
}

static void list_studies(sc_grid *g)
{
	paths all;
	column(g, "study");
	column(g, "description");
	if (!paths_find("studies", &all)) {
		sc_grid_text(g, NULL);
		return;
	}
	for (size_t i = 0; i < all.count; i++) {
		sc_study_spec *spec = NULL;
		sc_errs errs = {0};
		if (can_list(g, sc_study_spec_load(all.item[i], &spec, &errs), &errs))
			described(g, all.item[i], spec->title ? spec->title : spec->network);
		sc_study_spec_free(spec);
	}
	paths_free(&all);
}

static void list_gains(sc_grid *g)
{
	paths all;
	column(g, "gains");
	column(g, "description");
	if (!paths_find("gains", &all))
		return;
	for (size_t i = 0; i < all.count; i++) {
		sc_gain_spec *spec;
		if (sc_gain_spec_load(all.item[i], &spec, NULL))
			continue;
		described(g, all.item[i], spec->title ? spec->title : "");
		sc_gain_spec_free(spec);
	}
	paths_free(&all);
	sc_grid_note(g, "results of their authors for one network, additive by assumption");
}

static void list_commands(sc_grid *g)
{
	column(g, "arguments");
	column(g, "meaning");
	for (size_t i = 0; command_at(i); i++)
		row(g, command_at(i)->name, command_at(i)->arguments, command_at(i)->meaning);
}

static const struct {
	const char *kind, *meaning;
	void (*fill)(sc_grid *grid);
} lists[] = {
#define LIST(kind, meaning) {#kind, meaning, list_##kind},
#include "cli/lists.def"
#undef LIST
};

const char *list_word(const void *unused, size_t i)
{
	(void)unused;
	return i < sizeof lists / sizeof *lists ? lists[i].kind : NULL;
}

static int unknown_kind(const char *kind)
{
	sc_tail tail;
	sc_must_be_one_of(kind, list_word, NULL, NULL, &tail);
	return *kind ? complain("can't list '%s'%s", kind, tail.s)
		     : complain("'list' needs a kind%s", tail.s);
}

int run_list(const sc_options *o)
{
	const char *kind = o->arg_count == 1 ? o->args[0] : "";
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		if (strcmp(lists[i].kind, kind))
			continue;
		sc_grid *g = names(lists[i].kind, lists[i].meaning);
		lists[i].fill(g);
		sc_document *doc = sc_list_document(g);
		return doc ? finish(o, doc, EXIT_DONE) : complain("no memory for the list");
	}
	return unknown_kind(kind);
}
