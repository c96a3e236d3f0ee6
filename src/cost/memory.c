/* Memory as tensors that live from the layer that makes them to the last layer that reads them.
 *
 * A tensor goes by the layer that made it, its root. A view has its input's root, and so has every
 * layer of SE when a network is counted without it: then SE's layers make nothing and what read
 * their result reads the map that they gate. So what SE adds is a difference of two counts, and no
 * quantity here knows about SE. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "secost/cost.h"

static const sc_keep kept_of_function[] = {
#define FUNCTION(name, counted, kept, act, gate, meaning) SC_KEEP_##kept,
#include "secost/functions.def"
#undef FUNCTION
};

#define NEVER UINT32_MAX

typedef struct tensors {
	const sc_layers *layers;
	const sc_memory_options *options;
	uint32_t *root, *last; /* of each layer: whose tensor it is; the last that reads a root */
	bool *kept, *learns;   /* of each root: is it kept? does something before it learn? */
} tensors;

static bool is_skipped(const tensors *t, size_t i)
{
	const sc_layer *l = &t->layers->item[i];
	return l->input_count &&
	       ((t->options->without_se && l->role == SC_ROLE_SE) || l->op->place == SC_PLACE_view);
}

static uint32_t input_root(const tensors *t, size_t i, size_t k)
{
	return t->root[t->layers->inputs[t->layers->item[i].first_input + k]];
}

uint64_t sc_memory_of_output(const sc_layer *layer, const sc_memory_options *options)
{
	uint64_t n = layer->out.c;
	bool fits = sc_mul(&n, layer->out.h) && sc_mul(&n, layer->out.w) &&
		    sc_mul(&n, options->batch) && sc_mul(&n, options->bytes);
	return fits ? n : INT64_MAX;
}

static uint64_t bytes_of(const tensors *t, size_t root)
{
	return sc_memory_of_output(&t->layers->item[root], t->options);
}

static sc_keep keep_of(const sc_layer *l)
{
	return l->op->keep == SC_KEEP_function ? kept_of_function[l->function] : l->op->keep;
}

static void note_kept(tensors *t, size_t i)
{
	const sc_layer *l = &t->layers->item[i];
	sc_keep keep = keep_of(l);
	size_t inputs = keep == SC_KEEP_inputs ? l->input_count : keep == SC_KEEP_input;
	for (size_t k = 0; k < inputs && k < l->input_count; k++)
		t->kept[input_root(t, i, k)] = true;
	if (keep == SC_KEEP_output)
		t->kept[i] = true;
}

/* one pass in execution order: roots, last readers, what is kept, what has a gradient */
static void trace(tensors *t)
{
	for (size_t i = 0; i < t->layers->count; i++) {
		const sc_layer *l = &t->layers->item[i];
		t->last[i] = NEVER;
		t->root[i] = is_skipped(t, i) ? input_root(t, i, 0) : (uint32_t)i;
		if (t->root[i] != i)
			continue;
		t->learns[i] = l->op->cls == SC_CLASS_conv || l->op->cls == SC_CLASS_linear ||
			       l->op->cls == SC_CLASS_norm;
		for (size_t k = 0; k < l->input_count; k++) {
			t->last[input_root(t, i, k)] = (uint32_t)i;
			t->learns[i] = t->learns[i] || t->learns[input_root(t, i, k)];
		}
		note_kept(t, i);
	}
	if (t->layers->count)
		t->last[t->root[t->layers->count - 1]] = (uint32_t)t->layers->count;
}

static void release(tensors *t)
{
	free(t->root);
	free(t->last);
	free(t->kept);
	free(t->learns);
}

static sc_status trace_into(
	tensors *t, const sc_layers *layers, const sc_memory_options *options, sc_err *err)
{
	size_t n = layers->count + 1;
	*t = (tensors){.layers = layers,
		.options = options,
		.root = calloc(n, sizeof *t->root),
		.last = calloc(n, sizeof *t->last),
		.kept = calloc(n, sizeof *t->kept),
		.learns = calloc(n, sizeof *t->learns)};
	if (!t->root || !t->last || !t->kept || !t->learns) {
		release(t);
		return sc_fail(err, SC_ENOMEM, "no memory for %zu tensors", layers->count);
	}
	trace(t);
	return SC_OK;
}

/* does layer `i` write over its first input? */
static bool overwrites(const tensors *t, size_t i)
{
	const sc_layer *l = &t->layers->item[i];
	if (!t->options->in_place || l->op->place != SC_PLACE_in_place || !l->input_count)
		return false;
	uint32_t first = input_root(t, i, 0);
	return t->last[first] == i && bytes_of(t, first) == bytes_of(t, i);
}

/* what nobody reads after layer `i` is given back */
static uint64_t freed_after(const tensors *t, size_t i)
{
	uint64_t freed = t->last[i] == NEVER ? bytes_of(t, i) : 0;
	size_t inputs = t->layers->item[i].input_count;
	for (size_t k = 0; k < inputs; k++) {
		uint32_t root = input_root(t, i, k);
		bool again = k == 0 && overwrites(t, i);
		for (size_t j = 0; j < k && !again; j++)
			again = input_root(t, i, j) == root;
		if (t->last[root] == i && !again)
			freed += bytes_of(t, root);
	}
	return freed;
}

/* --- sums --- */

