/* The side of what a window puts out, against counting its places one by one. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "secost/cost.h"

/* Places of the window on the padded map: whole ones; in ceil mode also one that hangs over the
 * end, unless it would begin beyond the map and its leading padding. */
static uint32_t places(uint32_t side, uint32_t kernel, uint32_t stride, uint32_t padding, bool ceil)
{
	uint32_t n = 0, padded = side + 2 * padding;
	for (uint32_t at = 0; at < padded; at += stride) {
		bool whole = at + kernel <= padded;
		bool covered = at && at - stride + kernel >= padded; /* by the one before */
		if (whole || (ceil && padded >= kernel && !covered && at < side + padding))
			n++;
	}
	return n;
}

static uint32_t library(
	uint32_t side, uint32_t kernel, uint32_t stride, uint32_t padding, bool ceil)
{
	sc_layers layers = {0};
	sc_layer input = {
		.op = sc_op_named("input"), .name = "x", .section = "s", .out = {1, side, side}};
	sc_layer pool = {.op = sc_op_named("max_pool"),
		.name = "p",
		.section = "s",
		.kernel = {kernel, kernel},
		.stride = {stride, stride},
		.padding = {padding, padding},
		.ceil = ceil};
	uint32_t x, y, out = 0;
	cr_assert(eq(int, sc_layers_push(&layers, &input, NULL, 0, &x, NULL), SC_OK));
	if (!sc_layers_push(&layers, &pool, &x, 1, &y, NULL))
		out = layers.item[y].out.h;
	sc_layers_release(&layers);
	return out;
}

Test(cost_window, has_as_many_places_as_can_be_counted)
{
	for (uint32_t side = 1; side <= 12; side++)
		for (uint32_t kernel = 1; kernel <= 4; kernel++)
			for (uint32_t stride = 1; stride <= 4; stride++)
				for (uint32_t padding = 0; 2 * padding <= kernel; padding++)
					for (int ceil = 0; ceil < 2; ceil++)
						cr_expect(eq(u32,
								  library(side, kernel, stride,
									  padding, ceil),
								  places(side, kernel, stride,
									  padding, ceil)),
							"side %u, kernel %u, stride %u, padding "
							"%u, ceil %d",
							side, kernel, stride, padding, ceil);
}
