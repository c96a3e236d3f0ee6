/* `secost bench`: a row for each cell, the verdict for each stage, the roofs, the conditions. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/grid.h"
#include "secost/bench.h"

/* --- which axes vary: the others go into the heading --- */

typedef struct varying {
	bool batch, threads, layout, dtype, kernel, operators;
} varying;

static void operators_text(const sc_bench_case *k, char *out, size_t size)
{
	const sc_se_config *c = &k->config;
	snprintf(out, size, "%s, %s, %s%s%s%s", sc_word_name(SC_WORD_squeeze, c->pool),
		sc_word_name(SC_WORD_activation, c->act), sc_word_name(SC_WORD_gate, c->gate),
		k->bias ? ", biases" : "",
		c->epilogue == SC_SE_SCALE	 ? ""
		: c->epilogue == SC_SE_SCALE_ADD ? ", + shortcut"
						 : ", + shortcut, relu",
		k->in_place ? ", in place" : "");
}

static varying what_varies(const sc_bench *b)
{
	varying v = {0};
	char one[96], other[96];
	const sc_se_config *x = &b->cell[0].what.config;
	operators_text(&b->cell[0].what, one, sizeof one);
	for (size_t i = 1; i < b->cells; i++) {
		const sc_se_config *y = &b->cell[i].what.config;
		operators_text(&b->cell[i].what, other, sizeof other);
		v.batch = v.batch || x->n != y->n;
		v.threads = v.threads || x->threads != y->threads;
		v.layout = v.layout || x->layout != y->layout;
		v.dtype = v.dtype || x->map != y->map;
		v.kernel = v.kernel || strcmp(b->cell[0].what.row, b->cell[i].what.row) != 0;
		v.operators = v.operators || strcmp(one, other) != 0;
	}
	return v;
}

static const char *shown(bool is, const char *title)
{
	return is ? title : NULL;
}

/* --- the cells --- */

static void columns(sc_grid *g, const varying *v)
{
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(g, SC_COLUMN_exact, "blocks", "N", 0);
	sc_grid_column(g, SC_COLUMN_text, NULL, "C×H×W", 0);
	sc_grid_column(g, SC_COLUMN_exact, "channels", NULL, 0);
	sc_grid_column(g, SC_COLUMN_exact, "height", NULL, 0);
	sc_grid_column(g, SC_COLUMN_exact, "width", NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "ratio", "r", 0);
	sc_grid_column(g, SC_COLUMN_exact, "width_squeezed", "d", 0);
	sc_grid_column(g, SC_COLUMN_exact, "batch", shown(v->batch, "batch"), 0);
	sc_grid_column(g, SC_COLUMN_exact, "threads", shown(v->threads, "threads"), 0);
	sc_grid_column(g, SC_COLUMN_text, "layout", shown(v->layout, "layout"), 0);
	sc_grid_column(g, SC_COLUMN_text, "dtype", shown(v->dtype, "type"), 0);
	sc_grid_column(g, SC_COLUMN_text, "kernel", shown(v->kernel, "kernel"), 0);
	sc_grid_column(g, SC_COLUMN_text, "operators", shown(v->operators, "operators"), 0);
	sc_grid_column(g, SC_COLUMN_text, "cache", "cache", 0);
	sc_grid_column(g, SC_COLUMN_real, "latency_median_us", "µs", 1);
	sc_grid_column(g, SC_COLUMN_text, NULL, "95 %", 0);
	sc_grid_column(g, SC_COLUMN_real, "latency_low_us", NULL, 1);
	sc_grid_column(g, SC_COLUMN_real, "latency_high_us", NULL, 1);
	sc_grid_column(g, SC_COLUMN_share, "time_share", "of SE time", 1);
	sc_grid_column(g, SC_COLUMN_count, "se_params", "SE params", 0);
	sc_grid_column(g, SC_COLUMN_share, "roof_share", "of roof", 0);
	sc_grid_column(g, SC_COLUMN_real, "gbytes_per_second", "GB/s", 1);
	sc_grid_column(g, SC_COLUMN_count, "se_flops", "SE FLOPs", 0);
	sc_grid_column(g, SC_COLUMN_count, "se_bytes", "SE bytes", 0);
	sc_grid_column(g, SC_COLUMN_real, "first_call_us", "first call", 1);
	sc_grid_column(g, SC_COLUMN_exact, "samples", "samples", 0);
	sc_grid_column(g, SC_COLUMN_exact, "outliers", "outliers", 0);
	sc_grid_column(g, SC_COLUMN_text, "stopped_by", "stopped by", 0);
}