static bool add_params(const sc_layer *l, const sc_memory_options *o, sc_memory *m, sc_err *err)
{
	sc_cost cost;
	uint64_t n = 0, one;
	if (sc_count_layer(l, &cost, err))
		return false;
	static const sc_count_kind learnable[] = {
		SC_COUNT_weights, SC_COUNT_biases, SC_COUNT_norm_affine};
	bool fits = true;
	for (size_t i = 0; i < sizeof learnable / sizeof *learnable; i++)
		fits = fits && !sc_cost_sum(&cost, learnable[i], &one, err) && sc_add(&n, one);
	fits = fits && sc_mul(&n, o->bytes) && sc_add(&m->params, n) && sc_add(&m->gradients, n);
	fits = fits && sc_mul(&n, o->states) && sc_add(&m->states, n);
	fits = fits && !sc_cost_sum(&cost, SC_COUNT_norm_statistics, &one, err) &&
	       sc_mul(&one, o->bytes) && sc_add(&m->statistics, one);
	return fits;
}

static bool add_backward(const tensors *t, size_t i, sc_memory *m, sc_err *err)
{
	const sc_layer *l = &t->layers->item[i];
	sc_cost cost;
	uint64_t macs;
	if (!l->input_count)
		return true;
	if (sc_count_layer(l, &cost, err) || sc_cost_sum(&cost, SC_COUNT_macs, &macs, err))
		return false;
	return sc_mul(&macs, t->options->batch) &&
	       sc_mul(&macs, t->learns[input_root(t, i, 0)] ? 2 : 1) &&
	       sc_add(&m->backward_macs, macs);
}

static bool add_layer(const tensors *t, size_t i, uint64_t *live, sc_memory *m, sc_err *err)
{
	bool fits = add_params(&t->layers->item[i], t->options, m, err) &&
		    add_backward(t, i, m, err) &&
		    (!t->kept[i] || sc_add(&m->kept, bytes_of(t, i))) &&
		    (overwrites(t, i) || sc_add(live, bytes_of(t, i)));
	if (fits && *live > m->peak)
		m->peak = *live;
	if (fits)
		*live -= freed_after(t, i);
	return fits;
}

static bool add_part(sc_memory *sum, const sc_memory *part)
{
	sum->peak = part->peak > sum->peak ? part->peak : sum->peak;
	return sc_add(&sum->params, part->params) && sc_add(&sum->statistics, part->statistics) &&
	       sc_add(&sum->gradients, part->gradients) && sc_add(&sum->states, part->states) &&
	       sc_add(&sum->kept, part->kept) && sc_add(&sum->backward_macs, part->backward_macs);
}

static bool sum_up(const tensors *t, sc_memory *part, size_t parts, size_t *at, sc_err *err)
{
	uint64_t live = 0, peak = 0;
	bool fits = true;
	for (size_t i = 0; i < t->layers->count && fits; i++) {
		if (t->root[i] != i)
			continue;
		sc_memory *m = &part[t->layers->item[i].stage];
		fits = add_layer(t, i, &live, m, err);
		if (m->peak > peak) {
			peak = m->peak;
			*at = i;
		}
	}
	for (size_t p = 0; p + 1 < parts && fits; p++)
		fits = add_part(&part[parts - 1], &part[p]);
	return fits;
}

sc_status sc_memory_count(const sc_layers *layers, const sc_memory_options *options, sc_memory *out,
	size_t *at, sc_err *err)
{
	size_t parts = layers->stages + 3, where = 0;
	sc_memory *part = calloc(parts, sizeof *part);
	tensors t;
	if (!part)
		return sc_fail(err, SC_ENOMEM, "no memory for %zu stages", parts);
	sc_status s = trace_into(&t, layers, options, err);
	if (!s) {
		if (!sum_up(&t, part, parts, &where, err))
			s = sc_fail(err, SC_ERANGE, "the bytes do not fit in 63 bits");
		release(&t);
	}
	if (!s) {
		memcpy(out, part, parts * sizeof *part);
		if (at)
			*at = where;
	}
	free(part);
	return s;
}

/* a view or a layer less never needs more, so nothing here is below 0 */
sc_memory sc_memory_added(const sc_memory *with, const sc_memory *without)
{
	return (sc_memory){
		.params = with->params - without->params,
		.statistics = with->statistics - without->statistics,
		.gradients = with->gradients - without->gradients,
		.states = with->states - without->states,
		.kept = with->kept - without->kept,
		.peak = with->peak - without->peak,
		.backward_macs = with->backward_macs - without->backward_macs,
	};
}

/* --- who is alive --- */

static bool is_alive(const tensors *t, size_t i, size_t at)
{
	if (t->root[i] != i || i > at)
		return false;
	bool taken = i != at && overwrites(t, at) && input_root(t, at, 0) == i;
	return i == at || (t->last[i] != NEVER && t->last[i] >= at && !taken);
}

sc_status sc_memory_alive(const sc_layers *layers, const sc_memory_options *options, size_t at,
	uint32_t **out, size_t *n, sc_err *err)
{
	tensors t;
	sc_status s = trace_into(&t, layers, options, err);
	if (s)
		return s;
	uint32_t *alive = calloc(layers->count + 1, sizeof *alive);
	size_t count = 0;
	for (size_t i = 0; alive && i < layers->count; i++)
		if (is_alive(&t, i, at))
			alive[count++] = (uint32_t)i;
	release(&t);
	if (!alive)
		return sc_fail(err, SC_ENOMEM, "no memory for %zu tensors", layers->count);
	*out = alive;
	*n = count;
	return SC_OK;
}
