/* What a plan picks before it allocates.
 *
 * Chunks of channels depend on the shape alone: they fix the order of sums. Blocks of samples
 * decide between two kinds of traffic: all of a block's map is read between a sample's two reads of
 * it, and all weights are read once a block. A block therefore is what half of the second cache
 * holds, unless the weights weigh more than its maps: then half of the last one, for what is read
 * from there a second time comes no slower when it is more. */
#include "base/checked.h"
#include "se/plan.h"

#include <unistd.h>

enum {
	CHUNKS_OF_ONE = 8,
	CHUNKS_OF_MANY = 4,
	CHANNELS_AT_A_TIME = 4,
	STRETCHES = 24,
	FEW_GROUPS = 6,
	STRETCH_PIXELS = 6,
	STRETCH_NUMBERS = 256,
	FEW_SAMPLES = 7,
	MANY_SUMS = 4096,
};

static const size_t l2_default = (size_t)512 << 10, l3_default = (size_t)8 << 20;
/* what one core may count on; a virtual machine may report the sum of several sockets */
static const size_t l3_most = (size_t)32 << 20;
/* x and y together, a thread and in all; one core's stores past the caches pay before two cores'
 * do, which the last cache serves faster than memory */
static const size_t stream_from = (size_t)16 << 20, stream_surely = (size_t)32 << 20;

/* what a run that has slept takes: a map from a cache, weights from memory */
static const double map_gbps = 60, weights_gbps = 12;

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t most(size_t a, size_t b)
{
	return a > b ? a : b;
}

static size_t up(size_t n, size_t to)
{
	return (n + to - 1) / to * to;
}

#if defined(_SC_LEVEL2_CACHE_SIZE)
static size_t cache(int name, size_t otherwise)
{
	long bytes = sysconf(name);
	return bytes > 0 ? (size_t)bytes : otherwise;
}
static void know_caches(sc_se_plan *p)
{
	p->l2 = cache(_SC_LEVEL2_CACHE_SIZE, l2_default);
	p->l3 = least(cache(_SC_LEVEL3_CACHE_SIZE, l3_default), l3_most);
}
#else
static void know_caches(sc_se_plan *p)
{
	p->l2 = l2_default;
	p->l3 = l3_default;
}
#endif

static size_t sample_bytes(const sc_se_plan *p)
{
	return p->config.c * p->hw * p->item;
}

/* by how many units two workers' shares differ, with chunks of `size` units */
static size_t unevenness(size_t units, size_t size)
{
	size_t first = up(units, size) / size / 2 * size, second = units - first;
	return second > first ? second - first : first - second;
}

/* A chunk begins on a cache line of a map of floats and at a vector of weights, of halves that are
 * walked in pairs at a pair of vectors, of int8 that is walked by pixels on a cache line. Many
 * samples want whole panels, where there are enough. Of the sizes that make `wanted` to twice as
 * many chunks, the largest that splits most evenly; many units do anyway. */
static void choose_chunks(sc_se_plan *p)
{
	const sc_se_config *g = &p->config;
	int pairs = g->map == SC_SE_BF16 && p->by_pixel;
	size_t unit = most(pairs ? 2 * p->row->width : p->row->width, 16);
	if (g->map == SC_SE_INT8 && p->by_pixel)
		unit = most(sc_se_cut_of(p), unit);
	if (g->n > 1 && g->c >= 8 * p->row->panel)
		unit = most(p->row->panel, unit);
	size_t units = up(g->c, unit) / unit;
	size_t wanted = g->n == 1 ? CHUNKS_OF_ONE : CHUNKS_OF_MANY;
	size_t best = up(units, wanted) / wanted, finest = (best + 1) / 2;
	for (size_t size = best; size >= finest && best <= 16; size--)
		if (unevenness(units, size) < unevenness(units, best))
			best = size;
	p->chunk = (p->row->whole ? units : best) * unit;
	p->chunks = up(g->c, p->chunk) / p->chunk;
	p->units = p->chunks;
}

/* as many as many numbers of threads divide */
static size_t pixel_stretches(const sc_se_plan *p)
{
	static const size_t even[] = {12, 8, 4, 2};
	for (size_t i = 0; i < sizeof even / sizeof *even; i++)
		if (even[i] * STRETCH_PIXELS <= p->hw)
			return even[i];
	return 1;
}

