/* The tables of a report. */
#include <stdio.h>
#include <string.h>

#include "report/about.h"
#include "report/bench.h"
#include "report/front.h"
#include "report/json.h"
#include "report/network.h"
#include "report/report.h"
#include "report/say.h"

/* --- a sweep by stage --- */

static bool is_in_sweep(const sc_setup *s, const sc_setup *of)
{
	return s->key && s->has_axis && !strcmp(s->key, of->key) && !strcmp(s->group, of->group);
}

static bool is_first_of_sweep(const sc_study *study, size_t i)
{
	const sc_setup *s = &study->setup[i];
	if (!s->key || !s->has_axis)
		return false;
	for (size_t k = 0; k < i; k++)
		if (is_in_sweep(&study->setup[k], s))
			return false;
	return true;
}

/* the stage that has most of it in every column, where one has */
static void note_heaviest(sc_grid *g, const sc_study *study, const sc_setup *first)
{
	const char *most = NULL;
	double low = 1, high = 0;
	for (size_t i = 1; i < study->setups; i++) {
		const sc_sheet *sheet = &study->setup[i].sheet;
		const sc_sheet_row *row = sc_heaviest_stage(sheet);
		if (!is_in_sweep(&study->setup[i], first))
			continue;
		if (!row || (most && strcmp(most, row->name) != 0))
			return;
		double part = sc_share(row->t.se.params, sheet->total.se.params);
		most = row->name;
		low = part < low ? part : low;
		high = part > high ? part : high;
	}
	if (most)
		sc_grid_note(g, "%s has most of them in every column: %.1f … %.1f %%", most,
			100 * low, 100 * high);
}

static sc_grid *by_stage(const sc_study *study, const sc_setup *first)
{
	const sc_sheet *base = &study->setup[0].sheet;
	char name[96], title[96];
	snprintf(name, sizeof name, "%.60s-by-stage", first->key);
	snprintf(title, sizeof title, "extra parameters by stage and %.60s", first->key);
	sc_grid *g = sc_grid_new(name, title);
	sc_say_grid_conditions(g, base);
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	for (size_t i = 1; i < study->setups; i++)
		if (is_in_sweep(&study->setup[i], first))
			sc_grid_column(
				g, SC_COLUMN_exact, study->setup[i].name, study->setup[i].name, 0);
	for (size_t r = 1; r < base->rows; r++) {
		bool total = r + 1 == base->rows;
		sc_grid_row(g, total ? SC_ROW_total : SC_ROW_plain);
		sc_grid_text(g, total ? "total" : base->row[r].name);
		for (size_t i = 1; i < study->setups; i++) {
			const sc_sheet *sheet = &study->setup[i].sheet;
			if (is_in_sweep(&study->setup[i], first))
				sc_grid_count(g,
					total ? sheet->total.se.params : sheet->row[r].t.se.params);
		}
	}
	note_heaviest(g, study, first);
	return g;
}

/* --- the formula beside the count --- */

static void formula_row(sc_grid *g, const char *name, const sc_se_totals *se, sc_row_kind kind)
{
	const sc_se_formula *f = &se->by_formula;
	sc_grid_row(g, kind);
	sc_grid_text(g, name);
	sc_grid_count(g, se->params);
	sc_grid_real(g, f->formula);
	sc_grid_real(g, f->from_biases);
	sc_grid_real(g, f->from_rounding);
	sc_grid_real(g, f->from_base);
	sc_grid_real(g, f->from_gated);
	sc_grid_real(g, f->from_attention);
}

static sc_grid *formula(const sc_study *study)
{
	const sc_sheet *sheet = &study->setup[0].sheet;
	sc_grid *g = sc_grid_new("formula", "extra parameters exactly and by the formula");
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(g, SC_COLUMN_exact, "se_params", "exact", 0);
	sc_grid_column(g, SC_COLUMN_real, "se_formula_params", "(2/r)·N·C²", 0);
	sc_grid_column(g, SC_COLUMN_real, "from_biases", "+ biases", 0);
	sc_grid_column(g, SC_COLUMN_real, "from_rounding", "+ rounding", 0);
	sc_grid_column(g, SC_COLUMN_real, "from_base", "+ base width", 0);
	sc_grid_column(g, SC_COLUMN_real, "from_gated", "+ gated width", 0);
	sc_grid_column(g, SC_COLUMN_real, "from_attention",
		sheet->total.se.by_formula.from_attention != 0 ? "+ what is no SE" : NULL, 0);
	for (size_t r = 1; r + 1 < sheet->rows; r++)
		formula_row(g, sheet->row[r].name, &sheet->row[r].t.se, SC_ROW_plain);
	formula_row(g, "total", &sheet->total.se, SC_ROW_total);
	sc_grid_note(g, "exact is the formula and what stands right of it, in every row");
	return g;
}

/* --- published beside counted --- */

static bool has_published(const sc_setup *setup)
{
	return setup->published.given.bits != 0;
}

