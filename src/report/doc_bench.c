/* `secost bench`: what is said of it, the verdict for each stage, the roofs, the conditions. */
#include <gsl/gsl_statistics_double.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/bench.h"
#include "report/cells.h"

static void say_machine(sc_document *doc, const sc_bench *b)
{
	const sc_machine *m = &b->machine;
	char print[17], caches[128] = "";
	size_t n = 0;
	sc_machine_fingerprint(m, print);
	for (size_t i = 0; i < m->caches; i++)
		n += (size_t)snprintf(caches + n, sizeof caches - n, ", L%u %zu KiB%s",
			m->cache[i].level, m->cache[i].bytes >> 10,
			m->cache[i].cores > 1 ? " shared" : "");
	sc_document_heading(doc, "%s, %u cores, %u threads%s; machine %s", m->cpu, m->cores,
		m->threads, caches, print);
	sc_document_heading(doc,
		"%s, %s %s, %s, %s; %.0f → %.0f MHz, load %.1f → %.1f, steal %.1f %%", m->library,
		m->compiler, m->flags, m->system, b->settings.date, m->mhz[0], m->mhz[1],
		m->load[0], m->load[1], 100 * m->steal);
}

/* a pool that sleeps meanwhile is woken inside of the time */
static void say_workers(sc_document *doc, const sc_bench *b)
{
	for (size_t i = 0; i < b->cells; i++)
		if (b->cell[i].what.config.threads > 1 && b->cell[i].what.cache != SC_STATE_hot) {
			sc_document_note(doc, "While caches are emptied the kernel's workers fall "
					      "asleep: waking them is in the times of cold cells "
					      "with several threads.");
			return;
		}
}

/* what a bounded run did without */
static void say_given_up(sc_document *doc, const sc_bench *b)
{
	size_t wide = 0, none = 0, few = 0;
	for (size_t i = 0; i < b->cells; i++) {
		wide += b->cell[i].timing.stop != SC_STOP_precision;
		none += !b->cell[i].summary.n;
		few += b->cell[i].summary.rounds < SC_ROUNDS_MIN;
	}
	if (b->settings.total_seconds > 0 && wide)
		sc_document_note(doc,
			"The whole run was given %g s; for that, %zu of %zu cells have an interval "
			"wider than %.3g %%, %zu have fewer than %d rounds, of which an interval "
			"does "
			"not hold for a next run, and %zu were not measured at all.",
			b->settings.total_seconds, wide, b->cells, 100 * b->settings.precision, few,
			SC_ROUNDS_MIN, none);
}

static void say_drift(sc_document *doc, const sc_bench *b)
{
	const sc_drift *d = &b->drift;
	if (b->without_rounds)
		sc_document_note(doc,
			"Measured by a secost that wrote secost.bench/1, without rounds: intervals "
			"are of that run alone and hold for no other; measured again, they would.");
	if (d->rounds)
		sc_document_note(doc,
			"From round to round the machine was slower or faster for all cells alike, "
			"by %+.1f … %+.1f %%. The level of 95 %% of runs like this stays within "
			"%.1f %%, which is in every interval; a shift that lasts longer than a run "
			"can't be seen from within it.",
			100 * expm1(gsl_stats_min(d->common, 1, d->rounds)),
			100 * expm1(gsl_stats_max(d->common, 1, d->rounds)), 100 * d->reach);
}

static void say_eviction(sc_document *doc, const sc_bench *b)
{
	double mib = (double)b->settings.evicted_bytes / (1 << 20);
	if (b->settings.pass_bytes)
		sc_document_note(doc,
			"Cold weights are as cold as the rest of a pass leaves them: before every "
			"call the block ran, then all else was touched that a pass of %s does, "
			"layer by layer, %.1f MB in all, at last the map; what stays in the caches "
			"follows from them.",
			b->network, (double)b->settings.pass_bytes / 1e6);
	if (b->settings.cold_part > 0)
		sc_document_note(doc,
			"Caches were emptied by reading %.0f MiB, %.1f times the last one that was "
			"found; of a probe, %.0f %% was in memory after that.%s",
			mib, (double)b->settings.evicted_bytes / (double)sc_bench_last_cache(b),
			100 * b->settings.cold_part,
			b->settings.pass_bytes ? "" : " With cold weights the map was read again.");
	else if (mib > 0)
		sc_document_note(doc,
			"Caches were emptied by reading %.0f MiB, at least twice the last-level "
			"cache reported; with cold weights the map was read again after that.",
			mib);
}

