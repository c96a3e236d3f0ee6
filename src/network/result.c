/* What the rounds of a network's subjects say. Differences are taken within a round, where the
 * machine was the same for both. */
#include <stdlib.h>
#include <string.h>

#include "network/program.h"

void sc_network_result_release(sc_network_result *r)
{
	for (size_t k = 0; r->of && k < r->count; k++) {
		free(r->of[k].ns);
		free(r->of[k].end);
		free(r->of[k].round_ns);
		free(r->of[k].se_ns);
		free(r->of[k].rest_ns);
	}
	free(r->of);
	free(r->part);
	*r = (sc_network_result){0};
}

sc_status result_find_drift(sc_network_result *r, sc_err *err)
{
	if (r->rounds < SC_ROUNDS_MIN)
		return SC_OK;
	double *value = malloc(r->count * r->rounds * sizeof *value);
	if (!value)
		return sc_fail(err, SC_ENOMEM, "no memory for the times of the networks");
	for (size_t k = 0; k < r->count; k++)
		memcpy(value + k * r->rounds, r->of[k].round_ns, r->rounds * sizeof *value);
	sc_status s = sc_drift_find(value, r->count, r->rounds, &r->drift, err);
	free(value);
	return s;
}

size_t sc_network_subject_of(const sc_network_result *r, sc_network_se se)
{
	size_t k = 0;
	while (k < r->count && (!r->of[k].described || r->of[k].se != se))
		k++;
	return k;
}

sc_status sc_network_pass(const sc_network_result *r, size_t a, sc_estimate *out, sc_err *err)
{
	return sc_over_drifting_rounds(r->of[a].round_ns, r->rounds, &r->drift, out, err);
}

/* SE's steps in a round, of one part or of all */
static double se_of(const sc_network_result *r, size_t a, size_t part, size_t round)
{
	const double *of = r->of[a].se_ns + round * r->parts;
	double sum = 0;
	for (size_t p = 0; p < r->parts; p++)
		sum += part == r->parts || p == part ? of[p] : 0;
	return sum;
}

static double steps_of(const sc_network_result *r, size_t a, size_t round)
{
	return r->of[a].rest_ns[round] + se_of(r, a, r->parts, round);
}

/* what of two values of a round is asked for, over the rounds */
typedef double (*value_of)(const sc_network_result *r, size_t a, size_t round);

static double pass_of(const sc_network_result *r, size_t a, size_t round)
{
	return r->of[a].round_ns[round];
}

static double rest_of(const sc_network_result *r, size_t a, size_t round)
{
	return r->of[a].rest_ns[round];
}

/* a part of the other needs no drift: it is in both */
static sc_status less(const sc_network_result *r, value_of of, size_t a, size_t b, bool relative,
	sc_estimate *out, sc_err *err)
{
	double value[SC_ROUNDS_MAX];
	for (size_t i = 0; i < r->rounds; i++) {
		double base = of(r, b, i);
		value[i] = (of(r, a, i) - base) / (relative ? base : 1);
	}
	return sc_over_drifting_rounds(value, r->rounds, relative ? NULL : &r->drift, out, err);
}

sc_status sc_network_difference(const sc_network_result *r, size_t a, size_t b, bool relative,
	sc_estimate *out, sc_err *err)
{
	return less(r, pass_of, a, b, relative, out, err);
}

sc_status sc_network_rest(
	const sc_network_result *r, size_t a, size_t b, sc_estimate *out, sc_err *err)
{
	return less(r, rest_of, a, b, false, out, err);
}

sc_status sc_network_added(const sc_network_result *r, size_t a, size_t b, bool relative,
	sc_estimate *out, sc_err *err)
{
	return less(r, steps_of, a, b, relative, out, err);
}

sc_status sc_network_se_part(
	const sc_network_result *r, size_t a, size_t part, sc_estimate *out, sc_err *err)
{
	double value[SC_ROUNDS_MAX];
	for (size_t i = 0; i < r->rounds; i++)
		value[i] = se_of(r, a, part, i);
	return sc_over_drifting_rounds(value, r->rounds, &r->drift, out, err);
}