static void published_columns(sc_grid *g)
{
	sc_grid_column(g, SC_COLUMN_text, "setup", "setup", 0);
	sc_verdict_columns(g);
	sc_grid_column(g, SC_COLUMN_text, "reason", "reason for a difference", 0);
}

static void published_row(sc_grid *g, const sc_setup *setup, const sc_verdict *v)
{
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, setup->name);
	sc_grid_text(g, sc_quantity_name(v->quantity));
	sc_grid_text(g, v->figure->text);
	sc_counted_cells(g, v);
	sc_grid_text(g, v->agrees ? "yes" : v->known ? "no" : "unknown");
	sc_grid_text(g, v->rule->name);
	if (setup->published.source)
		sc_grid_text(g, setup->published.source);
	else
		sc_grid_nothing(g);
	if (!v->agrees && setup->published.reason)
		sc_grid_text(g, setup->published.reason);
}

static sc_grid *published(const sc_study *study)
{
	sc_grid *g = sc_grid_new("published", "published figures beside what is counted");
	published_columns(g);
	for (size_t i = 0; i < study->setups; i++) {
		sc_verdict v[2];
		size_t n = 0;
		sc_err err;
		if (sc_verify_published(study, &study->setup[i], v, &n, &err))
			sc_grid_fail(g, &err);
		for (size_t k = 0; k < n; k++)
			published_row(g, &study->setup[i], &v[k]);
	}
	sc_grid_note(g, "agrees: to the precision that was printed");
	return g;
}

static void error_cell(sc_grid *g, double error)
{
	if (error > 0)
		sc_grid_real(g, error);
	else
		sc_grid_nothing(g);
}

static sc_grid *errors(const sc_study *study)
{
	sc_grid *g = sc_grid_new("errors", "cost beside the error that the authors published");
	sc_grid_narrow(g, "setup,params,top1_error_percent,top5_error_percent,se_params");
	sc_say_grid_conditions(g, &study->setup[0].sheet);
	sc_grid_column(g, SC_COLUMN_text, "setup", "setup", 0);
	sc_grid_column(g, SC_COLUMN_exact, "params", "params", 0);
	sc_grid_column(g, SC_COLUMN_exact, "se_params", "SE params", 0);
	sc_grid_column(g, SC_COLUMN_real, "top1_error_percent", "top-1 error, %", 2);
	sc_grid_column(g, SC_COLUMN_real, "top5_error_percent", "top-5 error, %", 2);
	sc_grid_column(g, SC_COLUMN_text, "source", "source", 0);
	for (size_t i = 0; i < study->setups; i++) {
		const sc_setup *s = &study->setup[i];
		uint64_t all;
		if (!has_published(s) ||
			!(s->published.top1_error > 0 || s->published.top5_error > 0))
			continue;
		sc_grid_row(g, SC_ROW_plain);
		sc_grid_text(g, s->name);
		if (sc_sheet_all_params(&s->sheet, &all))
			sc_grid_count(g, all);
		else
			sc_grid_unknown(g);
		sc_grid_count(g, s->sheet.total.se.params);
		error_cell(g, s->published.top1_error);
		error_cell(g, s->published.top5_error);
		sc_grid_text(g, s->published.source ? s->published.source : "");
	}
	sc_grid_note(g, "errors: results of the authors' own training, not a prediction");
	return g;
}

/* --- all of them --- */

static bool is_first_of_group(const sc_study *study, size_t i)
{
	for (size_t k = 1; k < i; k++)
		if (!strcmp(study->setup[k].group, study->setup[i].group))
			return false;
	return true;
}

static bool any_published(const sc_study *study, bool figures)
{
	for (size_t i = 0; i < study->setups; i++) {
		const sc_published *p = &study->setup[i].published;
		if (figures ? p->params.text || p->macs.text
			    : p->top1_error > 0 || p->top5_error > 0)
			return true;
	}
	return false;
}

/* where SE's weights are, and where its operations are */
static void note_shares(sc_grid *g, const sc_sheet *sheet)
{
	const sc_sheet_row *heavy = sc_heaviest_stage(sheet), *busy = heavy;
	const sc_se_totals *all = &sheet->total.se;
	for (size_t r = 1; heavy && r + 1 < sheet->rows; r++)
		if (sheet->row[r].t.se.flops > busy->t.se.flops)
			busy = &sheet->row[r];
	if (heavy)
		sc_grid_note(g,
			"%s has %.1f %% of SE's parameters and %.1f %% of its FLOPs; most FLOPs "
			"are in %s, %.1f %%",
			heavy->name, 100 * sc_share(heavy->t.se.params, all->params),
			100 * sc_share(heavy->t.se.flops, all->flops), busy->name,
			100 * sc_share(busy->t.se.flops, all->flops));
}

