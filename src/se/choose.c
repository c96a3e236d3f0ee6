/* What a plan picks before it allocates.
 *
 * Chunks of channels depend on the shape alone: they fix the order of sums. Blocks of samples
 * decide between two kinds of traffic: all of a block's map is read between a sample's two reads of
 * it, and all weights are read once a block. A block therefore is what half of the second cache
 * holds, unless the weights weigh more than the maps. */
#include "base/checked.h"
#include "se/plan.h"

#include <unistd.h>

enum { CHUNKS_OF_ONE = 8, CHUNKS_OF_MANY = 4 };

static const size_t l2_default = (size_t)512 << 10, l3_default = (size_t)8 << 20;
/* what one core may count on; a virtual machine may report the sum of several sockets */
static const size_t l3_most = (size_t)32 << 20;
/* x and y together, a thread and in all; one core's stores past the caches pay before two cores'
 * do, which the last cache serves faster than memory */
static const size_t stream_from = (size_t)16 << 20, stream_surely = (size_t)32 << 20;

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

/* by how many units two workers' shares differ, with chunks of `size` units */
static size_t unevenness(size_t units, size_t size)
{
	size_t first = up(units, size) / size / 2 * size, second = units - first;
	return second > first ? second - first : first - second;
}

/* A chunk begins on a cache line of the map and at a panel of weights. Of the sizes that make
 * `wanted` to twice as many chunks, the largest that splits most evenly; many units do anyway. */
static void choose_chunks(sc_se_plan *p)
{
	size_t unit = most(p->row->panel, 16), units = up(p->config.c, unit) / unit;
	size_t wanted = p->config.n == 1 ? CHUNKS_OF_ONE : CHUNKS_OF_MANY;
	size_t best = up(units, wanted) / wanted, finest = (best + 1) / 2;
	for (size_t size = best; size >= finest && best <= 16; size--)
		if (unevenness(units, size) < unevenness(units, best))
			best = size;
	p->chunk = (p->row->whole ? units : best) * unit;
	p->chunks = up(p->config.c, p->chunk) / p->chunk;
}

static size_t sample_bytes(const sc_se_plan *p)
{
	return p->config.c * p->hw * p->item;
}

static void choose_threads(sc_se_plan *p)
{
	size_t n = p->config.n, wanted = p->config.threads ? p->config.threads : 1;
	wanted = least(wanted, p->row->whole ? n : most(n, p->chunks));
	int uneven = n < wanted || (n % wanted && n < 4 * wanted);
	p->together = wanted > 1 && !p->row->whole && (uneven || p->weight_bytes > p->l2);
	p->threads = (unsigned)(p->together ? least(wanted, p->chunks) : wanted);
	if (p->threads == 1)
		p->together = 0;
}

static void choose_block(sc_se_plan *p)
{
	size_t n = p->together ? p->config.n : up(p->config.n, p->threads) / p->threads;
	size_t share = most(sample_bytes(p) / (p->together ? p->threads : 1), 1);
	size_t near = p->l2 / 2 / share, far = p->l3 / 2 / share;
	size_t weighty = 4 * p->weight_bytes / share;
	p->block = p->row->whole ? 1 : most(1, least(n, most(near, least(far, weighty))));
}

void sc_se_choose(sc_se_plan *p)
{
	know_caches(p);
	choose_chunks(p);
	choose_threads(p);
	choose_block(p);
	size_t from = least(p->threads * stream_from, stream_surely);
	p->stream = 2 * sample_bytes(p) * p->config.n > from && !p->row->whole;
}

sc_se_space sc_se_space_of(const sc_se_plan *p)
{
	size_t b = p->block, workers = p->together ? p->threads : 1;
	sc_se_space s = {.z = 0};
	s.partial = s.z + up(b * p->pooled * p->c_room, 16);
	s.hidden = s.partial + up(2 * p->chunks * b * p->pooled * p->d_room, 16);
	s.gate = s.hidden + up(workers * b * p->d_room, 16);
	s.total = s.gate + up(b * p->c_room, 16) + 16;
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

/* an upper bound on the workspaces, checked */
static bool fits(const sc_se_plan *p)
{
	uint64_t bytes = 0, b = p->block, each = 8 * (uint64_t)teams(p);
	return add_product(&bytes, b, p->pooled + 1, p->c_room, each) &&
	       add_product(&bytes, b, 2 * p->chunks * p->pooled + p->threads, p->d_room, each) &&
	       add_product(&bytes, p->c_room + p->d_room, sizeof(float), 1, 1) &&
	       sc_add(&bytes, p->weight_bytes) && bytes < PTRDIFF_MAX / 2;
}

size_t sc_se_measure(sc_se_plan *p)
{
	if (!fits(p))
		return 0;
	p->space_each = up(sc_se_space_of(p).total, 16);
	return 5 * SC_SE_ALIGN + p->weight_bytes + (p->c_room + p->d_room) * sizeof(float) +
	       teams(p) * p->space_each * sizeof(float);
}
