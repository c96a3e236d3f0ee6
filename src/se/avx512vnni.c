#define SC_SE_VNNI
#include "se/avx512.inc"
#include "se/body.h"

extern const sc_se_row sc_se_avx512vnni;
const sc_se_row sc_se_avx512vnni = {.name = "avx512vnni",
	.text = "x86-64 with AVX-512 F, BW, DQ and VL, 16 floats at a time; int8 with VNNI",
	.need = SC_CPU_AVX512 | SC_CPU_VNNI,
	.width = VWIDTH,
	.panel = VPANEL * VWIDTH,
	.group = GROUP,
	.offset = OFFSET,
	.run = run};
