/* oneDNN through its C API: average pooling over the whole map (or a mean reduction, whichever is
 * faster here), two inner products with relu and logistic as post-ops and weights packed as it
 * likes, a binary product that broadcasts the gates. A shared object of its own, so that no one
 * else needs the library. A blocked map has buffers of its own, made before any timing. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <dnnl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "peers.h"

enum { POOL, MEAN, FC1, FC2, SCALE, STEPS, ARGS = 5 };

typedef struct step {
	dnnl_primitive_t primitive;
	dnnl_primitive_desc_t desc;
	dnnl_exec_arg_t arg[ARGS];
	int args;
} step;

typedef struct onednn {
	dnnl_engine_t engine;
	dnnl_stream_t stream;
	step step[STEPS];
	dnnl_memory_t x, y, z, squeezed, gates, weight[4];
	dnnl_memory_desc_t map, pooled, flat, narrow, plain_map;
	const peer_data *data;
	float *out;
	int squeeze, blocked;
	dnnl_status_t status;
} onednn;

/* after the first failure nothing more is done */
static void keep(onednn *o, dnnl_status_t status)
{
	if (!o->status)
		o->status = status;
}

static dnnl_memory_t memory(onednn *o, const dnnl_memory_desc_t *desc, void *at)
{
	dnnl_memory_t m = NULL;
	if (!o->status)
		keep(o, dnnl_memory_create(&m, desc, o->engine, at));
	return m;
}

static void run_one(onednn *o, step *s)
{
	keep(o, dnnl_primitive_execute(s->primitive, o->stream, s->args, s->arg));
}

static void reorder(onednn *o, dnnl_memory_t from, dnnl_memory_t to)
{
	const dnnl_memory_desc_t *a = NULL, *b = NULL;
	dnnl_primitive_desc_t desc = NULL;
	step s = {.arg = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}}, .args = 2};
	if (o->status)
		return;
	dnnl_memory_get_memory_desc(from, &a);
	dnnl_memory_get_memory_desc(to, &b);
	keep(o, dnnl_reorder_primitive_desc_create(&desc, a, o->engine, b, o->engine, NULL));
	if (!o->status)
		keep(o, dnnl_primitive_create(&s.primitive, desc));
	if (!o->status) {
		run_one(o, &s);
		dnnl_stream_wait(o->stream);
	}
	dnnl_primitive_destroy(s.primitive);
	dnnl_primitive_desc_destroy(desc);
}

static void add_arg(step *s, int name, dnnl_memory_t m)
{
	s->arg[s->args++] = (dnnl_exec_arg_t){name, m};
}

/* a primitive of `op` with an optional eltwise post-op */
static void make(onednn *o, step *s, const void *op, dnnl_alg_kind_t then)
{
	dnnl_primitive_attr_t attr = NULL;
	dnnl_post_ops_t post = NULL;
	if (o->status)
		return;
	keep(o, dnnl_primitive_attr_create(&attr));
	if (then != dnnl_alg_kind_undef) {
		dnnl_post_ops_create(&post);
		keep(o, dnnl_post_ops_append_eltwise(post, 1, then, 0, 0));
		keep(o, dnnl_primitive_attr_set_post_ops(attr, post));
		dnnl_post_ops_destroy(post);
	}
	keep(o, dnnl_primitive_desc_create(&s->desc, op, attr, o->engine, NULL));
	dnnl_primitive_attr_destroy(attr);
	if (!o->status)
		keep(o, dnnl_primitive_create(&s->primitive, s->desc));
}

static void describe(onednn *o, enum peer_layout layout)
{
	const peer_shape *s = &o->data->shape;
	dnnl_dims_t map = {(long)s->n, (long)s->c, (long)s->h, (long)s->w};
	dnnl_dims_t pooled = {(long)s->n, (long)s->c, 1, 1};
	dnnl_dims_t narrow = {(long)s->n, (long)s->d};
	int wide = dnnl_get_effective_cpu_isa() >= dnnl_cpu_isa_avx512_mic;
	dnnl_format_tag_t tag = layout == NCHW	 ? dnnl_nchw
				: layout == NHWC ? dnnl_nhwc
				: wide		 ? dnnl_nChw16c
						 : dnnl_nChw8c;
	long block = layout != BLOCKED ? 1 : wide ? 16 : 8;
	long padded = ((long)s->c + block - 1) / block * block;
	o->blocked = layout == BLOCKED;
	keep(o, dnnl_memory_desc_init_by_tag(&o->map, 4, map, dnnl_f32, tag));
	keep(o, dnnl_memory_desc_init_by_tag(&o->plain_map, 4, map, dnnl_f32, dnnl_nchw));
	keep(o, dnnl_memory_desc_init_by_tag(&o->pooled, 4, pooled, dnnl_f32, tag));
	keep(o, dnnl_memory_desc_init_by_tag(&o->narrow, 2, narrow, dnnl_f32, dnnl_nc));
	/* a 1 × 1 map is channels in order in every layout, perhaps with padding after each sample
	 */
	dnnl_dims_t strides = {padded, 1};
	keep(o, dnnl_memory_desc_init_by_strides(&o->flat, 2, pooled, dnnl_f32, strides));
}

