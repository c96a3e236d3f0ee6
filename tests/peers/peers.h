/** \file
 * The side-by-side of engines that all compute one SE block on the same buffers: what an engine is
 * (an adapter and a line in engines.def), what it is given, and how it is timed. */
#ifndef PEERS_H
#define PEERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** One SE block: an n × c × h × w map, `d` squeezed channels. */
typedef struct peer_shape {
	size_t n, c, h, w, d;
	unsigned threads;
} peer_shape;

enum peer_layout { NCHW, NHWC, BLOCKED };

/** What an engine computes, so that its output is compared with the right one. */
enum peer_form {
	PLAIN,	 /**< y = x · s */
	INPLACE, /**< the same, y being x, which is in y */
	FUSED,	 /**< y = relu(x · s + shortcut) */
	BF16,	 /**< y = x · s, both maps bf16 */
	FLOOR,	 /**< no SE at all: what the machine can do at best; not checked */
};

/** Buffers of a shape, page-aligned and touched, in one shared mapping `fd`. */
typedef struct peer_data {
	peer_shape shape;
	float *x[2], *shortcut[2]; /**< by layout, equal in value */
	float *y;		   /**< output of any layout */
	float *weights;		   /**< w1 d × c, b1, w2 c × d, b2: one after the other */
	float *w1, *b1, *w2, *b2;  /**< into `weights` */
	uint16_t *x16[2], *y16;	   /**< the maps in bf16 */
	float *want;		   /**< the reference's answer, NCHW */
	size_t elements, weight_count;
	unsigned char *base;
	int fd;
	size_t bytes;
} peer_data;

struct peer_adapter;

/** A line of engines.def. */
typedef struct peer_engine {
	const char *name, *peer; /**< "oneDNN nhwc", "oneDNN" */
	enum peer_layout layout;
	enum peer_form form;
	const char *adapter, *option; /**< which adapter, and what it is told */
} peer_engine;

/** How long to measure in one visit. */
typedef struct peer_visit {
	double seconds;
	unsigned samples; /**< at most */
	bool cold;	  /**< weights out of every cache before each call, map in */
} peer_visit;

/** What makes a library an engine. `open` returns NULL and says why when it can't. */
typedef struct peer_adapter {
	const char *(*version)(void); /**< may be NULL */
	void *(*open)(const peer_engine *engine, const peer_data *data, char why[256]);
	void (*run)(void *state); /**< one forward pass; in this process */
	/** Instead of `run` for an engine in a process of its own: median ns of a call, < 0 when
	 * it failed. */
	double (*visit)(void *state, const peer_visit *visit);
	/** The output, in the engine's layout; NULL when it is in data->y. */
	const float *(*output)(void *state);
	void (*close)(void *state);
	/** May be NULL. Called between checking and timing: an engine in place changes to gates of
	 * 1, or its map would fade into denormal numbers call by call. */
	bool (*settle)(void *state);
} peer_adapter;

/** The adapter of that name, or NULL and why. */
const peer_adapter *peer_adapter_named(const char *name, char why[256]);

/* clock.c */
double peer_now_ns(void);
double peer_quantile(double *values, size_t count, double at); /**< sorts */
double peer_visit_run(const peer_adapter *adapter, void *state, const peer_engine *engine,
	const peer_data *data, const peer_visit *visit);
void peer_nap(double ms);

/* machine.c */
size_t peer_cache_bytes(int level);
void peer_pin_threads(void);
void peer_machine(void (*say)(void *to, const char *key, const char *value), void *to);

/* floor_threads.c: threads for the floors that spin a little before they sleep */
void peer_threads_run(unsigned threads, void (*job)(void *of, unsigned i), void *of);
void peer_threads_rest(
	void); /**< all asleep at once: a spinning member would hold another's core */

/* stream.c: the machine at its best, over the part of thread i of `threads` */
typedef struct peer_stream {
	const char *name;
	float (*read)(const float *x, size_t count);
	void (*copy)(float *y, const float *x, size_t count);
	void (*copy_past)(float *y, const float *x, size_t count); /**< past the caches */
	void (*update)(float *y, size_t count);
	float (*fma)(size_t rounds);
	double fma_flops; /**< of a round */
} peer_stream;
const peer_stream *peer_stream_best(void);

/* floors.c */
enum { PEER_FMA_FLOPS = 4000000 }; /**< of the engine "FMA peak" and of each thread */
void peer_evict(const peer_data *data);
void peer_fill_y(const peer_data *data, enum peer_layout layout);

/* data.c */
bool peer_data_make(peer_data *data, const peer_shape *shape);
void peer_data_free(peer_data *data);
float peer_from_bf16(uint16_t half);

/* check.c */
bool peer_reference(peer_data *data, char why[256]);
bool peer_agrees(const peer_engine *engine, const peer_data *data, const float *y, char why[256]);

/* bench.c */
const peer_engine *peer_engine_at(size_t i); /**< NULL past the end */

#endif
