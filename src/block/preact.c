/* Residual units with the norm and ReLU before each convolution (He et al., "Identity mappings",
 * 2016): two 3×3 (WRN) or a bottleneck (ResNet-164). The sum passes on untouched, so a network ends
 * with a norm and an activation of its own. A projection reads the activated input and has no norm.
 */
#include "block/builder.h"

static sc_status convs(
	sc_builder *b, const sc_conv *conv, int n, int inner, bool pyramid, sc_err *err)
{
	sc_status s = SC_OK;
	for (int i = 0; i < n && !s; i++) {
		if (i)
			s = sc_build_preact(b, conv[i].name, err);
		if (!s)
			s = i == 1 ? sc_build_spatial(b, &conv[i], err)
				   : sc_build_conv(b, &conv[i], err);
		if (!s && i == inner)
			s = sc_build_se(b, SC_PLACEMENT_inner, err);
	}
	if (!s && pyramid)
		s = sc_build_norm(b, conv[n - 1].name, err);
	return s ? s : sc_build_se(b, SC_PLACEMENT_standard, err);
}

static sc_status branch(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t stride = sc_block_stride(spec), c = spec->channels;
	uint32_t inner = spec->inner_channels
				 ? spec->inner_channels
				 : (uint32_t)(c / (spec->expansion > 0 ? spec->expansion : 4));
	if (!inner)
		inner = 1;
	uint32_t groups = spec->group_size ? inner / spec->group_size : spec->groups;
	if (spec->group_size && inner % spec->group_size)
		return sc_fail(err, SC_EINVAL, "groups of %u channels do not divide the %u inside",
			spec->group_size, inner);
	const sc_conv basic[] = {
		{.name = "conv1", .channels = c, .kernel = 3, .stride = stride, .no_norm = true},
		{.name = "conv2", .channels = c, .kernel = 3, .no_norm = true},
	};
	bool pyramid = spec->pyramid == SC_YES;
	bool early = spec->stride_at == SC_STRIDE_AT_1x1;
	const sc_conv bottleneck[] = {
		{.name = "conv1",
			.channels = inner,
			.kernel = 1,
			.stride = early ? stride : 1,
			.no_norm = true},
		{.name = "conv2",
			.channels = inner,
			.kernel = 3,
			.stride = early ? 1 : stride,
			.groups = groups,
			.no_norm = true},
		{.name = "conv3", .channels = c, .kernel = 1, .no_norm = true},
	};
	return spec->body == SC_BODY_basic ? convs(b, basic, 2, 0, pyramid, err)
					   : convs(b, bottleneck, 3, 1, pyramid, err);
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t input = b->current;
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	if (!s && spec->pyramid == SC_YES)
		s = sc_build_norm(b, "conv1", err);
	else if (!s)
		s = sc_build_preact(b, "conv1", err);
	uint32_t activated = b->current;
	if (!s)
		s = branch(b, spec, err);
	uint32_t end = b->current;
	if (!s)
		s = sc_build_shortcut(b, spec, input, activated, false, err);
	return s ? s : sc_build_sum(b, end, SC_FUNCTION_none, err);
}

const sc_block_kind sc_block_preact = {
	.name = "preact",
	.meaning = "a residual unit with norm and ReLU before each convolution (ResNet-164, WRN)",
	.fields = "channels! body! stride stride_at expansion inner_channels groups group_size "
		  "pyramid shortcut",
	.build = build,
};
