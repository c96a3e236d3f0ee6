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
	const char *name, *source;
	double params, error, x, y, label_x, label_y, label_width;
	bool leader;
} point;

typedef struct panel {
	point *point;
	size_t n;
	double x_low, x_high, y_low, y_high;
} panel;

static const sc_grid *table(const sc_document *doc)
{
	return sc_document_find(doc, "errors");
}

static double error_of(const sc_grid *g, size_t row, int which)
{
	return sc_chart_number_at(g, row, which ? "top5_error_percent" : "top1_error_percent");
}

static bool shown(const sc_grid *g, size_t row)
{
	return error_of(g, row, 0) > 0 && error_of(g, row, 1) > 0 &&
	       !isnan(sc_chart_number_at(g, row, "params"));
}

static bool same_number(const sc_grid *g, size_t a, size_t b, const char *key)
{
	return sc_chart_number_at(g, a, key) == sc_chart_number_at(g, b, key);
}

/* A setup that stands in two groups is one point. */
static bool twice(const sc_grid *g, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (shown(g, k) && same_number(g, k, i, "top1_error_percent") &&
			same_number(g, k, i, "top5_error_percent") &&
			same_number(g, k, i, "se_params") &&
			!strcmp(sc_chart_word_at(g, k, "setup"), sc_chart_word_at(g, i, "setup")))
			return true;
	return false;
}

static bool applies(const sc_document *doc)
{
	const sc_grid *g = table(doc);
	size_t n = 0;
	for (size_t i = 0; g && i < sc_grid_rows(g); i++)
		n += shown(g, i) && !twice(g, i);
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

static bool fill(const sc_grid *g, int which, panel *p)
{
	*p = (panel){.point = calloc(sc_grid_rows(g), sizeof *p->point)};
	for (size_t i = 0; i < sc_grid_rows(g) && p->point; i++) {
		if (!shown(g, i) || twice(g, i))
			continue;
		point *q = &p->point[p->n];
		*q = (point){.name = sc_chart_word_at(g, i, "setup"),
			.source = sc_chart_word_at(g, i, "source"),
			.params = sc_chart_number_at(g, i, "params") / 1e6,
			.error = error_of(g, i, which)};
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
		size_t letters = sc_chart_letters(q->name);
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
		sc_chart_cell(data, q->name, NAME_MAX_LETTERS);
		sc_text_add(data, " ");
		sc_chart_cell(data, *q->source ? q->source : "-", 80);
		sc_text_add(data, "\n");
	}
	sc_text_add(data, "\n\n");
}

/* "r = 4 has the lowest published top-1 error, 22.25 %" */
static void named(sc_text *out, const char *before, const sc_grid *g, size_t row, const char *after)
{
	sc_text_add(out, before);
	sc_chart_plain(out, sc_chart_word_at(g, row, "setup"), 24);
	sc_text_addf(out, "%s %.2f %%", after, error_of(g, row, 0));
}

/* the row of the least (sign 1) or the most (-1) of a column */
static size_t extreme(const sc_grid *g, const char *key, int sign)
{
	size_t best = sc_grid_rows(g);
	for (size_t i = 0; i < sc_grid_rows(g); i++)
		if (shown(g, i) && (best == sc_grid_rows(g) ||
					   sign * sc_chart_number_at(g, i, key) <
						   sign * sc_chart_number_at(g, best, key)))
			best = i;
	return best;
}

/* against the cheapest; where all cost the same, against the worst */
static void finding(const sc_grid *g, sc_text *out)
{
	size_t least = extreme(g, "se_params", 1), most = extreme(g, "se_params", -1);
	size_t best = extreme(g, "top1_error_percent", 1);
	named(out, "", g, best, " has the lowest published top-1 error,");
	if (same_number(g, least, most, "se_params"))
		named(out, "; ", g, extreme(g, "top1_error_percent", -1), " the highest,");
	else if (least != best)
		named(out, "; ", g, least, ", with the fewest parameters,");
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
		sc_chart_quote(script, q->name, NAME_MAX_LETTERS);
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

static void sources(const sc_grid *g, sc_text *out)
{
	enum { SHOWN = 3 };
	sc_words seen = {0};
	for (size_t i = 0; i < sc_grid_rows(g); i++)
		if (shown(g, i) && *sc_chart_word_at(g, i, "source"))
			sc_words_note(&seen, sc_chart_word_at(g, i, "source"));
	for (size_t i = 0; i < seen.count && i < SHOWN; i++) {
		sc_text_add(out, i ? "; " : " (");
		sc_chart_plain(
			out, seen.item[i] + (i ? shared(seen.item[i - 1], seen.item[i]) : 0), 60);
	}
	sc_text_add(out, seen.count > SHOWN ? "; …)" : seen.count ? ")" : "");
	out->failed = out->failed || seen.failed;
	free(seen.item);
}

static void write_script(const sc_grid *g, panel p[2], sc_text *script)
{
	sc_text title = {0}, note = {0};
	finding(g, &title);
	sc_text_add(&note, "errors: the authors' results");
	sources(g, &note);
	sc_chart_begin(script, g, "errors", WIDTH, HEIGHT, sc_text_get(&title));
	sc_chart_note(script, HEIGHT, sc_text_get(&note));
	sc_text_add(script, "set xlabel 'parameters (M)'\nset grid xtics\nset multiplot\n");
	draw(&p[0], 0, script);
	draw(&p[1], 1, script);
	sc_text_add(script, "unset multiplot\n");
	sc_chart_end(script, "errors");
	sc_text_release_into(&title, script);
	sc_text_release_into(&note, script);
}

static void write(const sc_document *doc, sc_text *data, sc_text *script)
{
	panel p[2] = {{0}};
	const sc_grid *g = table(doc);
	bool ok = fill(g, 0, &p[0]) && fill(g, 1, &p[1]);
	for (int k = 0; k < 2 && ok; k++) {
		for (size_t i = 0; i < p[k].n; i++)
			place(&p[k], k, i);
		write_panel(&p[k], k ? "top-5" : "top-1", data);
	}
	if (ok)
		write_script(g, p, script);
	free(p[0].point);
	free(p[1].point);
	script->failed = script->failed || !ok;
}

static void describe(const sc_document *doc, sc_text *out)
{
	sc_text_add(out,
		"Points of parameters against the authors' published top-1 and top-5 errors. ");
	finding(table(doc), out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_errors = {
	"errors", "parameters against published errors", applies, write, describe};
