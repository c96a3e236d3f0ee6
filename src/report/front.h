/** \file
 * Fronts as tables for programs and charts. */
#ifndef SC_REPORT_FRONT_H
#define SC_REPORT_FRONT_H

#include "secost/report.h"

/** Add "front-axes", what setups are held against each other by, and "front-points", every setup in
 * these columns. */
void sc_front_grids(const sc_study *study, const sc_front *front, sc_document *doc);
/** "params,error" */
const char *sc_front_names(const sc_front *front, char room[64]);
/** "front: no setup is at least as good in params, error and better in one" under a table. */
void sc_front_note(const sc_front *front, sc_grid *grid);
/** The setups on the front as a table for people, by rising first column. */
void sc_front_table(const sc_study *study, const sc_front *front, sc_document *doc);
/** A sentence with the setups on the front and their values. */
void sc_front_say(const sc_study *study, const sc_front *front, sc_document *doc);
/** The same two tables of a plan: every plan where there are few, else those of the front. */
void sc_plan_front_grids(const sc_plan *plan, sc_document *doc);

#endif