/* Groups of as many channels as the squeeze adds at a time, or some more, that split most evenly;
 * where that makes few groups, fractions of their pixels. */
static size_t group_stretches(sc_se_plan *p)
{
	size_t fours = up(p->config.c, CHANNELS_AT_A_TIME) / CHANNELS_AT_A_TIME;
	size_t best = up(fours, STRETCHES) / STRETCHES;
	for (size_t size = best + 1; size <= 2 * best; size++)
		if (unevenness(fours, size) < unevenness(fours, best))
			best = size;
	p->group = best * CHANNELS_AT_A_TIME;
	size_t groups = up(fours, best) / best;
	p->pieces = groups < FEW_GROUPS
			    ? most(1, least(2 * FEW_GROUPS / groups, p->hw / STRETCH_NUMBERS))
			    : 1;
	return groups * p->pieces;
}

/* the part of `all` that the busiest of `threads` workers has, in units of `each` */
static double share_of(size_t all, size_t each, size_t threads)
{
	size_t units = up(all, each) / each, busiest = 0;
	for (size_t i = 0; i < threads; i++) {
		size_t from = least(units * i / threads * each, all);
		size_t to = least(units * (i + 1) / threads * each, all);
		busiest = most(busiest, to - from);
	}
	return (double)busiest / (double)all;
}

/* Bytes that the busiest worker moves with chunks and with stretches, summed over some numbers of
 * threads, for the choice must be the shape's alone: chunks share the weights, stretches are even.
 */
static int are_stretches_better(const sc_se_plan *p, size_t stretches)
{
	double map = 3 * (double)sample_bytes(p), weights = (double)p->weight_bytes;
	size_t pieces = p->by_pixel ? stretches : p->pieces;
	double sums = (double)(pieces * p->config.c * p->pooled * sizeof(float));
	double chunked = 0, stretched = 0;
	for (size_t threads = 2; threads <= 8; threads *= 2) {
		chunked += (map + weights) * share_of(p->config.c, p->chunk, threads);
		stretched += map * share_of(stretches, 1, threads) + weights + sums;
	}
	return stretched < chunked;
}

static void choose_units(sc_se_plan *p)
{
	choose_chunks(p);
	size_t stretches = p->by_pixel ? pixel_stretches(p) : group_stretches(p);
	p->stretches = p->config.n <= FEW_SAMPLES && !p->row->whole && stretches > 1 &&
		       are_stretches_better(p, stretches);
	if (!p->stretches) {
		p->pieces = 1;
		return;
	}
	if (p->by_pixel)
		p->pieces = stretches;
	p->units = stretches;
	p->chunk = up(p->config.c, 16);
	p->chunks = 1;
}

static void choose_threads(sc_se_plan *p)
{
	size_t n = p->config.n, wanted = p->config.threads ? p->config.threads : 1;
	wanted = least(wanted, p->row->whole ? n : most(n, p->units));
	int uneven = n < wanted || (n % wanted && n < 4 * wanted);
	p->together = wanted > 1 && !p->row->whole && (uneven || p->weight_bytes > p->l2);
	p->threads = (unsigned)(p->together ? least(wanted, p->units) : wanted);
	if (p->threads == 1)
		p->together = 0;
}

void sc_se_cut_blocks(sc_se_plan *p, size_t block)
{
	size_t n = p->config.n;
	p->blocks = up(n, block) / block;
	p->block = up(n, p->blocks) / p->blocks;
}

static void choose_block(sc_se_plan *p)
{
	size_t n = p->together ? p->config.n : up(p->config.n, p->threads) / p->threads;
	size_t at_once = p->together ? 1 : p->threads, all = sample_bytes(p) * at_once;
	size_t share = most(sample_bytes(p) / (p->together ? p->threads : 1), 1);
	size_t near = most(p->l2 / 2 / share, 1), far = p->l3 / 2 / all;
	int weighty = 4 * p->weight_bytes / share > near;
	sc_se_cut_blocks(p, p->row->whole ? 1 : least(n, weighty ? most(near, far) : near));
}

