/** \file
 * Sweeps of the command line. Every function returns 0 or the exit code after telling. */
#ifndef SC_CLI_SWEEP_H
#define SC_CLI_SWEEP_H

#include "cli/cli.h"

int sweep_make(const sc_options *o, const sc_model *model, const sc_rules *rules, uint32_t batch,
	sc_sweep **out);
/** Do the options ask for one setup a line? */
bool sweep_streams(const sc_options *o);
int sweep_stream(const sc_options *o, const sc_sweep *sweep);
/** Add the setups to a study, those that it has already left out. */
int sweep_table(const sc_sweep *sweep, sc_study *study);

#endif