static void make_buffers(onednn *o)
{
	const peer_data *d = o->data;
	o->z = memory(o, &o->pooled, DNNL_MEMORY_ALLOCATE);
	o->gates = memory(o, &o->pooled, DNNL_MEMORY_ALLOCATE);
	o->squeezed = memory(o, &o->narrow, DNNL_MEMORY_ALLOCATE);
	if (!o->blocked) {
		o->x = memory(o, &o->map, d->x[o->map.format_desc.blocking.strides[1] == 1]);
		o->y = memory(o, &o->map, d->y);
		return;
	}
	o->x = memory(o, &o->map, DNNL_MEMORY_ALLOCATE);
	o->y = memory(o, &o->map, DNNL_MEMORY_ALLOCATE);
	o->out = malloc(d->elements * sizeof(float));
	dnnl_memory_t plain = memory(o, &o->plain_map, d->x[NCHW]);
	reorder(o, plain, o->x);
	reorder(o, plain, o->y); /* touched */
	dnnl_memory_destroy(plain);
}

static void make_squeezes(onednn *o)
{
	const peer_shape *s = &o->data->shape;
	dnnl_dims_t kernel = {(long)s->h, (long)s->w}, none = {0, 0};
	dnnl_pooling_desc_t pool;
	dnnl_reduction_desc_t mean;
	keep(o, dnnl_pooling_forward_desc_init(&pool, dnnl_forward_inference,
			dnnl_pooling_avg_exclude_padding, &o->map, &o->pooled, kernel, kernel, none,
			none));
	make(o, &o->step[POOL], &pool, dnnl_alg_kind_undef);
	keep(o, dnnl_reduction_desc_init(&mean, dnnl_reduction_mean, &o->map, &o->pooled, 0, 0));
	make(o, &o->step[MEAN], &mean, dnnl_alg_kind_undef);
	for (int i = POOL; i <= MEAN; i++) {
		add_arg(&o->step[i], DNNL_ARG_SRC, o->x);
		add_arg(&o->step[i], DNNL_ARG_DST, o->z);
	}
}

/* a view of a 1 × 1 map's memory as a matrix */
static dnnl_memory_t matrix(onednn *o, dnnl_memory_t map)
{
	void *at = NULL;
	if (!o->status)
		keep(o, dnnl_memory_get_data_handle(map, &at));
	return memory(o, &o->flat, at);
}

static void make_dense(onednn *o, step *s, dnnl_memory_t in, dnnl_memory_t out, float *w, float *b,
	size_t rows, size_t columns, dnnl_alg_kind_t then)
{
	dnnl_memory_desc_t any, given, bias;
	const dnnl_memory_desc_t *src = NULL, *dst = NULL, *packed;
	dnnl_inner_product_desc_t op;
	dnnl_dims_t dims = {(long)rows, (long)columns};
	if (o->status)
		return;
	dnnl_memory_get_memory_desc(in, &src);
	dnnl_memory_get_memory_desc(out, &dst);
	dnnl_memory_desc_init_by_tag(&any, 2, dims, dnnl_f32, dnnl_format_tag_any);
	dnnl_memory_desc_init_by_tag(&given, 2, dims, dnnl_f32, dnnl_ab);
	dnnl_memory_desc_init_by_tag(&bias, 1, dims, dnnl_f32, dnnl_a);
	keep(o, dnnl_inner_product_forward_desc_init(
			&op, dnnl_forward_inference, src, &any, &bias, dst));
	make(o, s, &op, then);
	if (o->status)
		return;
	packed = dnnl_primitive_desc_query_md(s->desc, dnnl_query_weights_md, 0);
	dnnl_memory_t plain = memory(o, &given, w);
	dnnl_memory_t *keeper = &o->weight[then == dnnl_eltwise_relu ? 0 : 2];
	keeper[0] = memory(o, packed, DNNL_MEMORY_ALLOCATE);
	keeper[1] = memory(o, &bias, b);
	reorder(o, plain, keeper[0]);
	dnnl_memory_destroy(plain);
	add_arg(s, DNNL_ARG_SRC, in);
	add_arg(s, DNNL_ARG_WEIGHTS, keeper[0]);
	add_arg(s, DNNL_ARG_BIAS, keeper[1]);
	add_arg(s, DNNL_ARG_DST, out);
}

