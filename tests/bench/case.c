/* What a bench says of a block is what the count says of it. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "../support/net.h"
#include "secost/bench.h"

static sc_sheet counted(const char *squeeze, bool bias, sc_model **m)
{
	char text[200];
	snprintf(text, sizeof text,
		"stages: [{name: s, channels: 24, size: 4}]\n"
		"se: {ratio: 4, squeeze: %s, bias: %s}\n",
		squeeze, bias ? "true" : "false");
	*m = net_parse(text);
	return net_count(*m);
}

static sc_bench_case small(sc_se_pool pool, bool bias)
{
	return (sc_bench_case){.stage = "s",
		.blocks = 1,
		.ratio = 4,
		.bias = bias,
		.config = {.n = 1,
			.c = 24,
			.h = 4,
			.w = 4,
			.squeezed = 6,
			.pool = pool,
			.act = SC_SE_RELU,
			.gate = SC_SE_SIGMOID}};
}

Test(bench_case, has_the_operations_and_parameters_that_are_counted)
{
	static const struct {
		const char *squeeze;
		sc_se_pool pool;
	} both[] = {{"avg", SC_SE_AVG}, {"max", SC_SE_MAX}, {"avg+max", SC_SE_AVG_MAX}};
	for (size_t i = 0; i < 2 * sizeof both / sizeof *both; i++) {
		bool bias = i % 2;
		sc_model *m;
		sc_sheet sheet = counted(both[i / 2].squeeze, bias, &m);
		sc_bench_case k = small(both[i / 2].pool, bias);
		sc_phase phase[SC_PHASE__N];
		uint64_t flops = 0;
		cr_assert(eq(int, sc_case_phases(&k, phase, NULL), SC_OK));
		for (int p = 0; p < SC_PHASE__N; p++)
			flops += phase[p].flops;
		cr_expect(eq(u64, sc_case_params(&k), sheet.total.se.params), "%s",
			both[i / 2].squeeze);
		if (bias)
			cr_expect(eq(u64, flops, sheet.total.se.flops), "%s", both[i / 2].squeeze);
		sc_sheet_release(&sheet);
		sc_model_free(m);
	}
}

/* C = 24, H·W = 16: r* = 8·24/(3·16) = 4, which is the ratio here */
Test(bench_case, is_at_its_crossover_where_the_layers_cost_what_pooling_and_scaling_do)
{
	sc_model *m;
	sc_sheet sheet = counted("avg+max", false, &m);
	sc_shape map = {24, 4, 4};
	uint64_t passes = 2, moved = (passes + 1) * 24 * 16;
	cr_expect(epsilon_eq(dbl, sc_gate_crossover(map, 2), 4, 1e-12));
	cr_expect(eq(u64, 2 * sheet.total.se.macs, moved));
	sc_sheet_release(&sheet);
	sc_model_free(m);
}

Test(bench_case, in_one_setting_is_alike_in_every_member_but_shape)
{
	const sc_bench_case a = small(SC_SE_AVG, true);
	for (int i = 0; i < 10; i++) {
		sc_bench_case b = a;
		if (i == 0)
			b.config.n = 2;
		else if (i == 1)
			b.config.threads = 3;
		else if (i == 2)
			b.config.layout = SC_SE_NHWC;
		else if (i == 3)
			b.config.map = SC_SE_BF16;
		else if (i == 4)
			b.config.pool = SC_SE_MAX;
		else if (i == 5)
			b.config.gate = SC_SE_GATE_TANH;
		else if (i == 6)
			b.bias = false;
		else if (i == 7)
			b.in_place = true;
		else if (i == 8)
			b.cache = SC_STATE_cold;
		else
			b.config.epilogue = SC_SE_SCALE_ADD;
		cr_expect(not(sc_case_same_setting(&a, &b)), "%d", i);
	}
	sc_bench_case b = a;
	b.config.c = 48;
	b.config.h = 7;
	b.ratio = 8;
	cr_expect(sc_case_same_setting(&a, &b));
}
