/* Harmonic dense blocks (Chao et al., "HarDNet", arXiv 1909.00948): layer i of a chain reads the
 * outputs of layers i − 1, i − 2, i − 4, … for the powers of two that divide i, layer 0 being what
 * enters. It is `growth` wide, times `multiplier` for each link after the first, as an even number.
 * The layers with odd numbers and the last are concatenated and brought to the block's channels by
 * a 1×1, which SE follows. */
#include "block/builder.h"

enum { LAYERS_MAX = 256, LINKS_MAX = 9 };

static uint32_t links(uint32_t layer, const uint32_t *end, uint32_t out[LINKS_MAX])
{
	uint32_t n = 0;
	for (uint32_t step = 1; layer % step == 0 && n < LINKS_MAX; step *= 2)
		out[n++] = end[layer - step];
	return n;
}

static uint32_t width(const sc_block_spec *spec, uint32_t links)
{
	double c = spec->growth;
	for (uint32_t i = 1; i < links; i++)
		c *= spec->multiplier;
	return c < SC_DIM_MAX ? ((uint32_t)(c + 1)) / 2 * 2 : SC_DIM_MAX;
}

static sc_status layer(
	sc_builder *b, const sc_block_spec *spec, uint32_t i, const uint32_t *end, sc_err *err)
{
	uint32_t from[LINKS_MAX], n = links(i, end, from);
	const sc_conv conv = sc_block_conv(spec, (sc_conv){.name = "conv",
							 .channels = width(spec, n),
							 .kernel = spec->kernel ? spec->kernel : 3,
							 .function = SC_FUNCTION_relu,
							 .dilation = spec->dilation});
	b->current = from[0];
	sc_status s = n > 1 ? sc_build_concat(b, "links", from, n, err) : SC_OK;
	return s ? s : sc_build_conv(b, &conv, err);
}

static sc_status chain(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	uint32_t end[LAYERS_MAX + 1] = {b->current}, kept[LAYERS_MAX], n = 0;
	if (spec->layers > LAYERS_MAX)
		return sc_fail(err, SC_EINVAL, "a chain of more than %d layers", LAYERS_MAX);
	for (uint32_t i = 1; i <= spec->layers; i++) {
		sc_status s = layer(b, spec, i, end, err);
		if (s)
			return s;
		end[i] = b->current;
		if (i % 2 || i == spec->layers)
			kept[n++] = b->current;
	}
	return n > 1 ? sc_build_concat(b, "concat", kept, n, err) : SC_OK;
}

static sc_status build(sc_builder *b, const sc_block_spec *spec, sc_err *err)
{
	return sc_build_aggregated(b, spec, chain, err);
}

const sc_block_kind sc_block_harmonic = {
	.name = "harmonic",
	.meaning = "a chain whose layers read those a power of two before, and a 1×1 (HarDNet)",
	.fields = "channels! growth! multiplier! layers! kernel dilation norm bias activation",
	.build = build,
};
