/* One-shot aggregation (Lee et al., "VoVNet", arXiv 1904.09730): a chain of 3×3 convolutions; what
 * entered and the output of each are concatenated once and brought to the block's channels by a
 * 1×1. SE follows that, before what entered is added where `residual` asks for it (VoVNetV2). */
#include "block/builder.h"

enum { LAYERS_MAX = 256 };

static sc_status chain(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t end[LAYERS_MAX + 1] = {b->current}, n = spec->layers;
	const sc_conv conv = sc_block_conv(spec, (sc_conv){.name = "conv",
							 .channels = spec->inner_channels,
							 .kernel = spec->kernel ? spec->kernel : 3,
							 .function = SC_FUNCTION_relu,
							 .dilation = spec->dilation});
	if (n > LAYERS_MAX)
		return sc_fail(err, SC_EINVAL, "a chain of more than %d layers", LAYERS_MAX);
	for (uint32_t i = 0; i < n; i++) {
		sc_status s = sc_build_conv(b, &conv, err);
		if (s)
			return s;
		end[i + 1] = b->current;
	}
	return sc_build_concat(b, "concat", end, n + 1, err);
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	return sc_build_aggregated(b, spec, chain, err);
}

const sc_block_kind sc_block_osa = {
	.name = "osa",
	.meaning = "a chain of convolutions, all concatenated once, and a 1×1 (VoVNet)",
	.fields = "channels! inner_channels! layers! kernel dilation norm bias activation residual",
	.build = build,
};
