/** \file
 * --profile of what plans: a bench to forecast SE from, and the times of a network to hold SE
 * against, in either order. */
#ifndef SC_CLI_PROFILES_H
#define SC_CLI_PROFILES_H

#include "cli/cli.h"
#include "secost/bench.h"
#include "secost/network.h"
#include "secost/plan.h"

/** `= {0}` is none; release it. */
typedef struct profiles {
	sc_bench *bench;		     /* to forecast from */
	sc_network_result times;	     /* of a network; rounds 0 when there are none */
	const char *bench_path, *times_path; /* borrowed */
	sc_plan_time own;		     /* of that network without SE */
	char from[320];			     /* what `own` was measured by */
} profiles;

/** Read what --profile names for `command`; 0 or the exit code after telling. */
int profiles_read(const sc_options *o, const char *command, profiles *out);
/** Are the times this network's, and taken as the forecasts are? 0 or the exit code after telling.
 */
int profiles_fit(const profiles *p, const char *network, uint32_t batch);
void profiles_release(profiles *p);

#endif
