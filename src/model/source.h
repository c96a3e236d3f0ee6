/** \file
 * Where the text of a description comes from: a file, or the library itself. */
#ifndef SC_MODEL_SOURCE_H
#define SC_MODEL_SOURCE_H

#include "base/file.h"
#include "secost/model.h"

/** Append the description at `path` to `out`, as sc_file_read does. */
sc_status sc_source_read(const char *path, sc_text *out, sc_err *err);

#endif
