/* A plan's latency: every block's SE as the profile forecasts it. */
#include "cli/bench.h"
#include "cli/plan.h"

static sc_status time_block(
	void *user, const sc_sheet *sheet, size_t stage, uint32_t block, double *ns, sc_err *err)
{
	const plan_job *job = user;
	int code = forecast_block(job->options, job->bench, sheet, stage, block, ns);
	return code ? sc_fail(err, SC_EINVAL, "a time that the plan needs can't be forecast")
		    : SC_OK;
}

int plan_job_read_profile(const sc_options *o, plan_job *job)
{
	sc_err err = {0};
	unsigned state;
	if (!o->profiles)
		return o->cache ? complain("'--cache' is for a forecast: name a --profile, too")
				: 0;
	if (texts_count(o->profiles) > 1)
		return complain("'plan' forecasts from one profile");
	if (o->cache && sc_word_value(SC_WORD_cache, "'--cache'", o->cache, &state, &err))
		return tell(&err, NULL);
	if (sc_bench_load(o->profiles[0], &job->bench, &err))
		return tell(&err, NULL);
	job->request.timer = time_block;
	job->request.user = job;
	return 0;
}
