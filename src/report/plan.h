/** \file
 * Words and values of plans, for their document and its JSON. */
#ifndef SC_REPORT_PLAN_H
#define SC_REPORT_PLAN_H

#include "base/number.h"
#include "base/text.h"
#include "secost/report.h"

/** An amount of a column as people read it; latency in µs. */
const char *sc_plan_amount(sc_plan_column column, uint64_t n, sc_digits *out);
/** " (+3.72 %)" of the network without SE; "" when that is unknown. */
const char *sc_plan_share(const sc_plan_limit *limit, uint64_t n, char out[40]);
/** "gated channels" */
const char *sc_plan_aim_text(const sc_plan *plan);
const char *sc_plan_gain_text(const sc_plan *plan, int64_t gain, sc_digits *out);
/** Every stage's ratios, on one line, appended. */
void sc_plan_point_text(const sc_plan *plan, const sc_plan_point *point, sc_text *out);
/** The same in a few letters, for a picture: "16·16·8·off", "16–8" where blocks of a stage differ.
 */
void sc_plan_point_label(const sc_plan *plan, const sc_plan_point *point, sc_text *out);
/** The sentence that answers, appended. */
void sc_plan_say_best(const sc_plan *plan, sc_text *out);
void sc_plan_say_infeasible(const sc_plan *plan, sc_text *out);

struct json_t *sc_plan_json(const void *subject);
/** What shares of latency are of, and whether the answer depends on where in its interval that is;
 * nothing where no time of the network is known. */
void sc_plan_say_own_time(const sc_plan *p, sc_document *doc);

#endif
