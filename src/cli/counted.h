/** \file
 * The networks that a command names, counted. */
#ifndef SC_CLI_COUNTED_H
#define SC_CLI_COUNTED_H

#include "cli/cli.h"

typedef struct counted {
	sc_model **model;
	sc_sheet *sheet;
	const sc_sheet **sheets; /**< pointers to them */
	size_t count;
} counted;

/** Load and count what the options name; 0, or the exit code after telling. Release it either way.
 */
int counted_make(const sc_options *o, const sc_rules *rules, uint32_t batch, counted *out);
void counted_release(counted *n);

/** Add the setups of --setup and --ablate; 0, or the exit code after telling. */
int add_setups(const sc_options *o, sc_study *study);

#endif
