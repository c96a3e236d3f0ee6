#ifndef SC_SE_STEP_H
#define SC_SE_STEP_H
#include "secost/se.h"
typedef struct sc_se_kernel {
	const char *name; /**< "ref", "avx2", ... */
	unsigned need;	  /**< SC_CPU_* bits that must be present */
	void (*squeeze)(size_t c, size_t hw, const float *x, float *z);
	void (*dense)(
		size_t rows, size_t cols, const float *w, const float *b, const float *x, float *y);
	void (*scale)(size_t c, size_t hw, const float *s, const float *x, float *y);
} sc_se_kernel;
const sc_se_kernel *sc_se_kernel_at(size_t i);
int sc_se_can_run(const sc_se_kernel *k);
const sc_se_kernel *sc_se_best(void);
#endif
