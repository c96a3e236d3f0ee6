#include "cli/profiles.h"

#include <string.h>

#include "base/json.h"

/* asked of a file that is no bench, so that a bench is read once */
static bool is_network(const char *path)
{
	sc_text text = {0};
	json_t *root = NULL;
	sc_err err;
	bool good = !sc_json_read(path, &text, &root, &err);
	const char *schema = json_string_value(json_object_get(root, "schema"));
	good = good && schema && !strncmp(schema, "secost.network/", 15);
	json_decref(root);
	sc_text_release(&text);
	return good;
}

/* --- the network's own time --- */

static int measure_own(profiles *p)
{
	const sc_network_result *r = &p->times;
	size_t k = sc_network_subject_of(r, SC_NETWORK_without);
	sc_estimate pass;
	sc_err err = {0};
	if (k == r->count)
		return complain(
			"'%s' does not have the network as described without SE", p->times_path);
	if (sc_network_pass(r, k, &pass, &err))
		return tell(&err, NULL);
	snprintf(p->from, sizeof p->from, "%s of %s, batch %u, %u thread%s, %zu rounds", r->machine,
		r->date, r->batch, r->threads, r->threads > 1 ? "s" : "", r->rounds);
	p->own = (sc_plan_time){pass.value, pass.ci95.low, pass.ci95.high, p->from};
	return 0;
}

static int read_times(const char *path, profiles *p)
{
	sc_err err = {0};
	if (p->times_path)
		return complain(
			"'%s' and '%s' are both times of a network: name one", p->times_path, path);
	p->times_path = path;
	return sc_network_load(path, &p->times, &err) ? tell(&err, NULL) : measure_own(p);
}

/* --- --- */

static int read_one(const char *path, const char *command, profiles *p)
{
	sc_err err = {0};
	sc_bench *bench;
	input_add(path);
	sc_status s = sc_bench_load(path, &bench, &err);
	if (s == SC_ESCHEMA && is_network(path))
		return read_times(path, p);
	if (s)
		return tell(&err, NULL);
	if (p->bench) {
		sc_bench_free(bench);
		return complain("'%s' forecasts from one profile; beside it goes only what "
				"'secost bench --network --save' wrote",
			command);
	}
	p->bench = bench;
	p->bench_path = path;
	return 0;
}

int profiles_read(const sc_options *o, const char *command, profiles *out)
{
	int code = 0;
	unsigned state;
	sc_err err = {0};
	if (!o->profiles)
		return o->cache ? complain("'--cache' is for a forecast: name a --profile, too")
				: 0;
	if (o->cache && sc_word_value(SC_WORD_cache, "'--cache'", o->cache, &state, &err))
		return tell(&err, NULL);
	for (size_t i = 0; i < texts_count(o->profiles) && !code; i++)
		code = read_one(o->profiles[i], command, out);
	if (!code && !out->bench)
		code = complain("'%s' is a network's times: name a profile of SE beside it, which "
				"'secost bench NET --save FILE' writes",
			out->times_path);
	return code;
}

int profiles_fit(const profiles *p, const char *network, uint32_t batch)
{
	const sc_network_result *r = &p->times;
	char machine[17];
	if (!p->times_path)
		return 0;
	unsigned threads = p->bench->cell[0].what.config.threads;
	sc_machine_fingerprint(&p->bench->machine, machine);
	if (strcmp(r->network, network) != 0)
		return complain("'%s' has the times of '%s', not of '%.80s'", p->times_path,
			r->network, network);
	if (r->batch != batch)
		return complain("'%s' has times of batch %u, and SE's are asked for with batch %u: "
				"measure both alike",
			p->times_path, r->batch, batch);
	if (r->threads != (threads ? threads : 1))
		return complain("'%s' was measured with %u threads, and '%s' forecasts SE with "
				"%u: measure both alike",
			p->times_path, r->threads, p->bench_path, threads ? threads : 1);
	if (strcmp(r->fingerprint, machine) != 0)
		return complain("'%s' was measured on another machine (%s) than '%s' (%s): a share "
				"of a time is of the same machine's",
			p->times_path, r->fingerprint, p->bench_path, machine);
	return 0;
}

void profiles_release(profiles *p)
{
	sc_bench_free(p->bench);
	sc_network_result_release(&p->times);
	*p = (profiles){0};
}
