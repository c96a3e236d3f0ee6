/* What the parts of the kernel checker share. */
#ifndef TESTS_PLAIN_KERNELS_H
#define TESTS_PLAIN_KERNELS_H

#include "secost/se.h"

enum { RANDOM, ZERO, LARGEST, DENORMAL, NOT_FINITE, WIDE, MODES };

/* one case: a config, the kind of its numbers, and which end of each buffer is guarded */
typedef struct kernel_case {
	sc_se_config config;
	sc_se_quant quant;
	int mode, biases, at_end;
	unsigned seed;
} kernel_case;

/* numbers of a buffer in guarded memory */
typedef struct buffer {
	void *at;
	size_t count;
	sc_se_dtype type;
} buffer;

/* The buffers of a case; `x` … `pooled` are what sc_se_run takes, `w` as the plan keeps them. */
typedef struct material {
	buffer x, y, other, want, shortcut, pooled;
	buffer w1, b1, w2, b2;
} material;

/* errors of a row: the worst as a share of its bound; and relative to y in units of FLT_EPSILON,
 * where the gate is a sigmoid, the input random and nothing added */
typedef struct verdict {
	double share, relative;
} verdict;

/* `f` rounded to what a number of `type` can hold */
float rounded(sc_se_dtype type, float f);
float number_at(const buffer *b, size_t i);
size_t bytes_of(const buffer *b);

/* Fill guarded memory for case k. What the last case held is gone. */
material make_material(const kernel_case *k);
/* Were bytes beside y or `other` written? */
int is_spilt(const buffer *b);

/* Compare m.y with m.want: each number within the bound that follows from the sizes. Prints the
 * first that is not, and returns 0. */
int within_bounds(const kernel_case *k, const material *m, verdict *worst);

#endif
