/* The ShuffleNetV2 unit (Ma et al., arXiv 1807.11164): half of the channels pass, the other half
 * goes through 1×1, depthwise 3×3 and 1×1; both are concatenated and shuffled. With a stride, or
 * where the channels change, nothing is split: what enters goes through both, the shortcut being
 * depthwise 3×3 and 1×1. SE is on the branch. */
#include "block/builder.h"

static sc_status convolve(sc_builder *b, const sc_block_spec *spec, sc_conv conv, sc_err *err)
{
	conv = sc_block_conv(spec, conv);
	return sc_build_conv(b, &conv, err);
}

static sc_conv pointwise(const char *name, uint32_t channels)
{
	return (sc_conv){
		.name = name, .channels = channels, .kernel = 1, .function = SC_FUNCTION_relu};
}

static sc_conv depthwise(const sc_builder *b, const sc_block_spec *spec, const char *name)
{
	uint32_t c = sc_build_shape(b).c;
	return (sc_conv){.name = name,
		.channels = c,
		.kernel = spec->kernel ? spec->kernel : 3,
		.stride = sc_block_stride(spec),
		.groups = c};
}

static sc_status branch(sc_builder *b, const sc_block_spec *spec, uint32_t out, sc_err *err)
{
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	if (!s)
		s = convolve(b, spec, pointwise("conv1", out), err);
	if (!s)
		s = convolve(b, spec, depthwise(b, spec, "conv2"), err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_inner, err);
	if (!s)
		s = convolve(b, spec, pointwise("conv3", out), err);
	return s ? s : sc_build_se(b, SC_PLACEMENT_standard, err);
}

/* the current map, and with no split what a shortcut makes of it */
static sc_status shortcut(
	sc_builder *b, const sc_block_spec *spec, bool split, uint32_t out, sc_err *err)
{
	sc_status s = SC_OK;
	b->role = SC_ROLE_SHORTCUT;
	if (!split) {
		s = convolve(b, spec, depthwise(b, spec, "shortcut1"), err);
		if (!s)
			s = convolve(b, spec, pointwise("shortcut2", out), err);
	}
	b->role = SC_ROLE_MAIN;
	return s ? s : sc_build_se(b, SC_PLACEMENT_identity, err);
}

static sc_status take(sc_builder *b, const char *name, uint32_t channels, sc_err *err)
{
	return sc_build_next(b,
		(sc_layer){.op = sc_op_at(SC_OP_take), .name = name, .out = {.c = channels}}, err);
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t input = b->current, c = spec->channels, half = c / 2, end[2];
	bool split = sc_block_stride(spec) == 1 && sc_build_shape(b).c == c;
	if (c < 2)
		return sc_fail(err, SC_EINVAL, "a unit of two halves puts out 2 channels or more");
	sc_status s = split ? take(b, "pass", half, err) : SC_OK;
	if (!s)
		s = shortcut(b, spec, split, half, err);
	end[0] = b->current;
	b->current = input;
	if (!s && split)
		s = take(b, "split", c - half, err);
	if (!s)
		s = branch(b, spec, c - half, err);
	end[1] = b->current;
	if (!s)
		s = sc_build_concat(b, "concat", end, 2, err);
	if (!s && c % 2 == 0)
		s = sc_build_next(b,
			(sc_layer){.op = sc_op_at(SC_OP_shuffle), .name = "shuffle", .groups = 2},
			err);
	return s ? s : sc_build_se(b, SC_PLACEMENT_post, err);
}

const sc_block_kind sc_block_shuffle_v2 = {
	.name = "shuffle_v2",
	.meaning = "half of the channels pass, half are convolved, then shuffled (ShuffleNetV2)",
	.fields = "channels! stride kernel norm bias activation",
	.build = build,
};
