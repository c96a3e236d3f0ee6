/* The fire module of SqueezeNet (Iandola et al., arXiv 1602.07360): a 1×1 squeezes to the inner
 * width, a 1×1 and a 3×3 each expand to half of the channels, concatenated. Its "simple bypass" is
 * `residual`. SE follows the concatenation. */
#include "block/builder.h"

static sc_status expand(sc_builder *b, const sc_block_spec *spec, const char *name,
	uint32_t channels, uint32_t kernel, sc_err *err)
{
	const sc_conv conv = sc_block_conv(spec, (sc_conv){.name = name,
							 .channels = channels,
							 .kernel = kernel,
							 .function = SC_FUNCTION_relu});
	return sc_build_conv(b, &conv, err);
}

static sc_status branch(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t half = spec->channels / 2, end[2];
	sc_status s = expand(b, spec, "squeeze", spec->inner_channels, 1, err);
	uint32_t squeezed = b->current;
	if (!s)
		s = expand(b, spec, "expand1", half, 1, err);
	end[0] = b->current;
	b->current = squeezed;
	if (!s)
		s = expand(b, spec, "expand3", spec->channels - half,
			spec->kernel ? spec->kernel : 3, err);
	end[1] = b->current;
	return s ? s : sc_build_concat(b, "concat", end, 2, err);
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t input = b->current;
	if (spec->channels < 2)
		return sc_fail(err, SC_EINVAL, "a fire module puts out two halves, not %u channel",
			spec->channels);
	sc_status s = sc_build_se(b, SC_PLACEMENT_pre, err);
	if (!s)
		s = branch(b, spec, err);
	if (!s)
		s = sc_build_se(b, SC_PLACEMENT_standard, err);
	return s ? s : sc_build_residual(b, spec, input, err);
}

const sc_block_kind sc_block_fire = {
	.name = "fire",
	.meaning = "1×1 squeeze, then 1×1 and 3×3 side by side (SqueezeNet)",
	.fields = "channels! inner_channels! kernel norm bias activation residual",
	.build = build,
};
