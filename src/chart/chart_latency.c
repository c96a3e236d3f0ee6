/* Latency against the ratio, a line for each stage, a panel for each cache state. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart_bench.h"

enum { HEIGHT = 560, PANELS_MAX = 2 };

/* everything a panel needs */
typedef struct view {
	sc_measured m;
	const sc_grid *fits; /* NULL for none */
	size_t stages, panels;
	bool left_out;	    /* a cache state */
	double least, most; /* ratios */
} view;

static bool look(const sc_document *doc, view *v)
{
	*v = (view){.m = sc_measured_look(doc),
		.fits = sc_document_find(doc, "verdict"),
		.least = INFINITY};
	size_t caches = v->m.cache.count;
	v->stages = v->m.stage.count;
	v->left_out = caches > PANELS_MAX;
	v->panels = v->left_out ? PANELS_MAX : caches;
	for (size_t r = 0; r < sc_grid_rows(v->m.grid); r++) { /* of what is drawn */
		if (!sc_measured_is(&v->m, r, NULL, NULL))
			continue;
		v->least = fmin(v->least, sc_measured_at(&v->m, r, "ratio"));
		v->most = fmax(v->most, sc_measured_at(&v->m, r, "ratio"));
	}
	return !v->m.stage.failed && !v->m.cache.failed;
}

enum { NO_FIT = SC_NO_COLUMN };

/* the row of a fit */
static size_t fit_of(const view *v, size_t stage, size_t panel)
{
	for (size_t r = 0; v->fits && r < sc_grid_rows(v->fits); r++)
		if (sc_measured_is_in(
			    &v->m, v->fits, r, v->m.stage.item[stage], v->m.cache.item[panel]))
			return r;
	return NO_FIT;
}

static bool is_verdict(const view *v, size_t stage, const char *verdict)
{
	size_t f = fit_of(v, stage, v->panels - 1);
	return f != NO_FIT && !strcmp(sc_chart_word_at(v->fits, f, "verdict"), verdict);
}

static size_t list_stages(const view *v, const char *verdict, const char *before, sc_text *out)
{
	size_t n = 0, left = 0;
	for (size_t i = 0; i < v->stages; i++)
		left += is_verdict(v, i, verdict);
	for (size_t i = 0; i < v->stages; i++) {
		if (!is_verdict(v, i, verdict))
			continue;
		sc_text_add(out, !n ? before : n + 1 == left ? " and " : ", ");
		sc_chart_plain(out, v->m.stage.item[i], 16);
		n++;
	}
	return n;
}

static void finding(const view *v, sc_text *out)
{
	if (!v->fits) {
		sc_text_add(out, "Latency of SE by ratio and stage");
		return;
	}
	sc_chart_plain(out, v->m.cache.item[v->panels - 1], 24);
	size_t n = list_stages(v, "matters", ": the ratio matters in ", out);
	n += list_stages(v, "free", n ? ", is free in " : ": the ratio is free in ", out);
	list_stages(v, "not shown",
		n ? ", not shown which in "
		  : ": it is not shown whether the "
		    "ratio matters in ",
		out);
}

/* one line's points, at least one: gnuplot does not count empty blocks */
static void write_line(const view *v, const char *stage, const char *cache, sc_text *data)
{
	size_t n = 0;
	for (size_t r = 0; r < sc_grid_rows(v->m.grid); r++) {
		if (!sc_measured_is(&v->m, r, stage, cache))
			continue;
		sc_text_addf(data, "%.9g %.9g %.9g %.9g\n", sc_measured_at(&v->m, r, "ratio"),
			sc_measured_at(&v->m, r, "latency_median_us"),
			sc_measured_at(&v->m, r, "latency_low_us"),
			sc_measured_at(&v->m, r, "latency_high_us"));
		n++;
	}
	sc_text_add(data, n ? "\n\n" : "NaN NaN NaN NaN\n\n\n");
}

/* without a fit nothing is a number, and no comparison holds */
static void write_mark(const view *v, size_t fit, sc_text *data)
{
	double crossover = v->fits ? sc_chart_number_at(v->fits, fit, "ratio_crossover") : NAN;
	if (crossover >= v->least && crossover <= v->most)
		sc_text_addf(data, "%.9g %.9g\n\n\n", crossover,
			sc_chart_number_at(v->fits, fit, "a_us") +
				sc_chart_number_at(v->fits, fit, "b_us") / crossover);
	else
		sc_text_add(data, "NaN NaN\n\n\n");
}

