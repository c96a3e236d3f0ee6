/* Extra parameters and extra FLOPs against the ratio (or whatever a sweep varies). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart.h"

enum { PAGE_HEIGHT = 480, PAPER_HEIGHT = 340 };

/* One point: what SE adds, in percent of the network without it where that is known. */
typedef struct point {
	double x, params, flops;
} point;

static int by_x(const void *a, const void *b)
{
	const point *p = a, *q = b;
	return (p->x > q->x) - (p->x < q->x);
}

/* a setup of the sweep: the baseline beside it has no value */
static bool is_in(const sc_grid *g, size_t row)
{
	return sc_chart_number_at(g, row, "value") > 0;
}

/* the first table whose setups have two values of a field */
static const sc_grid *sweep(const sc_document *doc)
{
	const sc_grid *g;
	for (size_t i = 0; (g = sc_document_table(doc, i)); i++) {
		double first = NAN;
		for (size_t r = 0; r < sc_grid_rows(g); r++) {
			if (is_in(g, r) && !isnan(first) &&
				sc_chart_number_at(g, r, "value") != first)
				return g;
			if (is_in(g, r) && isnan(first))
				first = sc_chart_number_at(g, r, "value");
		}
	}
	return NULL;
}

static bool applies(const sc_document *doc)
{
	return sweep(doc) != NULL;
}

static const char *const share_key[] = {"se_params_share", "se_flops_share"}, *const count_key[] = {
										      "se_params",
										      "se_flops"};

static bool known(const sc_grid *g, bool flops)
{
	for (size_t r = 0; r < sc_grid_rows(g); r++)
		if (is_in(g, r) && isnan(sc_chart_number_at(g, r, share_key[flops])))
			return false;
	return true;
}

static double value(const sc_grid *g, size_t row, bool flops, bool percent)
{
	return percent ? 100 * sc_chart_number_at(g, row, share_key[flops])
		       : sc_chart_number_at(g, row, count_key[flops]);
}

/* malloc'ed, sorted; NULL when out of memory */
static point *points(const sc_grid *g, size_t *n)
{
	point *p = calloc(sc_grid_rows(g), sizeof *p);
	bool percent[] = {known(g, false), known(g, true)};
	*n = 0;
	for (size_t r = 0; r < sc_grid_rows(g) && p; r++)
		if (is_in(g, r))
			p[(*n)++] = (point){sc_chart_number_at(g, r, "value"),
				value(g, r, false, percent[0]), value(g, r, true, percent[1])};
	if (p)
		qsort(p, *n, sizeof *p, by_x);
	return p;
}

/* Which points get a label: those that are not too near to the one before. */
static bool labelled(const point *p, size_t n, size_t i)
{
	enum { LABELS_MAX = 6 };
	double least = log(p[n - 1].x / p[0].x) / LABELS_MAX, last = p[0].x;
	for (size_t k = 1; k <= i; k++) {
		bool room = log(p[k].x / last) >= least;
		if (k == i && !room)
			return false;
		last = room ? p[k].x : last;
	}
	return true;
}

static void show(sc_text *out, double n, bool percent)
{
	if (percent)
		sc_text_addf(out, n < 0.995 ? "%.2f %%" : "%.1f %%", n);
	else
		sc_chart_number(out, (uint64_t)n);
}

/* the last part of the field's path, whatever the sweep is called */
static const char *symbol(const sc_grid *g)
{
	size_t row = 0;
	while (!is_in(g, row))
		row++;
	const char *field = sc_chart_word_at(g, row, "field"), *dot = strrchr(field, '.');
	const char *last = dot ? dot + 1 : field;
	return strcmp(last, "ratio") ? last : "r";
}

static void finding(const sc_grid *g, const point *p, size_t n, sc_text *out)
{
	const point *a = &p[0], *b = &p[n - 1];
	sc_text_add(out, "From ");
	sc_chart_plain(out, symbol(g), 20);
	sc_text_addf(out, " = %g to %g: extra parameters ", a->x, b->x);
	show(out, a->params, known(g, false));
	sc_text_add(out, " → ");
	show(out, b->params, known(g, false));
	sc_text_add(out, ", extra FLOPs ");
	show(out, a->flops, known(g, true));
	sc_text_add(out, " → ");
	show(out, b->flops, known(g, true));
}

