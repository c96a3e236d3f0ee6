/* Extra parameters and extra FLOPs against the ratio (or whatever a sweep varies). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart.h"

enum { HEIGHT = 500 };

/* One point: what SE adds, in percent of the network without it where that is known. */
typedef struct point {
	double x, params, flops;
} point;

static int by_x(const void *a, const void *b)
{
	const point *p = a, *q = b;
	return (p->x > q->x) - (p->x < q->x);
}

static bool applies(const sc_study *study)
{
	for (size_t i = 0; i < study->setups; i++)
		if (sc_chart_in_sweep(study, i))
			return true;
	return false;
}

static bool known(const sc_study *study, bool flops)
{
	uint64_t base;
	for (size_t i = 0; i < study->setups; i++)
		if (sc_chart_in_sweep(study, i) &&
			!(flops ? sc_sheet_base_flops : sc_sheet_base_params)(
				&study->setup[i].sheet, &base))
			return false;
	return true;
}

static double value(const sc_sheet *sheet, bool flops, bool percent)
{
	uint64_t base = 0, n = flops ? sheet->total.se.flops : sheet->total.se.params;
	if (!percent)
		return (double)n;
	(flops ? sc_sheet_base_flops : sc_sheet_base_params)(sheet, &base);
	return 100 * sc_share(n, base);
}

/* malloc'ed, sorted; NULL when out of memory */
static point *points(const sc_study *study, size_t *n)
{
	point *p = calloc(study->setups, sizeof *p);
	bool percent[] = {known(study, false), known(study, true)};
	*n = 0;
	for (size_t i = 0; i < study->setups && p; i++)
		if (sc_chart_in_sweep(study, i))
			p[(*n)++] = (point){study->setup[i].axis,
				value(&study->setup[i].sheet, false, percent[0]),
				value(&study->setup[i].sheet, true, percent[1])};
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

static const char *symbol(const sc_study *study)
{
	for (size_t i = 0; i < study->setups; i++)
		if (sc_chart_in_sweep(study, i))
			return sc_setup_is_ratio(&study->setup[i]) ? "r" : study->setup[i].key;
	return "r";
}

static void finding(const sc_study *study, const point *p, size_t n, sc_text *out)
{
	const point *a = &p[0], *b = &p[n - 1];
	sc_text_add(out, "From ");
	sc_chart_plain(out, symbol(study), 20);
	sc_text_addf(out, " = %g to %g: extra parameters ", a->x, b->x);
	show(out, a->params, known(study, false));
	sc_text_add(out, " → ");
	show(out, b->params, known(study, false));
	sc_text_add(out, ", extra FLOPs ");
	show(out, a->flops, known(study, true));
	sc_text_add(out, " → ");
	show(out, b->flops, known(study, true));
}

static void panel(sc_text *script, const point *p, size_t n, bool flops, bool percent)
{
	double top = 0;
	for (size_t i = 0; i < n; i++)
		top = (flops ? p[i].flops : p[i].params) > top ? (flops ? p[i].flops : p[i].params)
							       : top;
	sc_chart_margins(script, flops ? 0.58 : 0.08, flops ? 0.97 : 0.47, 0.19, 0.82);
	sc_text_addf(script, "set ylabel 'extra %s%s' offset 0.5,0\nset yrange [0:%g]\n",
		flops ? "FLOPs" : "parameters", percent ? " (%)" : "", top > 0 ? 1.15 * top : 1);
	sc_text_addf(script, "set format y '%s'\n", percent ? "%g" : "%.1s %c");
	sc_text_addf(script,
		"plot data using 1:%d with linespoints linewidth 2 pointtype 7 pointsize 0.8 "
		"linecolor rgb '%s' notitle, \\\n"
		"  data using 1:%d:%d with labels %s font 'DejaVu Sans,11' notitle\n",
		flops ? 4 : 2, flops ? "#cc79a7" : "#333333", flops ? 4 : 2, flops ? 5 : 3,
		p[n - 1].params < p[0].params ? "left offset 0.6,0.7" : "right offset -0.6,0.7");
	if (!flops)
		sc_text_add(script, "unset label\n");
}

static void axis(sc_text *script, const sc_study *study, const point *p, size_t n)
{
	double span = p[n - 1].x / p[0].x;
	sc_text_addf(script, "set logscale x 2\nset xrange [%g:%g]\nset xtics (",
		p[0].x / pow(span, 0.08), p[n - 1].x * pow(span, 0.15));
	for (size_t i = 0; i < n; i++)
		if (labelled(p, n, i))
			sc_text_addf(script, "%s'%g' %g", i ? ", " : "", p[i].x, p[i].x);
	sc_text_add(script, ")\nset xlabel ");
	sc_chart_quote(script,
		!strcmp(symbol(study), "r") ? "reduction ratio r (log scale)" : symbol(study), 40);
	sc_text_add(script, "\n");
}

static sc_status write(const sc_study *study, sc_text *data, sc_text *script, sc_err *err)
{
	size_t n;
	point *p = points(study, &n);
	sc_text title = {0};
	if (!p)
		return sc_fail(err, SC_ENOMEM, "no memory for the chart 'ratio'");
	bool percent[] = {known(study, false), known(study, true)};
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
	finding(study, p, n, &title);
	sc_chart_begin(script, study, "ratio", 1000, HEIGHT, sc_text_get(&title));
	axis(script, study, p, n);
	if (percent[0] || percent[1])
		sc_chart_note(script, HEIGHT, "%: of the network without SE");
	sc_text_add(script, "set multiplot\n");
	panel(script, p, n, false, percent[0]);
	panel(script, p, n, true, percent[1]);
	sc_text_add(script, "unset multiplot\n");
	sc_chart_end(script, "ratio");
	bool failed = data->failed || script->failed || title.failed;
	sc_text_release_into(&title, script);
	free(p);
	return failed ? sc_fail(err, SC_ENOMEM, "no memory for the chart 'ratio'") : SC_OK;
}

static void describe(const sc_study *study, sc_text *out)
{
	size_t n;
	point *p = points(study, &n);
	if (!p) {
		out->failed = true;
		return;
	}
	sc_text_add(out, "Two lines: ");
	finding(study, p, n, out);
	sc_text_add(out, ".");
	free(p);
}

const sc_chart sc_chart_ratio = {
	"ratio", "extra parameters and extra FLOPs against the ratio", applies, write, describe};
