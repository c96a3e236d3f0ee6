/** \file
 * Sentences that several documents share. */
#ifndef SC_REPORT_SAY_H
#define SC_REPORT_SAY_H

#include "base/text.h"
#include "secost/report.h"

/** Under which conditions a sheet counts. */
void sc_say_conditions(sc_document *doc, const sc_sheet *sheet);
/** The same, as the line under a chart of the table. */
void sc_say_grid_conditions(sc_grid *g, const sc_sheet *sheet);
/** What SE adds, where most of it is, and how the formula compares. */
void sc_say_cost(sc_document *doc, const sc_sheet *sheet);
/** Of the setups of a study: what changes, what does not, which has the least and the most. */
void sc_say_setups(sc_document *doc, const sc_study *study);

/** What to see of a group's setups, as a remark; nothing of one setup. */
void sc_say_group(const sc_study *study, const char *group, sc_text *out);
/** What is left when the heaviest stage has no SE. */
void sc_say_drop(sc_document *doc, const sc_sheet *sheet);
/** The columns of a published figure beside what is counted, from its quantity to its source. */
void sc_verdict_columns(sc_grid *g);
/** The cells of what was counted and how it differs, unknown where it is. */
void sc_counted_cells(sc_grid *g, const sc_verdict *v);
/** Cost by stage of some networks as a table. */
sc_grid *sc_stages_grid(const sc_sheet *const *sheet, size_t n);
/** What else a study's charts need, each NULL when there is none. What SE has in each stage, of the
 * first setup that has any, when the baseline has none. */
sc_grid *sc_stages_with_se_grid(const sc_study *study);
/** The setups of one group (NULL for all) as a table, the baseline first. */
sc_grid *sc_setups_grid(const sc_study *study, const char *group);

#endif
