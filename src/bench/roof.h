/** \file
 * The loops that move memory and multiply as fast as an instruction set can. */
#ifndef SC_BENCH_ROOF_H
#define SC_BENCH_ROOF_H

#include "secost/bench.h"

/** One instruction set. Sizes are floats, multiples of 128; buffers are aligned to 64 bytes. */
typedef struct sc_roof_row {
	const char *name;
	unsigned needs; /**< SC_CPU_* bits */
	float (*read)(const float *x, size_t n);
	void (*copy)(const float *x, float *y, size_t n);
	void (*update)(float *x, size_t n);
	/** Fused multiply-adds, `steps` times; returns a number that depends on all. Adds their
	 * FLOPs to `*flops`. */
	float (*multiply)(size_t steps, double *flops);
} sc_roof_row;

#define ROOF(name) extern const sc_roof_row sc_roof_##name;
#include "bench/roofs.def"
#undef ROOF

#endif