static void case_cells(sc_grid *g, const sc_bench_case *k)
{
	char text[96];
	const sc_se_config *c = &k->config;
	sc_grid_text(g, k->stage);
	sc_grid_count(g, k->blocks);
	snprintf(text, sizeof text, "%zu×%zu×%zu", c->c, c->h, c->w);
	sc_grid_text(g, text);
	sc_grid_count(g, c->c);
	sc_grid_count(g, c->h);
	sc_grid_count(g, c->w);
	snprintf(text, sizeof text, "%.5g", k->ratio);
	sc_grid_text(g, text);
	sc_grid_count(g, c->squeezed);
	sc_grid_count(g, c->n);
	sc_grid_count(g, c->threads);
	sc_grid_text(g, sc_word_name(SC_WORD_layout, c->layout));
	sc_grid_text(g, sc_word_name(SC_WORD_dtype, c->map));
	sc_grid_text(g, k->row);
	operators_text(k, text, sizeof text);
	sc_grid_text(g, text);
	sc_grid_text(g, sc_word_name(SC_WORD_cache, k->cache));
}

static void interval_text(sc_interval i, char *out, size_t size)
{
	int decimals = i.high < 1e4 ? 2 : i.high < 1e6 ? 1 : 0;
	snprintf(out, size, "%.*f … %.*f", decimals, i.low / 1e3, decimals, i.high / 1e3);
}

static void latency_cells(sc_grid *g, const sc_bench_cell *c)
{
	char text[64];
	if (!c->summary.n) {
		for (int i = 0; i < 4; i++)
			sc_grid_unknown(g);
		return;
	}
	interval_text(c->summary.likely, text, sizeof text);
	sc_grid_real(g, c->summary.median / 1e3);
	sc_grid_text(g, text);
	sc_grid_real(g, c->summary.likely.low / 1e3);
	sc_grid_real(g, c->summary.likely.high / 1e3);
}

static void share_or_unknown(sc_grid *g, double share)
{
	if (share > 0)
		sc_grid_share(g, share);
	else
		sc_grid_unknown(g);
}

static void row(sc_grid *g, const sc_bench_cell *c)
{
	sc_grid_row(g, c->what.in_use ? SC_ROW_plain : SC_ROW_dim);
	case_cells(g, &c->what);
	latency_cells(g, c);
	share_or_unknown(g, c->share);
	sc_grid_count(g, c->params * c->what.blocks);
	share_or_unknown(g, c->efficiency);
	if (c->summary.n)
		sc_grid_real(g, (double)c->bytes / c->summary.median);
	else
		sc_grid_unknown(g);
	sc_grid_count(g, c->flops * c->what.blocks);
	sc_grid_count(g, c->bytes * c->what.blocks);
	sc_grid_real(g, c->timing.first_ns / 1e3);
	sc_grid_count(g, c->summary.n);
	sc_grid_count(g, c->summary.outliers);
	sc_grid_text(g, sc_stop_name(c->timing.stop));
}

static sc_grid *cells_grid(const sc_bench *b, const varying *v)
{
	sc_grid *g = sc_grid_new("latency", "latency by stage and ratio");
	columns(g, v);
	for (size_t i = 0; i < b->cells; i++)
		row(g, &b->cell[i]);
	sc_grid_note(g,
		"µs: median of one block; 95 %%: interval of the median; of SE time: of all blocks "
		"of "
		"the network at this ratio; params, FLOPs and bytes: of all N blocks; of roof: "
		"time "
		"that the machine's roofs allow over the median; ratios in use are not dimmed");
	return g;
}

/* --- verdicts --- */

static void setting_text(const sc_bench_case *k, const varying *v, char *out, size_t size)
{
	size_t n = (size_t)snprintf(out, size, "%s", sc_word_name(SC_WORD_cache, k->cache));
	if (v->batch && n < size)
		n += (size_t)snprintf(out + n, size - n, ", batch %zu", k->config.n);
	if (v->threads && n < size)
		n += (size_t)snprintf(out + n, size - n, ", threads %u", k->config.threads);
	if (v->layout && n < size)
		n += (size_t)snprintf(
			out + n, size - n, ", %s", sc_word_name(SC_WORD_layout, k->config.layout));
	if (v->dtype && n < size)
		n += (size_t)snprintf(
			out + n, size - n, ", %s", sc_word_name(SC_WORD_dtype, k->config.map));
	if (v->kernel && n < size)
		snprintf(out + n, size - n, ", %s", k->row);
}

