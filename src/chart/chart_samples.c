/* Distribution of the samples at the ratios in use: every sample over its median, with quartiles
 * and the interval. */
#include <math.h>
#include <string.h>

#include "chart/chart_bench.h"

enum { HEIGHT = 560, COLUMNS_MAX = 24 };

/* the rows of the table of latency that are shown, and the samples of each */
typedef struct view {
	sc_measured m;
	const sc_grid *samples;
	size_t row[COLUMNS_MAX], stage[COLUMNS_MAX];
	size_t count, left_out;
	double low, high; /* sample over median */
} view;

static void add(view *v, size_t row, size_t stage)
{
	if (v->count == COLUMNS_MAX) {
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

static void finding(const view *v, sc_text *out)
{
	double samples = 0, outliers = 0, widest = 0;
	for (size_t i = 0; i < v->count; i++) {
		samples += at(v, i, "samples");
		outliers += at(v, i, "outliers");
		widest = fmax(widest,
			over_median(v, i, "latency_high_us") - over_median(v, i, "latency_low_us"));
	}
	sc_text_addf(out,
		"%.0f samples, %.0f of them outliers, none dropped; the widest interval of a "
		"median "
		"is "
		"%.1f %% of it",
		samples, outliers, 100 * widest);
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

/* beyond so many columns, names stand aslant and on one line */
static bool crowded(const view *v)
{
	return v->count > 8;
}

static void axis(const view *v, sc_text *script)
{
	sc_text_add(script, "set xtics scale 0 (");
	for (size_t i = 0; i < v->count; i++) {
		sc_text_add(script, i ? ", \"" : "\"");
		sc_chart_plain(script, sc_chart_word_at(v->m.grid, v->row[i], "stage"), 12);
		sc_text_addf(script, crowded(v) ? ", %s" : "\\n%s",
			sc_chart_word_at(v->m.grid, v->row[i], "cache"));
		sc_text_addf(script, crowded(v) ? " %.3g µs\" %zu" : "\\n%.3g µs\" %zu",
			at(v, i, "latency_median_us"), i);
	}
	sc_text_addf(script,
		")%s\nset xrange [-0.6:%.1f]\nset logscale y\nset yrange [%.4g:%.4g]\nset ytics "
		"(%s)\nset ylabel 'sample ÷ median (log scale)'\n",
		crowded(v) ? " rotate by 28 right font 'DejaVu Sans,9'" : "",
		(double)v->count - 0.4, v->low / 1.05, v->high * 1.05,
		v->high / v->low > 4
			? "0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000"
			: "0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.4, 1.6, 2, 3");
}

static void plot(const view *v, sc_text *script)
{
	char color[8];
	sc_text_add(script, "plot \\\n");
	for (size_t i = 0; i < v->count; i++)
		sc_text_addf(script,
			"  data index %zu using 1:2 with points pointtype 7 pointsize 0.35 "
			"linecolor rgb "
			"'%s' notitle, \\\n",
			i, sc_chart_color(v->stage[i], color));
	sc_text_addf(script,
		"  data index %zu using 1:2:($1-0.32):($1+0.32):2:3 with boxxyerror fillstyle "
		"empty border linewidth 1.2 linecolor rgb '#222222' notitle, \\\n"
		"  data index %zu using 1:(1):($1-0.32):($1+0.32):4:5 with boxxyerror fillstyle "
		"transparent solid 0.5 noborder fillcolor rgb '#222222' notitle\n",
		v->count, v->count);
}

static void write_script(const view *v, sc_text *script)
{
	sc_text title = {0}, note = {0};
	finding(v, &title);
	sc_text_add(&note,
		"at the ratios in use; box: quartiles; dark band: 95 % interval of the median");
	if (v->left_out)
		sc_text_addf(&note, "; %zu more cells are not shown", v->left_out);
	sc_chart_begin(script, v->m.grid, "samples", 1000, HEIGHT, sc_text_get(&title));
	sc_chart_note(script, HEIGHT, sc_text_get(&note));
	sc_chart_margins(script, crowded(v) ? 0.12 : 0.08, 0.98, 0.23, 0.86);
	axis(v, script);
	plot(v, script);
	sc_chart_end(script, "samples");
	sc_text_release_into(&title, script);
	sc_text_release_into(&note, script);
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
	sc_text_add(out, "Every sample at the ratios in use over its median: ");
	finding(&v, out);
	sc_text_add(out, ".");
	sc_measured_release(&v.m);
}

const sc_chart sc_chart_samples = {
	"samples", "distribution of the samples at the ratios in use", applies, write, describe};
