/* Timing of one engine in one visit: warm it, then the median of its calls. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <time.h>

#include "peers.h"

enum { SAMPLES_MAX = 256 };
static const double shortest_ns = 20e3; /* a sample shorter than this is several calls */

double peer_now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

void peer_nap(double ms)
{
	nanosleep(&(struct timespec){.tv_nsec = (long)(ms * 1e6)}, NULL);
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* linear between the neighbours */
double peer_quantile(double *values, size_t count, double at)
{
	if (!count)
		return 0;
	qsort(values, count, sizeof *values, ascending);
	double place = at * (double)(count - 1);
	size_t below = (size_t)place;
	size_t above = below + 1 < count ? below + 1 : below;
	return values[below] + (place - (double)below) * (values[above] - values[below]);
}

/* Cold: the weights out of every cache, x and y in. In place: y is x. The floors'
 * own threads stay awake, being what is measured next. */
static void prepare(const peer_engine *engine, const peer_data *data, bool cold)
{
	if (cold)
		peer_evict(data);
	if (cold || engine->form == INPLACE)
		peer_fill_y(data, engine->layout);
	if (engine->form != FLOOR)
		peer_threads_rest();
}

static double calls_ns(const peer_adapter *adapter, void *state, size_t calls)
{
	double start = peer_now_ns();
	for (size_t i = 0; i < calls; i++)
		adapter->run(state);
	return (peer_now_ns() - start) / (double)calls;
}

/* At least 3 calls or a millisecond; the last one's ns. */
static double warm(const peer_adapter *adapter, void *state)
{
	double begin = peer_now_ns(), last = 0;
	for (int i = 0; i < 3 && (!i || peer_now_ns() - begin < 1e6); i++)
		last = calls_ns(adapter, state, 1);
	return last;
}

double peer_visit_run(const peer_adapter *adapter, void *state, const peer_engine *engine,
	const peer_data *data, const peer_visit *visit)
{
	double ns[SAMPLES_MAX];
	prepare(engine, data, visit->cold);
	double once = warm(adapter, state), end = peer_now_ns() + visit->seconds * 1e9;
	size_t calls =
		visit->cold || once > shortest_ns ? 1 : (size_t)(shortest_ns / (once + 1)) + 1;
	size_t n = 0, most = visit->samples < SAMPLES_MAX ? visit->samples : SAMPLES_MAX;
	do {
		if (visit->cold)
			prepare(engine, data, true);
		ns[n++] = calls_ns(adapter, state, calls);
	} while (n < most && peer_now_ns() < end);
	return peer_quantile(ns, n, 0.5);
}
