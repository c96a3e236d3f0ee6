/** \file
 * The JSON Schema of a description, from the inside. */
#ifndef SC_REPORT_SCHEMA_H
#define SC_REPORT_SCHEMA_H

#include "base/json.h"

#include "secost/report.h"

/** Add to the definitions of all tables what fields must satisfy together. */
void sc_schema_constrain(sc_json *j, json_t *definitions);

/** Say of the layers of a graph how many tensors each kind reads, and what none may be called. */
void sc_schema_constrain_inputs(sc_json *j, json_t *node);

#endif
