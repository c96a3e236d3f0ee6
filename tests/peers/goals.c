/* Issue 3's "Numbers to reach", computed: a goal is a ratio over some cells, judged by its
 * geometric mean and by its worst cell. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "table.h"

enum { RESNET = 1, SMALL = 2, ANY = 3, BATCHED = 32 }; /* shapes; n of "8 and 32" */
enum { SMALL_FLOATS = 100000 };

/* `over` / `under` times of two peers ("floor" is the floor's), in the cells that fit. */
typedef struct goal {
	const char *text, *over, *under;
	int shapes;
	size_t n; /* 1, BATCHED, or 0 for all */
	unsigned threads;
	bool cold;
	double mean, worst; /* goals, 0 for none; with `at_most`, the mean alone may be less */
	bool at_most;
} goal;

#define BOTH_THREADS(...) \
	{__VA_ARGS__, .threads = 1}, \
	{ \
		__VA_ARGS__, .threads = 2 \
	}
#define NEVER_SLOWER(peer) \
	BOTH_THREADS(.text = "never over 5 % slower than " peer, .over = peer, .under = "secost", \
		.shapes = ANY, .worst = 1 / 1.05)
#define FASTER(peer, one, two) \
	{.text = "faster than " peer ", N 1", \
		.over = peer, \
		.under = "secost", \
		.shapes = ANY, \
		.n = 1, \
		.threads = 1, \
		.mean = one}, \
	{ \
		.text = "faster than " peer ", N 1", .over = peer, .under = "secost", \
		.shapes = ANY, .n = 1, .threads = 2, .mean = two \
	}
#define COLD(peer) \
	BOTH_THREADS(.text = "cold weights, as fast as " peer, .over = peer, .under = "secost", \
		.shapes = ANY, .n = 1, .cold = true, .worst = 1)
#define FUSED_GOAL(text_, n_, mean_) \
	BOTH_THREADS(.text = "residual epilogue against PyTorch, " text_, \
		.over = "PyTorch SE + add + relu", .under = "secost fused", .shapes = ANY, \
		.n = n_, .mean = mean_)

static const goal goals[] = {
	BOTH_THREADS(.text = "floor / time, SE-ResNet-50 shapes, N 1", .over = "floor",
		.under = "secost", .shapes = RESNET, .n = 1, .mean = 0.97, .worst = 0.88),
	BOTH_THREADS(.text = "floor / time, under 100,000 floats, N 1", .over = "floor",
		.under = "secost", .shapes = SMALL, .n = 1, .mean = 0.9, .worst = 0.75),
	BOTH_THREADS(.text = "floor / time, all shapes, N 8 and 32", .over = "floor",
		.under = "secost", .shapes = ANY, .n = BATCHED, .mean = 0.97, .worst = 0.8),
	NEVER_SLOWER("oneDNN"),
	NEVER_SLOWER("XNNPACK"),
	NEVER_SLOWER("ONNX Runtime"),
	NEVER_SLOWER("PyTorch"),
	FASTER("oneDNN", 1.15, 2),
	FASTER("XNNPACK", 0, 2),
	FASTER("ONNX Runtime", 1.7, 2),
	FASTER("PyTorch", 1.7, 2),
	COLD("oneDNN"),
	COLD("XNNPACK"),
	COLD("ONNX Runtime"),
	COLD("PyTorch"),
	FUSED_GOAL("N 1", 1, 2.6),
	FUSED_GOAL("N 8 and 32", BATCHED, 2),
	BOTH_THREADS(.text = "bf16 / fp32 time, map over L2", .over = "secost bf16",
		.under = "secost", .shapes = ANY, .worst = 0.6, .at_most = true),
	BOTH_THREADS(.text = "scalar / best row", .over = "secost scalar", .under = "secost",
		.shapes = ANY, .mean = 4),
};

static double l2_bytes(const table *t)
{
	const char *at = strstr(table_about(t, "caches"), "L2 ");
	return at ? 1024 * strtod(at + 3, NULL) : 0;
}

static bool fits(const table *t, const goal *g, const cell *at)
{
	const bench_shape *s = bench_shape_at(at->shape);
	double map = (double)(s->c * s->h * s->h);
	int kind = bench_is_resnet(at->shape) ? RESNET : map < SMALL_FLOATS ? SMALL : ANY - 3;
	if (g->shapes != ANY && g->shapes != kind)
		return false;
	if (g->n && (g->n == 1) != (at->n == 1))
		return false;
	if (g->at_most && 4 * map * (double)at->n <= l2_bytes(t))
		return false;
	return at->threads == g->threads && at->cold == g->cold;
}

