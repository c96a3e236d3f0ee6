/* The inverted residual of MobileNetV2, MobileNetV3 and EfficientNet ("MBConv"): 1×1 expansion,
 * depthwise convolution, 1×1 projection without activation, and a shortcut where the shape stays.
 * Where the inner width is the entering one there is no expansion unless it is asked for. The fused
 * form (EfficientNetV2) expands by the spatial convolution itself, and without an expansion that is
 * all there is. With mixed kernels (MixNet) the depthwise channels are dealt out to windows of 3,
 * 5, 7 and so on. SE gates the expanded map: there `standard` and `inner` are one place. */
#include "block/builder.h"

enum { KERNELS_MAX = 16 };

static uint64_t inner_channels(const sc_block_spec *spec, uint32_t entering)
{
	return spec->inner_channels  ? spec->inner_channels
	       : spec->expansion > 0 ? (uint64_t)(entering * spec->expansion + 0.5)
				     : entering;
}

static sc_status pointwise(sc_builder *b, const sc_block_spec *spec, const char *name,
	uint32_t channels, uint32_t groups, sc_function function, sc_err *err)
{
	const sc_conv conv = sc_block_conv(spec, (sc_conv){.name = name,
							 .channels = channels,
							 .kernel = 1,
							 .groups = groups,
							 .function = function});
	return sc_build_conv(b, &conv, err);
}

static sc_conv spatial_conv(const sc_block_spec *spec, uint32_t channels, uint32_t groups)
{
	return sc_block_conv(spec, (sc_conv){.name = groups > 1 ? "depthwise" : "fused",
					   .channels = channels,
					   .kernel = spec->kernel ? spec->kernel : 3,
					   .stride = sc_block_stride(spec),
					   .groups = groups,
					   .function = SC_FUNCTION_relu6,
					   .dilation = spec->dilation});
}

/* parts of the channels, each through a larger window; the first takes what does not divide */
static sc_status mixed(sc_builder *b, const sc_block_spec *spec, uint32_t inner, sc_err *err)
{
	uint32_t n = spec->mixed_kernels, input = b->current, end[KERNELS_MAX];
	if (n > KERNELS_MAX || inner < n)
		return sc_fail(
			err, SC_EINVAL, "%u channels can't be dealt out to %u kernels", inner, n);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t part = inner / n + (i ? 0 : inner % n);
		sc_conv conv = spatial_conv(spec, part, part);
		conv.kernel = 3 + 2 * i;
		conv.no_norm = true;
		conv.function = SC_FUNCTION_none;
		b->current = input;
		sc_status s = sc_build_next(b,
			(sc_layer){.op = sc_op_at(SC_OP_take), .name = "part", .out = {.c = part}},
			err);
		if (!s)
			s = sc_build_conv(b, &conv, err);
		if (s)
			return s;
		end[i] = b->current;
	}
	sc_status s = sc_build_layer(b,
		(sc_layer){.op = sc_op_at(SC_OP_concat), .name = "depthwise", .part = "concat"},
		end, n, err);
	if (!s)
		s = sc_build_norm(b, "depthwise", err);
	return s ? s
		 : sc_build_function(
			   b, "depthwise", sc_block_function(spec, SC_FUNCTION_relu6), err);
}

static sc_status separate(sc_builder *b, const sc_block_spec *spec, uint32_t inner, sc_err *err)
{
	sc_status s = SC_OK;
	if (inner != sc_build_shape(b).c || spec->expand == SC_YES)
		s = pointwise(
			b, spec, "expand", inner, spec->expand_groups, SC_FUNCTION_relu6, err);
	const sc_conv depthwise = spatial_conv(spec, inner, inner);
	if (s)
		return s;
	return spec->mixed_kernels > 1 ? mixed(b, spec, inner, err)
				       : sc_build_conv(b, &depthwise, err);
}

static sc_status branch(sc_builder *b, const sc_block_spec *spec, uint32_t inner, sc_err *err)
{
	bool fused = spec->fused == SC_YES, single = fused && inner == sc_build_shape(b).c;
	const sc_conv wide = spatial_conv(spec, single ? spec->channels : inner, 1);
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	if (!s)
		s = fused ? sc_build_conv(b, &wide, err) : separate(b, spec, inner, err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_standard, err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_inner, err);
	if (s || single)
		return s;
	return pointwise(
		b, spec, "project", spec->channels, spec->project_groups, SC_FUNCTION_none, err);
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t input = b->current, in = sc_build_shape(b).c;
	uint64_t inner = inner_channels(spec, in);
	if (inner > SC_DIM_MAX)
		return sc_fail(
			err, SC_ERANGE, "an inner width of more than %d channels", SC_DIM_MAX);
	sc_status s = branch(b, spec, inner ? (uint32_t)inner : 1, err);
	uint32_t end = b->current;
	if (!s && sc_block_stride(spec) == 1 && in == spec->channels) {
		b->current = input;
		s = sc_build_se(b, SC_PLACEMENT_identity, err);
		if (!s)
			s = sc_build_sum(b, end, SC_FUNCTION_none, err);
	}
	return s;
}

const sc_block_kind sc_block_inverted_residual = {
	.name = "inverted_residual",
	.meaning =
		"1×1 expansion, depthwise and 1×1 projection with a shortcut (MobileNetV2 and V3, "
		"EfficientNet)",
	.fields = "channels! stride kernel expansion inner_channels activation expand fused "
		  "expand_groups project_groups mixed_kernels dilation norm bias",
	.build = build,
};
