/* Steps as oneDNN's primitives, on 32-bit floats, channels last; weights in whatever form it likes.
 * After the first failure of a step nothing more of it is done. */
#define _GNU_SOURCE /* RTLD_NODELETE */
#include "network/onednn.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

/* It stays loaded: its threads sleep on after the last network. */
bool sc_network_can_run(void)
{
	void *library = dlopen("libdnnl.so.2", RTLD_NOW | RTLD_NODELETE);
	if (library)
		dlclose(library);
	return library != NULL;
}

static bool look_up(engine *e)
{
	void *found;
	bool all = true;
#define DNNL(name) \
	found = dlsym(e->library, "dnnl_" #name); \
	memcpy(&e->name, &found, sizeof found); \
	all = all && found;
#include "network/dnnl.def"
#undef DNNL
	return all;
}

/* of OpenMP, which this build of oneDNN runs in */
static void set_threads(unsigned threads)
{
	void (*set)(int), *found = dlsym(RTLD_DEFAULT, "omp_set_num_threads");
	memcpy(&set, &found, sizeof found);
	if (found)
		set((int)threads);
}

sc_status engine_open(unsigned threads, engine **out, sc_err *err)
{
	engine *e = calloc(1, sizeof *e);
	if (!e)
		return sc_fail(err, SC_ENOMEM, "no memory for oneDNN");
	e->library = dlopen("libdnnl.so.2", RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE);
	bool good = e->library && look_up(e);
	set_threads(threads);
	good = good && !e->engine_create(&e->engine, dnnl_cpu, 0) &&
	       !e->stream_create(&e->stream, e->engine, dnnl_stream_default_flags);
	if (!good) {
		engine_close(e);
		return sc_fail(
			err, SC_EIO, "oneDNN 2 (Debian's package libdnnl2) is not on this machine");
	}
	*out = e;
	return SC_OK;
}

void engine_close(engine *e)
{
	if (!e)
		return;
	if (e->stream)
		e->stream_destroy(e->stream);
	if (e->engine)
		e->engine_destroy(e->engine);
	if (e->library)
		dlclose(e->library);
	free(e);
}

/* --- one step in the making --- */

typedef struct maker {
	const engine *e;
	const program *p;
	const step *s;
	primitive *out;
	dnnl_status_t status;
} maker;

static void keep(maker *m, dnnl_status_t status)
{
	m->status = m->status ? m->status : status;
}

static dnnl_memory_desc_t map_desc(maker *m, sc_shape s, dnnl_format_tag_t tag)
{
	dnnl_memory_desc_t d;
	const dnnl_dims_t dims = {m->p->options.batch, s.c, s.h, s.w};
	memset(&d, 0, sizeof d);
	keep(m, m->e->memory_desc_init_by_tag(&d, 4, dims, dnnl_f32, tag));
	return d;
}

static dnnl_memory_desc_t tensor_desc(maker *m, uint32_t tensor)
{
	return map_desc(m, m->p->layers->item[tensor].out, dnnl_nhwc);
}

static dnnl_memory_desc_t plain(maker *m, int n, const dnnl_dims_t dims, dnnl_format_tag_t tag)
{
	dnnl_memory_desc_t d;
	memset(&d, 0, sizeof d);
	keep(m, m->e->memory_desc_init_by_tag(&d, n, dims, dnnl_f32, tag));
	return d;
}

static void argue(maker *m, int name, const dnnl_memory_desc_t *desc, void *at)
{
	dnnl_memory_t memory = NULL;
	if (!m->status)
		keep(m, m->e->memory_create(&memory, desc, m->e->engine, at));
	m->out->argument[m->out->arguments++] = (dnnl_exec_arg_t){name, memory};
}

/* 1/6·x + 1/2 between 0 and 1 is a hard sigmoid */
dnnl_status_t onednn_append(const engine *e, dnnl_post_ops_t ops, sc_function f)
{
	static const struct {
		dnnl_alg_kind_t alg;
		float alpha, beta;
	} rows[SC_FUNCTION__N] = {
		[SC_FUNCTION_relu] = {dnnl_eltwise_relu, 0, 0},
		[SC_FUNCTION_relu6] = {dnnl_eltwise_clip, 0, 6},
		[SC_FUNCTION_clamp] = {dnnl_eltwise_clip, 0, 1},
		[SC_FUNCTION_sigmoid] = {dnnl_eltwise_logistic, 0, 0},
		[SC_FUNCTION_hard_sigmoid] = {dnnl_eltwise_clip, 0, 1},
		[SC_FUNCTION_tanh] = {dnnl_eltwise_tanh, 0, 0},
		[SC_FUNCTION_silu] = {dnnl_eltwise_swish, 1, 0},
		[SC_FUNCTION_hard_swish] = {dnnl_eltwise_hardswish, 0, 0},
		[SC_FUNCTION_gelu] = {dnnl_eltwise_gelu_erf, 0, 0},
	};
	dnnl_status_t s = dnnl_success;
	if (f == SC_FUNCTION_none)
		return s;
	if (f == SC_FUNCTION_hard_sigmoid)
		s = e->post_ops_append_eltwise(ops, 1, dnnl_eltwise_linear, 1.0f / 6, 0.5f);
	return s ? s : e->post_ops_append_eltwise(ops, 1, rows[f].alg, rows[f].alpha, rows[f].beta);
}

/* a primitive of `op` with the step's function after it; `desc` stays for queries */
static dnnl_primitive_desc_t finish(maker *m, const void *op)
{
	dnnl_primitive_attr_t attr = NULL;
	dnnl_post_ops_t ops = NULL;
	dnnl_primitive_desc_t desc = NULL;
	if (!m->status)
		keep(m, m->e->primitive_attr_create(&attr));
	if (!m->status)
		keep(m, m->e->post_ops_create(&ops));
	if (!m->status)
		keep(m, onednn_append(m->e, ops, m->s->then));
	if (!m->status)
		keep(m, m->e->primitive_attr_set_post_ops(attr, ops));
	if (!m->status)
		keep(m, m->e->primitive_desc_create(&desc, op, attr, m->e->engine, NULL));
	if (!m->status)
		keep(m, m->e->primitive_create(&m->out->run, desc));
	if (ops)
		m->e->post_ops_destroy(ops);
	if (attr)
		m->e->primitive_attr_destroy(attr);
	return desc;
}

static void reorder(maker *m, dnnl_memory_t from, const dnnl_memory_desc_t *a, dnnl_memory_t to,
	const dnnl_memory_desc_t *b)
{
	dnnl_primitive_desc_t desc = NULL;
	dnnl_primitive_t run = NULL;
	const dnnl_exec_arg_t arg[] = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}};
	keep(m, m->e->reorder_primitive_desc_create(&desc, a, m->e->engine, b, m->e->engine, NULL));
	if (!m->status)
		keep(m, m->e->primitive_create(&run, desc));
	if (!m->status)
		keep(m, m->e->primitive_execute(run, m->e->stream, 2, arg));
	if (!m->status)
		keep(m, m->e->stream_wait(m->e->stream));
	if (run)
		m->e->primitive_destroy(run);
	if (desc)
		m->e->primitive_desc_destroy(desc);
}