static sc_grid *fits_grid(const sc_stage_fit *fit, size_t n, const varying *v)
{
	sc_grid *g = sc_grid_new("verdict", "where the ratio matters: t = a + b/r");
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(g, SC_COLUMN_text, "setting", "setting", 0);
	sc_grid_column(g, SC_COLUMN_real, "a_us", "a, µs", 1);
	sc_grid_column(g, SC_COLUMN_real, "b_us", "b, µs", 1);
	sc_grid_column(g, SC_COLUMN_real, "b_low_us", NULL, 1);
	sc_grid_column(g, SC_COLUMN_real, "b_high_us", NULL, 1);
	sc_grid_column(g, SC_COLUMN_text, NULL, "95 % of b", 0);
	sc_grid_column(g, SC_COLUMN_real, "r_squared", "R²", 3);
	sc_grid_column(g, SC_COLUMN_real, "ratio", "r", 0);
	sc_grid_column(g, SC_COLUMN_share, "ratio_share", "b/r of t", 1);
	sc_grid_column(g, SC_COLUMN_real, "ratio_crossover", "r*", 2);
	sc_grid_column(g, SC_COLUMN_text, "verdict", "the ratio", 0);
	sc_grid_column(g, SC_COLUMN_share, "misfit", "misfit", 0);
	for (size_t i = 0; i < n; i++) {
		char text[96];
		const sc_fit *f = &fit[i].fit;
		sc_grid_row(g, fit[i].free ? SC_ROW_dim : SC_ROW_plain);
		sc_grid_text(g, fit[i].first->what.stage);
		setting_text(&fit[i].first->what, v, text, sizeof text);
		sc_grid_text(g, text);
		sc_grid_real(g, f->a / 1e3);
		sc_grid_real(g, f->b / 1e3);
		sc_grid_real(g, f->b_likely.low / 1e3);
		sc_grid_real(g, f->b_likely.high / 1e3);
		snprintf(text, sizeof text, "%.1f … %.1f", f->b_likely.low / 1e3,
			f->b_likely.high / 1e3);
		sc_grid_text(g, text);
		sc_grid_real(g, f->r2);
		sc_grid_real(g, fit[i].ratio);
		sc_grid_share(g, sc_fit_share(f, fit[i].x));
		sc_grid_real(g, fit[i].crossover);
		sc_grid_text(g, fit[i].free ? "free" : "matters");
		sc_grid_share(g, f->misfit);
	}
	sc_grid_note(g, "b/r of t: at the ratio in use; r*: ratio above which pooling and scaling "
			"have more operations than the two layers; misfit: of the median farthest "
			"from the line");
	return g;
}

static void say_verdict(sc_document *doc, const sc_stage_fit *f, const varying *v)
{
	char setting[96];
	const char *stage = f->first->what.stage;
	double share = 100 * sc_fit_share(&f->fit, f->x),
	       most = 100 * sc_fit_share_at_most(&f->fit, f->x);
	setting_text(&f->first->what, v, setting, sizeof setting);
	if (f->free)
		sc_document_answer(doc,
			"%s, %s: the ratio is free here: at r = %g, b/r is %.1f %% of t (at most "
			"%.1f %%); r* = %.2g.",
			stage, setting, f->ratio, fabs(share) < 0.05 ? 0.0 : share, fmax(most, 0),
			f->crossover);
	else
		sc_document_answer(doc,
			"%s, %s: the ratio matters: at r = %g, b/r is %.0f %% of t = %.1f µs + "
			"%.0f µs/r; r* = %.2g.",
			stage, setting, f->ratio, share, f->fit.a / 1e3, f->fit.b / 1e3,
			f->crossover);
	if (fabs(f->fit.misfit) > 0.1)
		sc_document_note(doc,
			"%s, %s: t is not quite a line in 1/r: at r = %.3g it is %.0f %% %s it "
			"(weights that leave a cache do that).",
			stage, setting, 1 / f->fit.misfit_x, 100 * fabs(f->fit.misfit),
			f->fit.misfit > 0 ? "above" : "below");
}

