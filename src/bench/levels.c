/* Plateaus in a curve of load times: a cache holds all of a footprint or, beyond its size, ever
 * less of it, so that times stay, rise, and stay again. The curve is made to ascend first; then a
 * plateau is where it rises little over a doubling. Whatever is at the end is memory, flat or not.
 */
#include <math.h>
#include <stdbool.h>

#include "secost/bench.h"

/* log of times a doubling: what counts as flat, and how far apart two levels must be */
static const double flat = 0.22, apart = 0.29;

typedef struct plateau {
	size_t first, last;
	double ns; /* of its middle */
} plateau;

/* logs, none above a later one: a larger footprint is never quicker, so what looks slower was
 * interrupted */
static void ascend(const sc_sweep_step *step, size_t n, double *y)
{
	for (size_t i = n; i-- > 0;) {
		y[i] = log(step[i].ns);
		if (i + 1 < n)
			y[i] = fmin(y[i], y[i + 1]);
	}
}

/* the first step with a footprint twice that of step i, or the last */
static size_t doubled(const sc_sweep_step *step, size_t n, size_t i)
{
	size_t k = i;
	while (k + 1 < n && (double)step[k].bytes < 1.9 * (double)step[i].bytes)
		k++;
	return k;
}

/* flat stretches of at least a doubling, joined where they overlap */
static size_t plateaus(const sc_sweep_step *step, size_t n, const double *y, plateau *out)
{
	size_t count = 0;
	for (size_t i = 0; i < n; i++) {
		size_t end = doubled(step, n, i);
		bool whole = (double)step[end].bytes >= 1.9 * (double)step[i].bytes;
		if (!whole || y[end] - y[i] > flat)
			continue;
		if (count && i <= out[count - 1].last)
			out[count - 1].last = end;
		else
			out[count++] = (plateau){.first = i, .last = end};
	}
	for (size_t i = 0; i < count; i++)
		out[i].ns = exp(y[(out[i].first + out[i].last) / 2]);
	return count;
}

/* plateaus that are not far apart are one */
static size_t merge(plateau *p, size_t n)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (kept && log(p[i].ns / p[kept - 1].ns) < apart)
			p[kept - 1].last = p[i].last;
		else
			p[kept++] = p[i];
	return kept;
}

/* The footprint at which a fifth of the way to the next level is gone. Of a cache that keeps any
 * part of a footprint, that is 1.25 times its size, of one that keeps the newest, its size. */
static size_t size_of(const sc_sweep_step *step, const double *y, const plateau *p)
{
	double wanted = log(p[0].ns + 0.2 * (p[1].ns - p[0].ns));
	size_t i = p[0].first;
	while (i < p[1].first && y[i + 1] < wanted)
		i++;
	double low = log((double)step[i].bytes), high = log((double)step[i + 1].bytes);
	double part = y[i + 1] > y[i] ? (wanted - y[i]) / (y[i + 1] - y[i]) : 0;
	return (size_t)(0.9 * exp(low + fmin(1, fmax(0, part)) * (high - low)));
}

size_t sc_levels_find(const sc_sweep_step *step, size_t n, sc_level out[SC_LEVELS_MAX])
{
	double y[SC_SWEEP_MAX];
	plateau p[SC_SWEEP_MAX];
	n = n < SC_SWEEP_MAX ? n : SC_SWEEP_MAX;
	if (!n)
		return 0;
	ascend(step, n, y);
	size_t count = merge(p, plateaus(step, n, y, p));
	/* memory that never got flat; the last step alone may have been interrupted */
	if (!count || y[n > 1 ? n - 2 : 0] - log(p[count - 1].ns) > apart)
		p[count++] = (plateau){n - 1, n - 1, exp(y[n - 1])};
	size_t first = count > SC_LEVELS_MAX ? count - SC_LEVELS_MAX : 0;
	for (size_t i = first; i < count; i++)
		out[i - first] = (sc_level){i + 1 < count ? size_of(step, y, &p[i]) : 0, p[i].ns};
	return count - first;
}

size_t sc_bench_caches(const sc_bench *b, size_t bytes[SC_CACHES_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < b->sweep.levels && n < SC_CACHES_MAX; i++)
		if (b->sweep.level[i].bytes)
			bytes[n++] = b->sweep.level[i].bytes;
	for (size_t i = 0; i < b->machine.caches && !b->sweep.steps; i++)
		bytes[n++] = b->machine.cache[i].bytes;
	return n;
}

size_t sc_bench_last_cache(const sc_bench *b)
{
	size_t bytes[SC_CACHES_MAX], n = sc_bench_caches(b, bytes);
	return n ? bytes[n - 1] : sc_machine_last_cache(&b->machine);
}
