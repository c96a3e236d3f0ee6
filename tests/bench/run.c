/* Real measurements, of almost no length: that they work, not what they show. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/folder.h"
#include "../support/net.h"
#include "../support/sanitizer.h"
#include "secost/bench.h"

static sc_bench_case small(sc_cache_state cache)
{
	sc_bench_case k = {.stage = "small",
		.blocks = 2,
		.ratio = 4,
		.in_use = true,
		.bias = true,
		.cache = cache,
		.config = {.n = 2, .c = 24, .h = 5, .w = 3, .squeezed = 6, .threads = 1}};
	return k;
}

static sc_bench_plan plan_of(const sc_bench_case *k, size_t n)
{
	sc_bench_plan p = {.network = "test",
		.item = k,
		.count = n,
		.timing = sc_timing_default(),
		.arguments = ""};
	p.timing.max_seconds = 0.002;
	p.timing.min_samples = 2;
	p.timing.max_samples = 10;
	return p;
}

Test(bench_run, measures_every_cache_state_in_and_out_of_place)
{
	sc_bench_case k[6];
	sc_bench *b = NULL;
	sc_err err = {0};
	for (int i = 0; i < 6; i++) {
		k[i] = small((sc_cache_state)(i % 3));
		k[i].in_place = i > 2;
	}
	sc_bench_plan p = plan_of(k, 6);
	cr_assert(eq(int, sc_bench_run(&p, &b, &err), SC_OK), "%s", err.message);
	cr_assert(b->complete);
	cr_assert(b->settings.evicted_bytes >= sc_bench_last_cache(b) &&
		  b->settings.evicted_bytes <= 4 * sc_bench_last_cache(b));
	cr_assert(b->settings.cold_part >= 0 && b->settings.cold_part <= 1);
	for (int i = 0; i < 6; i++) {
		cr_assert(b->cell[i].timing.n >= 2);
		cr_assert(b->cell[i].summary.median > 0);
		cr_assert(b->cell[i].what.row[0] != '\0');
		cr_assert(eq(dbl, b->cell[i].roof_ns, 0), "no roofs were asked for");
	}
	cr_assert(gt(sz, b->cell[0].timing.loops, 1));
	cr_assert(eq(sz, b->cell[1].timing.loops, 1));
	sc_bench_free(b);
}

/* bytes of maps and weights, from shapes alone */
static size_t pass_of(const sc_sheet *sheet)
{
	size_t weights = 0, largest = 0;
	for (size_t i = 0; i < sheet->layers.count; i++) {
		sc_cost cost;
		uint64_t n;
		const sc_shape *s = &sheet->layers.item[i].out;
		cr_assert(eq(int, sc_count_layer(&sheet->layers.item[i], &cost, NULL), SC_OK));
		cr_assert(eq(int, sc_cost_sum(&cost, SC_COUNT_weights, &n, NULL), SC_OK));
		weights += n;
		if ((size_t)s->c * s->h * s->w > largest)
			largest = (size_t)s->c * s->h * s->w;
	}
	return 4 * (weights + 3 * largest);
}

Test(bench_run, of_a_network_weights_are_as_cold_as_its_pass_leaves_them)
{
	sc_model *m = net_load("configs/networks/se-resnet-18.yaml");
	sc_sheet sheet = net_count(m);
	sc_bench_case k[6];
	sc_bench *b = NULL;
	sc_err err = {0};
	for (unsigned i = 0; i < 6; i++) {
		k[i] = small(i ? SC_STATE_cold_weights : SC_STATE_hot);
		k[i].in_use = i < 4;
		k[i].in_place = i == 2;
		k[i].config = (sc_se_config){.n = 1 + (i == 3),
			.c = 128,
			.h = 28,
			.w = 28,
			.squeezed = i == 4 ? 64 : 8,
			.epilogue = i == 5 ? SC_SE_SCALE_ADD : SC_SE_SCALE,
			.threads = 1};
	}
	k[1].config.c = 130; /* of no block of it */
	sc_bench_plan p = plan_of(k, 6);
	p.pass = &sheet.layers;
	cr_assert(eq(int, sc_bench_run(&p, &b, &err), SC_OK), "%s", err.message);
	cr_expect(eq(sz, b->settings.pass_bytes, pass_of(&sheet)));
	cr_expect(eq(sz, b->settings.evicted_bytes, 0), "nothing is cold but what a pass leaves");
	for (int i = 0; i < 6; i++)
		cr_expect(b->cell[i].timing.n >= 2 && b->cell[i].summary.median > 0);
	sc_bench_free(b);
	sc_sheet_release(&sheet);
	sc_model_free(m);
}

