/* RegNet by its design parameters (Radosavovic et al., "Designing Network Design Spaces", arXiv
 * 2003.13678, section 3.3): a line of widths, quantised to powers of w_m times w_0. Widths that
 * groups do not divide are rounded to a multiple of the group. */
#include <math.h>

#include "model/fields.h"

enum { MULTIPLE = 8 };

/* a multiple of the group */
static uint32_t grouped(const sc_regnet *net, uint32_t width)
{
	uint32_t group = net->group_width < width ? net->group_width : width;
	const sc_width_rule rule = {SC_ROUNDING_make_divisible, group, group, 0.9, false};
	if (net->make_divisible == SC_YES)
		return sc_width_rounded(width, &rule);
	uint32_t n = (uint32_t)nearbyint((double)width / group);
	return (n ? n : 1) * group;
}

static uint32_t width_of(const sc_regnet *net, uint32_t block)
{
	double line = net->w_0 + net->w_a * block;
	double power = nearbyint(log(line / net->w_0) / log(net->w_m));
	double width = nearbyint(net->w_0 * pow(net->w_m, power) / MULTIPLE) * MULTIPLE;
	width = width < MULTIPLE ? MULTIPLE : width > SC_DIM_MAX ? SC_DIM_MAX : width;
	return grouped(net, (uint32_t)width);
}

size_t sc_regnet_stages(const sc_regnet *net, uint32_t *width, uint32_t *blocks, size_t room)
{
	size_t n = 0;
	uint32_t last = 0;
	for (uint32_t i = 0; i < net->depth; i++) {
		uint32_t w = width_of(net, i);
		if (w != last)
			n++;
		if (w != last && n <= room) {
			width[n - 1] = w;
			blocks[n - 1] = 0;
		}
		if (n <= room)
			blocks[n - 1]++;
		last = w;
	}
	return n;
}
