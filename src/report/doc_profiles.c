/* `secost compare --profile A --profile B`: the same cells on several machines, the first being the
 * one to compare with. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/cells.h"
#include "secost/bench.h"

static bool same_case(const sc_bench_case *a, const sc_bench_case *b)
{
	const sc_se_config *x = &a->config, *y = &b->config;
	return x->n == y->n && x->c == y->c && x->h == y->h && x->w == y->w &&
	       x->squeezed == y->squeezed && x->threads == y->threads && x->layout == y->layout &&
	       x->map == y->map && x->weights == y->weights && x->pool == y->pool &&
	       x->act == y->act && x->gate == y->gate && x->epilogue == y->epilogue &&
	       a->in_place == b->in_place && a->bias == b->bias && a->cache == b->cache;
}

static const sc_bench_cell *find(const sc_bench *b, const sc_bench_case *k)
{
	for (size_t i = 0; i < b->cells; i++)
		if (b->cell[i].summary.n > 1 && same_case(&b->cell[i].what, k))
			return &b->cell[i];
	return NULL;
}

static void name_of(const sc_bench *b, size_t index, char *out, size_t size)
{
	char print[17];
	sc_machine_fingerprint(&b->machine, print);
	snprintf(out, size, "%c: %.40s (%.8s)", (char)('A' + index), b->machine.cpu, print);
}

/* --- cells --- */

static void columns(sc_grid *g)
{
	sc_grid_column(g, SC_COLUMN_text, "profile", "profile", 0);
	sc_grid_column(g, SC_COLUMN_text, "stage", "cell", 0);
	sc_cells_shape_columns(g);
	sc_grid_column(g, SC_COLUMN_exact, "width_squeezed", "d", 0);
	sc_grid_column(g, SC_COLUMN_exact, "batch", "batch", 0);
	sc_grid_column(g, SC_COLUMN_exact, "threads", "threads", 0);
	sc_grid_column(g, SC_COLUMN_text, "cache", "cache", 0);
	sc_grid_column(g, SC_COLUMN_real, "latency_first_us", "A, µs", 1);
	sc_grid_column(g, SC_COLUMN_real, "latency_us", "µs", 1);
	sc_grid_column(g, SC_COLUMN_real, "ratio", "over A", 3);
	sc_grid_column(g, SC_COLUMN_real, "ratio_low", "low", 3);
	sc_grid_column(g, SC_COLUMN_real, "ratio_high", "high", 3);
	sc_grid_column(g, SC_COLUMN_text, "differs", "differs", 0);
}

static void row(sc_grid *g, const char *profile, const sc_bench_cell *a, const sc_bench_cell *b,
	const sc_comparison *c)
{
	char text[64];
	const sc_se_config *k = &a->what.config;
	sc_grid_row(g, c->differs ? SC_ROW_plain : SC_ROW_dim);
	snprintf(text, sizeof text, "%.1s", profile);
	sc_grid_text(g, text);
	sc_grid_text(g, a->what.stage);
	sc_cells_shape(g, (sc_shape){(uint32_t)k->c, (uint32_t)k->h, (uint32_t)k->w});
	sc_grid_count(g, k->squeezed);
	sc_grid_count(g, k->n);
	sc_grid_count(g, k->threads);
	sc_grid_text(g, sc_word_name(SC_WORD_cache, a->what.cache));
	sc_grid_real(g, a->summary.median / 1e3);
	sc_grid_real(g, b->summary.median / 1e3);
	sc_grid_real(g, c->ratio);
	sc_grid_real(g, c->ci95.low);
	sc_grid_real(g, c->ci95.high);
	sc_grid_text(g, c->differs ? "yes" : "not shown");
}

/* --- one profile against the first --- */

typedef struct tally {
	size_t cells, differ, overlap; /* overlap: the intervals of both medians */
	size_t expected, foreseen; /* cells of A that say where a next run falls; that were right */
	double log_sum;
} tally;

