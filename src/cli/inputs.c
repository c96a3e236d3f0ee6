/* Files that were read, by device and inode, so that neither a link nor another spelling of a path
 * makes one of them its own result. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/cli.h"

typedef struct identity {
	dev_t device;
	ino_t inode;
} identity;

static identity *inputs;
static size_t count;
static bool forgot;

static void remember(const struct stat *st)
{
	identity *more = S_ISREG(st->st_mode) ? realloc(inputs, (count + 1) * sizeof *more) : NULL;
	forgot = forgot || (S_ISREG(st->st_mode) && !more);
	if (!more)
		return;
	inputs = more;
	inputs[count++] = (identity){st->st_dev, st->st_ino};
}

void input_add(const char *path)
{
	struct stat st;
	if (path && !stat(path, &st))
		remember(&st);
}

static bool was_read(const char *path)
{
	struct stat st;
	if (stat(path, &st))
		return false;
	for (size_t i = 0; i < count; i++)
		if (inputs[i].device == st.st_dev && inputs[i].inode == st.st_ino)
			return true;
	return false;
}

bool may_write(const char *path)
{
	if (forgot)
		return complain("no memory to remember what was read"), false;
	if (path && was_read(path))
		return complain("'%s' is what is read; write somewhere else", path), false;
	return true;
}

int write_file(const char *path, const char *text, size_t n, int code)
{
	sc_err err = {0};
	if (!may_write(path))
		return EXIT_USAGE;
	return sc_file_write(path, text, n, &err) ? tell(&err, NULL) : code;
}

void inputs_release(void)
{
	free(inputs);
	inputs = NULL;
	count = 0;
}
