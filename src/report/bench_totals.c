/* The total first: what SE adds to a forward pass, and what would make it less. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/bench.h"

static void ratio_text(const sc_bench_total *t, char *out, size_t size)
{
	if (t->in_use && t->ratio > 0)
		snprintf(out, size, "%.5g, in use", t->ratio);
	else if (t->in_use)
		snprintf(out, size, "in use");
	else
		snprintf(out, size, "%.5g", t->ratio);
}

/* are there SE blocks in the network that it leaves out? */
static bool is_part(const sc_bench *b, const sc_bench_total *t)
{
	return t->blocks < b->se_blocks;
}

/* the total at the ratios in use of the same setting, NULL when there is none */
static const sc_bench_total *in_use(const sc_bench_total *all, size_t n, size_t setting)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].setting == setting && all[i].in_use)
			return &all[i];
	return NULL;
}

static void interval_cells(sc_grid *g, const sc_estimate *e)
{
	char text[64];
	snprintf(text, sizeof text, "%.0f … %.0f", e->ci95.low / 1e3, e->ci95.high / 1e3);
	sc_grid_real(g, e->value / 1e3);
	sc_grid_text(g, text);
	sc_grid_real(g, e->ci95.low / 1e3);
	sc_grid_real(g, e->ci95.high / 1e3);
	if (e->next95.high <= 0) {
		for (int i = 0; i < 3; i++)
			sc_grid_unknown(g);
		return;
	}
	snprintf(text, sizeof text, "%.0f … %.0f", e->next95.low / 1e3, e->next95.high / 1e3);
	sc_grid_text(g, text);
	sc_grid_real(g, e->next95.low / 1e3);
	sc_grid_real(g, e->next95.high / 1e3);
}

static void saved_cells(
	sc_grid *g, const sc_bench *b, const sc_bench_total *from, const sc_bench_total *to)
{
	sc_estimate e;
	char text[64];
	if (!from || from == to || sc_bench_total_saved(b, from, to, &e, NULL)) {
		for (int i = 0; i < 4; i++)
			sc_grid_nothing(g);
		return;
	}
	snprintf(text, sizeof text, "%.0f … %.0f", e.ci95.low / 1e3, e.ci95.high / 1e3);
	sc_grid_real(g, e.value / 1e3);
	sc_grid_text(g, text);
	sc_grid_real(g, e.ci95.low / 1e3);
	sc_grid_real(g, e.ci95.high / 1e3);
}

static void columns(sc_grid *g)
{
	sc_grid_column(g, SC_COLUMN_text, "setting", "setting", 0);
	sc_grid_column(g, SC_COLUMN_text, "ratio", "r", 0);
	sc_grid_column(g, SC_COLUMN_exact, "blocks", "N", 0);
	sc_grid_column(g, SC_COLUMN_real, "total_us", "µs", 0);
	sc_grid_column(g, SC_COLUMN_text, NULL, "95 %", 0);
	sc_grid_column(g, SC_COLUMN_real, "total_low_us", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "total_high_us", NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, NULL, "next run", 0);
	sc_grid_column(g, SC_COLUMN_real, "total_next_low_us", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "total_next_high_us", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "saved_us", "saves, µs", 0);
	sc_grid_column(g, SC_COLUMN_text, NULL, "95 % of that", 0);
	sc_grid_column(g, SC_COLUMN_real, "saved_low_us", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "saved_high_us", NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "heaviest", "heaviest", 0);
	sc_grid_column(g, SC_COLUMN_share, "heaviest_share", "of it", 0);
}

static sc_grid *totals_grid(
	const sc_bench *b, const sc_bench_total *t, size_t n, const sc_varying *v)
{
	char text[96];
	sc_grid *g = sc_grid_new(
		"totals", is_part(b, t) ? "the SE blocks of a forward pass that were measured"
					: "all SE blocks of a forward pass");
	sc_grid_narrow(g, "setting,ratio,total_us,95 %,saved_us");
	columns(g);
	for (size_t i = 0; i < n; i++) {
		sc_grid_row(g, t[i].in_use ? SC_ROW_plain : SC_ROW_dim);
		sc_bench_setting(&t[i].first->what, v, text, sizeof text);
		sc_grid_text(g, text);
		ratio_text(&t[i], text, sizeof text);
		sc_grid_text(g, text);
		sc_grid_count(g, t[i].blocks);
		interval_cells(g, &t[i].total);
		saved_cells(g, b, in_use(t, n, t[i].setting), &t[i]);
		sc_grid_text(g, t[i].heaviest);
		sc_grid_share(g, t[i].heaviest_share);
	}
	sc_grid_note(g, "95 %%: interval, from the rounds of the run; saves: less than at the "
			"ratios in use, round by round; a negative number "
			"is slower; ratios that a stage was not measured at are left out");
	return g;
}

/* --- the sentence --- */

