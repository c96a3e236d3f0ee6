/* A network's times read back. What is wrong is told with its path in the JSON and its place in the
 * file; what follows from the times is not read, it is computed again. */
#include <stdlib.h>
#include <string.h>

#include "base/source.h"
#include "network/program.h"

enum { SUBJECTS_MAX = 4096, PARTS_MAX = 4096, PASSES_MAX = 1 << 20, NUMBER_MAX = 1 << 30 };
static const double longest_ns = 1e15;

static void check_schema(sc_source *s, json_t *root)
{
	const json_t *schema = json_object_get(root, "schema");
	const char *is = json_string_value(schema);
	if (!schema)
		sc_source_fail(s, "schema", "is missing: this is no result of 'secost bench'");
	else if (!is || strcmp(is, "secost.network/1") != 0)
		sc_source_wrong(s, "schema", schema, "\"secost.network/1\"");
}

static void read_context(sc_source *s, json_t *root, sc_network_result *r)
{
	json_t *o = sc_source_object(s, root, "context");
	snprintf(s->path, sizeof s->path, "context.");
	sc_source_text(s, o, "network", r->network, sizeof r->network);
	sc_source_text(s, o, "machine", r->machine, sizeof r->machine);
	sc_source_text(s, o, "fingerprint", r->fingerprint, sizeof r->fingerprint);
	sc_source_text(s, o, "version", r->version, sizeof r->version);
	sc_source_text(s, o, "date", r->date, sizeof r->date);
	r->batch = (uint32_t)sc_source_whole(s, o, "batch", 1, NUMBER_MAX);
	r->threads = (unsigned)sc_source_whole(s, o, "threads", 1, NUMBER_MAX);
	r->bytes = sc_source_whole(s, o, "bytes", 0, INT64_MAX);
	r->seconds = sc_source_number(s, o, "seconds", 0, 1e9);
	r->rounds = sc_source_whole(s, o, "rounds", 0, SC_ROUNDS_MAX);
	r->interrupted = sc_source_flag(s, o, "interrupted");
}

/* `n` times, the k-th at out[k · stride]; `least` is 0 where there may be nothing to time */
static void read_times(sc_source *s, json_t *o, const char *key, double least, size_t n,
	size_t stride, double *out)
{
	json_t *list = sc_source_list(s, o, key, n);
	if (!s->status && json_array_size(list) != n)
		sc_source_fail(s, key, "must have %zu numbers, has %zu", n, json_array_size(list));
	for (size_t i = 0; i < n && !s->status; i++) {
		json_t *x = json_array_get(list, i);
		char at[64];
		snprintf(at, sizeof at, "%s[%zu]", key, i);
		if (!json_is_number(x) ||
			!(json_number_value(x) >= least && json_number_value(x) <= longest_ns))
			sc_source_wrong(
				s, at, x, "a time of %g … %g nanoseconds", least, longest_ns);
		out[i * stride] = json_number_value(x);
	}
}

static void read_ends(sc_source *s, json_t *o, const sc_network_result *r, sc_network_times *t)
{
	json_t *list = sc_source_list(s, o, "round_ends", r->rounds);
	size_t last = 0;
	if (!s->status && json_array_size(list) != r->rounds)
		sc_source_fail(
			s, "round_ends", "must have an end for each of %zu rounds", r->rounds);
	for (size_t i = 0; i < r->rounds && !s->status; i++) {
		json_int_t end = json_integer_value(json_array_get(list, i));
		if (end <= (json_int_t)last || end > PASSES_MAX) {
			sc_source_fail(s, "round_ends", "must be rising numbers of passes");
			return;
		}
		t->end[i] = last = (size_t)end;
	}
	t->passes = last;
}

static unsigned read_se(sc_source *s, json_t *o)
{
	char text[32] = "";
	unsigned se = 0;
	sc_source_text(s, o, "se", text, sizeof text);
	while (sc_network_se_name(se) && strcmp(sc_network_se_name(se), text) != 0)
		se++;
	if (!s->status && !sc_network_se_name(se))
		sc_source_fail(
			s, "se", "is '%.32s', must be without, kernel, fused or onednn", text);
	return se;
}

/* the first subject tells how many parts there are and what they are called */
static void make_parts(sc_source *s, const json_t *list, sc_network_result *r)
{
	if (r->part || s->status)
		return;
	r->parts = json_array_size(list);
	r->part = calloc(r->parts + 1, sizeof *r->part);
	if (!r->part)
		s->status = sc_fail(s->err, SC_ENOMEM, "no memory for %zu stages", r->parts);
}

static void read_stages(
	sc_source *s, json_t *o, sc_network_result *r, sc_network_times *t, size_t k)
{
	json_t *list = sc_source_list(s, o, "stages", PARTS_MAX);
	make_parts(s, list, r);
	if (!s->status && json_array_size(list) != r->parts)
		sc_source_fail(s, "stages", "must be %zu as in the first result", r->parts);
	t->se_ns = s->status ? NULL : calloc(r->rounds * r->parts + 1, sizeof *t->se_ns);
	if (!s->status && !t->se_ns)
		s->status = sc_fail(s->err, SC_ENOMEM, "no memory for %zu stages", r->parts);
	for (size_t p = 0; p < r->parts && !s->status; p++) {
		json_t *one = json_array_get(list, p);
		snprintf(s->path, sizeof s->path, "results[%zu].stages[%zu].", k, p);
		if (!json_is_object(one))
			sc_source_wrong(s, "", one, "an object");
		sc_source_text(s, one, "stage", r->part[p].name, sizeof r->part[p].name);
		r->part[p].se_blocks =
			(uint32_t)sc_source_whole(s, one, "se_blocks", 0, NUMBER_MAX);
		read_times(s, one, "rounds_ns", 0, r->rounds, r->parts, t->se_ns + p);
	}
}