/* the weights, in the form that the primitive asks for */
static void add_weights(maker *m, const dnnl_memory_desc_t *given, dnnl_primitive_desc_t desc)
{
	dnnl_memory_t from = NULL;
	if (m->status)
		return;
	const dnnl_memory_desc_t *wanted =
		m->e->primitive_desc_query_md(desc, dnnl_query_weights_md, 0);
	keep(m, m->e->memory_create(&from, given, m->e->engine, m->s->weight[0]));
	if (!m->status)
		keep(m, m->e->memory_create(
				&m->out->packed, wanted, m->e->engine, DNNL_MEMORY_ALLOCATE));
	if (!m->status)
		reorder(m, from, given, m->out->packed, wanted);
	if (from)
		m->e->memory_destroy(from);
	m->out->argument[m->out->arguments++] = (dnnl_exec_arg_t){DNNL_ARG_WEIGHTS, m->out->packed};
}

/* padding at the end, so that the windows cover what the layer says */
static long end_padding(const sc_layer *l, int side)
{
	const uint32_t in[] = {l->in.h, l->in.w}, out[] = {l->out.h, l->out.w};
	long n = (long)(out[side] - 1) * l->stride[side] + l->kernel[side] - in[side] -
		 (long)l->padding[side];
	return n > 0 ? n : 0;
}

