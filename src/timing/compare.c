/* A against B: the ratio of medians and its interval, which alone decides whether they differ, so
 * that what is said and what is printed can't contradict each other. Of two subjects of one run the
 * ratio is taken in every round, which what the machine did meanwhile cancels out of. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "timing/stats.h"

static double median_of(const sc_samples *s, double *work)
{
	memcpy(work, s->ns, s->n * sizeof *work);
	gsl_sort(work, 1, s->n);
	return sc_sorted_median(work, s->n);
}

static double median_of_draw(gsl_rng *rng, const sc_samples *s, double *work)
{
	gsl_ran_sample(rng, work, s->n, (void *)(uintptr_t)s->ns, s->n, sizeof *work);
	gsl_sort(work, 1, s->n);
	return sc_sorted_median(work, s->n);
}

/* samples drawn again with replacement */
static sc_status by_samples(const sc_samples *a, const sc_samples *b, size_t resamples,
	unsigned long seed, sc_comparison *out, sc_err *err)
{
	double *work = malloc((a->n + b->n + resamples) * sizeof *work);
	/* by hand: gsl_rng_alloc ends the program when it fails */
	gsl_rng rng = {gsl_rng_mt19937, work ? malloc(gsl_rng_mt19937->size) : NULL};
	if (!rng.state) {
		free(work);
		return sc_fail(err, SC_ENOMEM, "no memory for %zu samples", a->n + b->n);
	}
	double *ratio = work + a->n + b->n;
	gsl_rng_set(&rng, seed);
	for (size_t i = 0; i < resamples; i++) {
		double above = median_of_draw(&rng, a, work);
		ratio[i] = above / median_of_draw(&rng, b, work);
	}
	gsl_sort(ratio, 1, resamples);
	double above = median_of(a, work);
	out->ratio = above / median_of(b, work);
	out->ci95 = (sc_interval){gsl_stats_quantile_from_sorted_data(ratio, 1, resamples, 0.025),
		gsl_stats_quantile_from_sorted_data(ratio, 1, resamples, 0.975)};
	free(rng.state);
	free(work);
	return SC_OK;
}

/* log A and log B are estimated apart: their half widths add up as those of a difference do */
static sc_interval apart(const sc_estimate *a, const sc_estimate *b)
{
	double ratio = a->value / b->value,
	       low = hypot(1 - a->ci95.low / a->value, b->ci95.high / b->value - 1),
	       high = hypot(a->ci95.high / a->value - 1, 1 - b->ci95.low / b->value);
	return (sc_interval){ratio * (1 - low), ratio * (1 + high)};
}

static sc_status by_rounds(
	const sc_samples *a, const sc_samples *b, bool paired, sc_comparison *out, sc_err *err)
{
	size_t n = a->rounds < b->rounds ? a->rounds : b->rounds, most = a->rounds + b->rounds;
	double *x = malloc(most * sizeof *x), *y = x + a->rounds;
	sc_estimate e, f;
	if (!x)
		return sc_fail(err, SC_ENOMEM, "no memory for %zu rounds", most);
	sc_status s = sc_round_medians(a, x, err);
	if (!s)
		s = sc_round_medians(b, y, err);
	for (size_t i = 0; i < n && paired; i++)
		x[i] /= y[i];
	if (!s)
		s = sc_over_rounds(x, paired ? n : a->rounds, &e, err);
	if (!s && !paired)
		s = sc_over_rounds(y, b->rounds, &f, err);
	free(x);
	if (!s) {
		out->ratio = paired ? e.value : e.value / f.value;
		out->ci95 = paired ? e.ci95 : apart(&e, &f);
	}
	return s;
}

static sc_status check(const sc_samples *a, const sc_samples *b, size_t resamples, sc_err *err)
{
	if (a->n < 2 || b->n < 2 || !resamples)
		return sc_fail(err, SC_EINVAL,
			"a comparison needs 2 samples of each and a resample, has %zu, %zu and %zu",
			a->n, b->n, resamples);
	sc_status s = sc_samples_check(a, err);
	return s ? s : sc_samples_check(b, err);
}

/* as it is printed, to a tenth of a percent */
static double shown(double ratio)
{
	return round(1000 * (ratio - 1)) / 1000;
}

void sc_comparison_judge(sc_comparison *c)
{
	c->differs = shown(c->ci95.low) > 0 || shown(c->ci95.high) < 0;
}

sc_status sc_compare_samples(const sc_samples *a, const sc_samples *b, bool paired,
	size_t resamples, unsigned long seed, sc_comparison *out, sc_err *err)
{
	sc_comparison c;
	sc_status s = check(a, b, resamples, err);
	if (s)
		return s;
	s = sc_has_rounds(a) && sc_has_rounds(b) ? by_rounds(a, b, paired, &c, err)
						 : by_samples(a, b, resamples, seed, &c, err);
	if (s)
		return s;
	sc_comparison_judge(&c);
	*out = c;
	return SC_OK;
}

void sc_comparison_say(
	const sc_comparison *c, const char *a, const char *b, char *text, size_t size)
{
	bool slower = c->ratio > 1;
	double sign = slower ? 100 : -100, low = sign * (c->ci95.low - 1),
	       high = sign * (c->ci95.high - 1);
	if (!c->differs)
		snprintf(text, size, "no difference shown between %s and %s [%+.1f, %+.1f] %%", a,
			b, 100 * (c->ci95.low - 1), 100 * (c->ci95.high - 1));
	else
		snprintf(text, size, "%s is %.1f %% %s than %s [%.1f, %.1f]", a,
			sign * (c->ratio - 1), slower ? "slower" : "faster", b, slower ? low : high,
			slower ? high : low);
}