static void read_subject(
	sc_source *s, json_t *o, sc_network_result *r, sc_network_times *t, size_t k)
{
	t->end = calloc(r->rounds + 1, sizeof *t->end);
	t->round_ns = calloc(r->rounds + 1, sizeof *t->round_ns);
	t->rest_ns = calloc(r->rounds + 1, sizeof *t->rest_ns);
	if (!t->end || !t->round_ns || !t->rest_ns) {
		s->status = sc_fail(s->err, SC_ENOMEM, "no memory for %zu rounds", r->rounds);
		return;
	}
	sc_source_text(s, o, "setup", t->setup, sizeof t->setup);
	t->se = (sc_network_se)read_se(s, o);
	t->described = sc_source_flag(s, o, "described");
	read_ends(s, o, r, t);
	t->ns = calloc(t->passes + 1, sizeof *t->ns);
	if (!t->ns && !s->status)
		s->status = sc_fail(s->err, SC_ENOMEM, "no memory for %zu passes", t->passes);
	if (s->status)
		return;
	read_times(s, o, "samples_ns", 1, t->passes, 1, t->ns);
	read_times(s, o, "rounds_ns", 1, r->rounds, 1, t->round_ns);
	read_times(s, o, "rest_ns", 0, r->rounds, 1, t->rest_ns);
	read_stages(s, o, r, t, k);
}

static void read_results(sc_source *s, json_t *root, sc_network_result *r)
{
	s->path[0] = '\0';
	json_t *list = sc_source_list(s, root, "results", SUBJECTS_MAX);
	size_t n = json_array_size(list);
	if (!s->status && !n)
		sc_source_fail(s, "results", "is empty: there is nothing to show");
	r->of = s->status ? NULL : calloc(n, sizeof *r->of);
	if (!r->of && !s->status)
		s->status = sc_fail(s->err, SC_ENOMEM, "no memory for %zu results", n);
	for (size_t k = 0; k < n && !s->status; k++) {
		json_t *o = json_array_get(list, k);
		snprintf(s->path, sizeof s->path, "results[%zu].", k);
		if (!json_is_object(o))
			sc_source_wrong(s, "", o, "an object");
		r->count++;
		read_subject(s, o, r, &r->of[k], k);
	}
}

static void read_forecast(sc_source *s, json_t *root, sc_network_result *r)
{
	s->path[0] = '\0';
	if (s->status || !json_object_get(root, "forecast"))
		return;
	json_t *o = sc_source_object(s, root, "forecast");
	snprintf(s->path, sizeof s->path, "forecast.");
	r->forecast.ns = sc_source_number(s, o, "se_ns", 0, longest_ns);
	r->forecast.ci95.low = sc_source_number(s, o, "low_ns", -longest_ns, longest_ns);
	r->forecast.ci95.high = sc_source_number(s, o, "high_ns", 0, longest_ns);
	sc_source_text(s, o, "profile", r->forecast.profile, sizeof r->forecast.profile);
}

static void read_peers(sc_source *s, json_t *root, sc_network_result *r)
{
	s->path[0] = '\0';
	if (s->status || !json_object_get(root, "peers"))
		return;
	json_t *list = sc_source_list(s, root, "peers", SC_PEERS_MAX);
	for (size_t i = 0; i < json_array_size(list) && !s->status; i++) {
		json_t *o = json_array_get(list, i);
		sc_network_peer *p = &r->peer[r->peers++];
		snprintf(s->path, sizeof s->path, "peers[%zu].", i);
		if (!json_is_object(o))
			sc_source_wrong(s, "", o, "an object");
		sc_source_text(s, o, "name", p->name, sizeof p->name);
		p->without_ns = sc_source_number(s, o, "without_ns", 1, longest_ns);
		p->with_ns = sc_source_number(s, o, "with_ns", 1, longest_ns);
		p->over = sc_source_number(s, o, "over", -1, 1e6);
		p->over95.low = sc_source_number(s, o, "over_low", -1, p->over);
		p->over95.high = sc_source_number(s, o, "over_high", p->over, 1e6);
	}
}

static void read_root(sc_source *s, json_t *root, void *into)
{
	check_schema(s, root);
	read_context(s, root, into);
	read_results(s, root, into);
	read_forecast(s, root, into);
	read_peers(s, root, into);
	if (!s->status)
		s->status = result_find_drift(into, s->err);
}

sc_status sc_network_load(const char *path, sc_network_result *out, sc_err *err)
{
	sc_network_result r = {0};
	sc_status s = sc_source_load(path, read_root, &r, err);
	if (s)
		sc_network_result_release(&r);
	else
		*out = r;
	return s;
}
