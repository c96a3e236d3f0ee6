/* A network's times as JSON: what was measured, and beside it what follows, for programs that do
 * not want to compute it. */
#include "base/json.h"
#include "network/program.h"

static json_t *estimate(bool known, const sc_estimate *e)
{
	if (!known)
		return json_null();
	return json_pack("{s:f,s:f,s:f,s:f,s:f}", "median_ns", e->value, "low_ns", e->ci95.low,
		"high_ns", e->ci95.high, "next_low_ns", e->next95.low, "next_high_ns",
		e->next95.high);
}

/* numbers that lie `stride` apart */
static json_t *numbers(sc_json *j, const double *x, size_t stride, size_t n)
{
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++)
		sc_json_append(j, list, json_real(x[i * stride]));
	return list;
}

static json_t *ends(sc_json *j, const sc_network_result *r, const sc_network_times *t)
{
	json_t *list = json_array();
	for (size_t i = 0; i < r->rounds; i++)
		sc_json_append(j, list, json_integer((json_int_t)t->end[i]));
	return list;
}

static json_t *stages(sc_json *j, const sc_network_result *r, size_t k)
{
	json_t *list = json_array();
	for (size_t p = 0; p < r->parts; p++) {
		sc_estimate e;
		json_t *o = json_object();
		bool known = !sc_network_se_part(r, k, p, &e, NULL);
		sc_json_set(j, o, "stage", sc_json_text(r->part[p].name));
		sc_json_set(j, o, "se_blocks", json_integer(r->part[p].se_blocks));
		sc_json_set(j, o, "se", estimate(known, &e));
		sc_json_set(j, o, "rounds_ns", numbers(j, r->of[k].se_ns + p, r->parts, r->rounds));
		sc_json_append(j, list, o);
	}
	return list;
}

static json_t *result(sc_json *j, const sc_network_result *r, size_t k)
{
	const sc_network_times *t = &r->of[k];
	json_t *o = json_object();
	sc_estimate e;
	bool known = !sc_network_pass(r, k, &e, NULL);
	sc_json_set(j, o, "setup", sc_json_text(t->setup));
	sc_json_set(j, o, "se", json_string(sc_network_se_name(t->se)));
	sc_json_set(j, o, "described", json_boolean(t->described));
	sc_json_set(j, o, "pass", estimate(known, &e));
	sc_json_set(j, o, "rounds_ns", numbers(j, t->round_ns, 1, r->rounds));
	sc_json_set(j, o, "round_ends", ends(j, r, t));
	sc_json_set(
		j, o, "samples_ns", numbers(j, t->ns, 1, r->rounds ? t->end[r->rounds - 1] : 0));
	sc_json_set(j, o, "rest_ns", numbers(j, t->rest_ns, 1, r->rounds));
	sc_json_set(j, o, "stages", stages(j, r, k));
	return o;
}

static json_t *context(sc_json *j, const sc_network_result *r)
{
	json_t *o = json_object();
	sc_json_set(j, o, "network", sc_json_text(r->network));
	sc_json_set(j, o, "machine", sc_json_text(r->machine));
	sc_json_set(j, o, "fingerprint", sc_json_text(r->fingerprint));
	sc_json_set(j, o, "version", sc_json_text(r->version));
	sc_json_set(j, o, "date", sc_json_text(r->date));
	sc_json_set(j, o, "batch", json_integer(r->batch));
	sc_json_set(j, o, "threads", json_integer(r->threads));
	sc_json_set(j, o, "bytes", json_integer((json_int_t)r->bytes));
	sc_json_set(j, o, "seconds", sc_json_real(r->seconds));
	sc_json_set(j, o, "rounds", json_integer((json_int_t)r->rounds));
	sc_json_set(j, o, "interrupted", json_boolean(r->interrupted));
	return o;
}

static json_t *forecast(sc_json *j, const sc_network_result *r)
{
	json_t *o = json_object();
	sc_json_set(j, o, "se_ns", sc_json_real(r->forecast.ns));
	sc_json_set(j, o, "low_ns", sc_json_real(r->forecast.ci95.low));
	sc_json_set(j, o, "high_ns", sc_json_real(r->forecast.ci95.high));
	sc_json_set(j, o, "profile", sc_json_text(r->forecast.profile));
	return o;
}

static json_t *peers(sc_json *j, const sc_network_result *r)
{
	json_t *list = json_array();
	for (size_t i = 0; i < r->peers; i++) {
		const sc_network_peer *p = &r->peer[i];
		json_t *o = json_object();
		sc_json_set(j, o, "name", sc_json_text(p->name));
		sc_json_set(j, o, "without_ns", sc_json_real(p->without_ns));
		sc_json_set(j, o, "with_ns", sc_json_real(p->with_ns));
		sc_json_set(j, o, "over", sc_json_real(p->over));
		sc_json_set(j, o, "over_low", sc_json_real(p->over95.low));
		sc_json_set(j, o, "over_high", sc_json_real(p->over95.high));
		sc_json_append(j, list, o);
	}
	return list;
}

struct json_t *sc_network_json(const sc_network_result *r)
{
	sc_json made = {0}, *j = &made;
	json_t *root = json_object(), *results = json_array();
	sc_json_set(j, root, "schema", json_string("secost.network/1"));
	sc_json_set(j, root, "context", context(j, r));
	for (size_t k = 0; k < r->count; k++)
		sc_json_append(j, results, result(j, r, k));
	sc_json_set(j, root, "results", results);
	sc_json_set(
		j, root, "level_reach", r->drift.rounds ? json_real(r->drift.reach) : json_null());
	if (r->forecast.ns > 0)
		sc_json_set(j, root, "forecast", forecast(j, r));
	if (r->peers)
		sc_json_set(j, root, "peers", peers(j, r));
	return sc_json_done(j, root);
}