/* 0 when either is not there */
static double ratio(const table *t, const goal *g, const cell *at)
{
	const row *under = table_best(t, at, g->under);
	const row *over = strcmp(g->over, "floor") ? table_best(t, at, g->over) : NULL;
	if (!under || (!over && strcmp(g->over, "floor")))
		return 0;
	return (over ? over->over : 1) / under->over;
}

typedef struct result {
	double log_sum, worst;
	size_t cells, fails;
	cell where;
} result;

static bool is_worse(const goal *g, double a, double b)
{
	return g->at_most ? a > b : a < b;
}

static bool next_cell(cell *at)
{
	static const size_t batch[] = {1, 8, 32};
	size_t i = at->n == 1 ? 0 : at->n == 8 ? 1 : 2;
	if (bench_shape_at(at->shape + 1)) {
		at->shape++;
		return true;
	}
	at->shape = 0;
	at->n = i < 2 ? batch[i + 1] : 0;
	return i < 2;
}

/* all cells of a goal; with `out`, those that are short are listed */
static result judge(const table *t, const goal *g, FILE *out)
{
	result r = {0};
	cell at = {.n = 1, .threads = g->threads, .cold = g->cold};
	char name[64];
	do {
		double q = fits(t, g, &at) ? ratio(t, g, &at) : 0;
		if (q <= 0)
			continue;
		r.log_sum += log(q);
		if (!r.cells++ || is_worse(g, q, r.worst)) {
			r.worst = q;
			r.where = at;
		}
		if (g->worst <= 0 || !is_worse(g, q, g->worst))
			continue;
		if (out)
			fprintf(out, "%s%s N %zu (%.2f)", r.fails ? ", " : "",
				table_shape(name, at.shape), at.n, q);
		r.fails++;
	} while (next_cell(&at));
	return r;
}

static void verdict(FILE *out, const goal *g, double got, double wanted)
{
	if (wanted <= 0)
		fprintf(out, "%.2f", got);
	else if (!is_worse(g, got, wanted))
		fprintf(out, "%.2f, met", got);
	else
		fprintf(out, "**%.2f, %s by %.1f %%**", got, g->at_most ? "over" : "short",
			100 * fabs(got / wanted - 1));
}

static void wanted(FILE *out, const goal *g, double value)
{
	if (value > 0)
		fprintf(out, " %s %.2f |", g->at_most ? "at most" : "at least", value);
	else
		fprintf(out, " – |");
}

static void line(const table *t, const goal *g, FILE *out)
{
	result r = judge(t, g, NULL);
	char name[64];
	fprintf(out, "| %s, %u thread%s |", g->text, g->threads, g->threads > 1 ? "s" : "");
	if (!r.cells) {
		fprintf(out, " – | not measured | – | not measured | – |\n");
		return;
	}
	wanted(out, g, g->mean);
	fprintf(out, " ");
	verdict(out, g, exp(r.log_sum / (double)r.cells), g->mean);
	fprintf(out, " |");
	wanted(out, g, g->worst);
	fprintf(out, " ");
	verdict(out, g, r.worst, g->worst);
	fprintf(out, " | %s N %zu |\n", table_shape(name, r.where.shape), r.where.n);
}

static void shortfalls(const table *t, FILE *out)
{
	fprintf(out, "\nCells short of a goal's worst case:\n\n");
	size_t all = 0;
	for (size_t i = 0; i < sizeof goals / sizeof *goals; i++) {
		result r = judge(t, &goals[i], NULL);
		if (!r.fails)
			continue;
		all += r.fails;
		fprintf(out, "* %s, %u thread%s: %zu of %zu: ", goals[i].text, goals[i].threads,
			goals[i].threads > 1 ? "s" : "", r.fails, r.cells);
		judge(t, &goals[i], out);
		fprintf(out, "\n");
	}
	if (!all)
		fprintf(out, "none.\n");
}

void table_goals(const table *t, FILE *out)
{
	fprintf(out, "| ratio | goal, geometric mean | measured | goal, worst cell | measured | "
		     "worst cell "
		     "|\n|---|---|---|---|---|---|\n");
	for (size_t i = 0; i < sizeof goals / sizeof *goals; i++)
		line(t, &goals[i], out);
	shortfalls(t, out);
}
