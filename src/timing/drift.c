/* What all that is measured in one run shares: the machine is slower for seconds or minutes, for
 * every cell alike. One cell alone can hardly tell that from its own scatter; the middle of many
 * shows it. What a run lasts is a part of a wander's way only, so that the scatter of its rounds
 * says too little of the next run: neighbours that resemble each other are told from those that do
 * not by the likelihood of a wander that forgets (autoregressive, of order 1) under white noise.
 * Neither how fast it forgets nor how large it is, is known; what follows is averaged over both, as
 * the rounds make them likely. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

#include "timing/stats.h"

/* how fast it forgets: from a round to four times the run; how large, over the noise */
enum { PACES = 9, SIZES = 9, CANDIDATES = PACES * SIZES, LONGEST = 4 };

/* what the rounds say of one pace and size; the noise's variance is 1 */
typedef struct wander {
	double keeps; /* of a round's deviation in the next */
	double size;  /* its variance */
} wander;

/* a filter's state for one series */
typedef struct track {
	double level, squares; /* expected; of innovations over their variance */
} track;

static double step(track *t, double observed, double variance, double gain)
{
	double innovation = observed - t->level;
	t->level += gain * innovation;
	return innovation / sqrt(variance);
}

/* Logarithm of the likelihood with the middle and the scale left out (restricted), and the scale,
 * by a Kalman filter over the rounds and over ones, whose fit is the middle. */
static double likelihood(const wander *w, const double *x, size_t n, double *scale)
{
	track of_x = {0}, of_one = {0};
	double variance = w->size, xx = 0, x1 = 0, ones = 0, logs = 0;
	for (size_t k = 0; k < n; k++) {
		double seen = variance + 1, gain = variance / seen;
		double a = step(&of_x, x[k], seen, gain), b = step(&of_one, 1, seen, gain);
		xx += a * a;
		x1 += a * b;
		ones += b * b;
		logs += log(seen);
		of_x.level *= w->keeps;
		of_one.level *= w->keeps;
		variance = w->keeps * w->keeps * (variance - gain * variance) +
			   (1 - w->keeps * w->keeps) * w->size;
	}
	double freedom = (double)n - 1, rest = fmax(xx - x1 * x1 / ones, 1e-18);
	*scale = rest / freedom;
	return -0.5 * (logs + log(ones) + freedom * log(rest));
}

/* variance of the mean of n rounds about the middle of all runs */
static double of_mean(const wander *w, size_t n)
{
	double sum = (double)n, kept = 1;
	for (size_t k = 1; k < n; k++) {
		kept *= w->keeps;
		sum += 2 * (double)(n - k) * kept;
	}
	return w->size * sum / (double)(n * n) + 1 / (double)n;
}

static wander candidate(int pace, int size, size_t n)
{
	double rounds = pow(LONGEST * (double)n, (double)pace / (PACES - 1));
	return (wander){exp(-1 / rounds), size ? 0.03 * pow(10, 0.5 * (size - 1)) : 0};
}

typedef struct belief {
	double weight, deviation; /* of a run's level */
} belief;

/* what each candidate says, and how likely the rounds make it; the weights add up to 1 */
static void believe(const double *x, size_t n, belief of[CANDIDATES])
{
	double best = -INFINITY, sum = 0;
	for (int i = 0; i < CANDIDATES; i++) {
		wander w = candidate(i / SIZES, i % SIZES, n);
		double scale;
		of[i].weight = likelihood(&w, x, n, &scale);
		of[i].deviation = sqrt(scale * of_mean(&w, n));
		best = fmax(best, of[i].weight);
	}
	for (int i = 0; i < CANDIDATES; i++)
		sum += of[i].weight = exp(of[i].weight - best);
	for (int i = 0; i < CANDIDATES; i++)
		of[i].weight /= sum;
}

