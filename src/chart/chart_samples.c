/* Distribution of the samples at the ratios in use: every sample over its median, with quartiles
 * and the interval. A row for each cell, so that its name can be long. */
#include <math.h>
#include <string.h>

#include "chart/chart_bench.h"

enum { ROWS_MAX = 36, PAGE_ROW = 24, PAPER_ROW = 17 };

/* the rows of the table of latency that are shown, and the samples of each */
typedef struct view {
	sc_measured m;
	const sc_grid *samples;
	size_t row[ROWS_MAX], stage[ROWS_MAX];
	size_t count, left_out;
	double low, high; /* sample over median */
} view;

static void add(view *v, size_t row, size_t stage)
{
	if (v->count == ROWS_MAX) {
		v->left_out++;
		return;
	}
	v->stage[v->count] = stage;
	v->row[v->count++] = row;
}

/* the place of a cell among those shown, `count` for none */
static size_t place_of(const view *v, size_t sample)
{
	size_t i = 0;
	double cell = sc_chart_number_at(v->samples, sample, "cell");
	while (i < v->count && (double)v->row[i] != cell)
		i++;
	return i;
}

static bool look(const sc_document *doc, view *v)
{
	*v = (view){.m = sc_measured_look(doc),
		.samples = sc_document_find(doc, "samples"),
		.low = 1,
		.high = 1};
	const sc_measured *m = &v->m;
	for (size_t p = 0; p < m->cache.count; p++)
		for (size_t s = 0; s < m->stage.count; s++)
			for (size_t r = 0; r < sc_grid_rows(m->grid); r++)
				if (sc_measured_in_use(m, r) &&
					sc_measured_is(m, r, m->stage.item[s], m->cache.item[p]))
					add(v, r, s);
	for (size_t k = 0; k < sc_grid_rows(v->samples); k++)
		if (place_of(v, k) < v->count) {
			double x = sc_chart_number_at(v->samples, k, "of_median");
			v->low = fmin(v->low, x);
			v->high = fmax(v->high, x);
		}
	return !m->stage.failed && !m->cache.failed;
}

static bool applies(const sc_document *doc)
{
	return sc_chart_measures_use(doc) && sc_document_find(doc, "samples");
}

static double at(const view *v, size_t i, const char *key)
{
	return sc_measured_at(&v->m, v->row[i], key);
}

static double over_median(const view *v, size_t i, const char *key)
{
	return at(v, i, key) / at(v, i, "latency_median_us");
}

/* the width of the interval of a median, over the median */
static double width_of(const view *v, size_t i)
{
	return over_median(v, i, "latency_high_us") - over_median(v, i, "latency_low_us");
}

/* "conv2_x, hot" */
static void cell_of(const view *v, size_t i, sc_text *out)
{
	sc_chart_plain(out, sc_chart_word_at(v->m.grid, v->row[i], "stage"), 16);
	sc_text_add(out, ", ");
	sc_chart_plain(out, sc_chart_word_at(v->m.grid, v->row[i], "cache"), 16);
}

static void finding(const view *v, sc_text *out)
{
	size_t least = 0, most = 0;
	for (size_t i = 1; i < v->count; i++) {
		least = width_of(v, i) < width_of(v, least) ? i : least;
		most = width_of(v, i) > width_of(v, most) ? i : most;
	}
	sc_text_addf(out, "A median's interval is %.1f %% of it wide (", 100 * width_of(v, least));
	cell_of(v, least, out);
	sc_text_addf(out, ") to %.1f %% (", 100 * width_of(v, most));
	cell_of(v, most, out);
	sc_text_add(out, ")");
}

static void note(const view *v, sc_text *out)
{
	double samples = 0, outliers = 0;
	for (size_t i = 0; i < v->count; i++) {
		samples += at(v, i, "samples");
		outliers += at(v, i, "outliers");
	}
	sc_text_addf(out,
		"%.0f samples at the ratios in use, %.0f of them outliers, none dropped; box: "
		"quartiles; dark band: 95 %% interval of the median",
		samples, outliers);
	if (v->left_out)
		sc_text_addf(out, "; %zu more cells are not shown", v->left_out);
	sc_measured_say(&v->m, out);
}

/* a place beside the middle, the same every time, that spreads neighbours */
static double beside(size_t i)
{
	return 0.5 * (fmod(0.6180339887 * (double)(i + 1), 1) - 0.5);
}

/* one block of each cell's samples, which stand together in their table */
static void write_data(const view *v, sc_text *data)
{
	sc_text_add(data,
		"# A block for each cell: place, sample over median; the last block: place, "
		"quartiles, interval\n");
	for (size_t i = 0; i < v->count; i++) {
		size_t n = 0;
		for (size_t k = 0; k < sc_grid_rows(v->samples); k++)
			if (place_of(v, k) == i)
				sc_text_addf(data, "%.4f %.6g\n", (double)i + beside(n++),
					sc_chart_number_at(v->samples, k, "of_median"));
		sc_text_add(data, n ? "\n\n" : "NaN NaN\n\n\n");
	}
	for (size_t i = 0; i < v->count; i++)
		sc_text_addf(data, "%zu %.6g %.6g %.6g %.6g\n", i,
			over_median(v, i, "latency_p25_us"), over_median(v, i, "latency_p75_us"),
			over_median(v, i, "latency_low_us"), over_median(v, i, "latency_high_us"));
}

