/* The stopwatch with a clock that the subjects themselves turn: nothing here depends on time. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <string.h>

#include "../support/fault.h"
#include "secost/timing.h"

enum { CALLS_MAX = 1 << 16 };

static double fake_now;
static unsigned order[CALLS_MAX]; /* which subject was prepared */
static size_t prepared;

struct fake {
	unsigned id;
	double ns, noise;
	size_t calls;
};

static double read_clock(void *state)
{
	(void)state;
	return fake_now;
}

static void prepare(void *state)
{
	struct fake *f = state;
	if (prepared < CALLS_MAX)
		order[prepared++] = f->id;
	fake_now += 10;
}

static void call(void *state)
{
	struct fake *f = state;
	fake_now += f->ns * (1 + f->noise * fmod(0.6180339887 * (double)f->calls++, 1));
}

static const sc_clock fake_clock = {read_clock, NULL, 1, 20};

static sc_subject subject(struct fake *f)
{
	return (sc_subject){prepare, call, f, false};
}

static void time_all(struct fake *f, size_t n, sc_timing_options o, sc_timing *out)
{
	sc_subject s[8];
	for (size_t i = 0; i < n; i++)
		s[i] = subject(&f[i]);
	fake_now = prepared = 0;
	cr_assert(eq(int, sc_time(&fake_clock, s, n, &o, out, NULL), SC_OK));
}

Test(timing_time, loops_until_a_sample_outlasts_100_readings)
{
	struct fake f[] = {{0, 15, 0, 0}, {1, 5e5, 0, 0}};
	sc_timing t[2] = {0};
	time_all(f, 2, sc_timing_default(), t);
	cr_assert(t[0].loops * 15 >= 2000, "%zu loops", t[0].loops);
	cr_assert(eq(sz, t[1].loops, 1));
	cr_assert(not(t[0].coarse));
	cr_assert(eq(dbl, t[0].first_ns, 15));
	cr_assert(epsilon_eq(dbl, t[0].ns[0], 15, 1e-9));
	for (int i = 0; i < 2; i++)
		sc_timing_release(&t[i]);
}

Test(timing_time, a_single_call_that_is_too_short_for_the_clock_is_told)
{
	struct fake f = {0, 100, 0, 0};
	sc_timing t = {0};
	sc_subject s = subject(&f);
	sc_timing_options o = sc_timing_default();
	s.single = true;
	cr_assert(eq(int, sc_time(&fake_clock, &s, 1, &o, &t, NULL), SC_OK));
	cr_assert(eq(sz, t.loops, 1));
	cr_assert(t.coarse);
	sc_timing_release(&t);
}

Test(timing_time, stops_at_the_precision_the_time_or_the_samples_and_says_which)
{
	struct fake f[] = {{0, 1e5, 0.001, 0}, {1, 1e5, 2, 0}, {2, 100, 2, 0}};
	sc_timing t[3] = {0};
	sc_timing_options o = sc_timing_default();
	o.max_seconds = 0.005; /* 15 ms for all: about 130 samples of the second */
	o.max_samples = 200;
	o.precision = 0.01;
	time_all(f, 3, o, t);
	cr_assert(eq(str, (char *)sc_stop_name(t[0].stop), "precision"));
	cr_assert(eq(sz, t[0].n, o.min_samples));
	cr_assert(eq(str, (char *)sc_stop_name(t[1].stop), "time"));
	for (int i = 0; i < 3; i++)
		sc_timing_release(&t[i]);
	o.max_seconds = 1;
	time_all(f, 3, o, t);
	cr_assert(eq(str, (char *)sc_stop_name(t[1].stop), "samples"));
	cr_assert(eq(sz, t[1].n, 200));
	for (int i = 0; i < 3; i++)
		sc_timing_release(&t[i]);
}

Test(timing_time, every_round_has_every_subject_once_in_an_order_that_changes)
{
	struct fake f[] = {{0, 1e5, 1, 0}, {1, 1e5, 1, 0}, {2, 1e5, 1, 0}, {3, 1e5, 1, 0}};
	sc_timing t[4] = {0};
	sc_timing_options o = sc_timing_default();
	o.precision = 1e-9;
	o.min_samples = o.max_samples = 50;
	time_all(f, 4, o, t);
	size_t begin = prepared - 200, changed = 0;
	for (size_t r = 0; r < 50; r++) {
		unsigned seen = 0;
		for (size_t i = 0; i < 4; i++)
			seen |= 1u << order[begin + 4 * r + i];
		cr_assert(eq(uint, seen, 15));
		changed += r && memcmp(&order[begin + 4 * r], &order[begin + 4 * r - 4],
					4 * sizeof *order) != 0;
	}
	cr_assert(changed > 40, "%zu", changed);
	for (int i = 0; i < 4; i++)
		sc_timing_release(&t[i]);
}

Test(timing_time, the_same_seed_gives_the_same_order)
{
	unsigned first[200];
	for (int run = 0; run < 2; run++) {
		struct fake f[] = {{0, 1e5, 1, 0}, {1, 1e5, 1, 0}, {2, 1e5, 1, 0}};
		sc_timing t[3] = {0};
		time_all(f, 3, sc_timing_default(), t);
		if (run)
			cr_assert(eq(int, memcmp(first, order, sizeof first), 0));
		memcpy(first, order, sizeof first);
		for (int i = 0; i < 3; i++)
			sc_timing_release(&t[i]);
	}
}

static bool after_1000(void *user)
{
	return ++*(size_t *)user > 1000;
}

