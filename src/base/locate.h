/** \file
 * Where in a JSON text something is. */
#ifndef SC_BASE_LOCATE_H
#define SC_BASE_LOCATE_H

#include "secost/base.h"

/** Put the line and column of the value at `path`, "results[3].ratio", into `err`; of the last part
 * that is there when it is not. `json` is known to be well-formed. */
void sc_json_locate(const char *json, const char *path, sc_err *err);

#endif