static void panel(
	sc_text *script, const sc_layout *l, const point *p, size_t n, bool flops, bool percent)
{
	double top = 0;
	sc_box plot = sc_layout_plot(l, flops);
	for (size_t i = 0; i < n; i++)
		top = (flops ? p[i].flops : p[i].params) > top ? (flops ? p[i].flops : p[i].params)
							       : top;
	sc_chart_place(script, l->canvas, &plot);
	sc_text_addf(script, "set ylabel 'extra %s%s' offset 0.5,0\nset yrange [0:%g]\n",
		flops ? "FLOPs" : "parameters", percent ? " (%)" : "", top > 0 ? 1.18 * top : 1);
	sc_text_addf(script, "set format y '%s'\n", percent ? "%g" : "%.1s %c");
	sc_text_addf(script,
		"plot data using 1:%d with linespoints linewidth 2 pointtype 7 pointsize 0.8 "
		"linecolor rgb '%s' notitle, \\\n"
		"  data using 1:%d:%d with labels %s font small notitle\n",
		flops ? 4 : 2, flops ? "#cc79a7" : "#333333", flops ? 4 : 2, flops ? 5 : 3,
		p[n - 1].params < p[0].params ? "left offset 0.6,0.7" : "right offset -0.6,0.7");
	if (!flops)
		sc_text_add(script, "unset label\n");
}

static void axis(sc_text *script, const sc_grid *g, const point *p, size_t n)
{
	double span = p[n - 1].x / p[0].x;
	sc_text_addf(script, "set logscale x 2\nset xrange [%g:%g]\nset xtics (",
		p[0].x / pow(span, 0.08), p[n - 1].x * pow(span, 0.15));
	for (size_t i = 0; i < n; i++)
		if (labelled(p, n, i))
			sc_text_addf(script, "%s'%g' %g", i ? ", " : "", p[i].x, p[i].x);
	sc_text_add(script, ")\nset xlabel ");
	sc_chart_quote(
		script, !strcmp(symbol(g), "r") ? "reduction ratio r (log scale)" : symbol(g), 40);
	sc_text_add(script, "\n");
}

static void write_data(const sc_grid *g, const point *p, size_t n, sc_text *data)
{
	bool percent[] = {known(g, false), known(g, true)};
	sc_text_addf(data,
		"# value, extra parameters (%s), for people, extra FLOPs (%s), for people\n",
		percent[0] ? "% of the network without SE" : "number",
		percent[1] ? "% of the network without SE" : "number");
	for (size_t i = 0; i < n; i++) {
		sc_text_addf(data, "%g %.9g \"", p[i].x, p[i].params);
		if (labelled(p, n, i))
			show(data, p[i].params, percent[0]);
		sc_text_addf(data, "\" %.9g \"", p[i].flops);
		if (labelled(p, n, i))
			show(data, p[i].flops, percent[1]);
		sc_text_add(data, "\"\n");
	}
}

static void write_script(
	const sc_grid *g, const point *p, size_t n, bool for_paper, sc_text *script)
{
	const sc_canvas canvas = sc_canvas_new(for_paper, PAGE_HEIGHT, PAPER_HEIGHT);
	const sc_layout l = {&canvas, 2, for_paper ? 1 : 2, for_paper ? 60 : 88,
		for_paper ? 46 : 54, 8, SC_NOTE_FOOT, {0}};
	bool percent[] = {known(g, false), known(g, true)};
	sc_text title = {0};
	finding(g, p, n, &title);
	sc_chart_begin(script, &canvas, g, "ratio", sc_text_get(&title),
		percent[0] || percent[1] ? "%: of the network without SE" : NULL);
	axis(script, g, p, n);
	sc_text_add(script, "set multiplot\n");
	panel(script, &l, p, n, false, percent[0]);
	panel(script, &l, p, n, true, percent[1]);
	sc_text_add(script, "unset multiplot\n");
	sc_chart_end(script, "ratio");
	sc_text_release_into(&title, script);
}

static void write(const sc_document *doc, bool for_paper, sc_text *data, sc_text *script)
{
	const sc_grid *g = sweep(doc);
	size_t n;
	point *p = points(g, &n);
	script->failed = !p;
	if (!p)
		return;
	write_data(g, p, n, data);
	write_script(g, p, n, for_paper, script);
	free(p);
}

static bool is_drawn(const void *of, size_t row)
{
	return is_in(of, row);
}

static sc_grid *rows(const sc_document *doc)
{
	static const char *const keys[] = {"setup", "field", "value", "se_params",
		"se_params_share", "se_flops", "se_flops_share", NULL};
	return sc_grid_pick(sweep(doc), "ratio", keys, is_drawn, sweep(doc));
}

static void describe(const sc_document *doc, sc_text *out)
{
	const sc_grid *g = sweep(doc);
	size_t n;
	point *p = points(g, &n);
	if (!p) {
		out->failed = true;
		return;
	}
	sc_text_add(out, "Two lines: ");
	finding(g, p, n, out);
	sc_text_add(out, ".");
	free(p);
}

const sc_chart sc_chart_ratio = {"ratio", "extra parameters and extra FLOPs against the ratio",
	applies, write, rows, describe};
