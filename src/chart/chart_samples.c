/* Distribution of the samples at the ratios in use: every sample over its median, with quartiles
 * and the interval. */
#include <math.h>
#include <string.h>

#include "chart/chart_bench.h"

enum { HEIGHT = 560, COLUMNS_MAX = 24 };

/* the cells shown */
typedef struct view {
	const sc_bench *bench;
	const sc_bench_cell *cell[COLUMNS_MAX];
	size_t stage[COLUMNS_MAX];
	size_t count, left_out;
	double low, high; /* sample over median */
} view;

static void add(view *v, const sc_bench_cell *c, size_t stage)
{
	if (v->count == COLUMNS_MAX) {
		v->left_out++;
		return;
	}
	v->stage[v->count] = stage;
	v->cell[v->count++] = c;
	v->low = fmin(v->low, c->summary.min / c->summary.median);
	v->high = fmax(v->high, c->summary.max / c->summary.median);
}

static void look(const sc_bench *b, view *v)
{
	const char *stage[SC_CHART_STAGES];
	sc_cache_state state[SC_STATE__N];
	size_t stages = sc_chart_bench_stages(b, stage), states = sc_chart_bench_states(b, state);
	*v = (view){.bench = b, .low = 1, .high = 1};
	for (size_t p = 0; p < states; p++)
		for (size_t s = 0; s < stages; s++)
			for (size_t i = 0; i < b->cells; i++)
				if (b->cell[i].what.in_use &&
					sc_chart_bench_is(b, &b->cell[i], stage[s], state[p]))
					add(v, &b->cell[i], s);
}

static void finding(const view *v, sc_text *out)
{
	size_t samples = 0, outliers = 0;
	double widest = 0;
	for (size_t i = 0; i < v->count; i++) {
		const sc_summary *s = &v->cell[i]->summary;
		samples += s->n;
		outliers += s->outliers;
		widest = fmax(widest, (s->ci95.high - s->ci95.low) / s->median);
	}
	sc_text_addf(out,
		"%zu samples, %zu of them outliers, none dropped; the widest interval of a median "
		"is "
		"%.1f %% of it",
		samples, outliers, 100 * widest);
}

/* a place beside the middle, the same every time, that spreads neighbours */
static double beside(size_t i)
{
	return 0.5 * (fmod(0.6180339887 * (double)(i + 1), 1) - 0.5);
}

static void write_data(const view *v, sc_text *data)
{
	sc_text_add(data,
		"# A block for each cell: place, sample over median; the last block: place, "
		"quartiles, interval\n");
	for (size_t i = 0; i < v->count; i++) {
		const sc_bench_cell *c = v->cell[i];
		for (size_t k = 0; k < c->timing.n; k++)
			sc_text_addf(data, "%.4f %.6g\n", (double)i + beside(k),
				c->timing.ns[k] / c->summary.median);
		sc_text_add(data, "\n\n");
	}
	for (size_t i = 0; i < v->count; i++) {
		const sc_summary *s = &v->cell[i]->summary;
		sc_text_addf(data, "%zu %.6g %.6g %.6g %.6g\n", i, s->p25 / s->median,
			s->p75 / s->median, s->ci95.low / s->median, s->ci95.high / s->median);
	}
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
		const sc_bench_case *k = &v->cell[i]->what;
		sc_text_add(script, i ? ", \"" : "\"");
		sc_chart_plain(script, k->stage, 12);
		sc_text_addf(script, crowded(v) ? ", %s" : "\\n%s",
			sc_word_name(SC_WORD_cache, k->cache));
		sc_text_addf(script, crowded(v) ? " %.3g µs\" %zu" : "\\n%.3g µs\" %zu",
			v->cell[i]->summary.median / 1e3, i);
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

static sc_status write(const sc_study *study, sc_text *data, sc_text *script, sc_err *err)
{
	view v;
	sc_text title = {0}, under = {0}, note = {0};
	look(study->bench, &v);
	write_data(&v, data);
	finding(&v, &title);
	sc_chart_bench_under(v.bench, &under);
	sc_text_add(&note,
		"at the ratios in use; box: quartiles; dark band: 95 % interval of the median");
	if (v.left_out)
		sc_text_addf(&note, "; %zu more cells are not shown", v.left_out);
	sc_chart_begin_under(
		script, "samples", 1000, HEIGHT, sc_text_get(&title), sc_text_get(&under));
	sc_chart_note(script, HEIGHT, sc_text_get(&note));
	sc_chart_margins(script, crowded(&v) ? 0.12 : 0.08, 0.98, 0.23, 0.86);
	axis(&v, script);
	plot(&v, script);
	sc_chart_end(script, "samples");
	bool failed = data->failed || script->failed || title.failed || under.failed || note.failed;
	sc_text_release_into(&title, script);
	sc_text_release_into(&under, script);
	sc_text_release_into(&note, script);
	return failed ? sc_fail(err, SC_ENOMEM, "no memory for the chart 'samples'") : SC_OK;
}

static void describe(const sc_study *study, sc_text *out)
{
	view v;
	look(study->bench, &v);
	sc_text_add(out, "Every sample at the ratios in use over its median: ");
	finding(&v, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_samples = {"samples", "distribution of the samples at the ratios in use",
	sc_chart_measures_use, write, describe};
