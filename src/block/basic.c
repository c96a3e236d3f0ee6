/* The basic block of ResNet-18 and -34 and of the CIFAR ResNets: two 3×3 convolutions. */
#include "block/builder.h"

static sc_status branch(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	const sc_conv conv[] = {
		{"conv1", spec->channels, 3, sc_block_stride(b, spec), 1, false, SC_FUNCTION_relu,
			false},
		{"conv2", spec->channels, 3, 1, 1, false, SC_FUNCTION_none, false},
	};
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	if (!s)
		s = sc_build_conv(b, &conv[0], err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_inner, err);
	if (!s)
		s = sc_build_conv(b, &conv[1], err);
	return s ? s : sc_build_se(b, SC_PLACEMENT_standard, err);
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t input = b->current;
	sc_status s = branch(b, spec, err);
	uint32_t end = b->current;
	if (!s)
		s = sc_build_shortcut(b, spec, input, input, true, err);
	return s ? s : sc_build_sum(b, end, SC_FUNCTION_relu, err);
}

const sc_block_kind sc_block_basic = {
	.name = "basic",
	.meaning = "two 3×3 convolutions with a shortcut (ResNet-18 and -34)",
	.fields = "channels! stride shortcut projection_kernel",
	.build = build,
};
