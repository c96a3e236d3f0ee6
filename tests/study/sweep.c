/* Sweeps: products of axes, setups by number. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "../support/fault.h"
#include "../support/net.h"
#include "base/text.h"

static sc_sweep *sweep_of(const sc_model *m, const char *const *axis)
{
	sc_sweep *s = NULL;
	sc_err err = {0};
	size_t failed, n = 0;
	sc_rules rules = sc_rules_default();
	while (axis[n])
		n++;
	const sc_texts axes = {(const char **)(uintptr_t)axis, n};
	cr_assert(zero(int, (int)sc_sweep_new(m, &rules, 1, &axes, &s, &failed, &err)), "%s",
		err.message);
	return s;
}

static void is_the_setup(const sc_sweep *s, uint64_t setup, const char *network)
{
	sc_text name = {0};
	sc_totals t;
	sc_err err = {0};
	sc_model *m = net_load(network);
	sc_sweep_name(s, setup, &name);
	cr_assert(
		zero(int, (int)sc_model_set_text(m, sc_text_get(&name), &err)), "%s", err.message);
	cr_assert(zero(int, (int)sc_sweep_count(s, setup, &t, &err)), "%s", err.message);
	sc_sheet sheet = net_count(m);
	cr_assert(eq(u64, t.params, sheet.total.params), "%s", name.s);
	cr_assert(eq(u64, t.macs, sheet.total.macs), "%s", name.s);
	cr_assert(eq(u64, t.flops, sheet.total.flops), "%s", name.s);
	cr_assert(eq(u64, t.activations, sheet.total.activations), "%s", name.s);
	cr_assert(eq(u64, t.bytes, sheet.total.bytes), "%s", name.s);
	cr_assert(eq(u64, t.se.weights, sheet.total.se.weights), "%s", name.s);
	cr_assert(eq(u64, t.se.params, sheet.total.se.params), "%s", name.s);
	cr_assert(eq(u64, t.se.flops, sheet.total.se.flops), "%s", name.s);
	cr_assert(eq(u64, t.se.bytes, sheet.total.se.bytes), "%s", name.s);
	sc_sheet_release(&sheet);
	sc_text_release(&name);
	sc_model_free(m);
}

Test(study_sweep, a_sum_over_stages_is_the_setup_counted_as_a_whole)
{
	static const char *const networks[] = {
		"configs/networks/se-resnet-50.yaml", "configs/networks/mobilenet-v3-large.yaml"};
	for (size_t k = 0; k < 2; k++) {
		sc_model *m = net_load(networks[k]);
		char name[64], last[64];
		snprintf(name, sizeof name, "stages.%s.se={ratio: 4},off,{ratio: 16, bias: false}",
			m->stages.item[1].name);
		snprintf(last, sizeof last, "stages[%zu].se.ratio=2,7", m->stages.count - 1);
		sc_sweep *s = sweep_of(
			m, (const char *const[]){"stages[0].se.ratio=1..3", name, last, NULL});
		cr_assert(eq(u64, sc_sweep_setups(s), 18));
		for (uint64_t i = 0; i < 18; i++)
			is_the_setup(s, i, networks[k]);
		sc_sweep_free(s);
		sc_model_free(m);
	}
}

Test(study_sweep, fields_of_the_whole_network_are_swept_too)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	sc_sweep *s = sweep_of(m, (const char *const[]){"se.ratio=8,16", "input=192..256:32",
					  "stages[-1].se=off,{ratio: 32}", NULL});
	cr_assert(eq(u64, sc_sweep_setups(s), 12));
	for (uint64_t i = 0; i < 12; i++)
		is_the_setup(s, i, "configs/networks/se-resnet-50.yaml");
	sc_sweep_free(s);
	sc_model_free(m);
}

Test(study_sweep, the_first_axis_changes_slowest)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	sc_sweep *s =
		sweep_of(m, (const char *const[]){"se.ratio=2,4,8", "input=160..224:64", NULL});
	sc_text name = {0};
	sc_sweep_name(s, 3, &name);
	cr_assert(eq(str, name.s, "se.ratio=4; input=[3,224,224]"));
	sc_text_release(&name);
	sc_sweep_free(s);
	sc_model_free(m);
}

Test(study_sweep, every_allocation_may_fail)
{
	sc_model *m = net_load("configs/networks/se-resnet-50.yaml");
	const char *axis[] = {"stages[0].se.ratio=1..3", "stages[1].se=off,on"};
	const sc_texts axes = {axis, 2};
	sc_rules rules = sc_rules_default();
	sc_status status = SC_ENOMEM;
	for (unsigned n = 1; status; n++) {
		sc_sweep *s = NULL;
		sc_err err = {0};
		size_t failed;
		fault_arm(n);
		status = sc_sweep_new(m, &rules, 1, &axes, &s, &failed, &err);
		fault_arm(0);
		cr_assert(status == SC_OK || status == SC_ENOMEM, "%s", err.message);
		sc_sweep_free(s);
	}
	sc_model_free(m);
}
