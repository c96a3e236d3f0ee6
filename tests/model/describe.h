/* What a person sees of a description: its errors, or nothing. */
#ifndef TESTS_DESCRIBE_H
#define TESTS_DESCRIBE_H

#include "secost/study.h"

/* Load and count the file; its errors as lines "name:line:column: message", the path without its
 * folder, and the number of errors that are not shown. Malloc'ed; "" when all is well. */
char *describe_file(const char *path);

/* The same for text in memory. */
char *describe_text(const char *name, const char *text, size_t n);

#endif
