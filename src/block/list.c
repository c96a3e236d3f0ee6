/* Layers as written in a stem, a head or a branch. */
#include "block/builder.h"

const sc_layer_spec sc_layer_unsaid = {
	.groups = 1,
	.kernel = {1, 1},
	.stride = {1, 1},
	.padding = {-1, -1},
	.function = SC_FUNCTION_relu,
	.activation = SC_FUNCTION__N,
};

const sc_conv_defaults sc_conv_unsaid = {.activation = SC_FUNCTION__N};

static uint32_t padding(const sc_layer_spec *spec, int side)
{
	uint32_t dilation = spec->dilation ? spec->dilation : 1;
	return spec->padding[side] < 0 ? dilation * (spec->kernel[side] - 1) / 2
				       : (uint32_t)spec->padding[side];
}

static bool is_conv(const sc_layer_spec *spec)
{
	return spec->op == sc_op_at(SC_OP_conv);
}

/* a convolution's own word, or what all of them were told */
static sc_layer_spec told(const sc_layer_spec *spec, const sc_conv_defaults *all)
{
	sc_layer_spec told = *spec;
	if (!all || !is_conv(spec))
		return told;
	told.bias = spec->bias ? spec->bias : all->bias;
	told.norm = spec->norm ? spec->norm : all->norm;
	told.activation = spec->activation != SC_FUNCTION__N ? spec->activation : all->activation;
	return told;
}

static bool has_bias(const sc_layer_spec *spec, bool by_default)
{
	return spec->bias == SC_UNSAID ? by_default : spec->bias == SC_YES;
}

uint32_t sc_width_scaled(uint32_t width, const sc_width_scale *scale)
{
	if (scale->by <= 0 || scale->by == 1 || !width)
		return width;
	uint32_t q = scale->divisor ? scale->divisor : 1;
	const sc_width_rule rule = {
		SC_ROUNDING_make_divisible, q, q > 1 ? q : 0, q > 1 ? 0.9 : 0, false};
	return sc_width_rounded(width * scale->by, &rule);
}

static sc_layer layer_of(const sc_layer_spec *spec, const sc_width_scale *scale)
{
	bool linear = spec->features != 0;
	uint32_t channels = sc_width_scaled(spec->channels, scale);
	bool depthwise = spec->groups > 1 && spec->groups == spec->channels;
	return (sc_layer){
		.op = spec->op,
		.name = spec->name ? spec->name : spec->op->name,
		.out = {.c = linear ? spec->features : channels},
		.kernel = {spec->kernel[0], spec->kernel[1]},
		.stride = {spec->stride[0], spec->stride[1]},
		.padding = {padding(spec, 0), padding(spec, 1)},
		.dilation = spec->dilation > 1 ? spec->dilation : 0,
		.norm = spec->kind ? (uint8_t)(spec->kind - 1) : 0,
		.groups = depthwise ? channels : spec->groups,
		.function = (uint8_t)spec->function,
		.bias = has_bias(spec, linear),
		.ceil = spec->ceil == SC_YES,
	};
}

/* each branch over what is current; the list is no deeper than a description's text */
static sc_status build_branches(sc_builder *b, const sc_layer_list *branch, size_t n,
	uint32_t end[SC_BRANCHES_MAX], sc_err *err)
{
	uint32_t input = b->current;
	if (n > SC_BRANCHES_MAX)
		return sc_fail(err, SC_EINVAL, "more than %d branches", SC_BRANCHES_MAX);
	for (size_t i = 0; i < n; i++) {
		b->current = input;
		sc_status s = sc_build_list(b, &branch[i], err);
		if (s)
			return s;
		end[i] = b->current;
	}
	return SC_OK;
}

sc_status sc_build_joined(
	sc_builder *b, const sc_layer *join, const sc_layer_list *branch, size_t n, sc_err *err)
{
	uint32_t end[SC_BRANCHES_MAX];
	sc_status s = build_branches(b, branch, n, end, err);
	return s || n == 1 ? s : sc_build_layer(b, *join, end, n, err);
}

/* the layer alone */
static sc_status build_bare(sc_builder *b, const sc_layer_spec *spec, const sc_layer *layer,
	const uint32_t *inputs, size_t n, sc_err *err)
{
	if (spec->branches.count)
		return sc_build_joined(b, layer, spec->branches.item, spec->branches.count, err);
	return sc_build_layer(b, *layer, inputs, n, err);
}

static sc_status build_with(sc_builder *b, const sc_layer_spec *spec, const sc_layer *layer,
	const uint32_t *inputs, size_t n, sc_err *err)
{
	bool conv = is_conv(spec);
	sc_norm_kind norm = sc_norm_chosen(spec->norm, SC_NORM_batch);
	sc_function after = spec->activation != SC_FUNCTION__N ? spec->activation
			    : conv			       ? SC_FUNCTION_relu
							       : SC_FUNCTION_none;
	sc_status s = build_bare(b, spec, layer, inputs, n, err);
	if (!s && conv && norm != SC_NORM_none)
		s = sc_build_next(b,
			(sc_layer){.op = sc_op_at(SC_OP_norm),
				.name = layer->name,
				.part = "norm",
				.norm = (uint8_t)norm},
			err);
	return s ? s : sc_build_function(b, layer->name, after, err);
}

sc_status sc_build_spec(sc_builder *b, const sc_layer_spec *spec, const char *name,
	const uint32_t *inputs, size_t n, sc_err *err)
{
	uint32_t line = b->line, column = b->column;
	sc_layer_spec own = told(spec, b->convolutions);
	sc_layer l = layer_of(&own, &b->scale);
	l.name = name ? name : l.name;
	b->line = spec->given.at.line;
	b->column = spec->given.at.column;
	sc_status s = build_with(b, &own, &l, inputs, n, err);
	b->line = line;
	b->column = column;
	return s;
}

sc_status sc_build_list(sc_builder *b, const sc_layer_list *list, sc_err *err)
{
	for (size_t i = 0; i < list->count; i++) {
		uint32_t input = b->current;
		sc_status s = sc_build_spec(b, &list->item[i], NULL, &input, 1, err);
		if (s)
			return s;
	}
	return SC_OK;
}
