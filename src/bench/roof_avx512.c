enum { WIDTH = 64, ACCUMULATORS = 16 };
#include "bench/roof_body.h"

const sc_roof_row sc_roof_avx512 = {
	"avx512", SC_CPU_AVX512, read_all, copy_all, update_all, multiply};
