/* Latency against the ratio, a line for each stage, a plot for each setting and cache state. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart_bench.h"

enum { PANELS_MAX = 6, NAME_MAX_LETTERS = 16 };

/* everything a plot needs */
typedef struct view {
	sc_measured m;
	const sc_grid *fits; /* NULL for none */
	const char *panel[PANELS_MAX];
	size_t stages, panels, all, typical; /* all: settings; typical: the panel of the title */
	double least, most, low, high;	     /* ratios, and times, of what is drawn */
} view;

/* is it of this stage (NULL for any) and setting? */
static bool is_of(const sc_grid *g, size_t row, const char *stage, const char *setting)
{
	return (!stage || !strcmp(sc_chart_word_at(g, row, "stage"), stage)) &&
	       !strcmp(sc_chart_word_at(g, row, "setting"), setting);
}

static bool is_measured(const view *v, size_t row, const char *stage, size_t panel)
{
	return !isnan(sc_measured_at(&v->m, row, "latency_median_us")) &&
	       is_of(v->m.grid, row, stage, v->panel[panel]);
}

static bool begins_with(const char *setting, const char *cache)
{
	size_t n = strcspn(setting, ",");
	return strlen(cache) == n && !strncmp(setting, cache, n);
}

/* what a network is most like: cold weights, else the coldest */
static const char *typical_cache(const view *v)
{
	const char *last = v->m.cache.item[v->m.cache.count - 1];
	for (size_t i = 0; i < v->m.cache.count; i++)
		if (!strcmp(v->m.cache.item[i], "cold-weights"))
			last = v->m.cache.item[i];
	return last;
}

/* by setting, then by temperature; where they are too many, of the typical cache state */
static void choose_panels(view *v, const sc_words *setting)
{
	bool all = setting->count <= PANELS_MAX;
	const char *typical = typical_cache(v);
	v->all = setting->count;
	for (size_t k = 0; k < v->m.setting.count; k++)
		for (size_t c = 0; c < v->m.cache.count; c++)
			for (size_t i = 0; i < setting->count && v->panels < PANELS_MAX; i++) {
				const char *s = setting->item[i];
				if (strcmp(s + strcspn(s, ","), v->m.setting.item[k]) ||
					!begins_with(s, v->m.cache.item[c]) ||
					(!all && !begins_with(s, typical)))
					continue;
				v->panel[v->panels++] = s;
			}
	while (v->typical + 1 < v->panels && !begins_with(v->panel[v->typical], typical))
		v->typical++;
}

static void span(view *v)
{
	for (size_t r = 0; r < sc_grid_rows(v->m.grid); r++)
		for (size_t p = 0; p < v->panels; p++) {
			if (!is_measured(v, r, NULL, p))
				continue;
			v->least = fmin(v->least, sc_measured_at(&v->m, r, "ratio"));
			v->most = fmax(v->most, sc_measured_at(&v->m, r, "ratio"));
			v->low = fmin(v->low, sc_measured_at(&v->m, r, "latency_low_us"));
			v->high = fmax(v->high, sc_measured_at(&v->m, r, "latency_high_us"));
		}
}

static bool look(const sc_document *doc, view *v)
{
	sc_words setting = {0};
	*v = (view){.m = sc_measured_look(doc),
		.fits = sc_document_find(doc, "verdict"),
		.least = INFINITY,
		.low = INFINITY};
	v->stages = v->m.stage.count;
	for (size_t r = 0; r < sc_grid_rows(v->m.grid); r++)
		if (!isnan(sc_measured_at(&v->m, r, "latency_median_us")))
			sc_words_note(&setting, sc_chart_word_at(v->m.grid, r, "setting"));
	bool good =
		!v->m.stage.failed && !v->m.cache.failed && !v->m.setting.failed && !setting.failed;
	if (good)
		choose_panels(v, &setting);
	free(setting.item);
	span(v);
	return good;
}

enum { NO_FIT = SC_NO_COLUMN };

/* the row of a fit */
static size_t fit_of(const view *v, size_t stage, size_t panel)
{
	for (size_t r = 0; v->fits && r < sc_grid_rows(v->fits); r++)
		if (is_of(v->fits, r, v->m.stage.item[stage], v->panel[panel]))
			return r;
	return NO_FIT;
}

static bool is_verdict(const view *v, size_t stage, const char *verdict)
{
	size_t f = fit_of(v, stage, v->typical);
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
	sc_chart_plain(out, v->panel[v->typical], 40);
	size_t n = list_stages(v, "matters", ": the ratio matters in ", out);
	n += list_stages(v, "free", n ? " and is free in " : ": the ratio is free in ", out);
	list_stages(v, "not shown",
		n ? ", not shown which in "
		  : ": it is not shown whether the "
		    "ratio matters in ",
		out);
}

