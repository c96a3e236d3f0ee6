/* `secost bench --network`: what SE adds to the time of a whole network, measured in it. */
#include "base/json.h"
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "secost/network.h"
#include "secost/report.h"

enum { TIME_CELLS = 6 };

/* the first subject that runs SE so, under the description's own setup; count when there is none */
static size_t subject_of(const sc_network_result *r, sc_network_se se)
{
	size_t k = 0;
	while (k < r->count && r->of[k].subject.se != se)
		k++;
	return k;
}

static void time_cells(sc_grid *g, const sc_estimate *e, bool known, double unit)
{
	char text[64];
	for (int i = 0; i < TIME_CELLS && !known; i++)
		sc_grid_unknown(g);
	if (!known)
		return;
	sc_grid_real(g, e->value / unit);
	sc_grid_real(g, e->ci95.low / unit);
	sc_grid_real(g, e->ci95.high / unit);
	snprintf(text, sizeof text, "%.3f … %.3f", e->ci95.low / unit, e->ci95.high / unit);
	sc_grid_text(g, text);
	sc_grid_real(g, e->next95.low / unit);
	sc_grid_real(g, e->next95.high / unit);
}

static void time_columns(sc_grid *g, bool ms)
{
	sc_grid_column(
		g, SC_COLUMN_real, ms ? "median_ms" : "se_us", ms ? "ms" : "SE, µs", ms ? 3 : 1);
	sc_grid_column(g, SC_COLUMN_real, ms ? "low_ms" : "se_low_us", NULL, 3);
	sc_grid_column(g, SC_COLUMN_real, ms ? "high_ms" : "se_high_us", NULL, 3);
	sc_grid_column(g, SC_COLUMN_text, NULL, "95 %", 0);
	sc_grid_column(g, SC_COLUMN_real, ms ? "next_low_ms" : "se_next_low_us", NULL, 3);
	sc_grid_column(g, SC_COLUMN_real, ms ? "next_high_ms" : "se_next_high_us", NULL, 3);
}

/* --- a row a subject --- */

static void subject_row(sc_grid *g, const sc_network_result *r, size_t k, size_t base)
{
	sc_estimate all, over;
	bool known = !sc_network_pass(r, k, &all, NULL);
	bool compared = base < r->count && k != base &&
			!sc_network_difference(r, k, base, true, &over, NULL);
	char text[64];
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, r->of[k].subject.name);
	sc_grid_text(g, sc_network_se_name(r->of[k].subject.se));
	time_cells(g, &all, known, 1e6);
	if (!compared) {
		sc_grid_nothing(g);
		sc_grid_nothing(g);
	} else {
		snprintf(text, sizeof text, "%+.2f … %+.2f %%", 100 * over.ci95.low,
			100 * over.ci95.high);
		sc_grid_share(g, over.value);
		sc_grid_text(g, text);
	}
	sc_grid_count(g, r->of[k].passes);
}

static sc_grid *subjects_grid(const sc_network_result *r)
{
	sc_grid *g = sc_grid_new("network", "time of a forward pass of the whole network");
	size_t base = subject_of(r, SC_NETWORK_without);
	sc_grid_column(g, SC_COLUMN_text, "setup", "setup", 0);
	sc_grid_column(g, SC_COLUMN_text, "se", "SE by", 0);
	time_columns(g, true);
	sc_grid_column(g, SC_COLUMN_share, "over_without", "over without", 2);
	sc_grid_column(g, SC_COLUMN_text, NULL, "95 %", 0);
	sc_grid_column(g, SC_COLUMN_exact, "passes", "passes", 0);
	for (size_t k = 0; k < r->count; k++)
		subject_row(g, r, k, base);
	return g;
}

/* --- a row a stage --- */

static const char *part_name(const sc_sheet *sheet, size_t part)
{
	return sheet->row[part].name;
}

