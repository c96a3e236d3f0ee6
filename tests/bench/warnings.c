#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "secost/bench.h"

/* a quiet machine with one cell that nothing is wrong with */
static sc_bench well(sc_bench_cell *cell)
{
	static const sc_machine machine = {.features = "avx2 fma",
		.cores = 8,
		.threads = 8,
		.machine_threads = 8,
		.can_bind = true,
		.caches_found = true,
		.mhz = {3000, 3010}};
	*cell = (sc_bench_cell){.what = {.stage = "conv5_x", .ratio = 16},
		.timing = {.n = 20, .settled = true, .stop = SC_STOP_precision},
		.summary = {.n = 60, .rounds = 20, .median = 100, .effective = 20},
		.efficiency = 0.9};
	return (sc_bench){.machine = machine, .complete = true, .cell = cell, .cells = 1};
}

static char told[4096];

static void tell(void *user, const char *text)
{
	(void)user;
	strncat(told, text, sizeof told - strlen(told) - 2);
	strcat(told, "\n");
}

static void expect(const sc_bench *b, const char *said)
{
	told[0] = '\0';
	sc_bench_warnings(b, tell, NULL);
	if (said)
		cr_assert(strstr(told, said) != NULL, "'%s' is not in: %s", said, told);
	else
		cr_assert(eq(str, told, ""));
}

Test(bench_warnings, a_quiet_machine_is_not_complained_of)
{
	sc_bench_cell c;
	sc_bench b = well(&c);
	expect(&b, NULL);
}

Test(bench_warnings, each_trouble_with_the_machine_is_told_with_what_to_do)
{
	sc_bench_cell c;
	sc_bench b = well(&c);
	const sc_machine quiet = b.machine;
	b.machine.load[0] = 6;
	expect(&b, "the load was 6.0 on 8 threads");
	b.machine = quiet;
	b.machine.steal = 0.05;
	expect(&b, "the hypervisor gave 5.0 % of the time to others");
	b.machine = quiet;
	b.machine.mhz[1] = 2000;
	expect(&b, "the frequency went from 3000 to 2000 MHz");
	b.machine = quiet;
	strcpy(b.machine.governor, "powersave");
	expect(&b, "the frequency governor is 'powersave'");
	b.machine = quiet;
	b.machine.cores = 1;
	expect(&b, "there is one core only");
	b.machine = quiet;
	b.machine.can_bind = false;
	expect(&b, "threads can't be bound to cores here");
	b.machine = quiet;
	b.machine.threads = 2;
	expect(&b, "this process may use 2 of the machine's 8 threads (a container?)");
	b.machine = quiet;
	b.machine.caches_found = false;
	expect(&b, "the last cache is taken for 32 MiB");
	b.machine = quiet;
	strcpy(b.machine.features, "sse2");
	expect(&b, "no vector unit that a kernel is written for");
}

Test(bench_warnings, each_trouble_with_the_cells_is_told_with_the_first_of_them)
{
	sc_bench_cell c;
	sc_bench b = well(&c);
	c.summary.drifts = true;
	expect(&b, "1 of 1 cells (first: conv5_x, r = 16, hot) drift");
	b = well(&c);
	c.summary.bimodal = true;
	expect(&b, "have bimodal samples");
	b = well(&c);
	c.timing.coarse = true;
	expect(&b, "last less than 100 times what the clock can tell");
	b = well(&c);
	c.timing.stop = SC_STOP_time;
	expect(&b, "did not reach the precision asked for");
	b = well(&c);
	c.timing.settled = false;
	expect(&b, "never settled while warming up");
	b = well(&c);
	c.efficiency = 1.06;
	expect(&b, "are faster than 105 % of the roof");
	b = well(&c);
	c.summary.effective = 5;
	expect(&b, "have neighbouring samples or rounds that resemble each other");
	b = well(&c);
	c.summary.rounds = 5;
	expect(&b, "have fewer than 6 rounds: their intervals do not hold for a next run");
	b = well(&c);
	b.complete = false;
	expect(&b, "the measurement was stopped: it is incomplete");
}
