/* Shares of the stages side by side: of SE's parameters, FLOPs, bytes and measured time. */
#include <stdlib.h>
#include <string.h>

#include "chart/chart_bench.h"

enum { COUNTED = 3, HEIGHT = 560 };
static const char *const counted_key[COUNTED] = {"se_params", "se_flops", "se_bytes"},
			 *const counted_name[COUNTED] = {"parameters", "FLOPs", "bytes"};

/* what is counted is the same in every cache state; then the time in each of them */
typedef struct view {
	sc_measured m;
	size_t stages, measures;
	double *share; /* 0 … 1: measures × stages */
} view;

static const char *state_of(const view *v, size_t measure)
{
	return v->m.cache.item[measure < COUNTED ? 0 : measure - COUNTED];
}

/* of one row, all blocks of its stage */
static double value(const view *v, size_t row, size_t measure)
{
	return measure < COUNTED ? sc_measured_at(&v->m, row, counted_key[measure])
				 : sc_measured_at(&v->m, row, "latency_median_us") *
					   sc_measured_at(&v->m, row, "blocks");
}

static double *share(const view *v, size_t measure, size_t stage)
{
	return &v->share[measure * v->stages + stage];
}

static void fill(view *v, size_t measure)
{
	double all = 0;
	for (size_t s = 0; s < v->stages; s++) {
		for (size_t r = 0; r < sc_grid_rows(v->m.grid); r++)
			if (sc_measured_in_use(&v->m, r) &&
				sc_measured_is(&v->m, r, v->m.stage.item[s], state_of(v, measure)))
				*share(v, measure, s) += value(v, r, measure);
		all += *share(v, measure, s);
	}
	for (size_t s = 0; s < v->stages && all > 0; s++)
		*share(v, measure, s) /= all;
}

static bool look(const sc_document *doc, view *v)
{
	*v = (view){.m = sc_measured_look(doc)};
	v->stages = v->m.stage.count;
	v->measures = COUNTED + v->m.cache.count;
	v->share = calloc(v->measures * (v->stages + 1), sizeof *v->share);
	for (size_t m = 0; m < v->measures && v->share; m++)
		fill(v, m);
	return v->share && !v->m.stage.failed && !v->m.cache.failed;
}

static void release(view *v)
{
	sc_measured_release(&v->m);
	free(v->share);
}

/* the state that a network is most like: cold weights, else the last */
static size_t typical(const view *v)
{
	for (size_t i = 0; i < v->m.cache.count; i++)
		if (!strcmp(v->m.cache.item[i], "cold-weights"))
			return i;
	return v->m.cache.count - 1;
}

static void finding(const view *v, sc_text *out)
{
	size_t last = v->stages - 1, most = 0, state = typical(v), time = COUNTED + state;
	for (size_t s = 0; s < v->stages; s++)
		most = *share(v, time, s) > *share(v, time, most) ? s : most;
	sc_chart_plain(out, v->m.stage.item[last], 16);
	sc_text_addf(out, " has %.0f %% of SE’s parameters and takes %.0f %% of its time (%s)",
		100 * *share(v, 0, last), 100 * *share(v, time, last), v->m.cache.item[state]);
	if (most != last) {
		sc_text_add(out, "; most time goes to ");
		sc_chart_plain(out, v->m.stage.item[most], 16);
	}
}

static void measure_name(const view *v, size_t m, sc_text *out)
{
	if (m < COUNTED) {
		sc_text_add(out, counted_name[m]);
		return;
	}
	sc_text_add(out, "time\\n");
	sc_chart_plain(out, state_of(v, m), 24);
}

static void write_data(const view *v, sc_text *data)
{
	sc_text_add(data, "# A block for each stage: place, from, to (%), middle, for people\n");
	for (size_t s = 0; s < v->stages; s++) {
		for (size_t m = 0; m < v->measures; m++) {
			double from = 0, part = 100 * *share(v, m, s);
			for (size_t k = 0; k < s; k++)
				from += 100 * *share(v, m, k);
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
		sc_chart_quote(script, v->m.stage.item[s], 18);
		sc_text_add(script, ", \\\n");
	}
	for (size_t s = 0; s < v->stages; s++)
		sc_text_addf(script,
			"  data index %zu using 1:4:5 with labels textcolor rgb '%s' font "
			"bold.',11' "
			"notitle%s\n",
			s, sc_chart_ink(s), s + 1 < v->stages ? ", \\" : "");
}

static void write_script(const view *v, sc_text *script)
{
	sc_text title = {0};
	finding(v, &title);
	sc_chart_begin(script, v->m.grid, "time", 1000, HEIGHT, sc_text_get(&title));
	sc_chart_note(script, HEIGHT,
		"at the ratios in use, all blocks of a stage; time: medians of one block, times "
		"the "
		"blocks");
	sc_chart_margins(script, 0.08, 0.80, 0.15, 0.84);
	sc_text_add(script,
		"set yrange [0:100]\nset ylabel 'share of all of SE (%)'\n"
		"set key at screen 0.815, screen 0.83 left top Left reverse invert samplen "
		"1.2 noautotitle\n");
	plot(v, script);
	sc_chart_end(script, "time");
	sc_text_release_into(&title, script);
}

static void write(const sc_document *doc, sc_text *data, sc_text *script)
{
	view v;
	bool good = look(doc, &v);
	if (good) {
		write_data(&v, data);
		write_script(&v, script);
	}
	release(&v);
	script->failed = script->failed || !good;
}

static void describe(const sc_document *doc, sc_text *out)
{
	view v;
	sc_text_add(out, "Stacked bars of each stage's share of SE's parameters, FLOPs, bytes and "
			 "measured time: ");
	if (look(doc, &v))
		finding(&v, out);
	else
		out->failed = true;
	sc_text_add(out, ".");
	release(&v);
}

const sc_chart sc_chart_time = {"time",
	"each stage's share of SE's parameters, FLOPs, bytes and measured time",
	sc_chart_measures_use, write, describe};
