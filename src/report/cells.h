/** \file
 * Columns and cells that tables of cost share. Each *_columns has its cells in the same order. */
#ifndef SC_REPORT_CELLS_H
#define SC_REPORT_CELLS_H

#include "secost/report.h"

void sc_cells_cost_columns(sc_grid *g);
/** `all` is what a share is of. */
void sc_cells_cost(sc_grid *g, const sc_totals *t, const sc_totals *all);
void sc_cells_shape_columns(sc_grid *g);
void sc_cells_shape(sc_grid *g, sc_shape s);
/** A count, or nothing. */
void sc_cells_count(sc_grid *g, bool has, uint64_t n);

/** "16", "8 16 ·" where blocks differ */
void sc_cells_fact(sc_grid *g, const sc_sheet_row *row, sc_fact_number which);

#endif
