/* Folders for a test's files. */
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

#include <stddef.h>

/* A new empty folder. */
void folder_new(char path[64]);
/* Remove it with what is in it. */
void folder_remove(const char *path);
/* How many files match a glob pattern below it. */
size_t folder_count(const char *path, const char *pattern);

#endif
