/** \file
 * Where the text of a description comes from: a file, or the library itself. */
#ifndef SC_MODEL_SOURCE_H
#define SC_MODEL_SOURCE_H

#include "base/arena.h"
#include "base/file.h"
#include "secost/model.h"

/** Append the description at `path` to `out`, as sc_file_read does. */
sc_status sc_source_read(const char *path, sc_text *out, sc_err *err);

/** A network beside `file`, else a bundled one of that name; in the arena, NULL without memory. */
const char *sc_network_path(sc_arena *arena, const char *file, const char *network);
/** A path relative to the folder of `file`. */
const char *sc_path_beside(sc_arena *arena, const char *file, const char *path);

#endif