/* one line's points, at least one: gnuplot does not count empty blocks */
static void write_line(const view *v, const char *stage, size_t panel, sc_text *data)
{
	size_t n = 0;
	for (size_t r = 0; r < sc_grid_rows(v->m.grid); r++) {
		if (!is_measured(v, r, stage, panel))
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
	sc_text_add(data, "# A block for each setting and stage: ratio, median, low, high in µs;\n"
			  "# after each of them its r* and the time there by the fit\n");
	for (size_t p = 0; p < v->panels; p++)
		for (size_t s = 0; s < v->stages; s++) {
			write_line(v, v->m.stage.item[s], p, data);
			write_mark(v, fit_of(v, s, p), data);
		}
}

static void axes(const view *v, bool sparse, sc_text *script)
{
	sc_text_addf(script,
		"set logscale xy\nset logscale x 2\nset xrange [%.6g:%.6g]\nset yrange "
		"[%.6g:%.6g]\nset format x '%%g'\nset xtics %d\nset xlabel '%s r (log scale)'\n",
		v->least / 1.2, v->most * 1.2, v->low / 1.3, v->high * 1.4, sparse ? 4 : 2,
		sparse ? "ratio" : "reduction ratio");
	sc_text_add(script,
		"set ytics (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, "
		"5000, 10000, 20000, 50000, 100000)\n"
		"set grid xtics ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7\n");
}

/* a stage's line differs from others' in its dashes and marks, too */
static void plot_stage(const view *v, size_t p, size_t s, sc_text *script)
{
	char color[8];
	size_t block = 2 * (p * v->stages + s);
	sc_chart_color(s, color);
	sc_text_addf(script,
		"  data index %zu using 1:2:3:4 with yerrorbars linewidth 1.2 pointtype 0 "
		"linecolor rgb '%s' notitle, \\\n  data index %zu using 1:2 with linespoints "
		"linewidth 2 dashtype %d pointtype %d pointsize 0.8 linecolor rgb '%s' title ",
		block, color, block, sc_chart_dash(s), sc_chart_mark(s, true), color);
	sc_chart_quote(script, v->m.stage.item[s], NAME_MAX_LETTERS);
	sc_text_addf(script,
		", \\\n  data index %zu using 1:2 with points pointtype 3 pointsize 1.8 "
		"linewidth 1.2 linecolor rgb '#222222' notitle%s\n",
		block + 1, s + 1 < v->stages ? ", \\" : "");
}

static void panel(const view *v, const sc_layout *l, size_t p, sc_text *script)
{
	sc_box plot = sc_layout_plot(l, p);
	sc_chart_place(script, l->canvas, &plot);
	sc_text_add(script, "set label 10 ");
	sc_chart_quote(script, v->panel[p], 60);
	sc_text_addf(script, " at screen %.4f, graph 1 left offset 0,0.6 font strong\n%s",
		(plot.left - (l->canvas->paper ? 40 : 0)) / l->canvas->width,
		p % l->columns ? "unset ylabel\n" : "set ylabel 'µs a block (log scale)'\n");
	if (p)
		sc_text_add(script, "unset key\n");
	else
		sc_chart_names(script, l);
	sc_text_add(script, "plot \\\n");
	for (size_t s = 0; s < v->stages; s++)
		plot_stage(v, p, s, script);
	if (!p)
		sc_text_add(script, "unset label 1\nunset label 2\nunset label 3\nunset label 4\n");
}

static void note(const view *v, sc_text *out)
{
	sc_text_add(out,
		"bars: 95 % interval of the median; star: r* (where in range), above which "
		"the two layers are no longer where the operations are");
	if (v->panels < v->all)
		sc_text_addf(out, "; %zu of %zu settings, those of %s first; the tables have all",
			v->panels, v->all, typical_cache(v));
}

static void write_script(const view *v, bool for_paper, sc_text *script)
{
	size_t across = for_paper ? (v->panels > 3 ? 2 : 1) : v->panels > 4 ? 3 : v->panels;
	across = !for_paper && v->panels == 4 ? 2 : across;
	double rows = (double)((v->panels + across - 1) / across);
	sc_names names = {v->stages, sc_measured_letters(&v->m, NAME_MAX_LETTERS), false, across};
	const sc_canvas any = sc_canvas_new(for_paper, 0, 0),
			canvas = sc_canvas_new(for_paper, 100 + (rows > 1 ? 320 : 440) * rows,
				10 + sc_names_head(&names, &any) + 190 * rows);
	const sc_layout l = {&canvas, v->panels, across, for_paper ? 60 : 96, for_paper ? 46 : 54,
		rows > 1 ? 34 : 22, SC_NOTE_FOOT, names};
	sc_text title = {0}, under = {0};
	finding(v, &title);
	note(v, &under);
	sc_chart_begin(
		script, &canvas, v->m.grid, "latency", sc_text_get(&title), sc_text_get(&under));
	axes(v, for_paper && across > 1, script);
	sc_text_add(script, "set multiplot\n");
	for (size_t p = 0; p < v->panels; p++)
		panel(v, &l, p, script);
	sc_text_add(script, "unset multiplot\n");
	sc_chart_end(script, "latency");
	sc_text_release_into(&title, script);
	sc_text_release_into(&under, script);
}

static void write(const sc_document *doc, bool for_paper, sc_text *data, sc_text *script)
{
	view v;
	bool good = look(doc, &v);
	write_data(&v, data);
	write_script(&v, for_paper, script);
	sc_measured_release(&v.m);
	script->failed = script->failed || !good;
}

static bool is_drawn(const void *of, size_t row)
{
	const view *v = of;
	bool drawn = false;
	for (size_t p = 0; p < v->panels; p++)
		drawn = drawn || is_measured(v, row, NULL, p);
	return drawn;
}

static sc_grid *rows(const sc_document *doc)
{
	static const char *const keys[] = {"stage", "ratio", "setting", "cache", "batch", "threads",
		"layout", "dtype", "kernel", "latency_median_us", "latency_low_us",
		"latency_high_us", NULL};
	view v;
	bool good = look(doc, &v);
	sc_grid *out = good ? sc_grid_pick(v.m.grid, "latency", keys, is_drawn, &v) : NULL;
	sc_measured_release(&v.m);
	return out;
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
	sc_chart_measures_use, write, rows, describe};