static void count(tally *t, const sc_bench_cell *a, const sc_bench_cell *b, const sc_comparison *c)
{
	const sc_summary *x = &a->summary, *y = &b->summary;
	t->cells++;
	t->differ += c->differs;
	t->overlap += x->ci95.low <= y->ci95.high && y->ci95.low <= x->ci95.high;
	if (x->next95.high > 0) {
		t->expected++;
		t->foreseen += y->median >= x->next95.low && y->median <= x->next95.high;
	}
	t->log_sum += log(c->ratio);
}

static double percent(size_t part, size_t all)
{
	return all ? 100 * (double)part / (double)all : 0;
}

static void say(sc_document *doc, const char *profile, const char *first, const tally *t)
{
	double ratio = t->cells ? exp(t->log_sum / (double)t->cells) : 1;
	if (!t->cells) {
		sc_document_answer(doc, "%s has no cell in common with %s.", profile, first);
		return;
	}
	sc_document_answer(doc,
		"%s takes %.3f times as long as %s (geometric mean of %zu cells); %zu differ; in "
		"%zu (%.0f %%) the intervals of both medians overlap.",
		profile, ratio, first, t->cells, t->differ, t->overlap,
		percent(t->overlap, t->cells));
	if (t->expected)
		sc_document_answer(doc,
			"In %zu of %zu cells (%.0f %%) its median lies where %.1s says that a next "
			"run falls; 95 %% are meant to, of a run on the same machine.",
			t->foreseen, t->expected, percent(t->foreseen, t->expected), first);
}

/* of two runs: the level of either may be off by its reach */
static bool compare_cells(const sc_bench *a, const sc_bench_cell *x, const sc_bench *b,
	const sc_bench_cell *y, sc_comparison *c)
{
	const sc_samples of_x = sc_timing_samples(&x->timing), of_y = sc_timing_samples(&y->timing);
	if (sc_compare_samples(&of_y, &of_x, false, SC_RESAMPLES, a->settings.seed, c, NULL))
		return false;
	double reach = c->ratio * hypot(a->drift.reach, b->drift.reach);
	c->ci95.low = c->ratio - hypot(c->ratio - c->ci95.low, reach);
	c->ci95.high = c->ratio + hypot(c->ci95.high - c->ratio, reach);
	sc_comparison_judge(c);
	return true;
}

static void compare(
	sc_document *doc, sc_grid *g, const sc_bench *a, const sc_bench *b, size_t index)
{
	char profile[80], first[80];
	tally t = {0};
	name_of(a, 0, first, sizeof first);
	name_of(b, index, profile, sizeof profile);
	for (size_t i = 0; i < a->cells; i++) {
		const sc_bench_cell *x = &a->cell[i], *y = find(b, &x->what);
		sc_comparison c;
		if (!y || x->summary.n < 2 || !compare_cells(a, x, b, y, &c))
			continue;
		row(g, profile, x, y, &c);
		count(&t, x, y, &c);
	}
	say(doc, profile, first, &t);
}

sc_document *sc_profiles_document(const sc_bench *const *b, size_t n)
{
	char name[80];
	sc_document *doc = sc_document_new("Profiles side by side");
	sc_grid *g = sc_grid_new("profiles", "the same cells");
	columns(g);
	for (size_t i = 0; i < n; i++) {
		name_of(b[i], i, name, sizeof name);
		sc_document_heading(doc, "%s, %u cores, %s, %s, %.0f → %.0f MHz", name,
			b[i]->machine.cores, b[i]->machine.library, b[i]->settings.date,
			b[i]->machine.mhz[0], b[i]->machine.mhz[1]);
	}
	for (size_t i = 1; i < n; i++)
		compare(doc, g, b[0], b[i], i);
	sc_grid_note(g,
		"over A: ratio of medians, with its 95 %% interval, from rounds where both have "
		"them, else a bootstrap of samples, and as far wider as the level of a run "
		"wanders; differs: by that interval");
	sc_document_grid(doc, g);
	return doc;
}
