/* What is too long for a page and stays beside it for programs: every sample of the ratios in use,
 * every forecast beside its measurement. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/bench.h"

/* what is the same in every cell; the rest is for whoever shows one */
static void constant(const sc_bench *b, sc_text *out)
{
	const sc_bench_case *k = &b->cell[0].what;
	const sc_varying v = sc_bench_varying(b);
	if (!v.batch)
		sc_text_addf(out, " · batch %zu", k->config.n);
	if (!v.threads)
		sc_text_addf(out, " · threads %u", k->config.threads);
	if (!v.layout)
		sc_text_addf(out, " · %s", sc_word_name(SC_WORD_layout, k->config.layout));
	if (!v.dtype)
		sc_text_addf(out, " · %s", sc_word_name(SC_WORD_dtype, k->config.map));
	if (!v.kernel)
		sc_text_addf(out, " · kernel %s", k->row);
}

void sc_bench_grid_conditions(sc_grid *g, const sc_bench *b)
{
	char print[17];
	sc_text text = {0};
	sc_machine_fingerprint(&b->machine, print);
	constant(b, &text);
	sc_grid_conditions(g, "%s · %s (%.8s)%s%s", b->network[0] ? b->network : "grid of shapes",
		b->machine.cpu, print, sc_text_get(&text), b->complete ? "" : " · incomplete");
	if (text.failed)
		sc_grid_text(g, NULL);
	sc_text_release(&text);
}

sc_grid *sc_bench_samples_grid(const sc_bench *b, const sc_varying *v)
{
	sc_grid *g = sc_grid_new("samples", "every sample at the ratios in use");
	sc_bench_grid_conditions(g, b);
	sc_grid_column(g, SC_COLUMN_exact, "cell", NULL, 0); /* row of the table of latency */
	sc_grid_column(g, SC_COLUMN_text, "stage", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "ratio", NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "setting", NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "cache", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "sample_us", NULL, 3);
	sc_grid_column(g, SC_COLUMN_real, "of_median", NULL, 3);
	for (size_t i = 0; i < b->cells; i++) {
		const sc_bench_cell *c = &b->cell[i];
		char setting[160];
		sc_bench_setting(&c->what, v, setting, sizeof setting);
		for (size_t k = 0; c->what.in_use && k < c->timing.n; k++) {
			sc_grid_row(g, SC_ROW_plain);
			sc_grid_count(g, i);
			sc_grid_text(g, c->what.stage);
			sc_grid_real(g, c->what.ratio);
			sc_grid_text(g, setting);
			sc_grid_text(g, sc_word_name(SC_WORD_cache, c->what.cache));
			sc_grid_real(g, c->timing.ns[k] / 1e3);
			sc_grid_real(g, c->timing.ns[k] / c->summary.median);
		}
	}
	return g;
}

sc_grid *sc_bench_forecast_errors_grid(const sc_bench *b)
{
	sc_forecast_error e;
	sc_err err;
	sc_status s = sc_bench_leave_one_out(b, NULL, &e, &err);
	if (s && s != SC_ENOMEM)
		return NULL;
	sc_grid *g = sc_grid_new("forecast-errors", "what forecasts from the profile are worth");
	if (s) {
		sc_grid_fail(g, &err);
		return g;
	}
	sc_grid_column(g, SC_COLUMN_exact, "cells", "cells left out in turn", 0);
	sc_grid_column(g, SC_COLUMN_share, "error_median", "half within", 1);
	sc_grid_column(g, SC_COLUMN_share, "error_most", "95 % within", 1);
	sc_grid_column(g, SC_COLUMN_share, "error_worst", "worst", 1);
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_count(g, e.n);
	sc_grid_share(g, e.median);
	sc_grid_share(g, e.most);
	sc_grid_share(g, e.worst);
	sc_grid_note(g, "of what was measured: |forecast ÷ measured − 1|");
	return g;
}

static void forecast_row(sc_grid *g, const sc_bench_cell *c, double each)
{
	const sc_se_config *k = &c->what.config;
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_text(g, c->what.stage);
	sc_grid_real(g, c->what.ratio);
	sc_grid_count(g, k->n);
	sc_grid_count(g, k->threads);
	sc_grid_text(g, sc_word_name(SC_WORD_cache, c->what.cache));
	sc_grid_real(g, c->summary.median / 1e3);
	sc_grid_real(g, each * c->summary.median / 1e3);
	sc_grid_real(g, each);
}

sc_grid *sc_bench_forecasts_grid(const sc_bench *b)
{
	sc_forecast_error e;
	sc_err err;
	double *each = calloc(b->cells + 1, sizeof *each);
	sc_status s = each ? sc_bench_leave_one_out(b, each, &e, &err)
			   : sc_fail(&err, SC_ENOMEM, "no memory for the forecasts");
	sc_grid *g =
		!s || s == SC_ENOMEM ? sc_grid_new("forecasts", "forecast beside measured") : NULL;
	if (s)
		sc_grid_fail(g, &err);
	if (g && !s) {
		sc_bench_grid_conditions(g, b);
		sc_grid_column(g, SC_COLUMN_text, "stage", NULL, 0);
		sc_grid_column(g, SC_COLUMN_real, "ratio", NULL, 0);
		sc_grid_column(g, SC_COLUMN_exact, "batch", NULL, 0);
		sc_grid_column(g, SC_COLUMN_exact, "threads", NULL, 0);
		sc_grid_column(g, SC_COLUMN_text, "cache", NULL, 0);
		sc_grid_column(g, SC_COLUMN_real, "measured_us", NULL, 3);
		sc_grid_column(g, SC_COLUMN_real, "forecast_us", NULL, 3);
		sc_grid_column(g, SC_COLUMN_real, "of_measured", NULL, 3);
	}
	for (size_t i = 0; g && !s && i < b->cells; i++)
		if (each[i] > 0)
			forecast_row(g, &b->cell[i], each[i]);
	free(each);
	return g;
}

void sc_bench_add_loads_grid(sc_document *doc, const sc_bench *b)
{
	if (!b->sweep.levels)
		return;
	sc_grid *g = sc_grid_new("cache-loads", "what a load takes by footprint");
	sc_grid_conditions(g, "%s · loads that wait for each other, anywhere within a footprint",
		b->machine.cpu);
	sc_grid_column(g, SC_COLUMN_exact, "footprint_bytes", NULL, 0);
	sc_grid_column(g, SC_COLUMN_real, "load_ns", NULL, 3);
	for (size_t i = 0; i < b->sweep.steps; i++) {
		sc_grid_row(g, SC_ROW_plain);
		sc_grid_count(g, b->sweep.step[i].bytes);
		sc_grid_real(g, b->sweep.step[i].ns);
	}
	sc_document_grid(doc, g);
}
