/* Shares of the stages side by side: of SE's parameters, FLOPs, bytes and measured time. */
#include <string.h>

#include "chart/chart_bench.h"

enum { MEASURES_MAX = 3 + SC_STATE__N, HEIGHT = 560 };

typedef struct view {
	const sc_bench *bench;
	const char *stage[SC_CHART_STAGES];
	size_t stages, states, measures;
	sc_cache_state state[SC_STATE__N];
	double share[MEASURES_MAX][SC_CHART_STAGES]; /* 0 … 1 */
} view;

/* of one cell, all blocks of its stage */
static double value(const sc_bench_cell *c, size_t measure)
{
	double one = measure == 0   ? (double)c->params
		     : measure == 1 ? (double)c->flops
		     : measure == 2 ? (double)c->bytes
				    : c->summary.median;
	return one * c->what.blocks;
}

/* what is counted is the same in every cache state */
static sc_cache_state state_of(const view *v, size_t measure)
{
	return v->state[measure < 3 ? 0 : measure - 3];
}

static void fill(view *v, size_t m)
{
	double all = 0;
	for (size_t s = 0; s < v->stages; s++) {
		for (size_t i = 0; i < v->bench->cells; i++) {
			const sc_bench_cell *c = &v->bench->cell[i];
			if (c->what.in_use &&
				sc_chart_bench_is(v->bench, c, v->stage[s], state_of(v, m)))
				v->share[m][s] += value(c, m);
		}
		all += v->share[m][s];
	}
	for (size_t s = 0; s < v->stages && all > 0; s++)
		v->share[m][s] /= all;
}

static void look(const sc_bench *b, view *v)
{
	*v = (view){.bench = b};
	v->stages = sc_chart_bench_stages(b, v->stage);
	v->states = sc_chart_bench_states(b, v->state);
	v->measures = 3 + v->states;
	for (size_t m = 0; m < v->measures; m++)
		fill(v, m);
}

/* the state that a network is most like: cold weights, else the last */
static size_t typical(const view *v)
{
	for (size_t i = 0; i < v->states; i++)
		if (v->state[i] == SC_STATE_cold_weights)
			return i;
	return v->states - 1;
}

static void finding(const view *v, sc_text *out)
{
	size_t last = v->stages - 1, most = 0, state = typical(v), time = 3 + state;
	for (size_t s = 0; s < v->stages; s++)
		most = v->share[time][s] > v->share[time][most] ? s : most;
	sc_chart_plain(out, v->stage[last], 16);
	sc_text_addf(out, " has %.0f %% of SE’s parameters and takes %.0f %% of its time (%s)",
		100 * v->share[0][last], 100 * v->share[time][last],
		sc_word_name(SC_WORD_cache, v->state[state]));
	if (most != last) {
		sc_text_add(out, "; most time goes to ");
		sc_chart_plain(out, v->stage[most], 16);
	}
}

static void measure_name(const view *v, size_t m, sc_text *out)
{
	static const char *const counted[] = {"parameters", "FLOPs", "bytes"};
	if (m < 3)
		sc_text_add(out, counted[m]);
	else
		sc_text_addf(out, "time\\n%s", sc_word_name(SC_WORD_cache, v->state[m - 3]));
}

static void write_data(const view *v, sc_text *data)
{
	sc_text_add(data, "# A block for each stage: place, from, to (%), middle, for people\n");
	for (size_t s = 0; s < v->stages; s++) {
		for (size_t m = 0; m < v->measures; m++) {
			double from = 0, part = 100 * v->share[m][s];
			for (size_t k = 0; k < s; k++)
				from += 100 * v->share[m][k];
			sc_text_addf(data, "%zu %.9g %.9g %.9g \"", m, from, from + part,
				from + part / 2);
			sc_text_addf(data, part >= 4 ? "%.0f %%\"\n" : " \"\n", part);
		}
		sc_text_add(data, "\n\n");
	}
}

static void plot(const view *v, sc_text *script)
{
	char color[8];
	sc_text_add(script, "set xtics scale 0 (");
	for (size_t m = 0; m < v->measures; m++) {
		sc_text_add(script, m ? ", \"" : "\"");
		measure_name(v, m, script);
		sc_text_addf(script, "\" %zu", m);
	}
	sc_text_addf(script, ")\nset xrange [-0.6:%.1f]\nplot \\\n", (double)v->measures - 0.4);
	for (size_t s = 0; s < v->stages; s++) {
		sc_text_addf(script,
			"  data index %zu using 1:2:($1-0.36):($1+0.36):2:3 with boxxyerror "
			"fillstyle "
			"solid 1 border linecolor rgb '#ffffff' fillcolor rgb '%s' title ",
			s, sc_chart_color(s, color));
		sc_chart_quote(script, v->stage[s], 18);
		sc_text_add(script, ", \\\n");
	}
	sc_text_add(script,
		"  data using 1:4:5 with labels textcolor rgb '#ffffff' font bold.',11' "
		"notitle\n");
}

static sc_status write(const sc_study *study, sc_text *data, sc_text *script, sc_err *err)
{
	view v;
	sc_text title = {0}, under = {0};
	look(study->bench, &v);
	write_data(&v, data);
	finding(&v, &title);
	sc_chart_bench_under(v.bench, &under);
	sc_chart_begin_under(
		script, "time", 1000, HEIGHT, sc_text_get(&title), sc_text_get(&under));
	sc_chart_note(script, HEIGHT,
		"at the ratios in use, all blocks of a stage; time: medians of one block, times "
		"the "
		"blocks");
	sc_chart_margins(script, 0.08, 0.80, 0.15, 0.84);
	sc_text_add(script,
		"set yrange [0:100]\nset ylabel 'share of all of SE (%)'\n"
		"set key at screen 0.815, screen 0.83 left top Left reverse invert samplen "
		"1.2 noautotitle\n");
	plot(&v, script);
	sc_chart_end(script, "time");
	bool failed = data->failed || script->failed || title.failed || under.failed;
	sc_text_release_into(&title, script);
	sc_text_release_into(&under, script);
	return failed ? sc_fail(err, SC_ENOMEM, "no memory for the chart 'time'") : SC_OK;
}

static void describe(const sc_study *study, sc_text *out)
{
	view v;
	look(study->bench, &v);
	sc_text_add(out, "Stacked bars of each stage's share of SE's parameters, FLOPs, bytes and "
			 "measured time: ");
	finding(&v, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_time = {"time",
	"each stage's share of SE's parameters, FLOPs, bytes and measured time",
	sc_chart_measures_use, write, describe};
