/* The bottleneck of ResNet (1×1, 3×3, 1×1 and a shortcut), of ResNeXt (a grouped 3×3) and of
 * SENet-154 (a halved first 1×1, 3×3 projections). "v1" strides in the first 1×1, "v1.5" in the
 * 3×3. Inner width = channels / expansion × group_width / 64 × groups, as torchvision has it. */
#include "block/builder.h"

uint32_t sc_bottleneck_inner(const sc_block_spec *s)
{
	if (s->inner_channels)
		return s->inner_channels;
	uint64_t planes = (uint64_t)(s->channels / (s->expansion > 0 ? s->expansion : 4));
	uint64_t wide =
		planes * (s->group_width ? s->group_width : 64) / 64 * (s->groups ? s->groups : 1);
	return wide > SC_DIM_MAX ? SC_DIM_MAX + 1 : wide ? (uint32_t)wide : 1;
}

static sc_status downsample(sc_builder *b, const sc_block_spec *spec, uint32_t stride, sc_err *err)
{
	if (spec->stride_at == SC_STRIDE_AT_pool)
		return sc_build_avg_pool(b, "conv2", 3, stride, 1, err);
	return sc_build_next(b,
		(sc_layer){.op = sc_op_at(SC_OP_blur_pool),
			.name = "conv2",
			.part = "blur",
			.kernel = {3, 3},
			.stride = {stride, stride},
			.padding = {1, 1}},
		err);
}

static sc_status branch(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t inner = sc_bottleneck_inner(spec), stride = sc_block_stride(spec);
	if (inner > SC_DIM_MAX)
		return sc_fail(
			err, SC_ERANGE, "an inner width of more than %d channels", SC_DIM_MAX);
	uint32_t first = spec->halve_first == SC_YES && inner > 1 ? inner / 2 : inner;
	if (spec->group_size && inner % spec->group_size)
		return sc_fail(err, SC_EINVAL, "groups of %u channels do not divide the %u inside",
			spec->group_size, inner);
	uint32_t groups = spec->group_size ? inner / spec->group_size : spec->groups;
	bool early = spec->stride_at == SC_STRIDE_AT_1x1,
	     late = spec->stride_at == SC_STRIDE_AT_pool || spec->stride_at == SC_STRIDE_AT_blur;
	uint32_t kernel = spec->kernel ? spec->kernel : 3, middle = early || late ? 1 : stride;
	sc_conv conv[] = {
		{.name = "conv1", .channels = first, .kernel = 1, .stride = early ? stride : 1},
		{.name = "conv2",
			.channels = inner,
			.kernel = kernel,
			.stride = middle,
			.groups = groups,
			.dilation = spec->dilation},
		{.name = "conv3", .channels = spec->channels, .kernel = 1},
	};
	conv[0].function = conv[1].function = SC_FUNCTION_relu;
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	for (int i = 0; i < 3 && !s; i++) {
		conv[i] = sc_block_conv(spec, conv[i]);
		s = i == 1 ? sc_build_spatial(b, &conv[i], err) : sc_build_conv(b, &conv[i], err);
		if (!s && i == 1)
			s = sc_build_se(b, SC_PLACEMENT_inner, err);
		if (!s && i == 1 && late && stride > 1)
			s = downsample(b, spec, stride, err);
	}
	return s ? s : sc_build_se(b, SC_PLACEMENT_standard, err);
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	return sc_build_postact(b, spec, branch, err);
}

const sc_block_kind sc_block_bottleneck = {
	.name = "bottleneck",
	.meaning = "1×1, 3×3 and 1×1 convolutions with a shortcut (ResNet-50, ResNeXt, SENet-154)",
	.fields = "channels! stride stride_at kernel groups group_width group_size expansion "
		  "inner_channels halve_first dilation norm bias activation shortcut "
		  "projection_kernel",
	.build = build,
};