static void make_steps(onednn *o)
{
	const peer_data *d = o->data;
	dnnl_binary_desc_t product;
	make_squeezes(o);
	make_dense(o, &o->step[FC1], matrix(o, o->z), o->squeezed, d->w1, d->b1, d->shape.d,
		d->shape.c, dnnl_eltwise_relu);
	make_dense(o, &o->step[FC2], o->squeezed, matrix(o, o->gates), d->w2, d->b2, d->shape.c,
		d->shape.d, dnnl_eltwise_logistic);
	keep(o, dnnl_binary_desc_init(&product, dnnl_binary_mul, &o->map, &o->pooled, &o->map));
	make(o, &o->step[SCALE], &product, dnnl_alg_kind_undef);
	add_arg(&o->step[SCALE], DNNL_ARG_SRC_0, o->x);
	add_arg(&o->step[SCALE], DNNL_ARG_SRC_1, o->gates);
	add_arg(&o->step[SCALE], DNNL_ARG_DST, o->y);
}

static double now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static double squeeze_ns(onednn *o, int which)
{
	double best = 1e300;
	for (int i = 0; i < 5; i++) {
		double start = now_ns();
		run_one(o, &o->step[which]);
		dnnl_stream_wait(o->stream);
		double ns = now_ns() - start;
		best = ns < best ? ns : best;
	}
	return best;
}

static void run(void *state)
{
	onednn *o = state;
	run_one(o, &o->step[o->squeeze]);
	for (int i = FC1; i <= SCALE; i++)
		run_one(o, &o->step[i]);
	dnnl_stream_wait(o->stream);
}

static void close_onednn(void *state)
{
	onednn *o = state;
	for (int i = 0; i < STEPS; i++) {
		dnnl_primitive_destroy(o->step[i].primitive);
		dnnl_primitive_desc_destroy(o->step[i].desc);
	}
	dnnl_memory_destroy(o->step[FC1].arg[0].memory);
	dnnl_memory_destroy(o->step[FC2].arg[3].memory);
	dnnl_memory_t all[] = {o->x, o->y, o->z, o->squeezed, o->gates, o->weight[0], o->weight[1],
		o->weight[2], o->weight[3]};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		dnnl_memory_destroy(all[i]);
	dnnl_stream_destroy(o->stream);
	dnnl_engine_destroy(o->engine);
	free(o->out);
	free(o);
}

static void use_threads(unsigned threads)
{
	void *symbol = dlsym(RTLD_DEFAULT, "omp_set_num_threads");
	void (*set)(int);
	*(void **)&set = symbol;
	if (symbol)
		set((int)threads);
}

static void *open_onednn(const peer_engine *engine, const peer_data *data, char why[256])
{
	onednn *o = calloc(1, sizeof *o);
	use_threads(data->shape.threads);
	o->data = data;
	keep(o, dnnl_engine_create(&o->engine, dnnl_cpu, 0));
	if (!o->status)
		keep(o, dnnl_stream_create(&o->stream, o->engine, dnnl_stream_default_flags));
	describe(o, engine->layout);
	make_buffers(o);
	make_steps(o);
	if (!o->status)
		o->squeeze = squeeze_ns(o, POOL) <= squeeze_ns(o, MEAN) ? POOL : MEAN;
	if (!o->status)
		return o;
	snprintf(why, 256, "oneDNN's status %d", (int)o->status);
	close_onednn(o);
	return NULL;
}

static const float *output(void *state)
{
	onednn *o = state;
	if (!o->blocked)
		return NULL;
	dnnl_memory_t plain = memory(o, &o->plain_map, o->out);
	reorder(o, o->y, plain);
	dnnl_memory_destroy(plain);
	return o->out;
}

static const char *version(void)
{
	static char text[32];
	const dnnl_version_t *v = dnnl_version();
	snprintf(text, sizeof text, "%d.%d.%d", v->major, v->minor, v->patch);
	return text;
}

__attribute__((visibility("default"))) extern const peer_adapter peer_adapter_onednn;
const peer_adapter peer_adapter_onednn = {
	version, open_onednn, run, NULL, output, close_onednn, NULL};
