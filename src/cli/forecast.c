/* `secost cost NET --profile FILE`: the time of every SE block, from a bench of this or another
 * machine. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/bench.h"

/* how much a cell's setting is that of SE in `bench --network`: channels last, over the map */
static int likeness(const sc_bench_case *k)
{
	return 2 * (k->config.layout == SC_SE_NHWC) + k->in_place;
}

/* the profile's first cell; for a network that is run, the first of those most like it there */
static const sc_bench_case *first_setting(const sc_options *o, const sc_bench *b)
{
	const sc_bench_case *best = &b->cell[0].what;
	for (size_t i = 1; i < b->cells && o->network; i++)
		if (likeness(&b->cell[i].what) > likeness(best))
			best = &b->cell[i].what;
	return best;
}

/* The setting to forecast: the profile's, in the cache state asked for, else with weights cold
 * when it has that, because that is what a network sees. */
static sc_bench_case setting_of(const sc_options *o, const sc_bench *b, uint32_t batch)
{
	sc_bench_case k = *first_setting(o, b);
	unsigned state;
	k.config.n = batch;
	if (o->cache && !sc_word_value(SC_WORD_cache, "", o->cache, &state, NULL)) {
		k.cache = (sc_cache_state)state;
		return k;
	}
	for (size_t i = 0; i < b->cells && k.cache != SC_STATE_cold_weights; i++)
		if (b->cell[i].what.cache == SC_STATE_cold_weights)
			k.cache = SC_STATE_cold_weights;
	return k;
}

void forecast_setting(
	const sc_options *o, const sc_bench *b, uint32_t batch, char *out, size_t size)
{
	sc_bench_case k = setting_of(o, b, batch);
	bool like = likeness(&k) == 3;
	snprintf(out, size, "%s, %s, %s%s", sc_word_name(SC_WORD_layout, k.config.layout),
		k.in_place ? "in place" : "out of place", sc_word_name(SC_WORD_cache, k.cache),
		like ? "" : " (SE in the network: nhwc, in place)");
}

static int forecast_one(const sc_options *o, const sc_bench *b, const sc_sheet *sheet, size_t stage,
	uint32_t block, sc_forecast *out)
{
	sc_bench_case k = setting_of(o, b, sheet->batch);
	const sc_se_fact *f = &sheet->row[stage + 1].fact[block];
	sc_err err = {0};
	k.config.c = f->gated.c;
	k.config.h = f->gated.h;
	k.config.w = f->gated.w;
	k.config.squeezed = f->squeezed;
	int code = case_operators(&f->se, &k);
	if (code)
		return code;
	if (sc_bench_forecast(b, &k, o->extrapolate != 0, out, &err))
		return complain("%s: %s", sheet->model->stages.item[stage].name, err.message);
	return 0;
}

int forecast_block(const sc_options *o, const sc_bench *b, const sc_sheet *sheet, size_t stage,
	uint32_t block, double *ns)
{
	sc_forecast t;
	int code = forecast_one(o, b, sheet, stage, block, &t);
	if (!code)
		*ns = t.ns;
	return code;
}

static int forecast_shape(const sc_options *o, const sc_bench *b, const sc_sheet *sheet,
	const sc_se_shape *shape, sc_latency *row)
{
	sc_forecast t;
	int code = forecast_one(o, b, sheet, shape->stage, shape->block, &t);
	if (code)
		return code;
	row->ns += shape->blocks * t.ns;
	row->low += shape->blocks * t.ci95.low;
	row->high += shape->blocks * t.ci95.high;
	return 0;
}

static int describe(const sc_options *o, const sc_bench *b, uint32_t batch, char from[512])
{
	sc_bench_case k = setting_of(o, b, batch);
	sc_forecast_error e = {0};
	char print[17], error[128] = "";
	sc_machine_fingerprint(&b->machine, print);
	sc_err err;
	sc_status s = sc_bench_leave_one_out(b, NULL, &e, &err);
	if (s == SC_ENOMEM)
		return complain("%s", err.message);
	if (!s)
		snprintf(error, sizeof error,
			"; leave-one-out error: median %.1f %%, 95 %% within %.1f %%, worst %.1f "
			"%%",
			100 * e.median, 100 * e.most, 100 * e.worst);
	snprintf(from, 512,
		"forecast for %s (%s), batch %u, threads %u, %s, %s; intervals add up as if all "
		"blocks erred alike%s.",
		b->machine.cpu, print, batch, k.config.threads,
		sc_word_name(SC_WORD_layout, k.config.layout), sc_word_name(SC_WORD_cache, k.cache),
		error);
	return 0;
}

int forecast_sheet(const sc_options *o, const sc_bench *b, const sc_sheet *sheet, sc_latency *out,
	char from[512])
{
	sc_se_shape *shape;
	size_t n;
	sc_err err;
	int code = 0;
	sc_latency *total = &out[sheet->rows];
	memset(out, 0, (sheet->rows + 1) * sizeof *out);
	if (sc_se_shapes(sheet, &shape, &n, &err))
		return complain("%s", err.message);
	for (size_t i = 0; i < n && !code; i++)
		code = forecast_shape(o, b, sheet, &shape[i], &out[shape[i].stage + 1]);
	free(shape);
	for (size_t i = 0; i < sheet->rows; i++) {
		total->ns += out[i].ns;
		total->low += out[i].low;
		total->high += out[i].high;
	}
	return code ? code : describe(o, b, sheet->batch, from);
}
