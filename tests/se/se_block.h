/* A small block with buffers, for tests of the forward pass. */
#ifndef TESTS_SE_BLOCK_H
#define TESTS_SE_BLOCK_H

#include "secost/se.h"

enum { SE_N = 3, SE_C = 80, SE_H = 7, SE_W = 7, SE_SQUEEZED = 5 };
enum { SE_MAP = SE_N * SE_C * SE_H * SE_W, SE_LAYER = SE_C * SE_SQUEEZED };

typedef struct se_block {
	float x[SE_MAP], y[SE_MAP], shortcut[SE_MAP], pooled[SE_N * 2 * SE_C];
	float w1[SE_LAYER], b1[SE_SQUEEZED], w2[SE_LAYER], b2[SE_C];
	sc_se_config config;
	sc_se_weights weights;
	sc_se_io io;
} se_block;

/* random numbers, the standard block, out of place */
void se_block_init(se_block *b);
/* plan, run, free; aborts the test when that fails */
void se_block_run(const se_block *b);

#endif
