/* Goals, computed: a goal is a ratio over some cells, judged by its geometric mean and by its worst
 * cell. */
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
	bool cold, at_most;
	double mean[2], worst; /* wanted, the mean on one thread and on two; 0 for nothing */
} goal;

static const goal goals[] = {
	{"floor / time, SE-ResNet-50 shapes, N 1", "floor", "secost", RESNET, 1, .mean = {1, 1},
		.worst = 0.9},
	{"floor / time, under 100,000 floats, N 1", "floor", "secost", SMALL, 1,
		.mean = {0.95, 0.95}, .worst = 0.75},
	{"floor / time, all shapes, N 8 and 32", "floor", "secost", ANY, BATCHED,
		.mean = {0.97, 0.97}, .worst = 0.85},
	{"never over 5 % slower than oneDNN", "oneDNN", "secost", ANY, 0, .worst = 1 / 1.05},
	{"never over 5 % slower than XNNPACK", "XNNPACK", "secost", ANY, 0, .worst = 1 / 1.05},
	{"never over 5 % slower than ONNX Runtime", "ONNX Runtime", "secost", ANY, 0,
		.worst = 1 / 1.05},
	{"never over 5 % slower than PyTorch", "PyTorch", "secost", ANY, 0, .worst = 1 / 1.05},
	{"faster than oneDNN, N 1", "oneDNN", "secost", ANY, 1, .mean = {1.15, 2}},
	{"faster than XNNPACK, N 1", "XNNPACK", "secost", ANY, 1, .mean = {0, 2}},
	{"faster than ONNX Runtime, N 1", "ONNX Runtime", "secost", ANY, 1, .mean = {1.7, 2}},
	{"faster than PyTorch, N 1", "PyTorch", "secost", ANY, 1, .mean = {1.7, 2}},
	{"cold weights, as fast as oneDNN", "oneDNN", "secost", ANY, 1, .cold = true, .worst = 1},
	{"cold weights, as fast as XNNPACK", "XNNPACK", "secost", ANY, 1, .cold = true,
		.mean = {1.1, 1.1}, .worst = 1},
	{"cold weights, as fast as ONNX Runtime", "ONNX Runtime", "secost", ANY, 1, .cold = true,
		.worst = 1},
	{"cold weights, as fast as PyTorch", "PyTorch", "secost", ANY, 1, .cold = true, .worst = 1},
	{"residual epilogue against PyTorch, N 1", "PyTorch SE + add + relu", "secost fused", ANY,
		1, .mean = {2.6, 2.6}},
	{"residual epilogue against PyTorch, N 8 and 32", "PyTorch SE + add + relu", "secost fused",
		ANY, BATCHED, .mean = {2, 2}},
	{"bf16 / fp32 time, map over L2", "secost bf16", "secost", ANY, 0, .at_most = true,
		.mean = {0.55, 0.55}, .worst = 0.8},
	{"scalar / best row", "secost scalar", "secost", ANY, 0, .mean = {4, 4}},
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
	return at->cold == g->cold;
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
static result judge(const table *t, const goal *g, unsigned threads, FILE *out)
{
	result r = {0};
	cell at = {.n = 1, .threads = threads, .cold = g->cold};
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

static void line(const table *t, const goal *g, unsigned threads, FILE *out)
{
	result r = judge(t, g, threads, NULL);
	double mean = g->mean[threads - 1];
	char name[64];
	fprintf(out, "| %s, %u thread%s |", g->text, threads, threads > 1 ? "s" : "");
	if (!r.cells) {
		fprintf(out, " – | not measured | – | not measured | – |\n");
		return;
	}
	wanted(out, g, mean);
	fprintf(out, " ");
	verdict(out, g, exp(r.log_sum / (double)r.cells), mean);
	fprintf(out, " |");
	wanted(out, g, g->worst);
	fprintf(out, " ");
	verdict(out, g, r.worst, g->worst);
	fprintf(out, " | %s N %zu |\n", table_shape(name, r.where.shape), r.where.n);
}

enum { GOALS = sizeof goals / sizeof *goals };

static void shortfalls(const table *t, FILE *out)
{
	fprintf(out, "\nCells short of a goal's worst case:\n\n");
	size_t all = 0;
	for (size_t i = 0; i < 2 * (size_t)GOALS; i++) {
		const goal *g = &goals[i / 2];
		unsigned threads = 1 + (unsigned)(i % 2);
		result r = judge(t, g, threads, NULL);
		if (!r.fails)
			continue;
		all += r.fails;
		fprintf(out, "* %s, %u thread%s: %zu of %zu: ", g->text, threads,
			threads > 1 ? "s" : "", r.fails, r.cells);
		judge(t, g, threads, out);
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
	for (size_t i = 0; i < 2 * (size_t)GOALS; i++)
		line(t, &goals[i / 2], 1 + (unsigned)(i % 2), out);
	shortfalls(t, out);
}

/* --- several machines --- */

static void machine_cell(const table *t, const goal *g, unsigned threads, FILE *out)
{
	result r = judge(t, g, threads, NULL);
	char name[64];
	if (!r.cells) {
		fprintf(out, " not measured |");
		return;
	}
	fprintf(out, " ");
	verdict(out, g, exp(r.log_sum / (double)r.cells), g->mean[threads - 1]);
	fprintf(out, "; ");
	verdict(out, g, r.worst, g->worst);
	fprintf(out, " (%s N %zu; %zu cells) |", table_shape(name, r.where.shape), r.where.n,
		r.cells);
}

static void wanted_both(FILE *out, const goal *g, unsigned threads)
{
	const char *word = g->at_most ? "≤" : "≥";
	if (g->mean[threads - 1] > 0)
		fprintf(out, " mean %s %.2f", word, g->mean[threads - 1]);
	if (g->worst > 0)
		fprintf(out, "%s worst %s %.2f", g->mean[threads - 1] > 0 ? "," : "", word,
			g->worst);
	fprintf(out, " |");
}

void table_compare(const table *t, size_t count, FILE *out)
{
	char name[128];
	fprintf(out, "| ratio | goal |");
	for (size_t i = 0; i < count; i++) {
		table_fingerprint(&t[i], name);
		fprintf(out, " [%s](%s/README.md)%s |", name, name,
			*table_about(&t[i], "note") ? " ¹" : "");
	}
	fprintf(out, "\n|---|---|");
	for (size_t i = 0; i < count; i++)
		fprintf(out, "---|");
	fprintf(out, "\n");
	for (size_t k = 0; k < 2 * (size_t)GOALS; k++) {
		const goal *g = &goals[k / 2];
		unsigned threads = 1 + (unsigned)(k % 2);
		fprintf(out, "| %s, %u thread%s |", g->text, threads, threads > 1 ? "s" : "");
		wanted_both(out, g, threads);
		for (size_t i = 0; i < count; i++)
			machine_cell(&t[i], g, threads, out);
		fprintf(out, "\n");
	}
}

/* --- in how many cells nobody is faster --- */

static int ahead_in(const table *t, const cell *at)
{
	const row *own = table_best(t, at, "secost");
	int others = 0;
	for (size_t i = 1; i < COMPARED && own; i++) {
		const row *r = table_best(t, at, table_peer[i]);
		if (r && r->over < own->over)
			return 0;
		others += r != NULL;
	}
	return own && others ? 1 : -1;
}

size_t table_ahead(const table *t, size_t *cells)
{
	size_t ahead = 0;
	*cells = 0;
	for (unsigned k = 0; k < 4; k++) {
		cell at = {.n = 1, .threads = 1 + k % 2, .cold = k / 2};
		do {
			int is = ahead_in(t, &at);
			ahead += is == 1;
			*cells += is >= 0;
		} while (next_cell(&at));
	}
	return ahead;
}