/* --- phases --- */

static sc_grid *phases_grid(const sc_bench *b)
{
	sc_grid *g = sc_grid_new("phases", "what one block moves and computes, by phase");
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(g, SC_COLUMN_text, "ratio", "r", 0);
	sc_grid_column(g, SC_COLUMN_exact, "batch", "batch", 0);
	sc_grid_column(g, SC_COLUMN_text, "phase", "phase", 0);
	sc_grid_column(g, SC_COLUMN_exact, "bytes", "bytes", 0);
	sc_grid_column(g, SC_COLUMN_exact, "flops", "FLOPs", 0);
	sc_grid_column(g, SC_COLUMN_real, "flops_per_byte", "FLOP/byte", 2);
	for (size_t i = 0; i < b->cells; i++) {
		const sc_bench_cell *c = &b->cell[i];
		bool again = i && !strcmp(b->cell[i - 1].what.stage, c->what.stage) &&
			     b->cell[i - 1].what.ratio == c->what.ratio;
		for (int p = 0; p < SC_PHASE__N && c->what.in_use && !again; p++) {
			char ratio[32];
			snprintf(ratio, sizeof ratio, "%.5g", c->what.ratio);
			sc_grid_row(g, SC_ROW_plain);
			sc_grid_text(g, c->what.stage);
			sc_grid_text(g, ratio);
			sc_grid_count(g, c->what.config.n);
			sc_grid_text(g, sc_phase_name((size_t)p));
			sc_grid_count(g, c->phase[p].bytes);
			sc_grid_count(g, c->phase[p].flops);
			sc_grid_real(g, (double)c->phase[p].flops / (double)c->phase[p].bytes);
		}
	}
	return g;
}

/* --- roofs --- */

static void roof_row(
	sc_grid *g, const sc_bench *b, unsigned threads, const char *level, double bytes)
{
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_count(g, threads);
	sc_grid_text(g, level);
	sc_grid_count(g, (uint64_t)bytes);
	for (int t = 0; t < SC_TRAFFIC__N; t++) {
		double gbps = sc_roofs_gbps(&b->roofs, (sc_traffic)t, threads, bytes);
		if (gbps > 0)
			sc_grid_real(g, gbps);
		else
			sc_grid_unknown(g);
	}
	sc_grid_real(g, sc_roofs_gflops(&b->roofs, threads));
}

/* each level by a footprint of half its size, memory by four times the last */
static sc_grid *roofs_grid(const sc_bench *b)
{
	sc_grid *g = sc_grid_new("roofs", "what the machine can do");
	sc_grid_column(g, SC_COLUMN_exact, "threads", "threads", 0);
	sc_grid_column(g, SC_COLUMN_text, "level", "level", 0);
	sc_grid_column(g, SC_COLUMN_exact, "footprint_bytes", "footprint, bytes", 0);
	sc_grid_column(g, SC_COLUMN_real, "read_gbytes_per_second", "read, GB/s", 1);
	sc_grid_column(g, SC_COLUMN_real, "copy_gbytes_per_second", "copy, GB/s", 1);
	sc_grid_column(g, SC_COLUMN_real, "update_gbytes_per_second", "update, GB/s", 1);
	sc_grid_column(g, SC_COLUMN_real, "fma_gflops", "FMA peak, GFLOP/s", 1);
	for (size_t p = 0; p < b->roofs.peaks; p++) {
		unsigned threads = b->roofs.peak[p].threads;
		for (size_t i = 0; i < b->machine.caches; i++) {
			char level[16];
			snprintf(level, sizeof level, "L%u", b->machine.cache[i].level);
			roof_row(g, b, threads, level, (double)b->machine.cache[i].bytes / 2);
		}
		roof_row(g, b, threads, "memory", 4.0 * (double)sc_machine_last_cache(&b->machine));
	}
	sc_grid_note(g,
		"bytes read and written over time, the best of many tries; a level is taken "
		"at half its size, memory at four times the last cache");
	return g;
}

/* --- the document --- */

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

