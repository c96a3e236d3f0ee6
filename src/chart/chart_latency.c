/* Latency against the ratio, a line for each stage, a panel for each cache state. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart_bench.h"

enum { HEIGHT = 560, PANELS_MAX = 2 };

/* everything a panel needs */
typedef struct view {
	const sc_bench *bench;
	const char *stage[SC_CHART_STAGES];
	size_t stages, panels;
	bool left_out; /* a cache state */
	sc_cache_state state[SC_STATE__N];
	sc_stage_fit *fit;
	size_t fits;
	double least, most; /* ratios */
} view;

static bool applies(const sc_study *study)
{
	return study->bench && study->bench->network[0];
}

static bool look(const sc_bench *b, view *v)
{
	*v = (view){.bench = b, .least = INFINITY};
	v->stages = sc_chart_bench_stages(b, v->stage);
	v->panels = sc_chart_bench_states(b, v->state);
	v->left_out = v->panels > PANELS_MAX;
	v->panels = v->left_out ? PANELS_MAX : v->panels;
	for (size_t i = 0; i < b->cells; i++) { /* of what is drawn */
		if (!sc_chart_bench_is(b, &b->cell[i], NULL, b->cell[i].what.cache))
			continue;
		v->least = fmin(v->least, b->cell[i].what.ratio);
		v->most = fmax(v->most, b->cell[i].what.ratio);
	}
	return !sc_bench_fits(b, &v->fit, &v->fits, NULL);
}

static const sc_stage_fit *fit_of(const view *v, size_t stage, sc_cache_state state)
{
	for (size_t i = 0; i < v->fits; i++)
		if (sc_chart_bench_is(v->bench, v->fit[i].first, v->stage[stage], state))
			return &v->fit[i];
	return NULL;
}

static size_t list_stages(const view *v, sc_matter verdict, const char *before, sc_text *out)
{
	size_t n = 0, left = 0;
	for (size_t i = 0; i < v->stages; i++) {
		const sc_stage_fit *f = fit_of(v, i, v->state[v->panels - 1]);
		left += f && f->verdict == verdict;
	}
	for (size_t i = 0; i < v->stages; i++) {
		const sc_stage_fit *f = fit_of(v, i, v->state[v->panels - 1]);
		if (!f || f->verdict != verdict)
			continue;
		sc_text_add(out, !n ? before : n + 1 == left ? " and " : ", ");
		sc_chart_plain(out, v->stage[i], 16);
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
	sc_text_add(out, sc_word_name(SC_WORD_cache, v->state[v->panels - 1]));
	size_t n = list_stages(v, SC_MATTERS, ": the ratio matters in ", out);
	n += list_stages(v, SC_FREE, n ? ", is free in " : ": the ratio is free in ", out);
	list_stages(v, SC_NOT_SHOWN,
		n ? ", not shown which in "
		  : ": it is not shown whether the "
		    "ratio matters in ",
		out);
}

/* one line's points, at least one: gnuplot does not count empty blocks */
static void write_line(const view *v, const char *stage, sc_cache_state state, sc_text *data)
{
	size_t n = 0;
	for (size_t i = 0; i < v->bench->cells; i++) {
		const sc_bench_cell *c = &v->bench->cell[i];
		if (!sc_chart_bench_is(v->bench, c, stage, state))
			continue;
		sc_text_addf(data, "%.9g %.9g %.9g %.9g\n", c->what.ratio, c->summary.median / 1e3,
			c->summary.ci95.low / 1e3, c->summary.ci95.high / 1e3);
		n++;
	}
	sc_text_add(data, n ? "\n\n" : "NaN NaN NaN NaN\n\n\n");
}

static void write_mark(const view *v, const sc_stage_fit *f, sc_text *data)
{
	if (f && f->crossover >= v->least && f->crossover <= v->most)
		sc_text_addf(data, "%.9g %.9g\n\n\n", f->crossover,
			(f->fit.a + f->fit.b / f->crossover) / 1e3);
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
			write_line(v, v->stage[s], v->state[p], data);
			write_mark(v, fit_of(v, s, v->state[p]), data);
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
	for (size_t i = 0; i < v->bench->cells; i++) {
		const sc_bench_cell *c = &v->bench->cell[i];
		if (!sc_chart_bench_is(v->bench, c, NULL, c->what.cache))
			continue;
		low = fmin(low, c->summary.ci95.low / 1e3);
		high = fmax(high, c->summary.ci95.high / 1e3);
	}
	sc_text_addf(script, "set yrange [%.6g:%.6g]\n", low / 1.3, high * 1.4);
}

static void panel(const view *v, size_t p, sc_text *script)
{
	char color[8];
	bool one = v->panels == 1;
	sc_chart_margins(script, p ? 0.52 : 0.10, one ? 0.82 : p ? 0.85 : 0.43, 0.17, 0.80);
	sc_text_addf(script, "set label 10 '%s' at graph 0.02, graph 1.05 left font bold.',12'\n",
		sc_word_name(SC_WORD_cache, v->state[p]));
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
		sc_chart_quote(script, v->stage[s], 14);
		sc_text_addf(script,
			", \\\n  data index %zu using 1:2 with points pointtype 8 pointsize 2.2 "
			"linewidth 1.5 linecolor rgb '%s' notitle%s\n",
			block + 1, color, s + 1 < v->stages ? ", \\" : "");
	}
}

static sc_status write(const sc_study *study, sc_text *data, sc_text *script, sc_err *err)
{
	view v;
	sc_text title = {0}, under = {0};
	bool good = look(study->bench, &v);
	if (good) {
		write_data(&v, data);
		finding(&v, &title);
		sc_chart_bench_under(v.bench, &under);
		sc_chart_begin_under(
			script, "latency", 1000, HEIGHT, sc_text_get(&title), sc_text_get(&under));
		sc_chart_note(script, HEIGHT,
			v.left_out
				? "bars: 95 % interval of the median; open triangle: r*, where it "
				  "is in range; a third cache state is in the tables"
				: "bars: 95 % interval of the median; open triangle: r* (where in "
				  "range), above which the two layers are no longer where the "
				  "operations are");
		axes(&v, script);
		range(&v, script);
		sc_text_add(script, "set multiplot\n");
		for (size_t p = 0; p < v.panels; p++) {
			panel(&v, p, script);
			if (!p)
				sc_text_add(
					script, "unset label 1\nunset label 2\nunset label 3\n");
		}
		sc_text_add(script, "unset multiplot\n");
		sc_chart_end(script, "latency");
	}
	good = good && !data->failed && !script->failed && !title.failed && !under.failed;
	free(v.fit);
	sc_text_release_into(&title, script);
	sc_text_release_into(&under, script);
	return good ? SC_OK : sc_fail(err, SC_ENOMEM, "no memory for the chart 'latency'");
}

static void describe(const sc_study *study, sc_text *out)
{
	view v;
	if (!look(study->bench, &v)) {
		out->failed = true;
		return;
	}
	sc_text_add(out, "Lines of latency against the ratio, one a stage, measured. ");
	finding(&v, out);
	sc_text_add(out, ".");
	free(v.fit);
}

const sc_chart sc_chart_latency = {
	"latency", "measured latency against the ratio, by stage", applies, write, describe};
