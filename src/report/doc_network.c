/* `secost bench --network`: what SE adds to the time of a whole network, measured in it. */
#include "base/json.h"
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "report/network.h"

enum { TIME_CELLS = 6 };

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
	sc_grid_text(g, r->of[k].setup);
	sc_grid_text(g, sc_network_se_name(r->of[k].se));
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
	sc_grid_narrow(g, "se,median_ms,95 %,over_without,setup,passes");
	size_t base = sc_network_subject_of(r, SC_NETWORK_without);
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

static void stage_row(sc_grid *g, const sc_network_result *r, size_t k, size_t part)
{
	sc_estimate e;
	bool known = !sc_network_se_part(r, k, part, &e, NULL);
	sc_grid_row(g, part < r->parts ? SC_ROW_plain : SC_ROW_total);
	sc_grid_text(g, part < r->parts ? r->part[part].name : "all");
	sc_grid_text(g, sc_network_se_name(r->of[k].se));
	time_cells(g, &e, known, 1e3);
}

static sc_grid *stages_grid(const sc_network_result *r)
{
	sc_grid *g = sc_grid_new("network-stages", "SE's steps inside the network, by stage");
	sc_grid_narrow(g, "stage,se,se_us,95 %");
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(g, SC_COLUMN_text, "se", "SE by", 0);
	time_columns(g, false);
	for (size_t k = 0; k < r->count; k++) {
		if (!r->of[k].described || r->of[k].se == SC_NETWORK_without)
			continue;
		for (size_t p = 0; p < r->parts; p++)
			if (r->part[p].se_blocks)
				stage_row(g, r, k, p);
		stage_row(g, r, k, r->parts);
	}
	sc_grid_note(g, "each step the median of its round; fused: the addition and ReLU that SE "
			"is fused with are in its time");
	return g;
}

/* --- sentences --- */

static void say_total(sc_document *doc, const sc_network_result *r)
{
	size_t base = sc_network_subject_of(r, SC_NETWORK_without),
	       with = sc_network_subject_of(r, SC_NETWORK_kernel);
	sc_estimate ns, part, all;
	if (base >= r->count || with >= r->count ||
		sc_network_added(r, with, base, false, &ns, NULL) ||
		sc_network_added(r, with, base, true, &part, NULL) ||
		sc_network_pass(r, base, &all, NULL)) {
		sc_document_answer(doc, "Too few rounds to say what SE adds: %zu.", r->rounds);
		return;
	}
	sc_document_answer(doc,
		"SE adds %.0f µs [%.0f, %.0f] to a forward pass of %s, batch %u, %u thread%s: %.2f "
		"%% [%.2f, %.2f] of the %.2f ms that it takes without.",
		ns.value / 1e3, ns.ci95.low / 1e3, ns.ci95.high / 1e3, r->network, r->batch,
		r->threads, r->threads > 1 ? "s" : "", 100 * part.value, 100 * part.ci95.low,
		100 * part.ci95.high, all.value / 1e6);
}

/* what of that is SE itself, and what it does to its neighbours */
static void say_rest(sc_document *doc, const sc_network_result *r)
{
	size_t base = sc_network_subject_of(r, SC_NETWORK_without),
	       with = sc_network_subject_of(r, SC_NETWORK_kernel);
	sc_estimate own, rest;
	if (base >= r->count || with >= r->count ||
		sc_network_se_part(r, with, r->parts, &own, NULL) ||
		sc_network_rest(r, with, base, &rest, NULL))
		return;
	sc_document_answer(doc,
		"Of that, %.0f µs [%.0f, %.0f] are SE's own steps; all other steps take %+.0f µs "
		"[%+.0f, %+.0f] against those without it%s.",
		own.value / 1e3, own.ci95.low / 1e3, own.ci95.high / 1e3, rest.value / 1e3,
		rest.ci95.low / 1e3, rest.ci95.high / 1e3,
		rest.ci95.low < 0 && rest.ci95.high > 0 ? ", which shows no difference" : "");
}

/* another way to run SE against the kernel alone: the words follow the interval */
static void say_against(
	sc_document *doc, const sc_network_result *r, sc_network_se se, const char *what)
{
	size_t with = sc_network_subject_of(r, SC_NETWORK_kernel),
	       other = sc_network_subject_of(r, se);
	sc_estimate e;
	if (with >= r->count || other >= r->count ||
		sc_network_added(r, other, with, false, &e, NULL))
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

/* against SE's own steps, which is what a profile of SE blocks can know */
static void say_forecast(sc_document *doc, const sc_network_result *r)
{
	size_t with = sc_network_subject_of(r, SC_NETWORK_kernel);
	sc_estimate own;
	if (!(r->forecast.ns > 0) || with >= r->count ||
		sc_network_se_part(r, with, r->parts, &own, NULL) || !(own.value > 0))
		return;
	double off = r->forecast.ns / own.value - 1;
	sc_document_answer(doc,
		"The forecast of SE's steps is %.0f µs [%.0f, %.0f]: %+.1f %% against the %.0f µs "
		"measured, %s 10 %%. It is from %s.",
		r->forecast.ns / 1e3, r->forecast.ci95.low / 1e3, r->forecast.ci95.high / 1e3,
		100 * off, own.value / 1e3, off > -0.1 && off < 0.1 ? "within" : "not within",
		r->forecast.profile);
}

static json_t *make_json(const void *subject)
{
	const sc_network_result *r;
	memcpy(&r, subject, sizeof r);
	return sc_network_json(r);
}

void sc_network_say_machine(sc_document *doc, const sc_network_result *r)
{
	sc_document_heading(doc, "%s; machine %s; secost %s, %s", r->machine, r->fingerprint,
		r->version, r->date);
	sc_document_heading(doc,
		"oneDNN, channels last, fp32, norms folded; %zu rounds of new buffers and plans, "
		"%.0f s, %.0f MB of buffers and weights",
		r->rounds, r->seconds, (double)r->bytes / 1e6);
	if (r->drift.rounds)
		sc_document_note(doc,
			"The level of 95 %% of runs like this stays within %.1f %%, which is in "
			"every interval of a time; shares are taken within a round, where it is in "
			"both.",
			100 * r->drift.reach);
}

void sc_network_say(sc_document *doc, const sc_network_result *r)
{
	say_total(doc, r);
	say_rest(doc, r);
	say_against(doc, r, SC_NETWORK_fused, "Fusing SE with the addition and ReLU");
	say_against(doc, r, SC_NETWORK_onednn, "SE through oneDNN's own primitives");
	say_forecast(doc, r);
	if (r->interrupted)
		sc_document_note(doc, "Interrupted: what was measured until then.");
	sc_document_note(doc,
		"What SE adds is summed from steps, each the median of its round, so that a short "
		"disturbance has no part in it; the table has whole passes, where it has.");
}

void sc_network_add_grids(sc_document *doc, const sc_network_result *r)
{
	sc_document_grid(doc, subjects_grid(r));
	sc_document_grid(doc, stages_grid(r));
}

sc_document *sc_network_document(const sc_network_result *r)
{
	char about[160];
	sc_document *doc = sc_document_new(NULL);
	snprintf(about, sizeof about, "%.140s, measured", r->network);
	sc_document_about(doc, about);
	sc_document_heading(doc, "%s: time of the whole network", r->network);
	sc_network_say_machine(doc, r);
	sc_network_say(doc, r);
	sc_network_add_grids(doc, r);
	sc_document_json(doc, make_json, &r, sizeof r);
	return doc;
}
