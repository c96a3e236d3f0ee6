/* From layers to steps. A convolution takes along its folded norm and the activation after it, an
 * addition its activation. The layers of an SE block are one step of the forward kernel, or steps
 * of their own, or none. With fusing, a block waits for the addition that alone reads it. */
#include <stdlib.h>
#include <string.h>

#include "network/program.h"
#include "secost/bench.h"

typedef struct fuser {
	program *p;
	uint32_t *root;	   /* of each layer: the tensor that holds its output */
	uint32_t *readers; /* how many layers read it */
	size_t *waiting;   /* index + 1 of the SE step that waits for an addition, by tensor */
} fuser;

static const sc_layer *layer_at(const fuser *f, size_t i)
{
	return &f->p->layers->item[i];
}

static uint32_t input_of(const fuser *f, size_t i, size_t k)
{
	return f->root[f->p->layers->inputs[layer_at(f, i)->first_input + k]];
}

static bool is_op(const sc_layer *l, const char *name)
{
	return !strcmp(l->op->name, name);
}

static bool is_activation(const sc_layer *l)
{
	return l->op->cls == SC_CLASS_activation;
}

/* does layer `i` alone read the layer just before it? */
static bool continues(const fuser *f, size_t i)
{
	const sc_layers *layers = f->p->layers;
	return i < layers->count && layer_at(f, i)->input_count == 1 &&
	       layers->inputs[layer_at(f, i)->first_input] == i - 1 && f->readers[i - 1] == 1;
}

static sc_status cant_run(const sc_layer *l, const char *why, sc_err *err)
{
	sc_layer_path path;
	sc_fail(err, SC_EINVAL, "layer '%s' can't be run: %s", sc_layer_full_name(l, &path), why);
	if (err) {
		err->line = (int)l->line;
		err->column = l->column;
	}
	return SC_EINVAL;
}

static sc_status push(fuser *f, const step *s, sc_err *err)
{
	program *p = f->p;
	if (p->steps == p->step_room)
		return sc_fail(err, SC_ERANGE, "more steps than layers");
	p->step[p->steps++] = *s;
	return SC_OK;
}

/* layers first … last are this step */
static void absorb(fuser *f, size_t first, size_t last)
{
	for (size_t i = first; i <= last; i++)
		f->root[i] = (uint32_t)last;
}

static const struct {
	const char *op;
	step_kind kind;
} kinds[] = {
	{"conv", STEP_conv},
	{"linear", STEP_linear},
	{"max_pool", STEP_max_pool},
	{"avg_pool", STEP_avg_pool},
	{"global_avg_pool", STEP_avg_pool},
	{"global_max_pool", STEP_max_pool},
	{"activation", STEP_act},
	{"add", STEP_add},
	{"concat", STEP_concat},
	{"scale", STEP_gate},
};

static step_kind kind_of(const sc_layer *l)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (is_op(l, kinds[i].op))
			return kinds[i].kind;
	return STEP__N;
}

/* the last layer that runs with layer `i` */
static size_t end_of_step(const fuser *f, size_t i, step *s)
{
	size_t last = i;
	bool dense = s->kind == STEP_conv || s->kind == STEP_linear;
	if (dense && continues(f, last + 1) && layer_at(f, last + 1)->fold != SC_FOLD_not)
		last++;
	if ((dense || s->kind == STEP_add) && continues(f, last + 1) &&
		is_activation(layer_at(f, last + 1)))
		s->then = (sc_function)layer_at(f, ++last)->function;
	if (s->kind == STEP_act)
		s->then = (sc_function)layer_at(f, i)->function;
	return last;
}

/* an addition that an SE block waited for becomes its last pass */
static sc_status add_to_block(fuser *f, size_t i, step *add, size_t last, bool *done, sc_err *err)
{
	for (size_t k = 0; k < 2; k++) {
		size_t waits = f->waiting[add->from[k]];
		if (!waits)
			continue;
		step block = f->p->step[waits - 1];
		f->p->step[waits - 1].kind = STEP__N; /* swept out later */
		block.from[block.froms++] = add->from[1 - k];
		block.to = (uint32_t)last;
		block.epilogue =
			add->then == SC_FUNCTION_relu ? SC_SE_SCALE_ADD_RELU : SC_SE_SCALE_ADD;
		*done = true;
		absorb(f, i, last);
		return push(f, &block, err);
	}
	return SC_OK;
}

static sc_status fuse_layer(fuser *f, size_t *at, sc_err *err)
{
	size_t i = *at;
	const sc_layer *l = layer_at(f, i);
	step s = {.kind = kind_of(l), .layer = l, .se = l->role == SC_ROLE_SE};
	if (s.kind == STEP__N)
		return cant_run(l, "this op has no step", err);
	if (l->input_count > STEP_INPUTS)
		return cant_run(l, "it joins more than 16 inputs", err);
	for (; s.froms < l->input_count; s.froms++)
		s.from[s.froms] = input_of(f, i, s.froms);
	size_t last = end_of_step(f, i, &s);
	s.to = (uint32_t)last;
	*at = last + 1;
	bool done = false;
	bool fusible = s.kind == STEP_add && s.froms == 2 &&
		       (s.then == SC_FUNCTION_none || s.then == SC_FUNCTION_relu);
	sc_status status = fusible ? add_to_block(f, i, &s, last, &done, err) : SC_OK;
	if (status || done)
		return status;
	absorb(f, i, last);
	return push(f, &s, err);
}

