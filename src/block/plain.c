/* A convolution, its norm and its ReLU (VGG). SE follows the ReLU, as the SE paper says of VGG-like
 * networks (section 3: "after the non-linearity following each convolution"). */
#include "block/builder.h"

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	const sc_conv conv = sc_block_conv(spec, (sc_conv){.name = "conv",
							 .channels = spec->channels,
							 .kernel = spec->kernel ? spec->kernel : 3,
							 .stride = sc_block_stride(spec),
							 .groups = spec->groups,
							 .function = SC_FUNCTION_relu,
							 .dilation = spec->dilation});
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	if (!s)
		s = sc_build_spatial(b, &conv, err);
	return s ? s : sc_build_se(b, SC_PLACEMENT_standard, err);
}

const sc_block_kind sc_block_plain = {
	.name = "plain",
	.meaning = "a convolution with norm and ReLU (VGG)",
	.fields = "channels! stride kernel groups dilation norm bias activation",
	.build = build,
};