static void choose_store(sc_se_plan *p)
{
	size_t bytes = 2 * sample_bytes(p) * p->config.n;
	p->store = bytes / p->threads > p->l2 ? STORE_FETCHED : STORE_NEAR;
	if (bytes > least(p->threads * stream_from, stream_surely) && !p->row->whole)
		p->store = STORE_PAST;
}

static void add_step(sc_se_plan *p, sc_se_step step)
{
	p->step[p->steps++] = step;
}

/* Hidden values that are few are joined by every worker for itself. */
static void choose_steps(sc_se_plan *p)
{
	size_t sums = p->block * p->d_room / p->row->width * p->pooled * p->chunks;
	p->joins_apart = p->together && !p->stretches && sums >= MANY_SUMS;
	p->steps = 0;
	add_step(p, p->stretches ? SC_STEP_SQUEEZE_STRETCHES : SC_STEP_SQUEEZE_CHUNKS);
	if (p->joins_apart)
		add_step(p, SC_STEP_JOIN);
	if (p->stretches) {
		add_step(p, SC_STEP_SCALE_STRETCHES);
	} else if (p->by_pixel) {
		add_step(p, SC_STEP_GATE_CHUNKS);
		add_step(p, SC_STEP_SCALE_PIXELS);
	} else {
		add_step(p, SC_STEP_SCALE_CHUNKS);
	}
}

void sc_se_choose(sc_se_plan *p)
{
	know_caches(p);
	choose_units(p);
	choose_threads(p);
	choose_block(p);
	choose_store(p);
	choose_steps(p);
	p->alone_ns = (int64_t)((double)(3 * sample_bytes(p) * p->config.n) / map_gbps +
				(double)p->weight_bytes / weights_gbps);
}

static sc_se_space lay_out(const sc_se_plan *p)
{
	size_t b = p->block, workers = p->together ? p->threads : 1;
	size_t each = p->stretches ? workers : 1, rows = b * p->pooled;
	sc_se_space s = {.z = 0};
	s.own_z = s.z + up(rows * p->pieces * p->c_room, 16);
	s.partial = s.own_z + (p->stretches ? up(each * rows * p->c_room, 16) : 0);
	s.hidden = s.partial + up((p->stretches ? each : p->chunks) * rows * p->d_room, 16);
	s.gate = s.hidden + up(workers * b * p->d_room, 16);
	s.total = s.gate + up(each * b * p->gate_room, 16) + 16;
	if (p->row->whole)
		s.total *= 2; /* its numbers are doubles */
	return s;
}

/* *sum += a · b · c · d */
static bool add_product(uint64_t *sum, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
	return sc_mul(&a, b) && sc_mul(&a, c) && sc_mul(&a, d) && sc_add(sum, a);
}

static unsigned teams(const sc_se_plan *p)
{
	return p->together ? 1 : p->threads;
}

/* a bias, and of int8 what its sum is multiplied by */
static size_t bias_bytes(const sc_se_plan *p)
{
	return sizeof(float) + (p->config.map == SC_SE_INT8 ? sizeof(double) : 0);
}

/* an upper bound on the workspaces, checked */
static bool fits(const sc_se_plan *p)
{
	uint64_t bytes = 0, rows = (uint64_t)p->block * (p->pooled + 1),
		 each = 8 * (uint64_t)teams(p);
	uint64_t workers = p->threads + 1;
	return add_product(&bytes, rows, p->c_room, 2 * workers + p->pieces, each) &&
	       add_product(&bytes, rows, p->chunks + 2 * workers, p->d_room, each) &&
	       add_product(&bytes, p->c_room + p->d_room, bias_bytes(p), 1, 1) &&
	       sc_add(&bytes, p->weight_bytes) && bytes < PTRDIFF_MAX / 2;
}

size_t sc_se_measure(sc_se_plan *p)
{
	if (!fits(p))
		return 0;
	p->at = lay_out(p);
	p->space_each = up(p->at.total, 16);
	return 7 * SC_SE_ALIGN + p->weight_bytes + (p->c_room + p->d_room) * bias_bytes(p) +
	       teams(p) * p->space_each * sizeof(float);
}
