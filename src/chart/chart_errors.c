/* Parameters against published errors. The errors are those of their authors' trainings. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart.h"

enum { WIDTH = 1000, HEIGHT = 560, LETTER = 7, LINE = 14, TRIES = 48, NAME_MAX_LETTERS = 22 };
static const double bottom = 0.17, top = 0.85, left[] = {0.10, 0.595}, right[] = {0.48, 0.975};

/* A point of one panel, and where its label stands, in pixels of the picture. */
typedef struct point {
	const sc_setup *setup;
	double params, error, x, y, label_x, label_y, label_width;
	bool leader;
} point;

typedef struct panel {
	point *point;
	size_t n;
	double x_low, x_high, y_low, y_high;
} panel;

static double error_of(const sc_setup *s, int which)
{
	return which ? s->published.top5_error : s->published.top1_error;
}

static bool shown(const sc_setup *s)
{
	uint64_t n;
	return s->published.top1_error > 0 && s->published.top5_error > 0 &&
	       sc_sheet_all_params(&s->sheet, &n);
}

/* A setup that stands in two groups is one point. */
static bool twice(const sc_study *study, size_t i)
{
	for (size_t k = 0; k < i; k++) {
		const sc_setup *a = &study->setup[k], *b = &study->setup[i];
		if (shown(a) && a->published.top1_error == b->published.top1_error &&
			a->published.top5_error == b->published.top5_error &&
			a->sheet.total.se.params == b->sheet.total.se.params &&
			!strcmp(a->name, b->name))
			return true;
	}
	return false;
}

static bool applies(const sc_study *study)
{
	size_t n = 0;
	for (size_t i = 0; i < study->setups; i++)
		n += shown(&study->setup[i]) && !twice(study, i);
	return n >= 2;
}

static void widen(double *low, double *high, double v, bool first)
{
	*low = first || v < *low ? v : *low;
	*high = first || v > *high ? v : *high;
}

static void pad(double *low, double *high, double least)
{
	double margin = 0.12 * (*high - *low);
	margin = margin > least ? margin : least;
	*low -= margin;
	*high += margin;
}

static bool fill(const sc_study *study, int which, panel *p)
{
	*p = (panel){.point = calloc(study->setups, sizeof *p->point)};
	for (size_t i = 0; i < study->setups && p->point; i++) {
		const sc_setup *s = &study->setup[i];
		uint64_t n;
		if (!shown(s) || twice(study, i) || !sc_sheet_all_params(&s->sheet, &n))
			continue;
		point *q = &p->point[p->n];
		*q = (point){.setup = s, .params = (double)n / 1e6, .error = error_of(s, which)};
		widen(&p->x_low, &p->x_high, q->params, !p->n);
		widen(&p->y_low, &p->y_high, q->error, !p->n);
		p->n++;
	}
	pad(&p->x_low, &p->x_high, 0.02 * p->x_high + 1e-6);
	pad(&p->y_low, &p->y_high, 0.02);
	for (size_t i = 0; i < p->n; i++) {
		point *q = &p->point[i];
		double across = (q->params - p->x_low) / (p->x_high - p->x_low);
		double up = (q->error - p->y_low) / (p->y_high - p->y_low);
		size_t letters = sc_chart_letters(q->setup->name);
		q->x = WIDTH * (left[which] + across * (right[which] - left[which]));
		q->y = HEIGHT * (bottom + up * (top - bottom));
		q->label_width =
			LETTER * (double)(letters < NAME_MAX_LETTERS ? letters : NAME_MAX_LETTERS);
	}
	return p->point != NULL;
}

