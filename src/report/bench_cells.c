/* A bench as a table: a row for each cell, the columns that its settings need. */
#include <stdio.h>
#include <string.h>

#include "report/bench.h"
#include "report/cells.h"

static const char *shown(bool is, const char *title)
{
	return is ? title : NULL;
}

static bool has_rounds(const sc_bench *b)
{
	for (size_t i = 0; i < b->cells; i++)
		if (b->cell[i].summary.rounds >= SC_ROUNDS_MIN)
			return true;
	return false;
}

static void columns(sc_grid *g, const sc_varying *v, bool rounds)
{
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(g, SC_COLUMN_exact, "blocks", "N", 0);
	sc_cells_shape_columns(g);
	sc_grid_column(g, SC_COLUMN_text, "ratio", "r", 0);
	sc_grid_column(g, SC_COLUMN_exact, "width_squeezed", "d", 0);
	sc_grid_column(g, SC_COLUMN_exact, "batch", shown(v->batch, "batch"), 0);
	sc_grid_column(g, SC_COLUMN_exact, "threads", shown(v->threads, "threads"), 0);
	sc_grid_column(g, SC_COLUMN_text, "layout", shown(v->layout, "layout"), 0);
	sc_grid_column(g, SC_COLUMN_text, "dtype", shown(v->dtype, "type"), 0);
	sc_grid_column(g, SC_COLUMN_text, "kernel", shown(v->kernel, "kernel"), 0);
	sc_grid_column(g, SC_COLUMN_text, "operators", shown(v->operators, "operators"), 0);
	sc_grid_column(g, SC_COLUMN_text, "setting", NULL, 0);
	sc_grid_column(g, SC_COLUMN_text, "cache", "cache", 0);
	sc_grid_column(g, SC_COLUMN_real, "latency_median_us", "µs", 1);
	sc_grid_column(g, SC_COLUMN_text, NULL, "95 %", 0);
	sc_grid_column(g, SC_COLUMN_real, "latency_low_us", NULL, 1);
	sc_grid_column(g, SC_COLUMN_real, "latency_high_us", NULL, 1);
	sc_grid_column(g, SC_COLUMN_real, "latency_p25_us", NULL, 1);
	sc_grid_column(g, SC_COLUMN_real, "latency_p75_us", NULL, 1);
	sc_grid_column(g, SC_COLUMN_text, NULL, shown(rounds, "next run"), 0);
	sc_grid_column(g, SC_COLUMN_real, "latency_next_low_us", NULL, 1);
	sc_grid_column(g, SC_COLUMN_real, "latency_next_high_us", NULL, 1);
	sc_grid_column(g, SC_COLUMN_share, "within_rounds", shown(rounds, "within"), 1);
	sc_grid_column(g, SC_COLUMN_share, "between_rounds", shown(rounds, "between"), 1);
	sc_grid_column(g, SC_COLUMN_share, "time_share", "of SE time", 1);
	sc_grid_column(g, SC_COLUMN_count, "se_params", "SE params", 0);
	sc_grid_column(g, SC_COLUMN_real, "flops_per_byte", NULL, 3);
	sc_grid_column(g, SC_COLUMN_real, "gflops_per_second", NULL, 3);
	sc_grid_column(g, SC_COLUMN_share, "roof_share", "of roof", 0);
	sc_grid_column(g, SC_COLUMN_real, "gbytes_per_second", "GB/s", 1);
	sc_grid_column(g, SC_COLUMN_count, "se_flops", "SE FLOPs", 0);
	sc_grid_column(g, SC_COLUMN_count, "se_bytes", "SE bytes", 0);
	sc_grid_column(g, SC_COLUMN_real, "first_call_us", "first call", 1);
	sc_grid_column(g, SC_COLUMN_exact, "rounds", "rounds", 0);
	sc_grid_column(g, SC_COLUMN_exact, "samples", "samples", 0);
	sc_grid_column(g, SC_COLUMN_exact, "outliers", "outliers", 0);
	sc_grid_column(g, SC_COLUMN_text, "stopped_by", "stopped by", 0);
}