static void say_settings(sc_document *doc, const sc_bench *b, const sc_varying *v)
{
	const sc_bench_case *k = &b->cell[0].what;
	char text[96];
	sc_bench_operators(k, text, sizeof text);
	sc_document_heading(doc,
		"%s%s%s%s%s%sstops at an interval of %.3g %% or after %g s %s, seed %lu; clock "
		"%.0f ns, %.0f ns a reading",
		v->operators ? "" : text, v->operators ? "" : "; ",
		v->layout ? "" : sc_word_name(SC_WORD_layout, k->config.layout),
		v->layout ? "" : ", ", v->dtype ? "" : sc_word_name(SC_WORD_dtype, k->config.map),
		v->dtype ? "" : "; ", 100 * b->settings.precision,
		b->settings.total_seconds > 0 ? b->settings.total_seconds : b->settings.max_seconds,
		b->settings.total_seconds > 0 ? "in all" : "a cell", b->settings.seed,
		b->clock.resolution_ns, b->clock.overhead_ns);
	if (!v->batch && !v->threads && !v->kernel)
		sc_document_heading(doc, "batch %zu, threads %u, kernel %s%s", k->config.n,
			k->config.threads, k->row, b->complete ? "" : "; INCOMPLETE: stopped");
	else if (!b->complete)
		sc_document_heading(doc, "INCOMPLETE: stopped");
	say_given_up(doc, b);
	say_drift(doc, b);
	say_eviction(doc, b);
	say_workers(doc, b);
}

void sc_bench_say_machine(sc_document *doc, const sc_bench *b, const sc_varying *v)
{
	say_machine(doc, b);
	say_settings(doc, b, v);
}

/* what forecasts from this file are worth */
void sc_bench_say_forecast(sc_document *doc, const sc_bench *b)
{
	sc_forecast_error e;
	double *each = calloc(b->cells + 1, sizeof *each);
	size_t worst = 0;
	sc_status s = each ? sc_bench_leave_one_out(b, each, &e, NULL) : SC_ENOMEM;
	if (s == SC_ENOMEM)
		sc_document_fail(doc);
	if (!s) {
		for (size_t i = 0; i < b->cells; i++)
			if (each[i] > 0 &&
				fabs(each[i] - 1) > fabs(each[worst] > 0 ? each[worst] - 1 : 0))
				worst = i;
		sc_document_answer(doc,
			"Forecasts from this: with each of %zu cells left out in turn, half of "
			"them "
			"are within %.1f %% of what was measured, 95 %% within %.1f %%, the worst "
			"%.1f %% off (%s, r = %g, %s).",
			e.n, 100 * e.median, 100 * e.most, 100 * e.worst, b->cell[worst].what.stage,
			b->cell[worst].what.ratio,
			sc_word_name(SC_WORD_cache, b->cell[worst].what.cache));
	}
	free(each);
}

/* all blocks of the network in one cache state, the ratios in use; 0 when that was not measured */
static double sum_of(const sc_bench *b, sc_cache_state state)
{
	sc_bench_case setting = b->cell[0].what;
	double sum = 0;
	setting.cache = state;
	for (size_t i = 0; i < b->cells; i++)
		if (b->cell[i].what.in_use && sc_case_same_setting(&setting, &b->cell[i].what))
			sum += b->cell[i].summary.median * b->cell[i].what.blocks;
	return sum;
}

static void say_chain(sc_document *doc, const sc_bench *b)
{
	const sc_summary *s = &b->chain.summary;
	char sums[160] = "";
	size_t n = 0;
	for (int state = 0; state < SC_STATE__N; state++) {
		double sum = sum_of(b, (sc_cache_state)state);
		if (sum > 0)
			n += (size_t)snprintf(sums + n, sizeof sums - n, "%s%.0f µs %s",
				n ? ", " : "", sum / 1e3,
				sc_word_name(SC_WORD_cache, (size_t)state));
	}
	if (s->n)
		sc_document_answer(doc,
			"All %zu SE blocks one after the other, each on its own buffers: %.0f µs "
			"[%.0f, %.0f]; their medians add up to %s.",
			b->chain.blocks, s->median / 1e3, s->ci95.low / 1e3, s->ci95.high / 1e3,
			sums);
}

static json_t *json(const void *subject)
{
	const sc_bench *b;
	memcpy(&b, subject, sizeof b);
	return sc_bench_json(b);
}

static void add(sc_document *doc, sc_grid *g)
{
	if (g)
		sc_document_grid(doc, g);
}

void sc_bench_add_grids(sc_document *doc, const sc_bench *b, const sc_varying *v)
{
	sc_grid *cells = sc_bench_cells_grid(b, v);
	bool network = b->network[0] != '\0';
	if (network) {
		add(doc, sc_bench_totals_grid(b, v));
		add(doc, sc_bench_fits_grid(b, v));
		sc_grid_fold(cells);
	}
	sc_document_records(doc, cells);
	if (network)
		sc_document_grid(doc, sc_bench_phases_grid(b));
	add(doc, sc_bench_levels_grid(b));
	if (b->roofs.count)
		sc_document_grid(doc, sc_bench_roofs_grid(b));
}

sc_document *sc_bench_document(const sc_bench *b)
{
	char title[200];
	sc_varying v = sc_bench_varying(b);
	snprintf(title, sizeof title, "%s: latency of SE",
		b->network[0] ? b->network : "A grid of shapes");
	sc_document *doc = sc_document_new(title);
	sc_bench_say_total(doc, b, SC_LINE_heading);
	sc_bench_say_machine(doc, b, &v);
	sc_bench_add_grids(doc, b, &v);
	if (b->network[0]) {
		sc_bench_say_fits(doc, b, &v);
		say_chain(doc, b);
	} else {
		sc_bench_say_forecast(doc, b);
	}
	sc_document_json(doc, json, &b, sizeof b);
	return doc;
}
