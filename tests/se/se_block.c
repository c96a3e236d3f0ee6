#include "se_block.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

static void fill(float *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (float)rand() / (float)RAND_MAX * 2 - 1;
}

void se_block_init(se_block *b)
{
	srand(1);
	fill(b->x, SE_MAP);
	fill(b->shortcut, SE_MAP);
	fill(b->pooled, SE_N * 2 * SE_C);
	fill(b->w1, SE_LAYER);
	fill(b->b1, SE_SQUEEZED);
	fill(b->w2, SE_LAYER);
	fill(b->b2, SE_C);
	memset(b->y, 0, sizeof b->y);
	b->config =
		(sc_se_config){.n = SE_N, .c = SE_C, .h = SE_H, .w = SE_W, .squeezed = SE_SQUEEZED};
	b->weights = (sc_se_weights){b->w1, b->b1, b->w2, b->b2};
	b->io = (sc_se_io){.x = b->x, .y = b->y};
}

void se_block_run(const se_block *b)
{
	sc_se_plan *plan = NULL;
	sc_err err = {0};
	cr_assert(
		zero(int, sc_se_plan_new(&b->config, &b->weights, &plan, &err)), "%s", err.message);
	cr_assert(zero(int, sc_se_run(plan, &b->io, &err)), "%s", err.message);
	sc_se_plan_free(plan);
}
