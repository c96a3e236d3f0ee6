/* The ghost bottleneck (Han et al., "GhostNet", arXiv 1911.11907): two ghost modules, with a
 * depthwise convolution between them where the block strides. A ghost module makes half of its
 * channels by a 1×1 and the other half from those by a depthwise 3×3. SE gates the inner map; where
 * the shape changes the shortcut is a depthwise and a 1×1 convolution. */
#include "block/builder.h"

static sc_status convolve(sc_builder *b, const sc_block_spec *spec, sc_conv conv, sc_err *err)
{
	conv = sc_block_conv(spec, conv);
	return sc_build_conv(b, &conv, err);
}

/* the cheap half is made of the first channels of the other, which has no fewer */
static sc_status ghost(sc_builder *b, const sc_block_spec *spec, const char *const name[3],
	uint32_t channels, sc_function function, sc_err *err)
{
	uint32_t primary = channels / 2 + channels % 2, cheap = channels - primary;
	uint32_t end[2];
	sc_status s = convolve(b, spec,
		(sc_conv){.name = name[0], .channels = primary, .kernel = 1, .function = function},
		err);
	end[0] = b->current;
	if (s || !cheap)
		return s;
	if (cheap < primary)
		s = sc_build_next(b,
			(sc_layer){.op = sc_op_at(SC_OP_take),
				.name = name[1],
				.part = "of",
				.out = {.c = cheap}},
			err);
	if (!s)
		s = convolve(b, spec,
			(sc_conv){.name = name[1],
				.channels = cheap,
				.kernel = 3,
				.groups = cheap,
				.function = function},
			err);
	end[1] = b->current;
	return s ? s : sc_build_concat(b, name[2], end, 2, err);
}

static sc_conv depthwise(
	const sc_builder *b, const sc_block_spec *spec, const char *name, uint32_t kernel)
{
	uint32_t c = sc_build_shape(b).c;
	return (sc_conv){.name = name,
		.channels = c,
		.kernel = kernel ? kernel : 3,
		.stride = sc_block_stride(spec),
		.groups = c};
}

static sc_status branch(sc_builder *b, const sc_block_spec *spec, uint32_t inner, sc_err *err)
{
	static const char *const first[] = {"expand", "expand_cheap", "expand_concat"};
	static const char *const second[] = {"project", "project_cheap", "project_concat"};
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	if (!s)
		s = ghost(b, spec, first, inner, SC_FUNCTION_relu, err);
	if (!s && sc_block_stride(spec) > 1)
		s = convolve(b, spec, depthwise(b, spec, "depthwise", spec->kernel), err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_standard, err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_inner, err);
	return s ? s : ghost(b, spec, second, spec->channels, SC_FUNCTION_none, err);
}

static sc_status shortcut(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t kernel = spec->projection_kernel ? spec->projection_kernel : spec->kernel;
	sc_status s = SC_OK;
	b->role = SC_ROLE_SHORTCUT;
	if (sc_block_stride(spec) > 1 || sc_build_shape(b).c != spec->channels) {
		s = convolve(b, spec, depthwise(b, spec, "shortcut1", kernel), err);
		if (!s)
			s = convolve(b, spec,
				(sc_conv){.name = "shortcut2",
					.channels = spec->channels,
					.kernel = 1},
				err);
	}
	b->role = SC_ROLE_MAIN;
	return s ? s : sc_build_se(b, SC_PLACEMENT_identity, err);
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t input = b->current;
	double inner =
		spec->inner_channels
			? spec->inner_channels
			: sc_build_shape(b).c * (spec->expansion > 0 ? spec->expansion : 1) + 0.5;
	if (inner > SC_DIM_MAX)
		return sc_fail(
			err, SC_ERANGE, "an inner width of more than %d channels", SC_DIM_MAX);
	sc_status s = branch(b, spec, inner < 1 ? 1 : (uint32_t)inner, err);
	uint32_t end = b->current;
	b->current = input;
	if (!s)
		s = shortcut(b, spec, err);
	return s ? s : sc_build_sum(b, end, SC_FUNCTION_none, err);
}

const sc_block_kind sc_block_ghost = {
	.name = "ghost",
	.meaning = "two modules of a 1×1 and a cheap depthwise half each (GhostNet)",
	.fields = "channels! stride kernel expansion inner_channels projection_kernel norm bias "
		  "activation",
	.build = build,
};