static void write_data(const view *v, sc_text *data)
{
	sc_text_add(data,
		"# A block for each cache state and stage: ratio, median, low, high in µs;\n"
		"# after each of them its r* and the time there by the fit\n");
	for (size_t p = 0; p < v->panels; p++)
		for (size_t s = 0; s < v->stages; s++) {
			write_line(v, v->m.stage.item[s], v->m.cache.item[p], data);
			write_mark(v, fit_of(v, s, p), data);
		}
}

static void axes(const view *v, sc_text *script)
{
	sc_text_addf(script,
		"set logscale xy\nset logscale x 2\nset xrange [%.6g:%.6g]\nset format x '%%g'\n"
		"set xtics 2\nset xlabel 'reduction ratio r (log scale)'\n",
		v->least / 1.2, v->most * 1.2);
	sc_text_add(script,
		"set ytics (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, "
		"5000, 10000, 20000, 50000, 100000)\n"
		"set grid xtics ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7\n");
}

/* the same range in every panel */
static void range(const view *v, sc_text *script)
{
	double low = INFINITY, high = 0;
	for (size_t r = 0; r < sc_grid_rows(v->m.grid); r++) {
		if (!sc_measured_is(&v->m, r, NULL, NULL))
			continue;
		low = fmin(low, sc_measured_at(&v->m, r, "latency_low_us"));
		high = fmax(high, sc_measured_at(&v->m, r, "latency_high_us"));
	}
	sc_text_addf(script, "set yrange [%.6g:%.6g]\n", low / 1.3, high * 1.4);
}

static void panel(const view *v, size_t p, sc_text *script)
{
	char color[8];
	bool one = v->panels == 1;
	sc_chart_margins(script, p ? 0.52 : 0.10, one ? 0.82 : p ? 0.85 : 0.43, 0.17, 0.80);
	sc_text_addf(script, "set label 10 '%s' at graph 0.02, graph 1.05 left font bold.',12'\n",
		v->m.cache.item[p]);
	sc_text_add(script, p ? "unset ylabel\n" : "set ylabel 'µs a block (log scale)'\n");
	if (p + 1 == v->panels)
		sc_text_addf(script,
			"set key at screen %.3f, screen 0.80 left top Left reverse "
			"samplen 1.2 noautotitle\n",
			one ? 0.84 : 0.865);
	else
		sc_text_add(script, "unset key\n");
	sc_text_add(script, "plot \\\n");
	for (size_t s = 0; s < v->stages; s++) {
		size_t block = 2 * (p * v->stages + s);
		sc_chart_color(s, color);
		sc_text_addf(script,
			"  data index %zu using 1:2:3:4 with yerrorlines linewidth 2 pointtype 7 "
			"pointsize 0.6 linecolor rgb '%s' title ",
			block, color);
		sc_chart_quote(script, v->m.stage.item[s], 14);
		sc_text_addf(script,
			", \\\n  data index %zu using 1:2 with points pointtype 8 pointsize 2.2 "
			"linewidth 1.5 linecolor rgb '%s' notitle%s\n",
			block + 1, color, s + 1 < v->stages ? ", \\" : "");
	}
}

static void write_script(const view *v, sc_text *script)
{
	sc_text title = {0};
	finding(v, &title);
	sc_chart_begin(script, v->m.grid, "latency", 1000, HEIGHT, sc_text_get(&title));
	sc_chart_note(script, HEIGHT,
		v->left_out ? "bars: 95 % interval of the median; open triangle: r*, where it "
			      "is in range; a third cache state is in the tables"
			    : "bars: 95 % interval of the median; open triangle: r* (where in "
			      "range), above which the two layers are no longer where the "
			      "operations are");
	axes(v, script);
	range(v, script);
	sc_text_add(script, "set multiplot\n");
	for (size_t p = 0; p < v->panels; p++) {
		panel(v, p, script);
		if (!p)
			sc_text_add(script, "unset label 1\nunset label 2\nunset label 3\n");
	}
	sc_text_add(script, "unset multiplot\n");
	sc_chart_end(script, "latency");
	sc_text_release_into(&title, script);
}

static void write(const sc_document *doc, sc_text *data, sc_text *script)
{
	view v;
	bool good = look(doc, &v);
	write_data(&v, data);
	write_script(&v, script);
	sc_measured_release(&v.m);
	script->failed = script->failed || !good;
}

static void describe(const sc_document *doc, sc_text *out)
{
	view v;
	out->failed = !look(doc, &v) || out->failed;
	sc_text_add(out, "Lines of latency against the ratio, one a stage, measured. ");
	finding(&v, out);
	sc_text_add(out, ".");
	sc_measured_release(&v.m);
}

const sc_chart sc_chart_latency = {"latency", "measured latency against the ratio, by stage",
	sc_chart_measures_use, write, describe};
