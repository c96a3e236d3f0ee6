#define _XOPEN_SOURCE 700 /* nftw */
#include "folder.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

void folder_new(char path[64])
{
	snprintf(path, 64, "/tmp/secost-test-XXXXXX");
	cr_assert(mkdtemp(path) != NULL);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return remove(path);
}

void folder_remove(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

size_t folder_count(const char *path, const char *pattern)
{
	char whole[256];
	glob_t found;
	snprintf(whole, sizeof whole, "%s/%s", path, pattern);
	size_t n = glob(whole, 0, NULL, &found) ? 0 : found.gl_pathc;
	globfree(&found);
	return n;
}
