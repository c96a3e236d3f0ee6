/* Forecast against measured, each cell left out in turn. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart_bench.h"

enum { HEIGHT = 600 };

static bool applies(const sc_study *study)
{
	sc_forecast_error e;
	return study->profile && !sc_bench_leave_one_out(study->profile, NULL, &e, NULL);
}

static void finding(const sc_bench *b, sc_text *out)
{
	sc_forecast_error e = {0};
	if (sc_bench_leave_one_out(b, NULL, &e, NULL))
		out->failed = true;
	sc_text_addf(out,
		"Forecasts of %zu cells left out in turn: half within %.1f %%, 95 %% within %.0f "
		"%%, "
		"worst %.0f %% off",
		e.n, 100 * e.median, 100 * e.most, 100 * e.worst);
}

static bool has(const sc_bench *b, const double *each, int state)
{
	for (size_t i = 0; i < b->cells; i++)
		if (each[i] > 0 && b->cell[i].what.cache == (sc_cache_state)state)
			return true;
	return false;
}

static void write_data(const sc_bench *b, const double *each, sc_text *data)
{
	sc_text_add(data, "# A block for each cache state: measured µs, forecast ÷ measured\n");
	for (int s = 0; s < SC_STATE__N; s++) {
		for (size_t i = 0; i < b->cells; i++)
			if (b->cell[i].what.cache == (sc_cache_state)s && each[i] > 0)
				sc_text_addf(data, "%.9g %.9g\n", b->cell[i].summary.median / 1e3,
					each[i]);
		if (has(b, each, s))
			sc_text_add(data, "\n\n");
	}
}

static void plot(const sc_bench *b, const double *each, sc_text *script)
{
	static const char *const color[] = {"#d55e00", "#0072b2", "#56b4e9"};
	int block = 0;
	sc_text_add(script, "plot 1 with lines linecolor rgb '#555555' notitle, \\\n"
			    "  1.1 with lines dashtype 2 linecolor rgb '#999999' notitle, \\\n"
			    "  1/1.1 with lines dashtype 2 linecolor rgb '#999999' notitle");
	for (int s = 0; s < SC_STATE__N; s++)
		if (has(b, each, s))
			sc_text_addf(script,
				", \\\n  data index %d using 1:2 with points pointtype 7 "
				"pointsize 0.7 linecolor rgb '%s' title '%s'",
				block++, color[s], sc_word_name(SC_WORD_cache, (size_t)s));
	sc_text_add(script, "\n");
}

static sc_status write(const sc_study *study, sc_text *data, sc_text *script, sc_err *err)
{
	const sc_bench *b = study->profile;
	sc_forecast_error e;
	double *each = calloc(b->cells + 1, sizeof *each), reach = 1.2;
	sc_text title = {0}, under = {0};
	bool good = each && !sc_bench_leave_one_out(b, each, &e, NULL);
	for (size_t i = 0; good && i < b->cells; i++)
		if (each[i] > 0)
			reach = fmax(reach, fmax(each[i], 1 / each[i]) * 1.05);
	if (good) {
		write_data(b, each, data);
		finding(b, &title);
		sc_chart_bench_under(b, &under);
		sc_chart_begin_under(
			script, "forecast", 1000, HEIGHT, sc_text_get(&title), sc_text_get(&under));
		sc_chart_note(script, HEIGHT, "dashed: 10 % off");
		sc_chart_margins(script, 0.09, 0.97, 0.15, 0.85);
		sc_text_addf(script,
			"set logscale xy\nset format x '%%g'\nset yrange [%.4g:%.4g]\nset ytics "
			"(0.2, "
			"0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 5)\nset xlabel 'measured, µs "
			"(log "
			"scale)'\nset ylabel 'forecast ÷ measured (log scale)'\nset key top right "
			"noautotitle\n",
			1 / reach, reach);
		plot(b, each, script);
		sc_chart_end(script, "forecast");
	}
	good = good && !data->failed && !script->failed && !title.failed && !under.failed;
	free(each);
	sc_text_release_into(&title, script);
	sc_text_release_into(&under, script);
	return good ? SC_OK : sc_fail(err, SC_ENOMEM, "no memory for the chart 'forecast'");
}

static void describe(const sc_study *study, sc_text *out)
{
	sc_text_add(out, "Points of forecast over measured time against measured time. ");
	finding(study->profile, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_forecast = {"forecast",
	"forecasts of latency against measurements, each left out in turn", applies, write,
	describe};
