#define SC_ROOF_WIDTH 32
#define SC_ROOF_SUMS 12
#include "bench/roof_body.h"

const sc_roof_row sc_roof_avx2 = {"avx2", SC_CPU_AVX2, read_all, copy_all, update_all, multiply};
