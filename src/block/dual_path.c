/* Dual path networks (Chen et al., arXiv 1707.01629): of the map that passes through, the first
 * `channels` are a residual path, to which each block adds, and the others a dense path, to which
 * each block appends `growth`. The first block of a stage begins both with a projection that has
 * two times `growth` of the dense path. Norm and ReLU come before each convolution, so a network
 * ends with a norm and an activation of its own. SE is on what the block adds and appends. */
#include "block/builder.h"

static sc_status preactivated(sc_builder *b, sc_conv conv, sc_err *err)
{
	conv.no_norm = true;
	sc_status s = sc_build_preact(b, conv.name, err);
	return s ? s : sc_build_conv(b, &conv, err);
}

static sc_status spatial(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	const sc_conv conv = {.name = "conv2",
		.channels = spec->inner_channels,
		.kernel = spec->kernel ? spec->kernel : 3,
		.stride = sc_block_stride(spec),
		.groups = spec->groups,
		.dilation = spec->dilation,
		.no_norm = true};
	sc_status s = sc_build_preact(b, conv.name, err);
	return s ? s : sc_build_spatial(b, &conv, err);
}

static sc_status branch(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	sc_status s = preactivated(
		b, (sc_conv){.name = "conv1", .channels = spec->inner_channels, .kernel = 1}, err);
	if (!s)
		s = spatial(b, spec, err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_inner, err);
	if (!s)
		s = preactivated(b,
			(sc_conv){.name = "conv3",
				.channels = spec->channels + spec->growth,
				.kernel = 1},
			err);
	return s ? s : sc_build_se(b, SC_PLACEMENT_standard, err);
}

/* both paths as they are, or in a stage's first block what a projection makes of them */
static sc_status shortcut(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	sc_status s = SC_OK;
	b->role = SC_ROLE_SHORTCUT;
	if (!b->block)
		s = preactivated(b,
			(sc_conv){.name = "shortcut",
				.channels = spec->channels + 2 * spec->growth,
				.kernel = 1,
				.stride = sc_block_stride(spec)},
			err);
	b->role = SC_ROLE_MAIN;
	return s ? s : sc_build_se(b, SC_PLACEMENT_identity, err);
}

static sc_status take(sc_builder *b, uint32_t from, const char *name, uint32_t channels,
	uint32_t *end, sc_err *err)
{
	b->current = from;
	sc_status s = sc_build_next(b,
		(sc_layer){.op = sc_op_at(SC_OP_take), .name = name, .out = {.c = channels}}, err);
	*end = b->current;
	return s;
}

/* the residual paths' sum, then what both have of the dense path */
static sc_status join(
	sc_builder *b, const sc_block_spec *spec, uint32_t passed, uint32_t made, sc_err *err)
{
	uint32_t width = spec->channels, dense = b->layers->item[passed].out.c - width;
	uint32_t sum[2], end[3];
	sc_status s = take(b, passed, "residual", width, &sum[0], err);
	if (!s)
		s = take(b, made, "new_residual", width, &sum[1], err);
	if (!s)
		s = sc_build_layer(
			b, (sc_layer){.op = sc_op_at(SC_OP_add), .name = "add"}, sum, 2, err);
	end[0] = b->current;
	if (!s)
		s = take(b, passed, "dense", dense, &end[1], err);
	if (!s)
		s = take(b, made, "new_dense", spec->growth, &end[2], err);
	return s ? s : sc_build_concat(b, "concat", end, 3, err);
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t input = b->current;
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	if (!s)
		s = branch(b, spec, err);
	uint32_t made = b->current;
	b->current = input;
	if (!s)
		s = shortcut(b, spec, err);
	if (!s && sc_build_shape(b).c <= spec->channels)
		return sc_fail(err, SC_EINVAL,
			"%u channels enter a dual path block, must be more than the %u of its "
			"residual path",
			sc_build_shape(b).c, spec->channels);
	if (!s)
		s = join(b, spec, b->current, made, err);
	return s ? s : sc_build_se(b, SC_PLACEMENT_post, err);
}

const sc_block_kind sc_block_dual_path = {
	.name = "dual_path",
	.meaning = "a bottleneck that adds to some channels and appends the others (DPN)",
	.fields = "channels! inner_channels! growth! stride kernel groups dilation",
	.build = build,
};
