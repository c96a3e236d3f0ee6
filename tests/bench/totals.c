/* Totals of a made-up network of two stages, three blocks each, in rounds. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "secost/bench.h"

enum { ROUNDS = 9, EACH = 3 };

/* every round the whole machine is as much slower as its number says, in percent */
static void add(sc_bench *b, const char *stage, double ratio, bool in_use, double ns)
{
	sc_bench_cell *c = &b->cell[b->cells++];
	*c = (sc_bench_cell){.what = {.blocks = 3,
				     .ratio = ratio,
				     .in_use = in_use,
				     .config = {.n = 1, .c = 64, .h = 7, .w = 7, .threads = 1}}};
	strcpy(c->what.stage, stage);
	c->timing.ns = malloc(ROUNDS * EACH * sizeof *c->timing.ns);
	c->timing.end = malloc(ROUNDS * sizeof *c->timing.end);
	for (size_t r = 0; r < ROUNDS; r++) {
		for (size_t i = 0; i < EACH; i++)
			c->timing.ns[c->timing.n++] = ns * (1 + 0.01 * (double)(r * 4 % 9));
		c->timing.end[c->timing.rounds++] = c->timing.n;
	}
	const sc_samples s = sc_timing_samples(&c->timing);
	cr_assert(eq(int, sc_summarise(&s, &c->summary, NULL), SC_OK));
}

static sc_bench *make(void)
{
	sc_bench *b = calloc(1, sizeof *b);
	b->cell = calloc(8, sizeof *b->cell);
	strcpy(b->network, "two");
	add(b, "early", 16, true, 1000);
	add(b, "early", 32, false, 990);
	add(b, "late", 16, true, 3000);
	add(b, "late", 32, false, 2000);
	add(b, "late", 64, false, 1500);
	return b;
}

Test(bench_totals, they_add_up_by_round_in_use_and_at_each_ratio_that_all_stages_have)
{
	sc_bench *b = make();
	sc_bench_total *t;
	size_t n;
	sc_estimate e;
	cr_assert(eq(int, sc_bench_totals(b, &t, &n, NULL), SC_OK));
	cr_assert(eq(sz, n, 2), "in use, which is r = 16, and r = 32; not 64");
	cr_assert(t[0].in_use && t[0].ratio == 16 && t[1].ratio == 32);
	cr_assert(eq(sz, t[0].blocks, 6));
	cr_assert(epsilon_eq(dbl, t[0].total.value, 3 * 4000 * 1.04, 1e-6));
	cr_assert(eq(str, (char *)t[0].heaviest, "late"));
	cr_assert(epsilon_eq(dbl, t[0].heaviest_share, 0.75, 1e-9));
	cr_assert(eq(int, sc_bench_total_without(b, &t[0], "late", &e, NULL), SC_OK));
	cr_assert(epsilon_eq(dbl, e.value, 3 * 1000 * 1.04, 1e-6));
	free(t);
	sc_bench_free(b);
}

/* the machine's slow rounds are in both: a small saving is shown that the totals' intervals hide */
Test(bench_totals, a_saving_is_taken_round_by_round)
{
	sc_bench *b = make();
	sc_bench_total *t;
	size_t n;
	sc_estimate e;
	cr_assert(eq(int, sc_bench_totals(b, &t, &n, NULL), SC_OK));
	cr_assert(eq(int, sc_bench_total_saved(b, &t[0], &t[1], &e, NULL), SC_OK));
	cr_assert(epsilon_eq(dbl, e.value, 3 * 1010 * 1.04, 1e-6));
	cr_assert(e.ci95.low > 0.9 * e.value && e.ci95.high < 1.1 * e.value);
	free(t);
	sc_bench_free(b);
}

Test(bench_totals, the_answer_comes_first_with_what_would_save)
{
	const char *args[] = {"bench", "--replay", "tests/data/bench/readme.json", "-q", NULL};
	command_result r = command_run(args, NULL);
	cr_assert(eq(int, r.code, 0), "%s", r.err);
	const char *answer = strchr(r.out, '\n') + 1;
	cr_assert(eq(
		int, strncmp(answer, "SE adds 2060 µs [1865, 2256] to a forward pass of ", 50), 0));
	cr_assert(strstr(answer, "; 32 % of it in conv2_x; r = 32 would save") != NULL);
	cr_assert(strstr(r.out, "all SE blocks of a forward pass") <
		  strstr(r.out, "latency by stage and ratio"));
	command_release(&r);
}

Test(bench_totals, a_file_that_can_not_be_written_is_told_before_anything_is_measured)
{
	const char *args[] = {"bench", "configs/networks/se-resnet-50.yaml", "--time", "600",
		"--save", "tests/no-such-folder/bench.json", NULL};
	command_result r = command_run(args, NULL);
	cr_assert(eq(int, r.code, 2));
	cr_assert(eq(str, r.err,
		"secost: can't write 'tests/no-such-folder/bench.json': No such file or "
		"directory\n"));
	command_release(&r);
}
