/** \file
 * What a document's captions add to its title, so that two of the same kind are told apart. */
#ifndef SC_REPORT_ABOUT_H
#define SC_REPORT_ABOUT_H

#include "report/plan.h"

/** The names of the networks, of more than three how many. */
void sc_about_networks(sc_document *doc, const sc_sheet *const *sheet, size_t n);
void sc_about_verdicts(sc_document *doc, const sc_verdict *verdict, size_t n);
/** The network where the study's title has it not. */
void sc_about_study(sc_document *doc, const sc_study *study);
/** The same, the groups of setups, and `more` or NULL. */
void sc_about_setups(sc_document *doc, const sc_study *study, const char *more);
/** The budgets. */
void sc_about_plan(sc_document *doc, const sc_plan *plan);

#endif