static void say_settings(sc_document *doc, const sc_bench *b, const varying *v)
{
	const sc_bench_case *k = &b->cell[0].what;
	char text[96];
	operators_text(k, text, sizeof text);
	sc_document_heading(doc,
		"%s%s%s%s%sstops at an interval of %.3g %% or after %g s, seed %lu; clock %.0f ns, "
		"%.0f ns a reading",
		v->operators ? "" : text, v->operators ? "" : "; ",
		v->layout ? "" : sc_word_name(SC_WORD_layout, k->config.layout),
		v->layout ? "" : ", ",
		v->dtype	? ""
		: k->config.map ? "bf16; "
				: "fp32; ",
		100 * b->settings.precision, b->settings.max_seconds, b->settings.seed,
		b->clock.resolution_ns, b->clock.overhead_ns);
	if (!v->batch && !v->threads && !v->kernel)
		sc_document_heading(doc, "batch %zu, threads %u, kernel %s%s", k->config.n,
			k->config.threads, k->row, b->complete ? "" : "; INCOMPLETE: stopped");
	else if (!b->complete)
		sc_document_heading(doc, "INCOMPLETE: stopped");
	if (b->settings.evicted_bytes)
		sc_document_note(doc,
			"Caches were emptied by reading %zu MiB, at least twice the last-level "
			"cache found; with cold weights the map was read again after that.",
			b->settings.evicted_bytes >> 20);
}

/* the largest against the smallest ratio of a stage, in the setting of its fit */
static void say_span(sc_document *doc, const sc_bench *b, const sc_stage_fit *f, const varying *v)
{
	const sc_bench_cell *least = NULL, *most = NULL;
	char text[160], setting[96], low[32], high[32];
	sc_comparison c;
	for (size_t i = 0; i < b->cells; i++) {
		const sc_bench_cell *k = &b->cell[i];
		if (strcmp(k->what.stage, f->first->what.stage) != 0 || k->summary.n < 2 ||
			!sc_case_same_setting(&k->what, &f->first->what))
			continue;
		least = !least || k->what.ratio < least->what.ratio ? k : least;
		most = !most || k->what.ratio > most->what.ratio ? k : most;
	}
	if (!least || least == most ||
		sc_compare_samples(most->timing.ns, most->timing.n, least->timing.ns,
			least->timing.n, SC_RESAMPLES, b->settings.seed, &c, NULL))
		return;
	snprintf(low, sizeof low, "r = %g", least->what.ratio);
	snprintf(high, sizeof high, "r = %g", most->what.ratio);
	sc_comparison_say(&c, high, low, text, sizeof text);
	setting_text(&f->first->what, v, setting, sizeof setting);
	sc_document_note(doc, "%s, %s: %s.", f->first->what.stage, setting, text);
}

static void say_fits(sc_document *doc, const sc_bench *b, const varying *v)
{
	enum { SENTENCES_MAX = 24 };
	sc_stage_fit *fit = NULL;
	size_t n = 0;
	if (sc_bench_fits(b, &fit, &n, NULL))
		return;
	if (n)
		sc_document_grid(doc, fits_grid(fit, n, v));
	for (size_t i = 0; i < n && i < SENTENCES_MAX; i++)
		say_verdict(doc, &fit[i], v);
	for (size_t i = 0; i < n && i < SENTENCES_MAX; i++)
		say_span(doc, b, &fit[i], v);
	free(fit);
}

/* what forecasts from this file are worth */
static void say_forecast(sc_document *doc, const sc_bench *b)
{
	sc_forecast_error e;
	double *each = calloc(b->cells + 1, sizeof *each);
	size_t worst = 0;
	if (each && !sc_bench_leave_one_out(b, each, &e, NULL)) {
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

static json_t *json(const void *subject)
{
	const sc_bench *b;
	memcpy(&b, subject, sizeof b);
	return sc_bench_json(b);
}

sc_document *sc_bench_document(const sc_bench *b)
{
	char title[200];
	varying v = what_varies(b);
	snprintf(title, sizeof title, "%s: latency of SE",
		b->network[0] ? b->network : "A grid of shapes");
	sc_document *doc = sc_document_new(title);
	say_machine(doc, b);
	say_settings(doc, b, &v);
	sc_document_grid(doc, cells_grid(b, &v));
	if (b->network[0]) {
		say_fits(doc, b, &v);
		sc_document_grid(doc, phases_grid(b));
	} else {
		say_forecast(doc, b);
	}
	if (b->roofs.count)
		sc_document_grid(doc, roofs_grid(b));
	sc_document_json(doc, json, &b, sizeof b);
	return doc;
}
