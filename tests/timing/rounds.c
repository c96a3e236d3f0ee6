/* Do intervals hold for the next run? Runs of a made-up machine whose truth is known: where buffers
 * lie differs from round to round, the machine drifts, samples scatter and some are far too slow.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "secost/timing.h"

enum { DRAWS = 2000, ROUNDS_MOST = 30, EACH = 8 };

struct machine {
	const char *name;
	double placement;  /* standard deviation between rounds */
	double two_places; /* part of the rounds that are 8 % slower, by their place */
	double drift;	/* standard deviation of a slow wander; half is kept from round to round */
	double scatter; /* of samples */
	size_t rounds;
};

static const struct machine machines[] = {
	{"samples scatter only", 0, 0, 0, 0.03, 24},
	{"placement", 0.03, 0, 0, 0.02, 24},
	{"placement, few rounds", 0.03, 0, 0, 0.02, 9},
	{"two places", 0.01, 0.3, 0, 0.02, 25},
	{"placement and drift", 0.03, 0, 0.01, 0.02, 24},
	{"two places and drift", 0.01, 0.3, 0.01, 0.02, 30},
};

/* samples of a run whose median time is 100 */
static void run(gsl_rng *rng, const struct machine *m, double *ns, size_t *end)
{
	double wander = gsl_ran_gaussian(rng, m->drift);
	for (size_t r = 0, n = 0; r < m->rounds; r++) {
		double place = 1 + gsl_ran_gaussian(rng, m->placement);
		place *= gsl_rng_uniform(rng) < m->two_places ? 1.08 : 1;
		wander = 0.5 * wander + gsl_ran_gaussian(rng, m->drift * sqrt(0.75));
		for (size_t i = 0; i < EACH; i++, n++) {
			ns[n] = 100 * place * (1 + wander) *
				(1 + gsl_ran_gaussian(rng, m->scatter));
			ns[n] *= gsl_rng_uniform(rng) < 0.03 ? 1.5 : 1;
		}
		end[r] = n;
	}
}

static sc_summary summary_of_run(gsl_rng *rng, const struct machine *m)
{
	double ns[ROUNDS_MOST * EACH];
	size_t end[ROUNDS_MOST];
	sc_summary s;
	run(rng, m, ns, end);
	const sc_samples samples = {ns, m->rounds * EACH, end, m->rounds};
	cr_assert(eq(int, sc_summarise(&samples, &s, NULL), SC_OK));
	return s;
}

/* the median that runs have in the middle */
static double truth(gsl_rng *rng, const struct machine *m)
{
	double sum = 0;
	for (int i = 0; i < DRAWS; i++)
		sum += summary_of_run(rng, m).median;
	return sum / DRAWS;
}

Test(timing_rounds, intervals_of_2000_runs_cover_the_truth_and_the_next_run_in_95_percent)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	for (size_t k = 0; k < sizeof machines / sizeof *machines; k++) {
		const struct machine *m = &machines[k];
		double middle = truth(rng, m), covered = 0, next = 0;
		for (int i = 0; i < DRAWS; i++) {
			sc_summary a = summary_of_run(rng, m), b = summary_of_run(rng, m);
			covered += a.ci95.low <= middle && middle <= a.ci95.high;
			next += a.next95.low <= b.median && b.median <= a.next95.high;
		}
		covered *= 100.0 / DRAWS;
		next *= 100.0 / DRAWS;
		cr_log_info("%s: truth %.2f %%, next run %.2f %%", m->name, covered, next);
		cr_expect(covered >= 93 && covered <= 97, "%s: %.2f %%", m->name, covered);
		cr_expect(next >= 93 && next <= 97, "%s: next run %.2f %%", m->name, next);
	}
	gsl_rng_free(rng);
}

/* what an interval of samples alone promises, and does not hold */
Test(timing_rounds, samples_taken_for_one_round_cover_far_less)
{
	const struct machine *m = &machines[1];
	double ns[ROUNDS_MOST * EACH], covered = 0;
	size_t end[ROUNDS_MOST];
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	for (int i = 0; i < DRAWS; i++) {
		sc_summary s;
		run(rng, m, ns, end);
		const sc_samples flat = sc_samples_of(ns, EACH);
		cr_assert(eq(int, sc_summarise(&flat, &s, NULL), SC_OK));
		covered += s.ci95.low <= 100 && 100 <= s.ci95.high;
	}
	gsl_rng_free(rng);
	cr_assert(covered < 0.7 * DRAWS, "%.0f of %d", covered, DRAWS);
}

Test(timing_rounds, what_is_within_and_what_is_between_rounds_is_told_apart)
{
	double within[2] = {0}, between[2] = {0};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	for (int k = 0; k < 2; k++)
		for (int i = 0; i < 200; i++) {
			sc_summary s = summary_of_run(rng, &machines[k]);
			within[k] += s.within / 200;
			between[k] += s.between / 200;
		}
	gsl_rng_free(rng);
	cr_assert(within[0] > 0.02 && within[0] < 0.035 && between[0] < 0.01);
	cr_assert(within[1] > 0.013 && within[1] < 0.025);
	cr_assert(between[1] > 0.022 && between[1] < 0.035);
}

Test(timing_rounds, too_few_rounds_have_no_interval_for_the_next_run)
{
	const struct machine five = {"", 0.03, 0, 0, 0.02, 5};
	double value[5] = {1, 2, 3, 4, 5};
	sc_estimate e;
	sc_err err;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	sc_summary s = summary_of_run(rng, &five);
	gsl_rng_free(rng);
	cr_assert(eq(dbl, s.next95.high, 0));
	cr_assert(eq(int, sc_over_rounds(value, 5, &e, &err), SC_EINVAL));
	cr_assert(eq(str, err.message, "an interval from rounds needs 6 … 1024, has 5"));
}