static sc_grid *stages_grid(const sc_network_result *r, const sc_sheet *sheet)
{
	sc_grid *g = sc_grid_new("stages", "SE's steps inside the network, by stage");
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(g, SC_COLUMN_text, "se", "SE by", 0);
	time_columns(g, false);
	for (size_t k = 0; k < r->count; k++)
		for (size_t p = 0; p < r->parts; p++) {
			sc_estimate e;
			bool ours = r->of[k].subject.layers == &sheet->layers;
			bool known = !sc_network_se_part(r, k, p, &e, NULL);
			if (!ours || !sheet->row[p].se_blocks ||
				r->of[k].subject.se == SC_NETWORK_without)
				continue;
			sc_grid_row(g, SC_ROW_plain);
			sc_grid_text(g, part_name(sheet, p));
			sc_grid_text(g, sc_network_se_name(r->of[k].subject.se));
			time_cells(g, &e, known, 1e3);
		}
	sc_grid_note(g, "fused: the addition and ReLU that SE is fused with are in its time");
	return g;
}

/* --- sentences --- */

static void say_total(sc_document *doc, const sc_network_result *r, const sc_sheet *sheet)
{
	size_t base = subject_of(r, SC_NETWORK_without), with = subject_of(r, SC_NETWORK_kernel);
	sc_estimate ns, part, all;
	if (base >= r->count || with >= r->count ||
		sc_network_difference(r, with, base, false, &ns, NULL) ||
		sc_network_difference(r, with, base, true, &part, NULL) ||
		sc_network_pass(r, base, &all, NULL)) {
		sc_document_answer(doc, "Too few rounds to say what SE adds: %zu.", r->rounds);
		return;
	}
	sc_document_answer(doc,
		"SE adds %.0f µs [%.0f, %.0f] to a forward pass of %s, batch %u, %u thread%s: %.2f "
		"%% "
		"[%.2f, %.2f] of the %.2f ms that it takes without.",
		ns.value / 1e3, ns.ci95.low / 1e3, ns.ci95.high / 1e3, sheet->model->name, r->batch,
		r->threads, r->threads > 1 ? "s" : "", 100 * part.value, 100 * part.ci95.low,
		100 * part.ci95.high, all.value / 1e6);
}

/* another way to run SE against the kernel alone: the words follow the interval */
static void say_against(
	sc_document *doc, const sc_network_result *r, sc_network_se se, const char *what)
{
	size_t with = subject_of(r, SC_NETWORK_kernel), other = subject_of(r, se);
	sc_estimate e;
	if (with >= r->count || other >= r->count ||
		sc_network_difference(r, other, with, false, &e, NULL))
		return;
	const char *verb = e.ci95.high < 0 ? "saves" : e.ci95.low > 0 ? "costs" : NULL;
	double low = e.ci95.high < 0 ? -e.ci95.high : e.ci95.low;
	double high = e.ci95.high < 0 ? -e.ci95.low : e.ci95.high;
	if (verb)
		sc_document_answer(doc,
			"%s %s %.0f µs [%.0f, %.0f] a pass against the kernel alone.", what, verb,
			(e.value < 0 ? -e.value : e.value) / 1e3, low / 1e3, high / 1e3);
	else
		sc_document_answer(doc,
			"%s: no difference to the kernel alone shown [%.0f, %.0f] µs.", what,
			e.ci95.low / 1e3, e.ci95.high / 1e3);
}

static void say_forecast(sc_document *doc, const sc_network_result *r, const sc_latency *forecast)
{
	size_t base = subject_of(r, SC_NETWORK_without), with = subject_of(r, SC_NETWORK_kernel);
	sc_estimate ns;
	if (!forecast || base >= r->count || with >= r->count ||
		sc_network_difference(r, with, base, false, &ns, NULL) || !(ns.value > 0))
		return;
	sc_document_answer(doc,
		"The profile's forecast is %.0f µs [%.0f, %.0f]: %+.1f %% against what was "
		"measured.",
		forecast->ns / 1e3, forecast->low / 1e3, forecast->high / 1e3,
		100 * (forecast->ns / ns.value - 1));
}

