/** \file
 * What plans, in several commands, need of the options. */
#ifndef SC_CLI_PLAN_H
#define SC_CLI_PLAN_H

#include "cli/cli.h"
#include "cli/profiles.h"

/** What --choices is when it is not given. */
extern const char plan_choices[];

typedef struct plan_job {
	const sc_options *options;
	sc_plan_request request;
	sc_gain_spec *gains;
	profiles profiles;
	sc_plan *plan;
} plan_job;

/** Read the options; 0 or the exit code after telling. Release the job in either case. */
int plan_job_read(const sc_options *o, plan_job *job);
/** Its part about profiles. */
int plan_job_read_profiles(const sc_options *o, plan_job *job);
/** Plan for a network; 0 or the exit code after telling. The plan is the job's. */
int plan_job_make(plan_job *job, const sc_model *model, const sc_rules *rules, uint32_t batch);
void plan_job_release(plan_job *job);

#endif
