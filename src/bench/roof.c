/* The machine's roofs: how fast its memory moves and its arithmetic goes, by the best loops that
 * its instruction set allows. Each figure is the best of many tries, because a roof is what is
 * possible, not what is usual. Bandwidth is taken at every power of two from 16 KiB, so that the
 * steps between caches are seen and not assumed. */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "bench/machine.h"
#include "bench/roof.h"

enum { SMALLEST = 16 << 10, GRAIN = 128, TRIES_MIN = 3, TRY_NS = 400000, STEPS = 2000 };

static const sc_roof_row *const rows[] = {
#define ROOF(name) &sc_roof_##name,
#include "bench/roofs.def"
#undef ROOF
};

const char *sc_traffic_name(size_t traffic)
{
	static const char *const names[] = {"read", "copy", "update"};
	return traffic < SC_TRAFFIC__N ? names[traffic] : NULL;
}

static const sc_roof_row *best_row(void)
{
	size_t i = 0;
	while (rows[i]->needs & ~sc_cpu_features())
		i++; /* the last needs nothing */
	return rows[i];
}

/* what one thread does; all begin together */
typedef struct worker {
	const sc_roof_row *row;
	const sc_clock *clock;
	atomic_int *ready, *go; /* go: 1 begin, -1 don't */
	float *x, *y;
	size_t n; /* floats of each buffer; 0 for arithmetic */
	size_t times;
	sc_traffic traffic;
	sc_binding *binding;
	unsigned core;
	double begin, end, flops;
	volatile float sink;
} worker;

static void work_once(worker *w)
{
	if (!w->n)
		w->sink = w->row->multiply(STEPS, &w->flops);
	else if (w->traffic == SC_TRAFFIC_read)
		w->sink = w->row->read(w->x, w->n);
	else if (w->traffic == SC_TRAFFIC_copy)
		w->row->copy(w->x, w->y, w->n);
	else
		w->row->update(w->x, w->n);
}

static void measure(worker *w)
{
	w->flops = 0;
	w->begin = w->clock->now(w->clock->state);
	for (size_t i = 0; i < w->times; i++)
		work_once(w);
	w->end = w->clock->now(w->clock->state);
}

static void *work(void *state)
{
	worker *w = state;
	int go;
	sc_binding_core(w->binding, w->core);
	work_once(w);
	atomic_fetch_add(w->ready, 1);
	while (!(go = atomic_load(w->go)))
		;
	if (go > 0)
		measure(w);
	return NULL;
}

/* Run them all, the first in this thread; nanoseconds from the first beginning to the last end, 0
 * when threads ran out. */
static double run_together(worker *w, unsigned n)
{
	pthread_t thread[SC_THREADS_MAX];
	atomic_int ready = 0, go = 0;
	unsigned started = 1;
	for (unsigned i = 0; i < n; i++) {
		w[i].ready = &ready;
		w[i].go = &go;
	}
	while (started < n && !pthread_create(&thread[started], NULL, work, &w[started]))
		started++;
	work_once(&w[0]);
	while (atomic_load(&ready) + 1 < (int)started)
		;
	atomic_store(&go, started == n ? 1 : -1);
	if (started == n)
		measure(&w[0]);
	double begin = w[0].begin, end = w[0].end;
	for (unsigned i = 1; i < started; i++) {
		pthread_join(thread[i], NULL);
		begin = fmin(begin, w[i].begin);
		end = fmax(end, w[i].end);
	}
	return started == n ? end - begin : 0;
}

/* --- one roof --- */

typedef struct ground {
	const sc_roof_row *row;
	sc_clock clock;
	sc_binding binding[SC_THREADS_MAX]; /* one for each thread */
	float *x, *y;
	double seconds;
	worker worker[SC_THREADS_MAX];
} ground;

static void set_up(ground *g, unsigned threads, sc_traffic traffic, size_t floats)
{
	size_t part = floats / threads / GRAIN * GRAIN;
	for (unsigned i = 0; i < threads; i++)
		g->worker[i] = (worker){.row = g->row,
			.clock = &g->clock,
			.x = g->x + i * part,
			.y = g->y + i * part,
			.n = part,
			.times = 1,
			.traffic = traffic,
			.binding = &g->binding[i],
			.core = i};
}

/* Nanoseconds of one pass, the best of many short tries: on a shared machine a long one is sure to
 * be interrupted. */
static double best_pass(ground *g, unsigned threads)
{
	double best = 0, spent = 0, ns = run_together(g->worker, threads);
	size_t times = ns > 0 ? (size_t)fmax(1, fmin(1e6, TRY_NS / ns)) : 1;
	for (int tries = 0; tries < TRIES_MIN || spent < 1e9 * g->seconds; tries++) {
		for (unsigned i = 0; i < threads; i++)
			g->worker[i].times = times;
		double all = run_together(g->worker, threads);
		ns = all / (double)times;
		if (ns > 0 && (best == 0 || ns < best))
			best = ns;
		spent += fmax(all, TRY_NS / 4.0);
	}
	return best;
}