static void case_cells(sc_grid *g, const sc_bench_case *k, const sc_varying *v)
{
	char text[160];
	const sc_se_config *c = &k->config;
	sc_grid_text(g, k->stage);
	sc_grid_count(g, k->blocks);
	sc_cells_shape(g, (sc_shape){(uint32_t)c->c, (uint32_t)c->h, (uint32_t)c->w});
	snprintf(text, sizeof text, "%.5g", k->ratio);
	sc_grid_text(g, text);
	sc_grid_count(g, c->squeezed);
	sc_grid_count(g, c->n);
	sc_grid_count(g, c->threads);
	sc_grid_text(g, sc_word_name(SC_WORD_layout, c->layout));
	sc_grid_text(g, sc_word_name(SC_WORD_dtype, c->map));
	sc_grid_text(g, k->row);
	sc_bench_operators(k, text, sizeof text);
	sc_grid_text(g, text);
	sc_bench_setting(k, v, text, sizeof text);
	sc_grid_text(g, text);
	sc_grid_text(g, sc_word_name(SC_WORD_cache, k->cache));
}

static void interval_text(sc_interval i, char *out, size_t size)
{
	int decimals = i.high < 1e4 ? 2 : i.high < 1e6 ? 1 : 0;
	snprintf(out, size, "%.*f … %.*f", decimals, i.low / 1e3, decimals, i.high / 1e3);
}

static void rounds_cells(sc_grid *g, const sc_summary *s)
{
	char text[64];
	if (s->rounds < SC_ROUNDS_MIN) {
		for (int i = 0; i < 5; i++)
			sc_grid_unknown(g);
		return;
	}
	interval_text(s->next95, text, sizeof text);
	sc_grid_text(g, text);
	sc_grid_real(g, s->next95.low / 1e3);
	sc_grid_real(g, s->next95.high / 1e3);
	sc_grid_share(g, s->within);
	sc_grid_share(g, s->between);
}

static void latency_cells(sc_grid *g, const sc_bench_cell *c)
{
	char text[64];
	if (!c->summary.n) {
		for (int i = 0; i < 11; i++)
			sc_grid_unknown(g);
		return;
	}
	interval_text(c->summary.ci95, text, sizeof text);
	sc_grid_real(g, c->summary.median / 1e3);
	sc_grid_text(g, text);
	sc_grid_real(g, c->summary.ci95.low / 1e3);
	sc_grid_real(g, c->summary.ci95.high / 1e3);
	sc_grid_real(g, c->summary.p25 / 1e3);
	sc_grid_real(g, c->summary.p75 / 1e3);
	rounds_cells(g, &c->summary);
}

static void share_or_unknown(sc_grid *g, double share)
{
	if (share > 0)
		sc_grid_share(g, share);
	else
		sc_grid_unknown(g);
}

static void row(sc_grid *g, const sc_bench_cell *c, const sc_varying *v)
{
	sc_grid_row(g, c->what.in_use ? SC_ROW_plain : SC_ROW_dim);
	case_cells(g, &c->what, v);
	latency_cells(g, c);
	share_or_unknown(g, c->share);
	sc_grid_count(g, c->params * c->what.blocks);
	sc_grid_real(g, (double)c->flops / (double)c->bytes);
	if (c->summary.n)
		sc_grid_real(g, (double)c->flops / c->summary.median);
	else
		sc_grid_unknown(g);
	share_or_unknown(g, c->efficiency);
	if (c->summary.n)
		sc_grid_real(g, (double)c->bytes / c->summary.median);
	else
		sc_grid_unknown(g);
	sc_grid_count(g, c->flops * c->what.blocks);
	sc_grid_count(g, c->bytes * c->what.blocks);
	sc_grid_real(g, c->timing.first_ns / 1e3);
	sc_grid_count(g, c->summary.rounds);
	sc_grid_count(g, c->summary.n);
	sc_grid_count(g, c->summary.outliers);
	sc_grid_text(g, sc_stop_name(c->timing.stop));
}

sc_grid *sc_bench_cells_grid(const sc_bench *b, const sc_varying *v)
{
	sc_grid *g = sc_grid_new("latency", "latency by stage and ratio");
	sc_grid_narrow(g, "stage,ratio,cache,batch,threads,layout,dtype,kernel,latency_median_us,"
			  "95 %,time_share");
	bool rounds = has_rounds(b);
	sc_bench_grid_conditions(g, b);
	columns(g, v, rounds);
	for (size_t i = 0; i < b->cells; i++)
		row(g, &b->cell[i], v);
	sc_grid_note(g,
		"µs: median of one block; 95 %%: interval of the median%s; of SE time: of all "
		"measured blocks of the network at this ratio; params, FLOPs and bytes: of all N "
		"blocks; of roof: time that the machine's roofs allow over the median; ratios in "
		"use are not dimmed",
		rounds ? "; next run: where the median of another run falls, 19 times in 20; "
			 "within, between: scatter of samples about their round, and of rounds"
		       : "");
	return g;
}
