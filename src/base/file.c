#define _XOPEN_SOURCE 700 /* realpath */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* strerror without its shared buffer; the few texts needed are the same in every locale */
static sc_status fail(const char *path, const char *verb, sc_err *err)
{
	int cause = errno;
	char text[128] = "unknown error";
	if (strerror_r(cause, text, sizeof text))
		snprintf(text, sizeof text, "error %d", cause);
	sc_status s = sc_fail(err, SC_EIO, "can't %s '%s': %s", verb, path, text);
	if (err)
		snprintf(err->file, sizeof err->file, "%s", path);
	return s;
}

static sc_status read_all(FILE *f, const char *path, size_t limit, sc_text *out, sc_err *err)
{
	char chunk[4096]; /* small: a child of `ulimit -s 64` reads files, too */
	size_t n, start = out->length;
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0) {
		sc_text_add_bytes(out, chunk, n);
		if (out->length - start > limit)
			return sc_fail(
				err, SC_EIO, "'%s' is larger than %zu MiB", path, limit >> 20);
	}
	if (ferror(f))
		return fail(path, "read", err);
	if (out->failed)
		return sc_fail(err, SC_ENOMEM, "no memory to read '%s'", path);
	return SC_OK;
}

sc_status sc_file_read(const char *path, size_t limit, sc_text *out, sc_err *err)
{
	FILE *f = fopen(path, "rbe");
	if (!f)
		return fail(path, "open", err);
	sc_status s = read_all(f, path, limit, out, err);
	fclose(f);
	return s;
}

static sc_status write_all(int fd, const char *path, const char *bytes, size_t n, sc_err *err)
{
	while (n) {
		ssize_t done = write(fd, bytes, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return fail(path, "write", err);
		bytes += done;
		n -= (size_t)done;
	}
	return SC_OK;
}

static sc_status write_direct(const char *path, const char *bytes, size_t n, sc_err *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return fail(path, "open", err);
	sc_status s = write_all(fd, path, bytes, n, err);
	if (close(fd) && !s)
		s = fail(path, "write", err);
	return s;
}

/* A new file beside `path`; its name is left in `name`. -1 when there can be none. */
static int open_beside(const char *path, sc_text *name)
{
	for (unsigned i = 0; i < 100; i++) {
		sc_text_release(name);
		sc_text_addf(name, "%s.%ld-%u.tmp", path, (long)getpid(), i);
		if (name->failed) {
			errno = ENOMEM;
			return -1;
		}
		int fd = open(name->s, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

static sc_status fill_and_rename(
	int fd, const char *temporary, const char *path, const char *bytes, size_t n, sc_err *err)
{
	sc_status s = write_all(fd, path, bytes, n, err);
	if (!s && fsync(fd) && errno != EINVAL)
		s = fail(path, "write", err);
	if (close(fd) && !s)
		s = fail(path, "write", err);
	if (!s && rename(temporary, path))
		s = fail(path, "write", err);
	if (s)
		unlink(temporary);
	return s;
}

/* a link stays one: what it leads to is replaced */
sc_status sc_file_write(const char *path, const char *bytes, size_t n, sc_err *err)
{
	struct stat st;
	bool there = !stat(path, &st);
	if (there && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		return write_direct(path, bytes, n, err);
	char *target = there ? realpath(path, NULL) : NULL;
	sc_text temporary = {0};
	int fd = open_beside(target ? target : path, &temporary);
	if (fd >= 0 && there && S_ISREG(st.st_mode))
		fchmod(fd, st.st_mode & 0777);
	sc_status s =
		fd < 0 ? fail(path, "write", err)
		       : fill_and_rename(fd, temporary.s, target ? target : path, bytes, n, err);
	sc_text_release(&temporary);
	free(target);
	return s;
}

/* "….PID.tmp" or "….PID-N.tmp" of a process that is gone, or was before this one with its number */
static bool is_stale(int folder, const char *name)
{
	enum { STALE_SECONDS = 60 };
	struct stat st;
	const char *end = strrchr(name, '.'), *dot = end;
	if (!end || strcmp(end, ".tmp") != 0)
		return false;
	while (dot > name && *--dot != '.')
		;
	char *rest;
	long pid = strtol(dot + 1, &rest, 10);
	bool ours = *dot == '.' && pid > 0 && (*rest == '.' || *rest == '-') &&
		    !fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) && S_ISREG(st.st_mode);
	if (!ours)
		return false;
	if (pid == (long)getpid())
		return time(NULL) - st.st_mtime > STALE_SECONDS;
	return kill((pid_t)pid, 0) && errno == ESRCH;
}

void sc_file_remove_stale(const char *folder)
{
	DIR *d = opendir(folder);
	for (struct dirent *e; d && (e = readdir(d));)
		if (is_stale(dirfd(d), e->d_name))
			unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
}

sc_status sc_file_try(const char *path, sc_err *err)
{
	struct stat st;
	bool there = !stat(path, &st), plain = !there || S_ISREG(st.st_mode);
	if (there && S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return fail(path, "write", err);
	}
	if (!plain)
		return access(path, W_OK) ? fail(path, "write", err) : SC_OK;
	char *target = there ? realpath(path, NULL) : NULL;
	sc_text temporary = {0};
	int fd = open_beside(target ? target : path, &temporary);
	sc_status s = fd < 0 ? fail(path, "write", err) : SC_OK;
	if (fd >= 0) {
		close(fd);
		unlink(temporary.s);
	}
	sc_text_release(&temporary);
	free(target);
	return s;
}

sc_status sc_file_make_folder(const char *path, sc_err *err)
{
	char part[4096];
	size_t n = strlen(path);
	if (n >= sizeof part)
		return sc_fail(err, SC_EIO, "the path '%.60s…' is too long", path);
	memcpy(part, path, n + 1);
	for (char *p = part + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(part, 0777) && errno != EEXIST)
			return fail(part, "make the folder", err);
		*p = '/';
	}
	if (mkdir(part, 0777) && errno != EEXIST)
		return fail(part, "make the folder", err);
	return SC_OK;
}

bool sc_file_lock(FILE *file)
{
	return !flock(fileno(file), LOCK_EX | LOCK_NB) || errno != EWOULDBLOCK;
}