/* what a network sees: weights cold, where that was measured */
static const sc_bench_total *main_total(const sc_bench_total *t, size_t n)
{
	const sc_bench_total *first = NULL;
	for (size_t i = 0; i < n; i++) {
		if (!t[i].in_use)
			continue;
		first = first ? first : &t[i];
		if (t[i].first->what.cache == SC_STATE_cold_weights)
			return &t[i];
	}
	return first;
}

/* the measured ratio next above the one in use */
static const sc_bench_total *next_ratio(
	const sc_bench_total *t, size_t n, const sc_bench_total *from)
{
	for (size_t i = 0; i < n; i++)
		if (t[i].setting == from->setting && !t[i].in_use && from->ratio > 0 &&
			t[i].ratio > from->ratio)
			return &t[i];
	return NULL;
}

static size_t say_saving(const sc_bench *b, const sc_bench_total *from, const sc_bench_total *to,
	char *out, size_t size)
{
	sc_estimate e;
	if (!to || sc_bench_total_saved(b, from, to, &e, NULL))
		return 0;
	double low = round(e.ci95.low / 1e3), high = round(e.ci95.high / 1e3);
	bool shown = low > 0 || high < 0;
	int n = shown ? snprintf(out, size, "; r = %.5g would %s %.0f µs [%.0f, %.0f]", to->ratio,
				low > 0 ? "save" : "add", fabs(e.value) / 1e3,
				low > 0 ? low : -high, low > 0 ? high : -low)
		      : snprintf(out, size,
				"; that r = %.5g would save time is not shown [%.0f, %.0f]",
				to->ratio, low, high);
	return (size_t)n;
}

static const char *last_stage(const sc_bench *b)
{
	const char *stage = "";
	for (size_t i = 0; i < b->cells; i++)
		if (b->cell[i].what.in_use && b->cell[i].summary.n)
			stage = b->cell[i].what.stage;
	return stage;
}

/* who takes the time: all of SE, or the part that was measured; then where most of it is */
static void subject(const sc_bench *b, const sc_bench_total *t, char *who, char *most, size_t size)
{
	bool one_stage = t->heaviest_share >= 1;
	snprintf(who, size, "SE adds");
	if (is_part(b, t))
		snprintf(who, size, "SE in %s%s%zu of the network's %zu SE blocks%s takes",
			one_stage ? t->heaviest : "", one_stage ? " (" : "", t->blocks,
			b->se_blocks, one_stage ? ")" : "");
	*most = '\0';
	if (!one_stage)
		snprintf(most, size, "; %.0f %% of it in %s", 100 * t->heaviest_share, t->heaviest);
}

typedef void sayer(sc_document *doc, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void say_total(sc_document *doc, sayer *say, const sc_bench *b, const sc_bench_total *t,
	const sc_bench_total *next)
{
	static const char *const state[SC_STATE__N] = {"hot caches", "cold weights", "cold caches"};
	char saving[160] = "", run[96] = "", without[160] = "", who[256], most[256];
	const sc_bench_case *k = &t->first->what;
	sc_estimate e;
	say_saving(b, t, next, saving, sizeof saving);
	if (t->total.next95.high > 0)
		snprintf(run, sizeof run, " (a next run: %.0f … %.0f)", t->total.next95.low / 1e3,
			t->total.next95.high / 1e3);
	const char *last = last_stage(b);
	bool part = is_part(b, t);
	if (!part && !sc_bench_total_without(b, t, last, &e, NULL) && e.value > 0)
		snprintf(without, sizeof without, "; without %s's SE it is %.0f µs [%.0f, %.0f]",
			last, e.value / 1e3, e.ci95.low / 1e3, e.ci95.high / 1e3);
	subject(b, t, who, most, sizeof who);
	say(doc,
		"%s %.0f µs [%.0f, %.0f] %s a forward pass of %s, batch %zu, %u thread%s, "
		"%s%s%s%s%s.",
		who, t->total.value / 1e3, t->total.ci95.low / 1e3, t->total.ci95.high / 1e3,
		part ? "of" : "to", b->network, k->config.n, k->config.threads,
		k->config.threads == 1 ? "" : "s", state[k->cache], run, most, saving, without);
}

sc_grid *sc_bench_totals_grid(const sc_bench *b, const sc_varying *v)
{
	sc_bench_total *t = NULL;
	size_t n = 0;
	sc_grid *g = NULL;
	if (!sc_bench_totals(b, &t, &n, NULL) && n)
		g = totals_grid(b, t, n, v);
	free(t);
	return g;
}

void sc_bench_say_total(sc_document *doc, const sc_bench *b, sc_line_kind as)
{
	sc_bench_total *t = NULL;
	size_t n = 0;
	if (sc_bench_totals(b, &t, &n, NULL))
		return;
	const sc_bench_total *from = main_total(t, n);
	if (from)
		say_total(doc, as == SC_LINE_answer ? sc_document_answer : sc_document_heading, b,
			from, next_ratio(t, n, from));
	free(t);
}
