#include "block/builder.h"

#include <string.h>

static const sc_block_kind *const table[] = {
#define BLOCK(name) &sc_block_##name,
#include "block/blocks.def"
#undef BLOCK
};

const sc_block_kind *sc_block_kind_at(size_t i)
{
	return i < sizeof table / sizeof *table ? table[i] : NULL;
}

const sc_block_kind *sc_block_kind_named(const char *name)
{
	for (size_t i = 0; sc_block_kind_at(i); i++)
		if (!strcmp(table[i]->name, name))
			return table[i];
	return NULL;
}

sc_shape sc_build_shape(const sc_builder *b)
{
	return b->layers->item[b->current].out;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && *a == *b && !strcmp(a, b));
}

/* Which of its name a layer is. Layers are counted in their block, a part goes with the layer that
 * it follows: after two convolutions of one name, their norm is the second's, whether or not the
 * first had one. A part that comes twice for one layer, or without any, is counted itself. */
static uint32_t nth_of_name(const sc_builder *b, const sc_layer *layer)
{
	uint32_t whole = 0, free = 0;
	for (size_t i = b->layers->count; i-- > 0;) {
		const sc_layer *l = &b->layers->item[i];
		if (l->stage != b->stage || l->block != b->block)
			break;
		if (!same_text(l->name, layer->name))
			continue;
		whole += !l->part;
		if (same_text(l->part, layer->part) && l->nth >= free)
			free = l->nth + 1;
	}
	return layer->part && whole > free ? whole - 1 : free;
}

sc_status sc_build_layer(
	sc_builder *b, sc_layer layer, const uint32_t *inputs, size_t n, sc_err *err)
{
	layer.section = b->section;
	layer.stage = b->stage;
	layer.block = b->block;
	layer.role = (uint8_t)b->role;
	layer.nth = nth_of_name(b, &layer);
	if (!layer.line) {
		layer.line = b->line;
		layer.column = b->column <= UINT16_MAX ? (uint16_t)b->column : 0;
	}
	sc_status s = sc_layers_push(b->layers, &layer, inputs, n, &b->current, err);
	if (s && err) {
		sc_layer_path path;
		sc_err cause = *err;
		sc_fail(err, s, "layer '%s': %s", sc_layer_full_name(&layer, &path), cause.message);
		err->line = (int)layer.line;
		err->column = layer.column;
	}
	return s;
}

sc_status sc_build_next(sc_builder *b, sc_layer layer, sc_err *err)
{
	uint32_t input = b->current;
	return sc_build_layer(b, layer, &input, 1, err);
}

sc_status sc_build_function(sc_builder *b, const char *name, sc_function function, sc_err *err)
{
	if (function == SC_FUNCTION_none)
		return SC_OK;
	sc_layer l = {.op = sc_op_at(SC_OP_activation),
		.name = name,
		.part = sc_function_name(function),
		.function = (uint8_t)function};
	return sc_build_next(b, l, err);
}

static sc_status norm(sc_builder *b, const char *name, sc_norm_kind kind, sc_err *err)
{
	return sc_build_next(b,
		(sc_layer){.op = sc_op_at(SC_OP_norm),
			.name = name,
			.part = "norm",
			.norm = (uint8_t)kind},
		err);
}

sc_status sc_build_norm(sc_builder *b, const char *name, sc_err *err)
{
	return norm(b, name, SC_NORM_batch, err);
}

sc_status sc_build_preact(sc_builder *b, const char *name, sc_err *err)
{
	sc_status s = norm(b, name, SC_NORM_batch, err);
	return s ? s : sc_build_function(b, name, SC_FUNCTION_relu, err);
}

sc_status sc_build_conv(sc_builder *b, const sc_conv *conv, sc_err *err)
{
	uint32_t k = conv->kernel, stride = conv->stride ? conv->stride : 1;
	uint32_t dilation = conv->dilation ? conv->dilation : 1, pad = dilation * (k - 1) / 2;
	sc_layer l = {.op = sc_op_at(SC_OP_conv),
		.name = conv->name,
		.out = {.c = conv->channels},
		.kernel = {k, k},
		.stride = {stride, stride},
		.padding = {pad, pad},
		.dilation = dilation > 1 ? dilation : 0,
		.groups = conv->groups ? conv->groups : 1,
		.bias = conv->bias};
	sc_status s = sc_build_next(b, l, err);
	if (!s && !conv->no_norm)
		s = norm(b, conv->name, conv->norm, err);
	return s ? s : sc_build_function(b, conv->name, conv->function, err);
}

uint32_t sc_block_stride(const sc_block_spec *spec)
{
	return spec->stride ? spec->stride : 1;
}

sc_function sc_block_function(const sc_block_spec *spec, sc_function by_default)
{
	return spec->activation != SC_FUNCTION_none ? spec->activation : by_default;
}

sc_conv sc_block_conv(const sc_block_spec *spec, sc_conv conv)
{
	conv.norm = sc_norm_chosen(spec->norm, SC_NORM_batch);
	conv.no_norm = conv.no_norm || conv.norm == SC_NORM_none;
	conv.bias = spec->bias == SC_YES || (spec->bias == SC_UNSAID && conv.bias);
	if (conv.function != SC_FUNCTION_none)
		conv.function = sc_block_function(spec, conv.function);
	return conv;
}

