/* A plan's latency: every block's SE as the profile forecasts it, and the network's own time where
 * a profile has it. */
#include "cli/bench.h"
#include "cli/plan.h"

static sc_status time_block(
	void *user, const sc_sheet *sheet, size_t stage, uint32_t block, double *ns, sc_err *err)
{
	const plan_job *job = user;
	int code = forecast_block(job->options, job->profiles.bench, sheet, stage, block, ns);
	return code ? sc_fail(err, SC_EINVAL, "a time that the plan needs can't be forecast")
		    : SC_OK;
}

int plan_job_read_profiles(const sc_options *o, plan_job *job)
{
	int code = profiles_read(o, "plan", &job->profiles);
	if (code || !o->profiles)
		return code;
	job->request.timer = time_block;
	job->request.user = job;
	if (job->profiles.times_path)
		job->request.own = &job->profiles.own;
	return 0;
}

int plan_job_make(plan_job *job, const sc_model *model, const sc_rules *rules, uint32_t batch)
{
	sc_err err = {0};
	int code = profiles_fit(&job->profiles, model->name, batch);
	if (!code && sc_plan_make(model, rules, batch, &job->request, &job->plan, &err))
		code = tell(&err, NULL);
	return code;
}
