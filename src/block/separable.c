/* Depthwise and pointwise convolution, each with norm and ReLU (MobileNetV1). SE follows the
 * pointwise one. */
#include "block/builder.h"

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	uint32_t in = sc_build_shape(b).c;
	sc_conv depthwise = sc_block_conv(spec, (sc_conv){.name = "depthwise",
							.channels = in,
							.kernel = spec->kernel ? spec->kernel : 3,
							.stride = sc_block_stride(spec),
							.groups = in,
							.function = SC_FUNCTION_relu,
							.dilation = spec->dilation});
	if (spec->depthwise_activation != SC_FUNCTION_none)
		depthwise.function = spec->depthwise_activation;
	depthwise.norm = sc_norm_chosen(spec->depthwise_norm, depthwise.norm);
	depthwise.no_norm = depthwise.norm == SC_NORM_none;
	const sc_conv pointwise = sc_block_conv(spec, (sc_conv){.name = "pointwise",
							      .channels = spec->channels,
							      .kernel = 1,
							      .function = SC_FUNCTION_relu});
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
	.fields = "channels! stride kernel dilation norm bias activation depthwise_activation "
		  "depthwise_norm",
	.build = build,
};
