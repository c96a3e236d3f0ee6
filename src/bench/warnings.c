/* What is wrong with a measurement, and what to do about it. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "secost/bench.h"

typedef struct teller {
	const sc_bench *bench;
	void (*tell)(void *user, const char *text);
	void *user;
} teller;

static void say(const teller *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void say(const teller *t, const char *fmt, ...)
{
	char text[512];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	t->tell(t->user, text);
}

/* --- the machine --- */

static void machine_state(const teller *t, const sc_machine *m)
{
	double change = m->mhz[0] > 0 ? m->mhz[1] / m->mhz[0] - 1 : 0;
	if (m->load[0] > 0.3 * m->threads)
		say(t,
			"the load was %.1f on %u threads before anything was measured: other "
			"programs "
			"ran; stop them and measure again",
			m->load[0], m->threads);
	if (m->steal > 0.01)
		say(t,
			"the hypervisor gave %.1f %% of the time to others: measure on a machine "
			"of "
			"your own, or at a quieter hour",
			100 * m->steal);
	if (fabs(change) > 0.05)
		say(t,
			"the frequency went from %.0f to %.0f MHz: fix it (cpupower frequency-set "
			"-g "
			"performance) or let the machine cool",
			m->mhz[0], m->mhz[1]);
	if (m->governor[0] && strcmp(m->governor, "performance") != 0)
		say(t,
			"the frequency governor is '%s': cpupower frequency-set -g performance "
			"makes "
			"times steadier",
			m->governor);
}

static void machine_kind(const teller *t, const sc_machine *m)
{
	if (m->cores == 1)
		say(t, "there is one core only: whatever else runs is in the times");
	if (!m->can_bind)
		say(t, "threads can't be bound to cores here: they may wander while measured");
	if (m->threads < m->machine_threads)
		say(t, "this process may use %u of the machine's %u threads (a container?)",
			m->threads, m->machine_threads);
	if (!m->caches_found)
		say(t, "no cache sizes were found: the last cache is taken for %zu MiB",
			sc_machine_last_cache(m) >> 20);
	if (!strstr(m->features, "avx2") && !strstr(m->features, "asimd"))
		say(t, "this CPU has no vector unit that a kernel is written for: the portable one "
		       "ran");
}

/* --- the cells --- */

static bool drifts(const sc_bench_cell *c)
{
	return c->summary.drifts;
}
static bool is_bimodal(const sc_bench_cell *c)
{
	return c->summary.bimodal;
}
static bool is_coarse(const sc_bench_cell *c)
{
	return c->timing.coarse;
}
static bool never_settled(const sc_bench_cell *c)
{
	return c->timing.n && !c->timing.settled;
}
static bool ran_out_of_time(const sc_bench_cell *c)
{
	return c->timing.stop == SC_STOP_time || c->timing.stop == SC_STOP_samples;
}
static bool is_above_roof(const sc_bench_cell *c)
{
	return c->efficiency > 1.05;
}
static bool is_correlated(const sc_bench_cell *c)
{
	const sc_summary *s = &c->summary;
	size_t independent = s->rounds < SC_ROUNDS_MIN ? s->n : s->rounds;
	return c->timing.n && s->effective < 0.5 * (double)independent;
}
static bool has_few_rounds(const sc_bench_cell *c)
{
	return c->timing.n && c->summary.rounds < SC_ROUNDS_MIN;
}

static const struct {
	bool (*is)(const sc_bench_cell *c);
	const char *text; /* after "12 of 48 cells (first: …) " */
} cell_warnings[] = {
	{ran_out_of_time,
		"did not reach the precision asked for; --time or --max-time gives them longer"},
	{drifts, "drift: the later half of the samples differs from the earlier; the machine "
		 "warms up or others come and go, so measure again"},
	{is_bimodal, "have bimodal samples: two states of the machine are mixed, and the "
		     "median is of neither; look for other programs, SMT and frequency steps"},
	{is_correlated, "have neighbouring samples or rounds that resemble each other; their "
			"intervals are wider for it"},
	{has_few_rounds, "have fewer than 6 rounds: their intervals do not hold for a next run; "
			 "give it more time, or measure again with this version"},
	{never_settled, "never settled while warming up"},
	{is_coarse, "last less than 100 times what the clock can tell: read them as rough"},
	{is_above_roof, "are faster than 105 % of the roof: the roof was measured too low, in a "
			"slower minute; measure again"},
};

static void about_cells(const teller *t)
{
	const sc_bench *b = t->bench;
	for (size_t w = 0; w < sizeof cell_warnings / sizeof *cell_warnings; w++) {
		const sc_bench_case *first = NULL;
		size_t n = 0;
		for (size_t i = 0; i < b->cells; i++)
			if (cell_warnings[w].is(&b->cell[i]) && !n++)
				first = &b->cell[i].what;
		if (n)
			say(t, "%zu of %zu cells (first: %s, r = %g, %s) %s", n, b->cells,
				first->stage, first->ratio,
				sc_word_name(SC_WORD_cache, first->cache), cell_warnings[w].text);
	}
}

void sc_bench_warnings(const sc_bench *b, void (*tell)(void *user, const char *text), void *user)
{
	const teller t = {b, tell, user};
	if (!b->complete)
		say(&t, "the measurement was stopped: it is incomplete");
	machine_state(&t, &b->machine);
	machine_kind(&t, &b->machine);
	about_cells(&t);
}
