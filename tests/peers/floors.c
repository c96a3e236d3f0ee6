/* The floors as engines: read the weights, read x, copy x to y, one after the other on the same
 * buffers, nothing waiting for anything; and its parts. Thread i takes part i of each, and there is
 * one fork and one join, as any forward pass needs. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "peers.h"

enum { WEIGHTS = 1, READ = 2, COPY = 4, PAST = 8, UPDATE = 16, FMA = 32, LINE = 16 };

typedef struct floor_state {
	const peer_data *data;
	const peer_stream *stream;
	unsigned parts, threads;
	float *y;
	const float *x;
} floor_state;

static volatile float sink;

typedef struct span {
	size_t begin, count;
} span;

/* part i of `count` floats, whole cache lines */
static span part(size_t count, unsigned i, unsigned threads)
{
	size_t lines = (count + LINE - 1) / LINE;
	size_t begin = lines * i / threads * LINE, end = lines * (i + 1) / threads * LINE;
	begin = begin < count ? begin : count;
	end = end < count ? end : count;
	return (span){begin, end - begin};
}

static void job(void *of, unsigned i)
{
	const floor_state *f = of;
	span w = part(f->data->weight_count, i, f->threads);
	span x = part(f->data->elements, i, f->threads);
	if (f->parts & WEIGHTS)
		sink = f->stream->read(f->data->weights + w.begin, w.count);
	if (f->parts & READ)
		sink = f->stream->read(f->x + x.begin, x.count);
	if (f->parts & COPY)
		f->stream->copy(f->y + x.begin, f->x + x.begin, x.count);
	if (f->parts & PAST)
		f->stream->copy_past(f->y + x.begin, f->x + x.begin, x.count);
	if (f->parts & UPDATE)
		f->stream->update(f->y + x.begin, x.count);
	if (f->parts & FMA)
		sink = f->stream->fma((size_t)(PEER_FMA_FLOPS / f->stream->fma_flops));
}

static void *open_floor(const peer_engine *engine, const peer_data *data, char why[256])
{
	static const struct {
		const char *option;
		unsigned parts;
	} known[] = {{"all", WEIGHTS | READ | COPY}, {"all past", WEIGHTS | READ | PAST},
		{"fma", FMA}, {"read x", READ}, {"read weights", WEIGHTS}, {"copy", COPY},
		{"copy past", PAST}, {"update", UPDATE}};
	floor_state *f = malloc(sizeof *f);
	*f = (floor_state){.data = data,
		.stream = peer_stream_best(),
		.threads = data->shape.threads,
		.y = data->y,
		.x = data->x[NCHW]};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (!strcmp(known[i].option, engine->option))
			f->parts = known[i].parts;
	strcpy(why, "");
	return f;
}

static void run(void *state)
{
	floor_state *f = state;
	peer_threads_run(f->threads, job, f);
}

static const char *version(void)
{
	return peer_stream_best()->name;
}

extern const peer_adapter peer_adapter_floor;
const peer_adapter peer_adapter_floor = {version, open_floor, run, NULL, NULL, free, NULL};

void peer_fill_y(const peer_data *data, enum peer_layout layout)
{
	floor_state f = {.data = data,
		.stream = peer_stream_best(),
		.parts = COPY,
		.threads = data->shape.threads,
		.y = data->y,
		.x = data->x[layout == NHWC]};
	peer_threads_run(f.threads, job, &f);
}

/* Twice the last cache, a part by each thread, past every private cache too; then the map again. */
void peer_evict(const peer_data *data)
{
	static peer_data other;
	if (!other.elements) {
		other.elements = peer_cache_bytes(3) * 2 / sizeof(float);
		other.x[NCHW] = aligned_alloc(1u << 21, other.elements * sizeof(float));
		if (!other.x[NCHW])
			abort();
		madvise(other.x[NCHW], other.elements * sizeof(float), MADV_HUGEPAGE);
		memset(other.x[NCHW], 0, other.elements * sizeof(float));
	}
	floor_state f = {.data = &other,
		.stream = peer_stream_best(),
		.parts = READ,
		.threads = data->shape.threads,
		.x = other.x[NCHW]};
	peer_threads_run(f.threads, job, &f);
}
