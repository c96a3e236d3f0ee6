/* The basic block of ResNet-18 and -34 and of the CIFAR ResNets: two 3×3 convolutions. */
#include "block/builder.h"

static sc_conv conv_of(
	const sc_block_spec *spec, const char *name, uint32_t stride, sc_function function)
{
	uint32_t kernel = spec->kernel ? spec->kernel : 3;
	return sc_block_conv(spec, (sc_conv){.name = name,
					   .channels = spec->channels,
					   .kernel = kernel,
					   .stride = stride,
					   .function = function,
					   .dilation = spec->dilation});
}

static sc_status branch(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	const sc_conv first = conv_of(spec, "conv1", sc_block_stride(spec), SC_FUNCTION_relu);
	const sc_conv second = conv_of(spec, "conv2", 1, SC_FUNCTION_none);
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	if (!s)
		s = sc_build_conv(b, &first, err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_inner, err);
	if (!s)
		s = sc_build_spatial(b, &second, err);
	return s ? s : sc_build_se(b, SC_PLACEMENT_standard, err);
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	return sc_build_postact(b, spec, branch, err);
}

const sc_block_kind sc_block_basic = {
	.name = "basic",
	.meaning = "two 3×3 convolutions with a shortcut (ResNet-18 and -34)",
	.fields =
		"channels! stride kernel dilation norm bias activation shortcut projection_kernel",
	.build = build,
};