/* chance that a run's level is farther off */
static double chance_beyond(const belief of[CANDIDATES], size_t n, double reach)
{
	double sum = 0;
	for (int i = 0; i < CANDIDATES; i++)
		sum += of[i].weight * gsl_cdf_tdist_Q(reach / of[i].deviation, (double)n - 1);
	return 2 * sum;
}

/* what 95 % of the levels stay within */
static double level_reach(const double *x, size_t n)
{
	belief of[CANDIDATES];
	double low = 0, high = 0;
	believe(x, n, of);
	for (int i = 0; i < CANDIDATES; i++)
		high = fmax(high, of[i].deviation * gsl_cdf_tdist_Pinv(0.975, (double)n - 1));
	for (int i = 0; i < 50; i++) {
		double middle = 0.5 * (low + high);
		if (chance_beyond(of, n, middle) > 0.05)
			low = middle;
		else
			high = middle;
	}
	return high;
}

static double median_at(const double *x, size_t stride, size_t n, double *work)
{
	for (size_t i = 0; i < n; i++)
		work[i] = x[i * stride];
	gsl_sort(work, 1, n);
	return sc_sorted_median(work, n);
}

/* `away`: room for n·rounds, `work` for n + rounds */
static void find(
	const double *value, size_t n, size_t rounds, double *away, double *work, sc_drift *out)
{
	for (size_t i = 0; i < n; i++) {
		double middle = median_at(value + i * rounds, 1, rounds, work);
		for (size_t k = 0; k < rounds; k++)
			away[i * rounds + k] = log(value[i * rounds + k] / middle);
	}
	out->rounds = rounds;
	for (size_t k = 0; k < rounds; k++)
		out->common[k] = median_at(away + k, rounds, n, work);
	out->reach = level_reach(out->common, rounds);
}

sc_status sc_drift_find(const double *value, size_t n, size_t rounds, sc_drift *out, sc_err *err)
{
	if (!n || rounds < SC_ROUNDS_MIN || rounds > SC_ROUNDS_MAX)
		return sc_fail(err, SC_EINVAL, "a drift needs %d … %d rounds, has %zu",
			SC_ROUNDS_MIN, SC_ROUNDS_MAX, n ? rounds : 0);
	for (size_t i = 0; i < n * rounds; i++)
		if (!(value[i] > 0) || !isfinite(value[i]))
			return sc_fail(err, SC_EINVAL, "value %zu of round %zu is no time",
				i / rounds, i % rounds);
	double *away = malloc((n * rounds + n + rounds) * sizeof *away);
	if (!away)
		return sc_fail(err, SC_ENOMEM, "no memory for %zu rounds", rounds);
	find(value, n, rounds, away, away + n * rounds, out);
	free(away);
	return SC_OK;
}

/* as far as `of` reaches from its middle, and the drift's part beside it, about another value */
static sc_interval widened(sc_interval of, double middle, double value, double drift)
{
	return (sc_interval){
		value - hypot(middle - of.low, drift), value + hypot(of.high - middle, drift)};
}

sc_status sc_over_drifting_rounds(
	const double *value, size_t rounds, const sc_drift *drift, sc_estimate *out, sc_err *err)
{
	double own[SC_ROUNDS_MAX];
	sc_estimate all, e;
	sc_status s = sc_over_rounds(value, rounds, &all, err);
	bool shares = drift && drift->rounds >= SC_ROUNDS_MIN && drift->rounds <= rounds;
	for (size_t k = 0; shares && k < drift->rounds && !s; k++)
		own[k] = value[k] / exp(drift->common[k]);
	if (!s && shares)
		s = sc_over_rounds(own, drift->rounds, &e, err);
	if (!s && shares) {
		double reach = drift->reach * fabs(all.value);
		all.ci95 = widened(e.ci95, e.value, all.value, reach);
		all.next95 = widened(e.next95, e.value, all.value, M_SQRT2 * reach);
		all.effective = e.effective;
	}
	if (!s)
		*out = all;
	return s;
}
