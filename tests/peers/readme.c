/* README.md of a CSV: machine, protocol, goals, and every shape. */
#include <stdlib.h>
#include <string.h>

#include "table.h"

static void machine(const table *t, FILE *out)
{
	fprintf(out, "\n## Machine\n\n| what | |\n|---|---|\n");
	for (size_t i = 0; i < t->abouts; i++)
		fprintf(out, "| %s | %s |\n", t->about[i][0], t->about[i][1]);
}

static void missing(const table *t, FILE *out)
{
	size_t said = 0;
	for (size_t i = 0; peer_engine_at(i); i++)
		for (size_t k = 0; k < t->rows; k++) {
			const row *r = &t->row[k];
			if (r->count || !*r->note || strcmp(r->engine, peer_engine_at(i)->name))
				continue;
			fprintf(out, "%s* %s, %zu×%zu×%zu r %u N %zu, threads %u: %s\n",
				said++ ? "" : "\nNot measured (the first cell of each engine):\n\n",
				r->engine, r->c, r->h, r->h, r->ratio, r->n, r->threads, r->note);
			break;
		}
}

static const char *const protocol[] = {
	"One run, one set of buffers: x, y and the weights lie in one shared mapping that all",
	"engines read and write (a blocked layout and packed weights are an engine's own).",
	"Before an engine is timed its output is compared with secost's row `ref`, which sums in",
	"double; a mismatch is shown and not timed. A cell is a shape, a batch and a number of",
	"threads. In a cell every engine is visited once a round, in a new random order each",
	"round (fixed seed), after a pause in which the other engines' threads fall asleep (12 ms;",
	"1 ms on one thread). A visit warms the engine with 3 calls or a millisecond and takes the",
	"median of its calls, a call shorter than 20 µs being timed several at a time. A figure is",
	"the median of at least 5 rounds (1 to 3 for `scalar` and the floor's parts); × floor is",
	"the median of the ratios within each round, so that drift of a shared machine hits both",
	"alike. The caller's thread is pinned to the last core, all others to the others. PyTorch",
	"runs in a process of its own on the same memory and sleeps unless it is told to measure;",
	"its malloc keeps what it got. Each engine stands with its fastest configuration (layout,",
	"form, way of computing the dense layers) on each shape. An engine in place is checked",
	"with the real gates and timed with gates of 1, for its map would fade call by call.",
	"",
	"*Cold*: before every call twice the last cache is read, a part on each core, and then x "
	"is",
	"read and y written again, so that weights, and code, come from memory. On two threads the",
	"workers of the floors and of PyTorch are awake after that, those of the others may sleep.",
	"",
	"The **floor** is what the machine does at best on the same buffers at that number of",
	"threads: a read of the weights, a read of x and a copy x → y (regular or non-temporal",
	"stores, the better), with one fork, one join and no dependency between them, plus the",
	"dense layers' operations (4·C·d a sample) at the FMA peak, all measured in the same "
	"round.",
	"It is a mark to measure by, no lower bound: whoever finds x in a cache when reading it "
	"the",
	"second time, or reads weights while x is on its way, goes under it.",
};

static void say_protocol(FILE *out)
{
	fprintf(out, "\n## Protocol\n\n");
	for (size_t i = 0; i < sizeof protocol / sizeof *protocol; i++)
		fprintf(out, "%s\n", protocol[i]);
}

static void value(const table *t, const cell *at, const char *peer, FILE *out)
{
	const row *r = table_best(t, at, peer), *any = table_any(t, at, peer);
	if (r)
		fprintf(out, " %.*f · %.2f |", r->us < 100, r->us, r->over);
	else
		fprintf(out, " %s |",
			any ? strncmp(any->note, "mismatch", 8) ? "missing" : "wrong" : "–");
}

static const char *const columns[] = {"secost", "oneDNN", "XNNPACK", "ONNX Runtime", "PyTorch",
	"secost in place", "secost fused", "PyTorch SE + add + relu", "secost bf16",
	"secost scalar"};

