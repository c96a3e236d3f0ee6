/* What workers share out: as even as it can be, whatever the number of channels. Checked on the
 * plan alone, so that rows count that this CPU can't run. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "se/plan.h"

static size_t bytes_of_map(const sc_se_plan *p)
{
	return p->config.c * p->hw * p->item;
}

/* of `units` units over all of `size`, those of worker `rank` */
static size_t share(const sc_se_plan *p, size_t size, size_t each, unsigned rank)
{
	size_t from = p->units * rank / p->threads * each;
	size_t to = p->units * (rank + 1) / p->threads * each;
	return (to < size ? to : size) - (from < size ? from : size);
}

/* bytes of the busiest worker over those of all: each number of the map is read twice and written
 */
static double busiest(const sc_se_plan *p)
{
	double map = 3 * (double)bytes_of_map(p), weights = (double)p->weight_bytes, worst = 0;
	for (unsigned rank = 0; rank < p->threads; rank++) {
		double units = (double)share(p, p->units, 1, rank) / (double)p->units;
		double channels =
			(double)share(p, p->config.c, p->chunk, rank) / (double)p->config.c;
		double mine = p->stretches ? map * units + weights : (map + weights) * channels;
		worst = mine > worst ? mine : worst;
	}
	return worst / (map + weights);
}

static void check(const sc_se_row *row, const sc_se_config *config)
{
	sc_se_plan p = sc_se_draw_up(config, row);
	/* from the nearest caches: the least that it may take */
	double us = (double)(3 * bytes_of_map(&p) + p.weight_bytes) / 60e3;
	if (us < 5)
		return;
	cr_expect(eq(uint, p.threads, 2), "%s, %zu channels of %zu, squeezed %zu", row->name,
		config->c, p.hw, config->squeezed);
	/* narrow numbers want 32 channels a chunk there, of which few may be left for the last */
	int is_coarse = p.by_pixel && config->map != SC_SE_F32 && row->width == 16;
	cr_expect(le(dbl, busiest(&p), is_coarse ? 0.65 : 0.6),
		"%s, %zu channels of %zu, layout %d, squeezed %zu: %g", row->name, config->c, p.hw,
		(int)config->layout, config->squeezed, busiest(&p));
}

Test(se_units, any_number_of_channels_keeps_two_threads_evenly_busy_from_5_us_on)
{
	static const size_t side[] = {7, 14, 28, 56, 112}, ratio[] = {1, 4, 16};
	static const sc_se_dtype type[] = {SC_SE_F32, SC_SE_BF16, SC_SE_F16, SC_SE_INT8};
	for (size_t i = 0; sc_se_row_at(i); i++)
		for (size_t c = 1; c <= 200 && !sc_se_row_at(i)->whole; c++)
			for (size_t k = 0; k < 5 * 3 * 2 * 4; k++)
				check(sc_se_row_at(i),
					&(sc_se_config){.n = 1,
						.c = c,
						.h = side[k % 5],
						.w = side[k % 5],
						.squeezed = (c + ratio[k / 5 % 3] - 1) /
							    ratio[k / 5 % 3],
						.layout = k / 15 % 2 ? SC_SE_NHWC : SC_SE_NCHW,
						.map = type[k / 30],
						.weights = k / 30 == 3 ? SC_SE_INT8 : SC_SE_F32,
						.threads = 2});
}

Test(se_units, are_the_shapes_alone_for_any_number_of_threads)
{
	for (size_t c = 1; c <= 200; c++)
		for (unsigned threads = 1; threads <= 16; threads++) {
			sc_se_config config = {.n = 1,
				.c = c,
				.h = 14,
				.w = 14,
				.squeezed = c,
				.threads = threads};
			sc_se_plan many = sc_se_draw_up(&config, sc_se_row_at(0));
			config.threads = 1;
			sc_se_plan one = sc_se_draw_up(&config, sc_se_row_at(0));
			cr_assert(eq(sz, many.units, one.units));
			cr_assert(eq(sz, many.chunk, one.chunk));
			cr_assert(eq(sz, many.pieces, one.pieces));
		}
}