/* How much a label at (x, y), its left middle, would cover that is taken. */
static double covered(const panel *p, int which, size_t i, double x, double y)
{
	double w = p->point[i].label_width, bad = 0;
	if (x < WIDTH * left[which] + 3 || x + w > WIDTH * right[which] + 16)
		bad += 1000;
	if (y < HEIGHT * bottom + LINE / 2.0 || y > HEIGHT * top)
		bad += 1000;
	for (size_t k = 0; k < p->n; k++) {
		const point *q = &p->point[k];
		if (q->x > x - 5 && q->x < x + w + 5 && fabs(q->y - y) < LINE / 2.0 + 3)
			bad += 10;
		if (k < i && x < q->label_x + q->label_width + 6 && q->label_x < x + w + 6 &&
			fabs(q->label_y - y) < LINE)
			bad += 100;
	}
	return bad;
}

/* Beside the point where there is room; else the nearest place around it, with a line to it. */
static void place(panel *p, int which, size_t i)
{
	point *q = &p->point[i];
	double best = INFINITY, w = q->label_width;
	for (int t = 0; t < TRIES; t++) {
		int side = t % 4, far = t / 4;
		double dy = far * LINE * 0.6;
		double x = side == 0   ? q->x + 9 + 3 * far
			   : side == 1 ? q->x - 9 - 3 * far - w
				       : q->x - w / 2;
		double y = side == 0   ? q->y + (far % 2 ? dy : -dy)
			   : side == 1 ? q->y + (far % 2 ? dy : -dy)
			   : side == 2 ? q->y + LINE + dy
				       : q->y - LINE - dy;
		double cost = covered(p, which, i, x, y) + 0.1 * t;
		if (cost >= best)
			continue;
		best = cost;
		q->label_x = x;
		q->label_y = y;
		q->leader = far > 1;
	}
}

static void write_panel(const panel *p, const char *what, sc_text *data)
{
	sc_text_addf(data,
		"# parameters (M), %s error (%%), place of the label (parts of the picture), "
		"setup, source\n",
		what);
	for (size_t i = 0; i < p->n; i++) {
		const point *q = &p->point[i];
		sc_text_addf(data, "%.6f %.2f %.4f %.4f ", q->params, q->error, q->label_x / WIDTH,
			q->label_y / HEIGHT);
		sc_chart_cell(data, q->setup->name, NAME_MAX_LETTERS);
		sc_text_add(data, " ");
		sc_chart_cell(
			data, q->setup->published.source ? q->setup->published.source : "-", 80);
		sc_text_add(data, "\n");
	}
	sc_text_add(data, "\n\n");
}

/* "r = 4 has the lowest published top-1 error, 22.25 %" */
static void named(sc_text *out, const char *before, const sc_setup *s, const char *after)
{
	sc_text_add(out, before);
	sc_chart_plain(out, s->name, 24);
	sc_text_addf(out, "%s %.2f %%", after, s->published.top1_error);
}

/* against the cheapest; where all cost the same, against the worst */
static void finding(const sc_study *study, sc_text *out)
{
	const sc_setup *best = NULL, *worst = NULL, *least = NULL, *most = NULL;
	for (size_t i = 0; i < study->setups; i++) {
		const sc_setup *s = &study->setup[i];
		if (!shown(s))
			continue;
		if (!best || s->published.top1_error < best->published.top1_error)
			best = s;
		if (!worst || s->published.top1_error > worst->published.top1_error)
			worst = s;
		if (!least || s->sheet.total.se.params < least->sheet.total.se.params)
			least = s;
		if (!most || s->sheet.total.se.params > most->sheet.total.se.params)
			most = s;
	}
	bool same = least->sheet.total.se.params == most->sheet.total.se.params;
	named(out, "", best, " has the lowest published top-1 error,");
	if (same)
		named(out, "; ", worst, " the highest,");
	else if (least != best)
		named(out, "; ", least, ", with the fewest parameters,");
}