static void one_table(const table *t, cell at, FILE *out)
{
	size_t used = at.cold ? COMPARED : sizeof columns / sizeof *columns;
	fprintf(out, "\n### N %zu, %u thread%s%s\n\n| C×H×W, ratio | floor µs |", at.n, at.threads,
		at.threads > 1 ? "s" : "", at.cold ? ", cold weights" : "");
	for (size_t i = 0; i < used; i++)
		fprintf(out, " %s |", columns[i]);
	fprintf(out, "\n|---|---:|");
	for (size_t i = 0; i < used; i++)
		fprintf(out, "---:|");
	fprintf(out, "\n");
	for (at.shape = 0; bench_shape_at(at.shape); at.shape++) {
		const row *any = table_any(t, &at, "secost");
		char name[64];
		if (!any)
			continue;
		fprintf(out, "| %s | %.*f |", table_shape(name, at.shape), any->floor < 100,
			any->floor);
		for (size_t i = 0; i < used; i++)
			value(t, &at, columns[i], out);
		fprintf(out, "\n");
	}
}

static bool has(const table *t, const cell *at)
{
	for (size_t i = 0; i < t->rows; i++)
		if (t->row[i].n == at->n && t->row[i].threads == at->threads &&
			t->row[i].cold == at->cold)
			return true;
	return false;
}

static void all_tables(const table *t, FILE *out)
{
	static const size_t batch[] = {1, 8, 32};
	fprintf(out, "\n## All shapes\n\nA value is µs · time ÷ floor, of the engine's fastest "
		     "configuration; quartiles and every configuration are in `peers.csv`.\n");
	for (unsigned cold = 0; cold < 2; cold++)
		for (unsigned threads = 1; threads <= 2; threads++)
			for (size_t i = 0; i < 3; i++) {
				cell at = {0, batch[i], threads, cold};
				if (has(t, &at))
					one_table(t, at, out);
			}
}

static int compare(table *t, size_t count, FILE *out)
{
	fprintf(out,
		"# The SE forward pass, machine by machine\n\nWritten by `make bench-peers` from "
		"every folder's `peers.csv`. A cell is the geometric mean; the worst cell. What is "
		"bold is short of its goal.\n\n");
	for (size_t i = 0; i < count; i++) {
		char name[128];
		size_t cells, ahead = table_ahead(&t[i], &cells);
		table_fingerprint(&t[i], name);
		fprintf(out,
			"* %s: ahead of every engine in %zu of %zu cells; %s; secost %s, %s.\n",
			name, ahead, cells, table_about(&t[i], "caches"),
			table_about(&t[i], "secost"), table_about(&t[i], "budget"));
	}
	fprintf(out, "\n");
	table_compare(t, count, out);
	for (size_t i = 0; i < count; i++)
		if (*table_about(&t[i], "note"))
			fprintf(out, "\n¹ %s\n", table_about(&t[i], "note"));
	return ferror(out) != 0;
}

int bench_compare(char *const *csv, int count)
{
	table *t = calloc((size_t)count + 1, sizeof *t);
	int bad = !t;
	for (int i = 0; i < count && !bad; i++)
		bad = !table_read(&t[i], csv[i]);
	if (!bad)
		bad = compare(t, (size_t)count, stdout);
	for (int i = 0; i < count && t; i++)
		table_free(&t[i]);
	free(t);
	return bad;
}

int bench_fingerprint(const char *csv)
{
	table t;
	char name[128];
	if (!table_read(&t, csv))
		return 1;
	table_fingerprint(&t, name);
	puts(name);
	table_free(&t);
	return 0;
}

int bench_table(const char *csv, const char *folder)
{
	table t;
	char path[4096];
	if (!table_read(&t, csv))
		return 1;
	snprintf(path, sizeof path, "%s/README.md", folder);
	FILE *out = fopen(path, "w");
	if (!out) {
		perror(path);
		return 1;
	}
	fprintf(out,
		"# The SE forward pass, side by side\n\n%s%sWritten by `make bench-peers`; `make "
		"bench-peers TABLE=1` writes it again from `peers.csv`.\n\n![time over floor]"
		"(peers.png)\n\n## Goals\n\nA ratio of 1.15 against an engine means that it takes "
		"1.15 times as long as secost.\n\n",
		table_about(&t, "note"), *table_about(&t, "note") ? "\n\n" : "");
	table_goals(&t, out);
	machine(&t, out);
	missing(&t, out);
	say_protocol(out);
	all_tables(&t, out);
	bool good = !fclose(out);
	good = table_chart(&t, folder) && good;
	table_free(&t);
	return !good;
}