/* setups side by side, and what to see of them */
static sc_grid *group_of(const sc_study *study, const char *group)
{
	sc_grid *g = sc_setups_grid(study, group);
	sc_text caption = {0};
	sc_say_group(study, group, &caption);
	if (caption.failed)
		sc_grid_fail(g, &(sc_err){.status = SC_ENOMEM});
	else if (caption.length)
		sc_grid_note(g, "%s", caption.s);
	sc_text_release(&caption);
	return g;
}

static void add_tables(sc_document *doc, const sc_study *study)
{
	const sc_sheet *base = &study->setup[0].sheet;
	sc_grid *stages = sc_stages_grid(&base, 1);
	note_shares(stages, base);
	sc_document_grid(doc, stages);
	sc_document_grid(doc, formula(study));
	sc_grid *with_se = sc_stages_with_se_grid(study);
	if (with_se)
		sc_document_grid(doc, with_se);
	for (size_t i = 1; i < study->setups; i++)
		if (is_first_of_sweep(study, i))
			sc_document_grid(doc, by_stage(study, &study->setup[i]));
	for (size_t i = 1; i < study->setups; i++)
		if (is_first_of_group(study, i))
			sc_document_grid(doc, group_of(study, study->setup[i].group));
	if (any_published(study, true))
		sc_document_grid(doc, published(study));
	if (any_published(study, false))
		sc_document_grid(doc, errors(study));
}

/* what the columns are */
static const char *const legend[] = {
	("Stages: N blocks, C×H×W the map that leaves, r the ratio, d the squeezed width, SE share "
	 "of "
	 "SE's weights, (2/r)·N·C² the formula for them."),
	("Bytes: every layer reads its maps and parameters and writes its map once, 4 bytes a "
	 "number, "
	 "nothing fused. Gated: numbers that SE scales."),
	("r* = 2C/(H·W): at ratios above it the two layers of SE are no longer where its "
	 "operations are."),
};

/* what was asked for, where a study asks for time */
static void add_times(sc_document *doc, const sc_study *study)
{
	const sc_bench *b = study->bench;
	if (sc_has_published_times(study))
		sc_document_grid(doc, sc_published_times_grid(study));
	if (!b)
		return;
	sc_varying v = sc_bench_varying(b);
	sc_bench_add_grids(doc, b, &v);
	sc_document_grid(doc, sc_bench_samples_grid(b, &v));
	sc_bench_add_loads_grid(doc, b);
	sc_document_heading(doc, "Measured:");
	sc_bench_say_machine(doc, b, &v);
}

/* what else was measured, where the study names it */
static void add_measured(sc_document *doc, const sc_study *study)
{
	if (study->times) {
		sc_network_add_grids(doc, study->times);
		sc_document_heading(doc, "Passes measured:");
		sc_network_say_machine(doc, study->times);
	}
	if (study->profile) {
		sc_grid *errors = sc_bench_forecast_errors_grid(study->profile);
		sc_grid *each = sc_bench_forecasts_grid(study->profile);
		if (errors)
			sc_document_grid(doc, errors);
		if (each)
			sc_document_grid(doc, each);
		sc_bench_say_forecast(doc, study->profile);
	}
}

static void add_rules(sc_document *doc, const sc_study *study)
{
	for (int q = 0; q < SC_QUANTITY__N; q++)
		sc_document_note(doc, "%s, rule %s: %s.", sc_quantity_name((size_t)q),
			study->rules.of[q]->name, study->rules.of[q]->meaning);
	for (size_t i = 0; i < sizeof legend / sizeof *legend; i++)
		sc_document_note(doc, "%s", legend[i]);
	for (size_t i = 0; study->spec && i < study->spec->notes.count; i++)
		sc_document_note(doc, "%s", study->spec->notes.item[i]);
	sc_document_note(doc, "Made by secost %s.", SC_VERSION);
}

/* a study that asks for a pass's time is answered in time first */
static void say_times(sc_document *doc, const sc_study *study)
{
	if (sc_has_published_times(study))
		sc_say_published_times(doc, study);
	if (study->times)
		sc_network_say(doc, study->times);
	if (study->bench)
		sc_bench_say_total(doc, study->bench, SC_LINE_answer);
}

static void add_front(sc_document *doc, const sc_study *study, const sc_front *front)
{
	sc_front_table(study, front, doc);
	sc_front_grids(study, front, doc);
	sc_front_say(study, front, doc);
}

sc_document *sc_study_document(const sc_study *study, const sc_front *front)
{
	sc_document *doc = sc_document_new(study->title);
	const sc_sheet *base = &study->setup[0].sheet;
	const sc_study_subject subject = {study, front};
	sc_about_study(doc, study);
	say_times(doc, study);
	sc_say_cost(doc, base);
	sc_say_drop(doc, base);
	sc_document_heading(doc, "Network: %s", study->model->name);
	sc_say_conditions(doc, base);
	add_times(doc, study);
	add_tables(doc, study);
	if (front)
		add_front(doc, study, front);
	add_measured(doc, study);
	add_rules(doc, study);
	sc_document_json(doc, sc_study_json, &subject, sizeof subject);
	return doc;
}