static void add_roof(ground *g, sc_roofs *out, unsigned threads, sc_traffic traffic, size_t bytes)
{
	unsigned buffers = traffic == SC_TRAFFIC_copy ? 2 : 1;
	set_up(g, threads, traffic, bytes / sizeof(float) / buffers);
	double touched = (double)g->worker[0].n * sizeof(float) * threads * buffers;
	double moved = traffic == SC_TRAFFIC_update ? 2 * touched : touched;
	double ns = best_pass(g, threads);
	if (ns > 0 && out->count < SC_ROOFS_MAX)
		out->roof[out->count++] = (sc_roof){traffic, threads, (size_t)touched, moved / ns};
}

static void add_peak(ground *g, sc_roofs *out, unsigned threads)
{
	set_up(g, threads, SC_TRAFFIC_read, 0);
	double ns = best_pass(g, threads), flops = 0;
	for (unsigned i = 0; i < threads; i++)
		flops += g->worker[i].flops / (double)g->worker[i].times;
	if (ns > 0 && out->peaks < SC_THREADS_MAX) {
		out->peak[out->peaks].threads = threads;
		out->peak[out->peaks++].gflops = flops / ns;
	}
}

static void measure_all(ground *g, const unsigned *threads, size_t n, size_t largest, sc_roofs *out)
{
	unsigned most = 0;
	for (size_t t = 0; t < n; t++)
		most = threads[t] > most ? threads[t] : most;
	for (unsigned i = 0; i < most; i++)
		sc_binding_begin(&g->binding[i]);
	sc_binding_core(&g->binding[0], 0);
	for (size_t t = 0; t < n; t++) {
		for (int kind = 0; kind < SC_TRAFFIC__N; kind++)
			for (size_t bytes = SMALLEST; bytes <= largest; bytes *= 2)
				add_roof(g, out, threads[t], (sc_traffic)kind, bytes);
		add_peak(g, out, threads[t]);
	}
	for (unsigned i = 0; i < most; i++)
		sc_binding_end(&g->binding[i]);
}

sc_status sc_roofs_measure(size_t last_cache, const unsigned *threads, size_t n, double seconds,
	sc_roofs *out, sc_err *err)
{
	size_t largest = SMALLEST; /* the power of two at or above */
	while (largest < 4 * last_cache)
		largest *= 2;
	for (size_t i = 0; i < n; i++)
		if (!threads[i] || threads[i] > SC_THREADS_MAX)
			return sc_fail(err, SC_EINVAL, "'threads' is %u, must be 1 … %d",
				threads[i], SC_THREADS_MAX);
	ground *g = calloc(1, sizeof *g);
	if (g) {
		g->x = sc_pages(largest);
		g->y = g->x ? sc_pages(largest / 2) : NULL;
	}
	if (!g || !g->y) {
		free(g ? g->x : NULL);
		free(g);
		return sc_fail(err, SC_ENOMEM,
			"no memory to measure the roofs with: %zu MiB are wanted, six times the "
			"last cache",
			(largest + largest / 2) >> 20);
	}
	g->row = best_row();
	g->clock = sc_clock_system();
	g->seconds = seconds;
	*out = (sc_roofs){0};
	memcpy(out->row, g->row->name, strlen(g->row->name));
	measure_all(g, threads, n, largest, out);
	free(g->x);
	free(g->y);
	free(g);
	return SC_OK;
}

/* --- reading them --- */

double sc_roofs_gbps(const sc_roofs *roofs, sc_traffic traffic, unsigned threads, double bytes)
{
	const sc_roof *below = NULL, *above = NULL;
	for (size_t i = 0; i < roofs->count; i++) {
		const sc_roof *r = &roofs->roof[i];
		if (r->traffic != traffic || r->threads != threads)
			continue;
		if ((double)r->bytes <= bytes && (!below || r->bytes > below->bytes))
			below = r;
		if ((double)r->bytes >= bytes && (!above || r->bytes < above->bytes))
			above = r;
	}
	if (!below || !above || below == above)
		return below ? below->gbps : above ? above->gbps : 0;
	double part = log(bytes / (double)below->bytes) /
		      log((double)above->bytes / (double)below->bytes);
	return exp((1 - part) * log(below->gbps) + part * log(above->gbps));
}

double sc_roofs_gflops(const sc_roofs *roofs, unsigned threads)
{
	for (size_t i = 0; i < roofs->peaks; i++)
		if (roofs->peak[i].threads == threads)
			return roofs->peak[i].gflops;
	return 0;
}
