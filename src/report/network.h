/** \file
 * Parts of the document of a whole network's times. */
#ifndef SC_REPORT_NETWORK_H
#define SC_REPORT_NETWORK_H

#include "secost/network.h"
#include "secost/report.h"

/** Where and how it was measured, as headings. */
void sc_network_say_machine(sc_document *doc, const sc_network_result *r);
/** What SE adds, by itself and to its neighbours, fused and not, and the forecast, as answers. */
void sc_network_say(sc_document *doc, const sc_network_result *r);
/** The network in every way, then SE's steps by stage, as tables. */
void sc_network_add_grids(sc_document *doc, const sc_network_result *r);
/** Does anything published of the study's setups say how long a pass takes? */
bool sc_has_published_times(const sc_study *study);
/** Published times of passes beside those measured here, where the study has them; and the same in
 * a sentence. */
sc_grid *sc_published_times_grid(const sc_study *study);
void sc_say_published_times(sc_document *doc, const sc_study *study);

#endif