/* --- JSON --- */

typedef struct subject {
	const sc_network_result *result;
	const sc_sheet *sheet;
	const char *machine;
} subject;

static json_t *numbers(sc_json *j, const double *x, size_t n)
{
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++)
		sc_json_append(j, list, sc_json_real(x[i]));
	return list;
}

static json_t *estimate(const sc_estimate *e, bool known)
{
	if (!known)
		return json_null();
	return json_pack("{s:f,s:f,s:f,s:f,s:f}", "median_ns", e->value, "low_ns", e->ci95.low,
		"high_ns", e->ci95.high, "next_low_ns", e->next95.low, "next_high_ns",
		e->next95.high);
}

static json_t *stages_json(sc_json *j, const sc_network_result *r, size_t k, const sc_sheet *sheet)
{
	json_t *list = json_array();
	for (size_t p = 0; p < r->parts; p++) {
		sc_estimate e;
		bool known = !sc_network_se_part(r, k, p, &e, NULL);
		if (sheet->row[p].se_blocks)
			sc_json_append(j, list,
				json_pack("{s:s,s:o}", "stage", part_name(sheet, p), "se",
					estimate(&e, known)));
	}
	return list;
}

static json_t *result_json(sc_json *j, const sc_network_result *r, size_t k, const sc_sheet *sheet)
{
	const sc_network_times *t = &r->of[k];
	sc_estimate e;
	bool known = !sc_network_pass(r, k, &e, NULL);
	return json_pack("{s:s,s:s,s:o,s:o,s:o,s:o}", "setup", t->subject.name, "se",
		sc_network_se_name(t->subject.se), "pass", estimate(&e, known), "rounds_ns",
		numbers(j, t->round_ns, r->rounds), "samples_ns", numbers(j, t->ns, t->passes),
		"stages", stages_json(j, r, k, sheet));
}

static json_t *make_json(const void *of)
{
	sc_json made = {0}, *j = &made;
	const subject *s = of;
	const sc_network_result *r = s->result;
	json_t *results = json_array();
	for (size_t k = 0; k < r->count; k++)
		sc_json_append(j, results, result_json(j, r, k, s->sheet));
	json_t *root =
		json_pack("{s:s,s:{s:s,s:s,s:i,s:i,s:f,s:i,s:b},s:o}", "schema", "secost.network/1",
			"context", "network", s->sheet->model->name, "machine", s->machine, "batch",
			(int)r->batch, "threads", (int)r->threads, "seconds", r->seconds, "rounds",
			(int)r->rounds, "interrupted", (int)r->interrupted, "results", results);
	return sc_json_done(j, root);
}

sc_document *sc_network_document(const sc_network_result *r, const sc_sheet *sheet,
	const char *machine, const sc_latency *forecast)
{
	sc_document *doc = sc_document_new(NULL);
	const subject s = {r, sheet, machine};
	sc_document_heading(doc, "%s: time of the whole network", sheet->model->name);
	sc_document_heading(doc, "%s", machine);
	sc_document_heading(doc,
		"oneDNN, channels last, fp32, norms folded; %zu rounds of new buffers and plans, "
		"%.0f s, "
		"%.0f MB of buffers and weights",
		r->rounds, r->seconds, (double)r->bytes / 1e6);
	say_total(doc, r, sheet);
	say_against(doc, r, SC_NETWORK_fused, "Fusing SE with the addition and ReLU");
	say_against(doc, r, SC_NETWORK_onednn, "SE through oneDNN's own primitives");
	say_forecast(doc, r, forecast);
	if (r->interrupted)
		sc_document_note(doc, "Interrupted: what was measured until then.");
	sc_document_grid(doc, subjects_grid(r));
	sc_document_grid(doc, stages_grid(r, sheet));
	sc_document_json(doc, make_json, &s, sizeof s);
	return doc;
}