sc_status sc_build_avg_pool(sc_builder *b, const char *name, uint32_t kernel, uint32_t stride,
	uint32_t padding, sc_err *err)
{
	sc_layer l = {.op = sc_op_at(SC_OP_avg_pool),
		.name = name,
		.part = "pool",
		.kernel = {kernel, kernel},
		.stride = {stride, stride},
		.padding = {padding, padding},
		.ceil = kernel == stride};
	return sc_build_next(b, l, err);
}

static sc_status pad_shortcut(sc_builder *b, uint32_t channels, uint32_t stride, sc_err *err)
{
	sc_layer l = {.op = sc_op_at(SC_OP_pad_channels),
		.name = "shortcut",
		.out = {.c = channels},
		.kernel = {1, 1},
		.stride = {stride, stride}};
	return sc_build_next(b, l, err);
}

static sc_status project(
	sc_builder *b, const sc_block_spec *spec, uint32_t stride, bool with_norm, sc_err *err)
{
	uint32_t k = spec->projection_kernel && stride > 1 ? spec->projection_kernel : 1;
	sc_conv conv = {.name = "shortcut",
		.channels = spec->channels,
		.kernel = k,
		.stride = stride,
		.no_norm = !with_norm};
	conv = sc_block_conv(spec, conv);
	return sc_build_conv(b, &conv, err);
}

/* with a mean before it where that is asked for, which then strides */
static sc_status change_shape(sc_builder *b, const sc_block_spec *spec, uint32_t stride,
	uint32_t preact_input, bool with_norm, sc_err *err)
{
	bool pad = spec->shortcut == SC_SHORTCUT_pad || spec->shortcut == SC_SHORTCUT_avg_pad;
	bool mean = spec->shortcut == SC_SHORTCUT_avg_pool || spec->shortcut == SC_SHORTCUT_avg_pad;
	if (!pad)
		b->current = preact_input;
	if (mean && stride > 1) {
		sc_status s = sc_build_avg_pool(b, "shortcut", stride, stride, 0, err);
		if (s)
			return s;
		stride = 1;
	}
	if (!pad)
		return project(b, spec, stride, with_norm, err);
	bool widens = stride > 1 || sc_build_shape(b).c != spec->channels;
	return widens ? pad_shortcut(b, spec->channels, stride, err) : SC_OK;
}

sc_status sc_build_shortcut(sc_builder *b, const sc_block_spec *spec, uint32_t input,
	uint32_t preact_input, bool with_norm, sc_err *err)
{
	uint32_t stride = sc_block_stride(spec);
	sc_role role = b->role;
	sc_status s = SC_OK;
	b->current = input;
	b->role = SC_ROLE_SHORTCUT;
	if (stride > 1 || sc_build_shape(b).c != spec->channels)
		s = change_shape(b, spec, stride, preact_input, with_norm, err);
	b->role = role;
	return s ? s : sc_build_se(b, SC_PLACEMENT_identity, err);
}

sc_status sc_build_sum(sc_builder *b, uint32_t branch, sc_function function, sc_err *err)
{
	const uint32_t inputs[] = {branch, b->current};
	sc_status s = sc_build_layer(
		b, (sc_layer){.op = sc_op_at(SC_OP_add), .name = "add"}, inputs, 2, err);
	if (!s)
		s = sc_build_function(b, "add", function, err);
	return s ? s : sc_build_se(b, SC_PLACEMENT_post, err);
}

sc_status sc_build_postact(sc_builder *b, const sc_block_spec *spec,
	sc_status (*branch)(sc_builder *b, const sc_block_spec *spec, sc_err *err), sc_err *err)
{
	uint32_t input = b->current;
	sc_status s = branch(b, spec, err);
	uint32_t end = b->current;
	if (!s)
		s = sc_build_shortcut(b, spec, input, input, true, err);
	return s ? s : sc_build_sum(b, end, sc_block_function(spec, SC_FUNCTION_relu), err);
}

sc_status sc_build_concat(
	sc_builder *b, const char *name, const uint32_t *end, uint32_t n, sc_err *err)
{
	return sc_build_layer(
		b, (sc_layer){.op = sc_op_at(SC_OP_concat), .name = name}, end, n, err);
}

sc_status sc_build_residual(sc_builder *b, const sc_block_spec *spec, uint32_t input, sc_err *err)
{
	sc_shape in = b->layers->item[input].out, out = sc_build_shape(b);
	bool stays = in.c == out.c && in.h == out.h && in.w == out.w;
	uint32_t end = b->current;
	if (spec->residual != SC_YES || !stays)
		return SC_OK;
	b->current = input;
	sc_status s = sc_build_se(b, SC_PLACEMENT_identity, err);
	return s ? s : sc_build_sum(b, end, SC_FUNCTION_none, err);
}

sc_status sc_build_aggregated(sc_builder *b, const sc_block_spec *spec,
	sc_status (*chain)(sc_builder *b, const sc_block_spec *spec, sc_err *err), sc_err *err)
{
	uint32_t input = b->current;
	const sc_conv join = sc_block_conv(spec, (sc_conv){.name = "join",
							 .channels = spec->channels,
							 .kernel = 1,
							 .function = SC_FUNCTION_relu});
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	if (!s)
		s = chain(b, spec, err);
	if (!s)
		s = sc_build_conv(b, &join, err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_standard, err);
	return s ? s : sc_build_residual(b, spec, input, err);
}
