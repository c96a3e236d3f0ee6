#include "se/lone.h"

#include "se/body.h"

extern const sc_se_row sc_se_scalar;
const sc_se_row sc_se_scalar = {.name = "scalar",
	.text = "portable C, one float at a time",
	.width = VWIDTH,
	.panel = VPANEL * VWIDTH,
	.group = GROUP,
	.offset = OFFSET,
	.run = run};
