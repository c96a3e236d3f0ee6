/* Parameters against published errors. The errors are those of their authors' trainings. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart.h"

enum { PAGE_HEIGHT = 540, PAPER_HEIGHT = 440, LINE = 14, NAME_MAX_LETTERS = 40 };

/* A point of one panel; setups at the same place are one. Its label stands where `at` says. */
typedef struct point {
	sc_text name;
	double params, error;
	sc_label at;
	bool is_named;
} point;

typedef struct panel {
	point *point;
	size_t n;
	double x_low, x_high, y_low, y_high;
	sc_box plot;
	bool failed;
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

static void add_point(const sc_grid *g, size_t row, int which, panel *p)
{
	point q = {.params = sc_chart_number_at(g, row, "params") / 1e6,
		.error = error_of(g, row, which)};
	size_t i = 0;
	while (i < p->n && (p->point[i].params != q.params || p->point[i].error != q.error))
		i++;
	if (i == p->n) {
		widen(&p->x_low, &p->x_high, q.params, !p->n);
		widen(&p->y_low, &p->y_high, q.error, !p->n);
		p->point[p->n++] = q;
	}
	sc_text *name = &p->point[i].name;
	sc_text_add(name, name->length ? ", " : "");
	sc_chart_plain(name, sc_chart_word_at(g, row, "setup"), NAME_MAX_LETTERS / 2);
}

static void fill(const sc_grid *g, int which, panel *p)
{
	p->point = calloc(sc_grid_rows(g) + 1, sizeof *p->point);
	p->failed = !p->point;
	for (size_t i = 0; i < sc_grid_rows(g) && !p->failed; i++)
		if (shown(g, i) && !twice(g, i))
			add_point(g, i, which, p);
	pad(&p->x_low, &p->x_high, 0.02 * p->x_high + 1e-6);
	pad(&p->y_low, &p->y_high, 0.02);
}

static void release(panel p[2])
{
	for (int k = 0; k < 2; k++) {
		for (size_t i = 0; i < p[k].n; i++)
			sc_text_release(&p[k].point[i].name);
		free(p[k].point);
	}
}

static double across(const panel *p, double params)
{
	return p->plot.left +
	       (params - p->x_low) / (p->x_high - p->x_low) * (p->plot.right - p->plot.left);
}

static double up(const panel *p, double error)
{
	return p->plot.bottom +
	       (error - p->y_low) / (p->y_high - p->y_low) * (p->plot.top - p->plot.bottom);
}

/* labels may stand beyond the axes, at the right and above */
static void place(panel *p, double letter, double beyond)
{
	enum { POINT = 5 };
	sc_boxes taken = {0};
	const sc_box area = {
		p->plot.left + 3, p->plot.bottom + 3, p->plot.right + beyond, p->plot.top + 10};
	for (size_t i = 0; i < p->n; i++) {
		double x = across(p, p->point[i].params), y = up(p, p->point[i].error);
		sc_boxes_add(&taken, (sc_box){x - POINT, y - POINT, x + POINT, y + POINT});
	}
	for (size_t i = 0; i < p->n; i++) {
		point *q = &p->point[i];
		size_t n = sc_chart_letters(sc_text_get(&q->name));
		n = n < NAME_MAX_LETTERS ? n : NAME_MAX_LETTERS;
		q->at = (sc_label){.x = across(p, q->params),
			.y = up(p, q->error),
			.width = letter * (double)n,
			.height = LINE};
		q->is_named = sc_label_place(&q->at, &area, &taken);
	}
	p->failed = p->failed || taken.failed;
	free(taken.item);
}

static void write_panel(const panel *p, const char *what, sc_text *data)
{
	sc_text_addf(data, "# parameters (M), %s error (%%), setups\n", what);
	for (size_t i = 0; i < p->n; i++) {
		const point *q = &p->point[i];
		sc_text_addf(data, "%.6f %.2f ", q->params, q->error);
		sc_chart_cell(data, sc_text_get(&q->name), NAME_MAX_LETTERS);
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
		named(out, "; ", g, extreme(g, "top1_error_percent", -1),
			", as large, has the highest,");
	else if (least != best)
		named(out, "; the cheapest, ", g, least, ", has");
}

static void label(const point *q, const sc_canvas *c, sc_text *script)
{
	const sc_label *l = &q->at;
	double end = l->x < l->left		 ? l->left - 2
		     : l->x > l->left + l->width ? l->left + l->width + 2
						 : l->x;
	if (l->is_far)
		sc_text_addf(script,
			"set arrow from %.6f,%.4f to screen %.4f, screen %.4f nohead back "
			"linecolor rgb '#aaaaaa' linewidth 0.7\n",
			q->params, q->error, end / c->width, l->middle / c->height);
	sc_text_add(script, "set label ");
	sc_chart_quote(script, sc_text_get(&q->name), NAME_MAX_LETTERS);
	sc_text_addf(script, " at screen %.4f, screen %.4f left font small front\n",
		l->left / c->width, l->middle / c->height);
}

static void draw(const panel *p, int which, const sc_canvas *c, sc_text *script)
{
	sc_chart_place(script, c, &p->plot);
	sc_text_addf(script, "set xrange [%.6f:%.6f]\nset yrange [%.4f:%.4f]\n", p->x_low,
		p->x_high, p->y_low, p->y_high);
	sc_text_addf(
		script, "set ylabel 'published top-%d error (%%)' offset 0.5,0\n", which ? 5 : 1);
	sc_chart_tics(script, "x", p->x_high - p->x_low, 6);
	sc_chart_tics(script, "y", p->y_high - p->y_low, 8);
	for (size_t i = 0; i < p->n; i++)
		if (p->point[i].is_named)
			label(&p->point[i], c, script);
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

/* is "…, Table 13" part of "…, Tables 10 and 13"? */
static bool is_within(const char *source, const char *of)
{
	size_t paper = shared(of, source);
	const char *number = strrchr(source, ' '), *at = of + paper;
	if (!paper || !number || strncmp(source + paper, "Table ", 6) != 0 ||
		strncmp(at, "Tables ", 7) != 0)
		return false;
	size_t n = strlen(++number);
	while ((at = strstr(at, number)) && (at[-1] != ' ' || strchr(", ", at[n]) == NULL))
		at += n;
	return at != NULL;
}

/* different ones, without those that are part of another */
static void note_sources(const sc_grid *g, sc_words *seen)
{
	for (size_t i = 0; i < sc_grid_rows(g); i++) {
		const char *source = sc_chart_word_at(g, i, "source");
		bool within = !shown(g, i) || !*source;
		for (size_t k = 0; k < sc_grid_rows(g) && !within; k++)
			within = shown(g, k) && is_within(source, sc_chart_word_at(g, k, "source"));
		if (!within)
			sc_words_note(seen, source);
	}
}

static void sources(const sc_grid *g, sc_text *out)
{
	enum { SHOWN = 3 };
	sc_words seen = {0};
	note_sources(g, &seen);
	for (size_t i = 0; i < seen.count && i < SHOWN; i++) {
		sc_text_add(out, i ? "; " : " (");
		sc_chart_plain(
			out, seen.item[i] + (i ? shared(seen.item[i - 1], seen.item[i]) : 0), 60);
	}
	sc_text_add(out, seen.count > SHOWN ? "; …)" : seen.count ? ")" : "");
	out->failed = out->failed || seen.failed;
	free(seen.item);
}

static void note(const sc_grid *g, const panel p[2], sc_text *out)
{
	size_t unnamed = 0;
	sc_text_add(out, "errors: the authors' results");
	sources(g, out);
	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < p[k].n; i++)
			unnamed += !p[k].point[i].is_named;
	if (unnamed)
		sc_text_addf(out, "; %zu points have no room for a name", unnamed);
}

static void write_script(const sc_grid *g, const panel p[2], const sc_canvas *c, sc_text *script)
{
	sc_text title = {0}, under = {0};
	finding(g, &title);
	note(g, p, &under);
	sc_chart_begin(script, c, g, "errors", sc_text_get(&title), sc_text_get(&under));
	sc_text_add(script, "set xlabel 'parameters (M)'\nset multiplot\n");
	draw(&p[0], 0, c, script);
	draw(&p[1], 1, c, script);
	sc_text_add(script, "unset multiplot\n");
	sc_chart_end(script, "errors");
	sc_text_release_into(&title, script);
	sc_text_release_into(&under, script);
}

static void write(const sc_document *doc, bool for_paper, sc_text *data, sc_text *script)
{
	panel p[2] = {{0}};
	const sc_grid *g = table(doc);
	const sc_canvas canvas = sc_canvas_new(for_paper, PAGE_HEIGHT, PAPER_HEIGHT);
	const sc_layout l = {&canvas, 2, for_paper ? 1 : 2, for_paper ? 60 : 96,
		for_paper ? 46 : 54, for_paper ? 8 : 14, SC_NOTE_FOOT, {0}};
	for (int k = 0; k < 2; k++) {
		p[k].plot = sc_layout_plot(&l, (size_t)k);
		p[k].plot.right -= for_paper ? 0 : 12;
		fill(g, k, &p[k]);
		if (!p[k].failed)
			place(&p[k], canvas.letter, for_paper ? 8 : 24);
		if (!p[k].failed)
			write_panel(&p[k], k ? "top-5" : "top-1", data);
	}
	bool failed = p[0].failed || p[1].failed;
	if (!failed)
		write_script(g, p, &canvas, script);
	release(p);
	script->failed = script->failed || failed;
}

static bool is_drawn(const void *of, size_t row)
{
	return shown(of, row);
}

static sc_grid *rows(const sc_document *doc)
{
	static const char *const keys[] = {"setup", "params", "se_params", "top1_error_percent",
		"top5_error_percent", "source", NULL};
	return sc_grid_pick(table(doc), "errors", keys, is_drawn, table(doc));
}

static void describe(const sc_document *doc, sc_text *out)
{
	sc_text_add(out,
		"Points of parameters against the authors' published top-1 and top-5 errors. ");
	finding(table(doc), out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_errors = {
	"errors", "parameters against published errors", applies, write, rows, describe};
