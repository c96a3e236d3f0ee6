/* The inverted residual of MobileNetV2, MobileNetV3 and EfficientNet ("MBConv"): 1×1 expansion,
 * depthwise convolution, 1×1 projection without activation, and a shortcut where the shape stays.
 * Where the inner width is the entering one there is no expansion. SE gates the expanded map, after
 * the depthwise convolution: there `standard` and `inner` are one place. */
#include "block/builder.h"

static uint64_t inner_channels(const sc_block_spec *spec, uint32_t entering)
{
	return spec->inner_channels  ? spec->inner_channels
	       : spec->expansion > 0 ? (uint64_t)(entering * spec->expansion + 0.5)
				     : entering;
}

static sc_status branch(sc_builder *b, const sc_block_spec *spec, uint32_t inner, sc_err *err)
{
	sc_function act =
		spec->activation != SC_FUNCTION_none ? spec->activation : SC_FUNCTION_relu6;
	const sc_conv expand = {"expand", inner, 1, 1, 1, false, act, false};
	const sc_conv depthwise = {"depthwise", inner, spec->kernel ? spec->kernel : 3,
		sc_block_stride(b, spec), inner, false, act, false};
	const sc_conv project = {
		"project", spec->channels, 1, 1, 1, false, SC_FUNCTION_none, false};
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	if (!s && inner != sc_build_shape(b).c)
		s = sc_build_conv(b, &expand, err);
	if (!s)
		s = sc_build_conv(b, &depthwise, err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_standard, err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_inner, err);
	return s ? s : sc_build_conv(b, &project, err);
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t input = b->current, in = sc_build_shape(b).c;
	uint64_t inner = inner_channels(spec, in);
	if (inner > SC_DIM_MAX)
		return sc_fail(
			err, SC_ERANGE, "an inner width of more than %d channels", SC_DIM_MAX);
	sc_status s = branch(b, spec, (uint32_t)inner, err);
	uint32_t end = b->current;
	if (!s && sc_block_stride(b, spec) == 1 && in == spec->channels) {
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
	.fields = "channels! stride kernel expansion inner_channels activation",
	.build = build,
};
