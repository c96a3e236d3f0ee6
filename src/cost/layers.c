#include "cost/op.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* room for `items` more layers and `inputs` more inputs */
static bool reserve(sc_layers *layers, size_t items, size_t inputs)
{
	sc_layer *item =
		sc_array_reserve(layers->item, &layers->room, layers->count + items, sizeof *item);
	layers->item = item ? item : layers->item;
	uint32_t *in = item ? sc_array_reserve(layers->inputs, &layers->input_room,
				      layers->input_count + inputs + 1, sizeof *in)
			    : NULL;
	layers->inputs = in ? in : layers->inputs;
	return in && layers->count + items < UINT32_MAX &&
	       layers->input_count + inputs < UINT32_MAX;
}

static sc_status work_out_shapes(
	const sc_layers *layers, sc_layer *l, const uint32_t *inputs, size_t n, sc_err *err)
{
	sc_shape in[SC_INPUTS_MAX];
	for (size_t i = 0; i < n; i++)
		in[i] = layers->item[inputs[i]].out;
	l->in = n ? in[0] : l->out;
	sc_shape out = l->out;
	sc_status s = l->op->shape(l, in, n, &out, err);
	l->out = out;
	return s;
}

/* A norm folds into the layer before it when that is a convolution or linear layer whose output
 * nothing else reads. */
static sc_fold fold_of(const sc_layers *layers, const sc_layer *l, const uint32_t *inputs)
{
	if (l->op->cls != SC_CLASS_norm || !sc_norm_is_stored(l) || inputs[0] + 1u != layers->count)
		return SC_FOLD_not;
	const sc_layer *before = &layers->item[inputs[0]];
	if (before->op->cls != SC_CLASS_conv && before->op->cls != SC_CLASS_linear)
		return SC_FOLD_not;
	return before->bias ? SC_FOLD_nothing : SC_FOLD_bias;
}

/* what is read besides its norm is needed as it was before that norm */
static void unfold(sc_layers *layers, const uint32_t *inputs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (inputs[i] + 1u < layers->count)
			layers->item[inputs[i] + 1].fold = SC_FOLD_not;
}

sc_status sc_layers_push(sc_layers *layers, const sc_layer *layer, const uint32_t *inputs, size_t n,
	uint32_t *index, sc_err *err)
{
	if (n > SC_INPUTS_MAX)
		return sc_fail(err, SC_EINVAL, "'%s' joins more than %d inputs", layer->name,
			SC_INPUTS_MAX);
	if (layers->count >= SC_LAYERS_MAX)
		return sc_fail(err, SC_ERANGE, "a network of more than %d layers", SC_LAYERS_MAX);
	if (!reserve(layers, 1, n))
		return sc_fail(err, SC_ENOMEM, "no memory for %zu layers", layers->count + 1);
	sc_layer l = *layer;
	sc_status s = work_out_shapes(layers, &l, inputs, n, err);
	if (s)
		return s;
	l.first_input = (uint32_t)layers->input_count;
	l.input_count = (uint16_t)n;
	if (n)
		memcpy(layers->inputs + layers->input_count, inputs, n * sizeof *inputs);
	layers->input_count += n;
	l.fold = n ? (uint8_t)fold_of(layers, &l, inputs) : SC_FOLD_not;
	unfold(layers, inputs, n);
	*index = (uint32_t)layers->count;
	layers->item[layers->count++] = l;
	return SC_OK;
}

void sc_layers_release(sc_layers *layers)
{
	free(layers->item);
	free(layers->inputs);
	*layers = (sc_layers){0};
}

const char *sc_layer_full_name(const sc_layer *layer, sc_layer_path *out)
{
	bool in_block = layer->role != SC_ROLE_STEM && layer->role != SC_ROLE_HEAD;
	const char *dot = layer->part ? "." : "", *part = layer->part ? layer->part : "";
	char block[16] = "", nth[16] = "";
	if (in_block)
		snprintf(block, sizeof block, "%u.", layer->block);
	if (layer->nth)
		snprintf(nth, sizeof nth, "%u", layer->nth + 1);
	snprintf(out->s, sizeof out->s, "%s.%s%s%s%s%s", layer->section, block, layer->name, nth,
		dot, part);
	return out->s;
}

size_t sc_layers_stage_start(const sc_layers *layers, uint32_t stage)
{
	size_t low = 0, high = layers->count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (layers->item[mid].stage < stage)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}