static void make_conv(maker *m)
{
	const sc_layer *l = m->s->layer;
	long g = l->groups, o = l->out.c, i = l->in.c, kh = l->kernel[0], kw = l->kernel[1];
	const dnnl_dims_t grouped = {g, o / g, i / g, kh, kw}, whole = {o, i, kh, kw}, bias = {o};
	const dnnl_dims_t stride = {l->stride[0], l->stride[1]};
	const dnnl_dims_t before = {l->padding[0], l->padding[1]};
	const dnnl_dims_t after = {end_padding(l, 0), end_padding(l, 1)};
	int n = g > 1 ? 5 : 4;
	dnnl_memory_desc_t src = tensor_desc(m, m->s->from[0]),
			   dst = map_desc(m, l->out, dnnl_nhwc);
	dnnl_memory_desc_t b = plain(m, 1, bias, dnnl_a);
	dnnl_memory_desc_t any = plain(m, n, g > 1 ? grouped : whole, dnnl_format_tag_any);
	dnnl_memory_desc_t given =
		plain(m, n, g > 1 ? grouped : whole, g > 1 ? dnnl_goihw : dnnl_oihw);
	dnnl_convolution_desc_t op;
	if (!m->status)
		keep(m, m->e->convolution_forward_desc_init(&op, dnnl_forward_inference,
				dnnl_convolution_auto, &src, &any, &b, &dst, stride, before,
				after));
	dnnl_primitive_desc_t desc = finish(m, &op);
	argue(m, DNNL_ARG_SRC, &src, m->p->at[m->s->from[0]]);
	add_weights(m, &given, desc);
	argue(m, DNNL_ARG_BIAS, &b, m->s->weight[1]);
	argue(m, DNNL_ARG_DST, &dst, m->p->at[m->s->to]);
	if (desc)
		m->e->primitive_desc_destroy(desc);
}

static void make_linear(maker *m)
{
	const sc_layer *l = m->s->layer;
	const dnnl_dims_t in = {m->p->options.batch, l->in.c},
			  out = {m->p->options.batch, l->out.c};
	const dnnl_dims_t w = {l->out.c, l->in.c}, bias = {l->out.c};
	dnnl_memory_desc_t src = plain(m, 2, in, dnnl_nc), dst = plain(m, 2, out, dnnl_nc);
	dnnl_memory_desc_t any = plain(m, 2, w, dnnl_format_tag_any),
			   given = plain(m, 2, w, dnnl_oi);
	dnnl_memory_desc_t b = plain(m, 1, bias, dnnl_a);
	dnnl_inner_product_desc_t op;
	if (!m->status)
		keep(m, m->e->inner_product_forward_desc_init(
				&op, dnnl_forward_inference, &src, &any, &b, &dst));
	dnnl_primitive_desc_t desc = finish(m, &op);
	argue(m, DNNL_ARG_SRC, &src, m->p->at[m->s->from[0]]);
	add_weights(m, &given, desc);
	argue(m, DNNL_ARG_BIAS, &b, m->s->weight[1]);
	argue(m, DNNL_ARG_DST, &dst, m->p->at[m->s->to]);
	if (desc)
		m->e->primitive_desc_destroy(desc);
}

static void make_pool(maker *m)
{
	sc_layer l = *m->s->layer;
	if (l.op->cls == SC_CLASS_global_pool) {
		l.kernel[0] = l.stride[0] = l.in.h;
		l.kernel[1] = l.stride[1] = l.in.w;
	}
	const dnnl_dims_t stride = {l.stride[0], l.stride[1]}, kernel = {l.kernel[0], l.kernel[1]};
	const dnnl_dims_t before = {l.padding[0], l.padding[1]};
	const dnnl_dims_t after = {end_padding(&l, 0), end_padding(&l, 1)};
	dnnl_memory_desc_t src = tensor_desc(m, m->s->from[0]), dst = tensor_desc(m, m->s->to);
	dnnl_pooling_desc_t op;
	bool most = m->s->kind == STEP_max_pool;
	if (!m->status)
		keep(m, m->e->pooling_forward_desc_init(&op, dnnl_forward_inference,
				most ? dnnl_pooling_max : dnnl_pooling_avg_exclude_padding, &src,
				&dst, stride, kernel, before, after));
	dnnl_primitive_desc_t desc = finish(m, &op);
	argue(m, DNNL_ARG_SRC, &src, m->p->at[m->s->from[0]]);
	argue(m, DNNL_ARG_DST, &dst, m->p->at[m->s->to]);
	if (desc)
		m->e->primitive_desc_destroy(desc);
}

