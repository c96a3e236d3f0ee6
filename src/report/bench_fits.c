/* Where the ratio matters: a fit and a verdict for each stage and setting. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/bench.h"

static sc_grid *fits_grid(const sc_stage_fit *fit, size_t n, const sc_varying *v)
{
	sc_grid *g = sc_grid_new("verdict", "where the ratio matters: t = a + b/r");
	sc_grid_narrow(g, "stage,setting,ratio,ratio_share,verdict,b_us,a_us");
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
	sc_grid_column(g, SC_COLUMN_share, "lack_of_fit", "lack of fit", 0);
	for (size_t i = 0; i < n; i++) {
		char text[160];
		const sc_fit *f = &fit[i].fit;
		sc_grid_row(g, fit[i].verdict == SC_FREE ? SC_ROW_dim : SC_ROW_plain);
		sc_grid_text(g, fit[i].first->what.stage);
		sc_bench_setting(&fit[i].first->what, v, text, sizeof text);
		sc_grid_text(g, text);
		sc_grid_real(g, f->a / 1e3);
		sc_grid_real(g, f->b / 1e3);
		sc_grid_real(g, f->b_ci95.low / 1e3);
		sc_grid_real(g, f->b_ci95.high / 1e3);
		snprintf(text, sizeof text, "%.1f … %.1f", f->b_ci95.low / 1e3,
			f->b_ci95.high / 1e3);
		sc_grid_text(g, text);
		sc_grid_real(g, f->r2);
		sc_grid_real(g, fit[i].ratio);
		sc_grid_share(g, sc_fit_share(f, fit[i].x));
		sc_grid_real(g, fit[i].crossover);
		sc_grid_text(g, sc_matter_name(fit[i].verdict));
		sc_grid_share(g, f->lack_of_fit);
	}
	sc_grid_note(g,
		"b/r of t: at the ratio in use; r*: ratio above which pooling and scaling "
		"have more operations than the two layers; lack of fit: of the median farthest "
		"from the line");
	return g;
}

static void say_verdict(sc_document *doc, const sc_stage_fit *f, const sc_varying *v)
{
	char setting[160];
	const char *stage = f->first->what.stage;
	double share = 100 * sc_fit_share(&f->fit, f->x);
	sc_interval ci = sc_fit_share_ci95(&f->fit, f->x);
	sc_bench_setting(&f->first->what, v, setting, sizeof setting);
	if (f->verdict == SC_FREE)
		sc_document_answer(doc,
			"%s, %s: the ratio is free here: at r = %g, b/r is %.1f %% of t [%.1f, "
			"%.1f]; r* = %.2g.",
			stage, setting, f->ratio, share, 100 * ci.low, 100 * ci.high, f->crossover);
	else if (f->verdict == SC_MATTERS)
		sc_document_answer(doc,
			"%s, %s: the ratio matters: at r = %g, b/r is %.1f %% of t [%.1f, %.1f], t "
			"= %.1f µs + %.0f µs/r; r* = %.2g.",
			stage, setting, f->ratio, share, 100 * ci.low, 100 * ci.high,
			f->fit.a / 1e3, f->fit.b / 1e3, f->crossover);
	else
		sc_document_answer(doc,
			"%s, %s: not shown whether the ratio matters: at r = %g, b/r is %.1f %% of "
			"t [%.1f, %.1f]; an interval %.1f times as narrow would settle it, which "
			"takes about %.2g times the time; r* = %.2g.",
			stage, setting, f->ratio, share, 100 * ci.low, 100 * ci.high,
			sc_fit_narrower(&f->fit, f->x), pow(sc_fit_narrower(&f->fit, f->x), 2),
			f->crossover);
	if (fabs(f->fit.lack_of_fit) > 0.1)
		sc_document_note(doc,
			"%s, %s: t is not quite a line in 1/r: at r = %.3g it is %.0f %% %s it "
			"(weights that leave a cache do that).",
			stage, setting, 1 / f->fit.lack_of_fit_x, 100 * fabs(f->fit.lack_of_fit),
			f->fit.lack_of_fit > 0 ? "above" : "below");
}

/* the largest against the smallest ratio of a stage, in the setting of its fit */
static void say_span(
	sc_document *doc, const sc_bench *b, const sc_stage_fit *f, const sc_varying *v)
{
	const sc_bench_cell *least = NULL, *most = NULL;
	char text[240], setting[160], low[32], high[32];
	sc_comparison c;
	for (size_t i = 0; i < b->cells; i++) {
		const sc_bench_cell *k = &b->cell[i];
		if (strcmp(k->what.stage, f->first->what.stage) != 0 || k->summary.n < 2 ||
			!sc_case_same_setting(&k->what, &f->first->what))
			continue;
		least = !least || k->what.ratio < least->what.ratio ? k : least;
		most = !most || k->what.ratio > most->what.ratio ? k : most;
	}
	if (!least || least == most)
		return;
	const sc_samples x = sc_timing_samples(&most->timing),
			 y = sc_timing_samples(&least->timing);
	if (sc_compare_samples(&x, &y, true, SC_RESAMPLES, b->settings.seed, &c, NULL))
		return;
	snprintf(low, sizeof low, "r = %g", least->what.ratio);
	snprintf(high, sizeof high, "r = %g", most->what.ratio);
	sc_comparison_say(&c, high, low, text, sizeof text);
	sc_bench_setting(&f->first->what, v, setting, sizeof setting);
	sc_document_note(doc, "%s, %s: %s.", f->first->what.stage, setting, text);
}

sc_grid *sc_bench_fits_grid(const sc_bench *b, const sc_varying *v)
{
	sc_stage_fit *fit = NULL;
	size_t n = 0;
	sc_grid *g = !sc_bench_fits(b, &fit, &n, NULL) && n ? fits_grid(fit, n, v) : NULL;
	free(fit);
	return g;
}

void sc_bench_say_fits(sc_document *doc, const sc_bench *b, const sc_varying *v)
{
	sc_stage_fit *fit = NULL;
	size_t n = 0;
	if (sc_bench_fits(b, &fit, &n, NULL))
		return;
	for (size_t i = 0; i < n; i++)
		say_verdict(doc, &fit[i], v);
	for (size_t i = 0; i < n; i++)
		say_span(doc, b, &fit[i], v);
	free(fit);
}
