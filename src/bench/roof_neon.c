#define SC_ROOF_WIDTH 16
#define SC_ROOF_SUMS 16
#include "bench/roof_body.h"

const sc_roof_row sc_roof_neon = {"neon", SC_CPU_NEON, read_all, copy_all, update_all, multiply};
