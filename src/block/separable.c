/* Depthwise and pointwise convolution, each with norm and ReLU (MobileNetV1). SE follows the
 * pointwise one. */
#include "block/builder.h"

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	uint32_t in = sc_build_shape(b).c;
	const sc_conv depthwise = {"depthwise", in, spec->kernel ? spec->kernel : 3,
		sc_block_stride(b, spec), in, false, SC_FUNCTION_relu, false};
	const sc_conv pointwise = {
		"pointwise", spec->channels, 1, 1, 1, false, SC_FUNCTION_relu, false};
	if (!s)
		s = sc_build_conv(b, &depthwise, err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_inner, err);
	if (!s)
		s = sc_build_conv(b, &pointwise, err);
	return s ? s : sc_build_se(b, SC_PLACEMENT_standard, err);
}

const sc_block_kind sc_block_separable = {
	.name = "separable",
	.meaning = "depthwise and pointwise convolution (MobileNetV1)",
	.fields = "channels! stride kernel",
	.build = build,
};