/* "conv2_x, hot, 177 µs" */
static void name_of(const view *v, size_t i, sc_text *out)
{
	cell_of(v, i, out);
	sc_text_addf(out, ", %.3g µs", at(v, i, "latency_median_us"));
}

static size_t letters(const view *v, bool *failed)
{
	size_t most = 0;
	for (size_t i = 0; i < v->count; i++) {
		sc_text name = {0};
		name_of(v, i, &name);
		size_t n = sc_chart_letters(sc_text_get(&name));
		most = n > most ? n : most;
		*failed = *failed || name.failed;
		sc_text_release(&name);
	}
	return most;
}

static void axis(const view *v, bool sparse, sc_text *script)
{
	const double span = v->high / v->low;
	const char *wide = "0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000",
		   *middle = sparse ? "0.2, 0.5, 1, 2, 5"
				    : "0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 6, 8, 12",
		   *narrow = sparse ? "0.5, 0.7, 1, 1.4, 2, 3"
				    : "0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.6, 2, 3";
	sc_text_add(script, "set ytics scale 0 (");
	for (size_t i = 0; i < v->count; i++) {
		sc_text_add(script, i ? ", '" : "'");
		name_of(v, i, script);
		sc_text_addf(script, "' %zu", i);
	}
	sc_text_addf(script,
		")\nset yrange [%.1f:-0.6]\nset logscale x\nset xrange [%.4g:%.4g]\nset xtics "
		"(%s)\nset xlabel 'sample ÷ median%s'\nset grid noytics xtics "
		"linecolor rgb '#dddddd' linetype 1 linewidth 0.7\nunset key\n",
		(double)v->count - 0.4, v->low / 1.05, v->high * 1.05,
		span > 16  ? wide
		: span > 4 ? middle
			   : narrow,
		sparse ? "" : " (log scale)");
}

static void plot(const view *v, sc_text *script)
{
	char color[8];
	sc_text_add(script, "plot \\\n");
	for (size_t i = 0; i < v->count; i++)
		sc_text_addf(script,
			"  data index %zu using 2:1 with points pointtype 7 pointsize 0.3 "
			"linecolor rgb '%s' notitle, \\\n",
			i, sc_chart_color(v->stage[i], color));
	sc_text_addf(script,
		"  data index %zu using 2:1:2:3:($1-0.36):($1+0.36) with boxxyerror fillstyle "
		"empty border linewidth 1.2 linecolor rgb '#222222' notitle, \\\n"
		"  data index %zu using 4:1:4:5:($1-0.36):($1+0.36) with boxxyerror fillstyle "
		"transparent solid 0.5 noborder fillcolor rgb '#222222' notitle\n",
		v->count, v->count);
}

static void write_script(const view *v, bool for_paper, sc_text *script)
{
	sc_text title = {0}, under = {0};
	double rows = (double)(v->count < 3 ? 3 : v->count);
	const sc_canvas canvas =
		sc_canvas_new(for_paper, 164 + PAGE_ROW * rows, 60 + PAPER_ROW * rows);
	const sc_layout l = {&canvas, 1, 1,
		14 + canvas.letter * (double)letters(v, &script->failed), for_paper ? 46 : 54, 0,
		SC_NOTES_FOOT, {0}};
	sc_box area = sc_layout_plot(&l, 0);
	finding(v, &title);
	note(v, &under);
	sc_chart_begin(
		script, &canvas, v->m.grid, "samples", sc_text_get(&title), sc_text_get(&under));
	sc_chart_place(script, &canvas, &area);
	axis(v, for_paper, script);
	plot(v, script);
	sc_chart_end(script, "samples");
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
	return place_of(v, row) < v->count;
}

static sc_grid *rows(const sc_document *doc)
{
	static const char *const keys[] = {
		"stage", "ratio", "setting", "cache", "sample_us", "of_median", NULL};
	view v;
	bool good = look(doc, &v);
	sc_grid *out = good ? sc_grid_pick(v.samples, "samples", keys, is_drawn, &v) : NULL;
	sc_measured_release(&v.m);
	return out;
}

static void describe(const sc_document *doc, sc_text *out)
{
	view v;
	out->failed = !look(doc, &v) || out->failed;
	sc_text_add(out, "Every sample at the ratios in use over its median: ");
	finding(&v, out);
	sc_text_add(out, ".");
	sc_measured_release(&v.m);
}

const sc_chart sc_chart_samples = {"samples", "distribution of the samples at the ratios in use",
	applies, write, rows, describe};