static void make_binary(maker *m)
{
	dnnl_memory_desc_t a = tensor_desc(m, m->s->from[0]), b = tensor_desc(m, m->s->from[1]);
	dnnl_memory_desc_t dst = tensor_desc(m, m->s->to);
	dnnl_binary_desc_t op;
	dnnl_alg_kind_t alg = m->s->kind == STEP_add ? dnnl_binary_add : dnnl_binary_mul;
	if (!m->status)
		keep(m, m->e->binary_desc_init(&op, alg, &a, &b, &dst));
	dnnl_primitive_desc_t desc = finish(m, &op);
	argue(m, DNNL_ARG_SRC_0, &a, m->p->at[m->s->from[0]]);
	argue(m, DNNL_ARG_SRC_1, &b, m->p->at[m->s->from[1]]);
	argue(m, DNNL_ARG_DST, &dst, m->p->at[m->s->to]);
	if (desc)
		m->e->primitive_desc_destroy(desc);
}

/* a function alone is a linear x with the function after it */
static void make_act(maker *m)
{
	dnnl_memory_desc_t map = tensor_desc(m, m->s->to);
	dnnl_eltwise_desc_t op;
	if (!m->status)
		keep(m, m->e->eltwise_forward_desc_init(
				&op, dnnl_forward_inference, dnnl_eltwise_linear, &map, 1, 0));
	dnnl_primitive_desc_t desc = finish(m, &op);
	argue(m, DNNL_ARG_SRC, &map, m->p->at[m->s->from[0]]);
	argue(m, DNNL_ARG_DST, &map, m->p->at[m->s->to]);
	if (desc)
		m->e->primitive_desc_destroy(desc);
}

static void make_concat(maker *m)
{
	dnnl_memory_desc_t src[STEP_INPUTS], dst = tensor_desc(m, m->s->to);
	dnnl_primitive_desc_t desc = NULL;
	for (size_t k = 0; k < m->s->froms; k++)
		src[k] = tensor_desc(m, m->s->from[k]);
	if (!m->status)
		keep(m, m->e->concat_primitive_desc_create(
				&desc, &dst, (int)m->s->froms, 1, src, NULL, m->e->engine));
	if (!m->status)
		keep(m, m->e->primitive_create(&m->out->run, desc));
	for (size_t k = 0; k < m->s->froms; k++)
		argue(m, DNNL_ARG_MULTIPLE_SRC + (int)k, &src[k], m->p->at[m->s->from[k]]);
	argue(m, DNNL_ARG_DST, &dst, m->p->at[m->s->to]);
	if (desc)
		m->e->primitive_desc_destroy(desc);
}

static void (*const makers[STEP__N])(maker *) = {
	[STEP_conv] = make_conv,
	[STEP_linear] = make_linear,
	[STEP_max_pool] = make_pool,
	[STEP_avg_pool] = make_pool,
	[STEP_act] = make_act,
	[STEP_add] = make_binary,
	[STEP_gate] = make_binary,
	[STEP_concat] = make_concat,
};

sc_status engine_make(engine *e, const program *p, step *s, sc_err *err)
{
	primitive *made = calloc(1, sizeof *made);
	if (!made)
		return sc_fail(err, SC_ENOMEM, "no memory for a primitive");
	maker m = {e, p, s, made, dnnl_success};
	s->made = made;
	makers[s->kind](&m);
	if (!m.status)
		return SC_OK;
	sc_layer_path path;
	sc_fail(err, m.status == dnnl_out_of_memory ? SC_ENOMEM : SC_EINVAL,
		"layer '%s' can't be run: oneDNN refuses it with status %d",
		sc_layer_full_name(s->layer, &path), (int)m.status);
	engine_unmake(e, s);
	return m.status == dnnl_out_of_memory ? SC_ENOMEM : SC_EINVAL;
}

sc_status engine_run(engine *e, const step *s, sc_err *err)
{
	const primitive *made = s->made;
	dnnl_status_t status =
		e->primitive_execute(made->run, e->stream, made->arguments, made->argument);
	return status ? sc_fail(err, SC_EIO, "oneDNN failed with status %d", (int)status) : SC_OK;
}

void engine_unmake(engine *e, step *s)
{
	primitive *made = s->made;
	if (!made)
		return;
	for (int i = 0; i < made->arguments; i++)
		if (made->argument[i].memory && made->argument[i].memory != made->packed)
			e->memory_destroy(made->argument[i].memory);
	if (made->packed)
		e->memory_destroy(made->packed);
	if (made->run)
		e->primitive_destroy(made->run);
	free(made);
	s->made = NULL;
}