Test(bench_run, a_row_that_is_not_there_is_an_error)
{
	sc_bench_case k = small(SC_STATE_hot);
	sc_bench *b = NULL;
	sc_err err = {0};
	strcpy(k.row, "none");
	sc_bench_plan p = plan_of(&k, 1);
	cr_assert(eq(int, sc_bench_run(&p, &b, &err), SC_EINVAL));
	cr_assert(b == NULL);
}

Test(bench_run, memory_that_is_not_there_is_told_with_how_much_was_wanted)
{
	if (SANITIZED)
		cr_skip_test("a sanitizer ends the program first");
	sc_bench_case k = small(SC_STATE_hot);
	sc_bench *b = NULL;
	sc_err err = {0};
	k.config.c = k.config.n = 1 << 18;
	k.config.h = 1024;
	sc_bench_plan p = plan_of(&k, 1);
	cr_assert(eq(int, sc_bench_run(&p, &b, &err), SC_ENOMEM));
	cr_assert(strstr(err.message,
			  "no memory for maps and weights: 1610612748 MiB are wanted, this machine "
			  "has ") != NULL,
		"%s", err.message);
}

static bool at_once(void *user)
{
	(void)user;
	return true;
}

Test(bench_run, being_stopped_is_no_error_and_is_told)
{
	sc_bench_case k = small(SC_STATE_hot);
	sc_bench *b = NULL;
	sc_bench_plan p = plan_of(&k, 1);
	p.timing.stop = at_once;
	cr_assert(eq(int, sc_bench_run(&p, &b, NULL), SC_OK));
	cr_assert(not(b->complete));
	sc_bench_free(b);
}

Test(bench_run, phases_move_and_compute_what_the_sheet_says)
{
	sc_bench_case k = small(SC_STATE_hot);
	sc_phase p[SC_PHASE__N];
	k.config = (sc_se_config){.n = 1, .c = 256, .h = 56, .w = 56, .squeezed = 16, .threads = 1};
	cr_assert(eq(int, sc_case_phases(&k, p, NULL), SC_OK));
	/* conv2_x of SE-ResNet-50 has three such blocks: `secost cost` counts as many */
	cr_assert(eq(u64, 3 * (p[0].flops + p[1].flops + p[2].flops), 4867680));
	cr_assert(eq(u64, p[SC_PHASE_squeeze].bytes, 4u * (256 * 56 * 56 + 256)));
	cr_assert(eq(u64, sc_case_params(&k), 8464));
}

Test(bench_run, the_command_writes_what_it_measured_and_replays_it_byte_for_byte)
{
	char folder[64], path[100];
	folder_new(folder);
	snprintf(path, sizeof path, "%s/result.json", folder);
	const char *measure[] = {"bench", "configs/networks/se-resnet-50.yaml", "--filter",
		"conv5_x r=(8|16|32) (hot|cold-weights)", "--max-time", "0.005", "--precision",
		"50", "--quick", "-q", "--save", path, NULL};
	const char *again[] = {"bench", "--replay", path, "-q", NULL};
	command_result a = command_run(measure, NULL), b = command_run(again, NULL);
	cr_assert(eq(int, a.code, 0), "%s", a.err);
	cr_assert(eq(str, a.out, b.out));
	cr_assert(eq(str, a.err, ""));
	command_release(&a);
	command_release(&b);
	folder_remove(folder);
}
