#define SC_ROOF_WIDTH 64
#define SC_ROOF_SUMS 16
#include "bench/roof_body.h"

const sc_roof_row sc_roof_avx512 = {
	"avx512", SC_CPU_AVX512, read_all, copy_all, update_all, multiply};
