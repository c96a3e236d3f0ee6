/* SE's relatives at one place, against the formulas of their papers. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

#include "../support/net.h"

typedef struct relative {
	const char *se;
	uint64_t params, macs; /**< beside the network without it; macs of conv and linear layers */
} relative;

/* C = 64 on a 14×14 map, ratio 16: d = 4 */
enum { C = 64, D = 4, N = 14 * 14, TWO = 2 * C * D, BIAS = D + C };

static const relative relatives[] = {
	{"{ratio: 16}", TWO + BIAS, TWO},
	{"{attention: eca}", 3, 3 * C},
	{"{attention: eca, kernel: 7}", 7, 7 * C},
	{"{attention: ese}", C *C + C, C *C},
	{"{attention: cbam}", TWO + BIAS + 98 + 2, 2 * TWO + 98 * N},
	{"{attention: scse}", TWO + BIAS + C + 1, TWO + C *N},
	{"{attention: ge}", 0, 0},
	{"{attention: ge, theta: theta}", C *N + 2 * C, C *N},
	{"{attention: ge, theta: plus}", C *N + 2 * C + TWO + BIAS, C *N + TWO},
	{"{attention: ge, extent: 4}", 0, 0},
	{"{attention: ge, extent: 4, theta: theta}", 2 * 11 * C, 9 * C *(7 * 7 + 4 * 4)},
};

static sc_totals totals(const char *se)
{
	char text[400];
	snprintf(text, sizeof text,
		"input: [3, 14, 14]\nstages: [{block: basic, channels: 64, se: %s}]\n", se);
	sc_model *m = net_parse(text);
	sc_sheet sheet = net_count(m);
	sc_totals t = sheet.total;
	sc_sheet_release(&sheet);
	sc_model_free(m);
	return t;
}

Test(block_attention, costs_what_its_paper_says)
{
	sc_totals none = totals("off");
	for (size_t i = 0; i < sizeof relatives / sizeof *relatives; i++) {
		const relative *r = &relatives[i];
		sc_totals t = totals(r->se);
		cr_expect(eq(u64, t.params - none.params, r->params), "%s", r->se);
		cr_expect(eq(u64, t.macs - none.macs, r->macs), "%s", r->se);
		cr_expect(eq(u64, t.se.params, r->params), "%s", r->se);
		cr_expect(eq(u64, t.se.macs, r->macs), "%s", r->se);
	}
}

/* SKNet: the second 3×3 is the block's, what weighs is attention's: C·d + 2d + 2·C·d */
Test(block_attention, a_selective_kernel_is_two_convolutions_and_what_weighs_them)
{
	sc_totals none = totals("off"), sk = totals("{attention: sk, ratio: 16, min: 32}");
	cr_expect(eq(u64, sk.se.params, 3 * C * 32 + 2 * 32));
	cr_expect(eq(u64, sk.params - sk.se.params - none.params, 9 * C * C + 2 * C));
}

/* ResNeSt: twice the channels in two groups are the same weights, and one norm more */
Test(block_attention, split_attention_costs_its_norm_and_what_weighs)
{
	sc_totals none = totals("off"), split = totals("{attention: split, ratio: 4, min: 32}");
	cr_expect(eq(u64, split.params - split.se.params - none.params, 2 * C));
	cr_expect(eq(u64, split.se.params, C * 32 + 32 + 2 * 32 + 32 * 2 * C + 2 * C));
}