static void draw(const panel *p, int which, sc_text *script)
{
	sc_chart_margins(script, left[which], right[which], bottom, top);
	sc_text_addf(script, "set xrange [%.6f:%.6f]\nset yrange [%.4f:%.4f]\n", p->x_low,
		p->x_high, p->y_low, p->y_high);
	sc_text_addf(script,
		"set ylabel 'published top-%d error (%%)' offset 0.5,0\nset format y '%%.%df'\n",
		which ? 5 : 1, p->y_high - p->y_low < 0.5 ? 2 : 1);
	for (size_t i = 0; i < p->n; i++) {
		const point *q = &p->point[i];
		double end = q->x < q->label_x			  ? q->label_x - 2
			     : q->x > q->label_x + q->label_width ? q->label_x + q->label_width + 2
								  : q->x;
		if (q->leader)
			sc_text_addf(script,
				"set arrow from %.6f,%.4f to screen %.4f, screen %.4f nohead back "
				"linecolor rgb '#aaaaaa' linewidth 0.7\n",
				q->params, q->error, end / WIDTH, q->label_y / HEIGHT);
		sc_text_add(script, "set label ");
		sc_chart_quote(script, q->setup->name, NAME_MAX_LETTERS);
		sc_text_addf(script,
			" at screen %.4f, screen %.4f left font 'DejaVu Sans,11' front\n",
			q->label_x / WIDTH, q->label_y / HEIGHT);
	}
	sc_text_addf(script,
		"plot data index %d using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb "
		"'#333333' notitle\n"
		"unset label\nunset arrow\n",
		which);
}

/* how much of a source is the paper that the one before has named: up to "…, " */
static size_t shared(const char *before, const char *source)
{
	const char *comma = strstr(source, ", ");
	size_t n = comma ? (size_t)(comma + 2 - source) : 0;
	return n && !strncmp(before, source, n) ? n : 0;
}

static void sources(const sc_study *study, sc_text *out)
{
	const char *seen[3] = {NULL};
	size_t n = 0;
	for (size_t i = 0; i < study->setups; i++) {
		const char *source = study->setup[i].published.source;
		bool known = !source || !shown(&study->setup[i]);
		for (size_t k = 0; k < n && !known; k++)
			known = !strcmp(seen[k], source);
		if (known)
			continue;
		if (n == sizeof seen / sizeof *seen) {
			sc_text_add(out, "; …");
			return;
		}
		sc_text_addf(out, n ? "; " : " (");
		sc_chart_plain(out, source + (n ? shared(seen[n - 1], source) : 0), 60);
		seen[n++] = source;
	}
	if (n)
		sc_text_add(out, ")");
}

static void write_script(const sc_study *study, panel p[2], sc_text *script)
{
	sc_text title = {0}, note = {0};
	finding(study, &title);
	sc_text_add(&note, "errors: the authors' results");
	sources(study, &note);
	sc_chart_begin(script, study, "errors", WIDTH, HEIGHT, sc_text_get(&title));
	sc_chart_note(script, HEIGHT, sc_text_get(&note));
	sc_text_add(script, "set xlabel 'parameters (M)'\nset grid xtics\nset multiplot\n");
	draw(&p[0], 0, script);
	draw(&p[1], 1, script);
	sc_text_add(script, "unset multiplot\n");
	sc_chart_end(script, "errors");
	script->failed = script->failed || title.failed || note.failed;
	sc_text_release_into(&title, script);
	sc_text_release_into(&note, script);
}

static sc_status write(const sc_study *study, sc_text *data, sc_text *script, sc_err *err)
{
	panel p[2] = {{0}};
	bool ok = fill(study, 0, &p[0]) && fill(study, 1, &p[1]);
	for (int k = 0; k < 2 && ok; k++) {
		for (size_t i = 0; i < p[k].n; i++)
			place(&p[k], k, i);
		write_panel(&p[k], k ? "top-5" : "top-1", data);
	}
	if (ok)
		write_script(study, p, script);
	free(p[0].point);
	free(p[1].point);
	ok = ok && !data->failed && !script->failed;
	return ok ? SC_OK : sc_fail(err, SC_ENOMEM, "no memory for the chart 'errors'");
}

static void describe(const sc_study *study, sc_text *out)
{
	sc_text_add(out,
		"Points of parameters against the authors' published top-1 and top-5 errors. ");
	finding(study, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_errors = {
	"errors", "parameters against published errors", applies, write, describe};