/* --- SE blocks --- */

static bool word(sc_word kind, size_t function, unsigned *out)
{
	return !sc_word_value(kind, "", sc_function_name(function), out, NULL);
}

/* what is found between a map and its scale, as far as the kernel knows it */
static bool read_block(const fuser *f, size_t first, size_t last, step *s)
{
	const sc_layer *act = NULL, *gate = NULL;
	unsigned value, avg = 0, max = 0;
	for (size_t i = first; i <= last; i++) {
		const sc_layer *l = layer_at(f, i);
		avg += is_op(l, "global_avg_pool");
		max += is_op(l, "global_max_pool");
		if (is_op(l, "linear") && !l->shared)
			*(s->fc1 ? &s->fc2 : &s->fc1) = l;
		if (is_activation(l) && s->fc1 && !s->fc2)
			act = l;
		gate = is_activation(l) ? l : gate;
	}
	if (!s->fc1 || !s->fc2 || !act || !gate || avg + max == 0)
		return false;
	s->pool = avg && max ? SC_SE_AVG_MAX : max ? SC_SE_MAX : SC_SE_AVG;
	if (!word(SC_WORD_activation, act->function, &value))
		return false;
	s->act = (sc_se_act)value;
	s->inner = (sc_function)act->function;
	s->outer = (sc_function)gate->function;
	if (!word(SC_WORD_gate, gate->function, &value))
		return false;
	s->gate = (sc_se_gate)value;
	return true;
}

static size_t end_of_block(const fuser *f, size_t i)
{
	while (i + 1 < f->p->layers->count && layer_at(f, i)->role == SC_ROLE_SE &&
		!is_op(layer_at(f, i), "scale"))
		i++;
	return i;
}

/* is the layer's one reader an addition of two? */
static bool goes_to_addition(const fuser *f, size_t i)
{
	const sc_layers *layers = f->p->layers;
	if (f->readers[i] != 1)
		return false;
	for (size_t k = i + 1; k < layers->count; k++)
		for (size_t n = 0; n < layer_at(f, k)->input_count; n++)
			if (layers->inputs[layer_at(f, k)->first_input + n] == i)
				return is_op(layer_at(f, k), "add") &&
				       layer_at(f, k)->input_count == 2;
	return false;
}

static sc_status fuse_block(fuser *f, size_t *at, sc_err *err)
{
	size_t i = *at, last = end_of_block(f, i);
	step s = {.kind = STEP_block,
		.layer = layer_at(f, i),
		.from = {input_of(f, i, 0)},
		.froms = 1,
		.to = (uint32_t)last,
		.se = true};
	if (!is_op(layer_at(f, last), "scale") || !read_block(f, i, last, &s))
		return fuse_layer(f, at, err);
	absorb(f, i, last);
	*at = last + 1;
	sc_status status = push(f, &s, err);
	if (!status && f->p->options.se == SC_NETWORK_fused && goes_to_addition(f, last))
		f->waiting[last] = f->p->steps;
	return status;
}

/* --- all layers --- */

static sc_status fuse_one(fuser *f, size_t *at, sc_err *err)
{
	const sc_layer *l = layer_at(f, *at);
	sc_network_se se = f->p->options.se;
	bool skipped = l->op->place == SC_PLACE_view ||
		       (l->role == SC_ROLE_SE && se == SC_NETWORK_without);
	if (!l->input_count) {
		f->p->input = f->root[*at] = (uint32_t)*at;
		++*at;
		return SC_OK;
	}
	if (skipped) {
		f->root[*at] = input_of(f, *at, 0);
		++*at;
		return SC_OK;
	}
	return l->role == SC_ROLE_SE && se != SC_NETWORK_onednn ? fuse_block(f, at, err)
								: fuse_layer(f, at, err);
}

/* a block that waited and was taken leaves a hole */
static void sweep(program *p)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->steps; i++)
		if (p->step[i].kind != STEP__N)
			p->step[kept++] = p->step[i];
	p->steps = kept;
}

sc_status program_fuse(program *p, sc_err *err)
{
	size_t n = p->layers->count + 1, at = 0;
	fuser f = {p, calloc(n, sizeof *f.root), calloc(n, sizeof *f.readers),
		calloc(n, sizeof *f.waiting)};
	p->step = calloc(n, sizeof *p->step); /* a step has a layer of its own */
	p->step_room = n;
	sc_status s = f.root && f.readers && f.waiting && p->step
			      ? SC_OK
			      : sc_fail(err, SC_ENOMEM, "no memory for %zu layers", n - 1);
	for (size_t i = 0; i < p->layers->input_count && !s; i++)
		f.readers[p->layers->inputs[i]]++;
	while (at < p->layers->count && !s)
		s = fuse_one(&f, &at, err);
	sweep(p);
	free(f.root);
	free(f.readers);
	free(f.waiting);
	return s;
}