Test(timing_time, being_stopped_keeps_what_there_is)
{
	struct fake f[] = {{0, 1e5, 3, 0}, {1, 1e5, 3, 0}};
	sc_timing t[2] = {0};
	size_t asked = 0;
	sc_timing_options o = sc_timing_default();
	o.precision = 1e-9;
	o.max_samples = 100000;
	o.max_seconds = 1e9;
	o.stop = after_1000;
	o.user = &asked;
	time_all(f, 2, o, t);
	cr_assert(eq(int, t[0].stop, SC_STOP_interrupted));
	cr_assert(t[0].n > 400 && t[0].n < 600);
	for (int i = 0; i < 2; i++)
		sc_timing_release(&t[i]);
}

/* --- rounds --- */

static size_t renewed;

/* every place has its own speed, and another takes a millisecond to set up */
static sc_status renew(void *ground, size_t round, sc_err *err)
{
	struct fake *f = ground;
	(void)err;
	f->ns = 1e5 * (1 + 0.05 * (double)(round * 7 % 5));
	fake_now += 1e6;
	renewed++;
	return SC_OK;
}

static sc_timing_options in_rounds(struct fake *f, double seconds)
{
	sc_timing_options o = sc_timing_default();
	o.renew = renew;
	o.ground = f;
	o.rounds = 20;
	o.total_seconds = seconds;
	o.precision = 1e-9;
	renewed = 0;
	return o;
}

Test(timing_time, rounds_are_spread_over_the_whole_time_each_on_new_ground)
{
	struct fake f = {0, 1e5, 0.01, 0};
	sc_timing t = {0};
	time_all(&f, 1, in_rounds(&f, 0.5), &t);
	cr_assert(eq(sz, renewed, 19));
	cr_assert(eq(sz, t.rounds, 20));
	for (size_t r = 1; r < 20; r++) {
		size_t n = t.end[r] - t.end[r - 1];
		cr_assert(n >= 3 && n <= 1000 / 20, "%zu samples", n);
		cr_assert(fabs(t.ns[t.end[r - 1]] / (1e5 * (1 + 0.05 * (double)(r * 7 % 5))) - 1) <
			  0.02);
	}
	sc_timing_release(&t);
}

Test(timing_time, the_total_time_is_kept_and_rounds_are_as_many_as_it_has_room_for)
{
	for (double seconds = 0.002; seconds < 0.2; seconds *= 1.5) {
		struct fake f = {0, 1e5, 0.01, 0};
		sc_timing t = {0};
		time_all(&f, 1, in_rounds(&f, seconds), &t);
		cr_assert(fake_now < 1e9 * seconds + 2e6 + 2e6, "%g of %g s", 1e-9 * fake_now,
			seconds);
		cr_assert(t.rounds <= 20 && t.rounds >= 1);
		if (seconds < 0.05)
			cr_assert(t.rounds < 20, "%zu rounds in %g s", t.rounds, seconds);
		sc_timing_release(&t);
	}
}

Test(timing_time, what_is_known_well_enough_stays_in_every_round_and_leaves_time_to_others)
{
	struct fake f[] = {{0, 1e5, 0, 0}, {1, 1e5, 3, 0}};
	sc_timing t[2] = {0};
	sc_timing_options o = sc_timing_default();
	o.rounds = 20;
	o.total_seconds = 0.2;
	o.precision = 0.001;
	time_all(f, 2, o, t);
	cr_assert(eq(int, t[0].stop, SC_STOP_precision));
	cr_assert(eq(int, t[1].stop, SC_STOP_time));
	cr_assert(eq(sz, t[0].rounds, 20));
	cr_assert(t[1].n > t[0].n + 50, "%zu and %zu samples", t[0].n, t[1].n);
	for (int i = 0; i < 2; i++)
		sc_timing_release(&t[i]);
}

static sc_status no_ground(void *ground, size_t round, sc_err *err)
{
	(void)ground;
	return round == 3 ? sc_fail(err, SC_ENOMEM, "no ground") : SC_OK;
}

Test(timing_time, ground_that_can_not_be_renewed_ends_it_with_that_message)
{
	struct fake f = {0, 1e5, 3, 0};
	sc_subject s = subject(&f);
	sc_timing t = {0};
	sc_err err = {0};
	sc_timing_options o = in_rounds(&f, 1);
	o.renew = no_ground;
	cr_assert(eq(int, sc_time(&fake_clock, &s, 1, &o, &t, &err), SC_ENOMEM));
	cr_assert(eq(str, err.message, "no ground"));
	cr_assert(t.ns == NULL);
}

Test(timing_time, the_system_clock_has_a_step_and_a_price)
{
	sc_clock c = sc_clock_system();
	cr_assert(c.resolution_ns > 0 && c.overhead_ns >= 0);
	cr_assert(c.now(c.state) <= c.now(c.state));
}

Test(timing_time, every_allocation_may_fail)
{
	for (unsigned n = 1;; n++) {
		struct fake f[] = {{0, 1e5, 0, 0}, {1, 1e5, 0, 0}};
		sc_subject s[] = {subject(&f[0]), subject(&f[1])};
		sc_timing t[2] = {0};
		sc_timing_options o = sc_timing_default();
		fake_now = prepared = 0;
		fault_arm(n);
		sc_status got = sc_time(&fake_clock, s, 2, &o, t, NULL);
		int fired = fault_fired();
		fault_arm(0);
		sc_timing_release(&t[0]);
		sc_timing_release(&t[1]);
		if (!fired) {
			cr_assert(eq(int, got, SC_OK));
			break;
		}
		cr_assert(eq(int, got, SC_ENOMEM));
	}
}
