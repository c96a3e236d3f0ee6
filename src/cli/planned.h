/** \file
 * What a plan was asked for, kept in the description that it wrote, so that it can be asked again.
 */
#ifndef SC_CLI_PLANNED_H
#define SC_CLI_PLANNED_H

#include "base/text.h"
#include "cli/plan.h"

/** Append field `plan` of a description that goes to the options' output: the options of a plan,
 * paths as they lead there from that file's folder. */
void planned_write(const plan_job *job, sc_text *out);
/** Do what `secost explain` of path "stages.NAME.se" does: plan again, say why. An exit code. */
int explain_plan(const sc_options *options, const sc_model *model);
/** Is the options' second argument such a path? */
bool asks_of_plan(const sc_options *options);

#endif
