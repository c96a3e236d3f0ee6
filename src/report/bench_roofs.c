/* What SE moves and computes, and what the machine can. */
#include <stdio.h>
#include <string.h>

#include "report/bench.h"

sc_grid *sc_bench_phases_grid(const sc_bench *b)
{
	sc_grid *g = sc_grid_new("phases", "what one block moves and computes, by phase");
	sc_grid_narrow(g, "stage,ratio,phase,bytes,flops,flops_per_byte");
	sc_grid_column(g, SC_COLUMN_text, "stage", "stage", 0);
	sc_grid_column(g, SC_COLUMN_text, "ratio", "r", 0);
	sc_grid_column(g, SC_COLUMN_exact, "batch", "batch", 0);
	sc_grid_column(g, SC_COLUMN_text, "phase", "phase", 0);
	sc_grid_column(g, SC_COLUMN_exact, "bytes", "bytes", 0);
	sc_grid_column(g, SC_COLUMN_exact, "flops", "FLOPs", 0);
	sc_grid_column(g, SC_COLUMN_real, "flops_per_byte", "FLOP/byte", 2);
	for (size_t i = 0; i < b->cells; i++) {
		const sc_bench_cell *c = &b->cell[i];
		bool again = i && !strcmp(b->cell[i - 1].what.stage, c->what.stage) &&
			     b->cell[i - 1].what.ratio == c->what.ratio;
		for (int p = 0; p < SC_PHASE__N && c->what.in_use && !again; p++) {
			char ratio[32];
			snprintf(ratio, sizeof ratio, "%.5g", c->what.ratio);
			sc_grid_row(g, SC_ROW_plain);
			sc_grid_text(g, c->what.stage);
			sc_grid_text(g, ratio);
			sc_grid_count(g, c->what.config.n);
			sc_grid_text(g, sc_phase_name((size_t)p));
			sc_grid_count(g, c->phase[p].bytes);
			sc_grid_count(g, c->phase[p].flops);
			sc_grid_real(g, (double)c->phase[p].flops / (double)c->phase[p].bytes);
		}
	}
	return g;
}

/* --- roofs --- */

static void roof_row(
	sc_grid *g, const sc_bench *b, unsigned threads, const char *level, double bytes)
{
	sc_grid_row(g, SC_ROW_plain);
	sc_grid_count(g, threads);
	sc_grid_text(g, level);
	sc_grid_count(g, (uint64_t)bytes);
	for (int t = 0; t < SC_TRAFFIC__N; t++) {
		double gbps = sc_roofs_gbps(&b->roofs, (sc_traffic)t, threads, bytes);
		if (gbps > 0)
			sc_grid_real(g, gbps);
		else
			sc_grid_unknown(g);
	}
	sc_grid_real(g, sc_roofs_gflops(&b->roofs, threads));
}

/* --- levels --- */

static void reported(const sc_bench *b, size_t i, sc_grid *g)
{
	if (i < b->machine.caches)
		sc_grid_count(g, b->machine.cache[i].bytes);
	else
		sc_grid_unknown(g);
}

/* What a thread has, found by a sweep, beside what the machine reports; NULL without a sweep. */
sc_grid *sc_bench_levels_grid(const sc_bench *b)
{
	if (!b->sweep.levels)
		return NULL;
	sc_grid *g = sc_grid_new("levels", "the caches that one thread has");
	sc_grid_column(g, SC_COLUMN_text, "level", "level", 0);
	sc_grid_column(g, SC_COLUMN_exact, "measured_bytes", "measured, bytes", 0);
	sc_grid_column(g, SC_COLUMN_exact, "reported_bytes", "reported, bytes", 0);
	sc_grid_column(g, SC_COLUMN_real, "load_ns", "load, ns", 1);
	for (size_t i = 0; i < b->sweep.levels; i++) {
		const sc_level *l = &b->sweep.level[i];
		char name[16] = "memory";
		if (l->bytes)
			snprintf(name, sizeof name, "L%u", (unsigned)i + 1);
		sc_grid_row(g, SC_ROW_plain);
		sc_grid_text(g, name);
		if (l->bytes)
			sc_grid_count(g, l->bytes);
		else
			sc_grid_nothing(g);
		if (l->bytes)
			reported(b, i, g);
		else
			sc_grid_nothing(g);
		sc_grid_real(g, l->ns);
	}
	sc_grid_note(g,
		"measured: where loads that wait for each other begin to take longer, in a "
		"sweep of %zu footprints; what others on the machine leave of a shared cache; "
		"reported: by the system, level by level",
		b->sweep.steps);
	return g;
}

/* --- bandwidths --- */

/* each level by a footprint of half its size, memory by four times the last */
sc_grid *sc_bench_roofs_grid(const sc_bench *b)
{
	size_t cache[SC_CACHES_MAX], caches = sc_bench_caches(b, cache);
	sc_grid *g = sc_grid_new("roofs", "what the machine can do");
	sc_grid_narrow(g, "level,read_gbytes_per_second,fma_gflops,copy_gbytes_per_second,threads");
	sc_grid_column(g, SC_COLUMN_exact, "threads", "threads", 0);
	sc_grid_column(g, SC_COLUMN_text, "level", "level", 0);
	sc_grid_column(g, SC_COLUMN_exact, "footprint_bytes", "footprint, bytes", 0);
	sc_grid_column(g, SC_COLUMN_real, "read_gbytes_per_second", "read, GB/s", 1);
	sc_grid_column(g, SC_COLUMN_real, "copy_gbytes_per_second", "copy, GB/s", 1);
	sc_grid_column(g, SC_COLUMN_real, "update_gbytes_per_second", "update, GB/s", 1);
	sc_grid_column(g, SC_COLUMN_real, "fma_gflops", "FMA peak, GFLOP/s", 1);
	for (size_t p = 0; p < b->roofs.peaks; p++) {
		unsigned threads = b->roofs.peak[p].threads;
		for (size_t i = 0; i < caches; i++) {
			char level[16];
			snprintf(level, sizeof level, "L%u", (unsigned)i + 1);
			roof_row(g, b, threads, level, (double)cache[i] / 2);
		}
		roof_row(g, b, threads, "memory", 4.0 * (double)sc_bench_last_cache(b));
	}
	sc_grid_note(g,
		"bytes read and written over time, the best of many tries; a level is taken "
		"at half its size, memory at four times the last cache");
	return g;
}
