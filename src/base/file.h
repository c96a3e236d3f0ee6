/** \file
 * Whole files in, whole files out. */
#ifndef SC_BASE_FILE_H
#define SC_BASE_FILE_H

#include <stdio.h>

#include "base/text.h"
#include "secost/base.h"

/** Append the file at `path` to `out`. SC_EIO when it can't be read, is a directory or is larger
 * than `limit` bytes; SC_ENOMEM. The error names the file. */
sc_status sc_file_read(const char *path, size_t limit, sc_text *out, sc_err *err);

/** Write `n` bytes to `path`, all or nothing: they go to a temporary name beside it, are flushed to
 * the disk and renamed; on failure the temporary file is gone and an old `path` is untouched.
 * A `path` that is there and not a regular file (a pipe, a device) is written to directly. */
sc_status sc_file_write(const char *path, const char *bytes, size_t n, sc_err *err);

/** Remove files that a write into `folder` left when its process was killed: temporary names of
 * processes that are no more. Whatever can't be removed stays. */
void sc_file_remove_stale(const char *folder);

/** Could a file be written there? Nothing stays, nothing is changed. SC_EIO says why not. */
sc_status sc_file_try(const char *path, sc_err *err);

/** Keep others that ask for it from writing into an open file until it is closed. False when
 * somebody else has asked before; true where a file system knows no locks. */
bool sc_file_lock(FILE *file);

/** Make the folder `path` and its parents. */
sc_status sc_file_make_folder(const char *path, sc_err *err);

#endif
