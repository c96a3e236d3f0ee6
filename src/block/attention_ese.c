/* Effective SE (Lee and Park, "CenterMask", arXiv 1911.06667, section 3.3): one layer that keeps
 * the width, so that no channel information is lost. */
#include "block/attention.h"

static sc_status attach(sc_builder *b, sc_err *err)
{
	uint32_t map = b->current, c = sc_build_shape(b).c;
	sc_status s =
		sc_se_part(b, "squeeze", (sc_layer){.op = sc_op_at(SC_OP_global_avg_pool)}, err);
	if (!s)
		s = sc_se_dense(b, "fc", c, 0, false, err);
	return s ? s : sc_se_gate(b, "scale", map, err);
}

const sc_attention sc_attention_ese = {.attach = attach};
