/* The ShuffleNet v1 unit (Zhang et al., 2018): grouped 1×1, channel shuffle, depthwise 3×3, grouped
 * 1×1. With stride 2 the shortcut is a 3×3 average pool and both are concatenated, so the branch
 * makes only the channels that are missing; else they are added. SE is on the branch. */
#include "block/builder.h"

static sc_status branch(sc_builder *b, const sc_block_spec *spec, uint32_t out, sc_err *err)
{
	uint32_t groups = spec->groups ? spec->groups : 1;
	uint32_t inner = spec->inner_channels ? spec->inner_channels : spec->channels / 4;
	uint32_t first = spec->first_groups ? spec->first_groups : groups;
	if (!inner)
		inner = 1;
	const sc_conv conv[] = {
		{.name = "conv1",
			.channels = inner,
			.kernel = 1,
			.stride = 1,
			.groups = first,
			.function = SC_FUNCTION_relu},
		{.name = "conv2",
			.channels = inner,
			.kernel = 3,
			.stride = sc_block_stride(spec),
			.groups = inner,
			.function = SC_FUNCTION_none},
		{.name = "conv3",
			.channels = out,
			.kernel = 1,
			.stride = 1,
			.groups = groups,
			.function = SC_FUNCTION_none},
	};
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	if (!s)
		s = sc_build_conv(b, &conv[0], err);
	if (!s)
		s = sc_build_next(b,
			(sc_layer){
				.op = sc_op_at(SC_OP_shuffle), .name = "shuffle", .groups = first},
			err);
	if (!s)
		s = sc_build_conv(b, &conv[1], err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_inner, err);
	if (!s)
		s = sc_build_conv(b, &conv[2], err);
	return s ? s : sc_build_se(b, SC_PLACEMENT_standard, err);
}

static sc_status concat_unit(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t input = b->current, in = sc_build_shape(b).c, stride = sc_block_stride(spec);
	if (in >= spec->channels)
		return sc_fail(err, SC_EINVAL,
			"a concatenating shuffle unit must put out more than the %u channels that "
			"enter, "
			"not %u",
			in, spec->channels);
	sc_status s = branch(b, spec, spec->channels - in, err);
	uint32_t parts[2] = {input, b->current};
	b->current = input;
	b->role = SC_ROLE_SHORTCUT;
	sc_layer pool = {.op = sc_op_at(SC_OP_avg_pool),
		.name = "shortcut",
		.kernel = {3, 3},
		.stride = {stride, stride},
		.padding = {1, 1}};
	if (!s)
		s = sc_build_next(b, pool, err);
	b->role = SC_ROLE_MAIN;
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_identity, err);
	parts[0] = b->current;
	if (!s)
		s = sc_build_layer(b, (sc_layer){.op = sc_op_at(SC_OP_concat), .name = "concat"},
			parts, 2, err);
	if (!s)
		s = sc_build_function(b, "concat", SC_FUNCTION_relu, err);
	return s ? s : sc_build_se(b, SC_PLACEMENT_post, err);
}

static sc_status add_unit(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t input = b->current;
	sc_status s = branch(b, spec, spec->channels, err);
	uint32_t end = b->current;
	b->current = input;
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_identity, err);
	return s ? s : sc_build_sum(b, end, SC_FUNCTION_relu, err);
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	bool concat = sc_block_stride(spec) > 1;
	return concat ? concat_unit(b, spec, err) : add_unit(b, spec, err);
}

const sc_block_kind sc_block_shuffle = {
	.name = "shuffle",
	.meaning = "grouped 1×1, channel shuffle, depthwise 3×3, grouped 1×1 (ShuffleNet v1)",
	.fields = "channels! groups! stride first_groups inner_channels",
	.build = build,
};
