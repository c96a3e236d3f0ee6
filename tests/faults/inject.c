/* Loaded before the C library (LD_PRELOAD), counts the calls that may fail and makes one of them
 * fail. FAULTS names a file of two numbers that is shared with whoever started the process: which
 * call is to fail (0 for none), and how many there were. Children run undisturbed.
 *
 * A call fails as it does in life: nothing is done and errno says why. A close does close.
 *
 * With LINKED it is linked into the program (ld --wrap) and sees the program's own calls only:
 * under AddressSanitizer, which can't be loaded behind it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "faults.h"

/* what dlsym itself asks for, before there is a malloc to ask */
enum { EARLY_BYTES = 8192 };
static _Alignas(16) unsigned char early[EARLY_BYTES];
static size_t early_used;

static fault_state *state;

static bool fails(int cause, const char *call)
{
	if (!state)
		return false;
	unsigned long n = atomic_fetch_add(&state->calls, 1) + 1;
	if (n != state->fail)
		return false;
	strncpy(state->call, call, sizeof state->call - 1);
	errno = cause;
	return true;
}

static bool is_early(const void *p)
{
	return (const unsigned char *)p >= early && (const unsigned char *)p < early + EARLY_BYTES;
}

static void *early_alloc(size_t n)
{
	size_t from = early_used;
	n = (n + 15) / 16 * 16;
	if (n > EARLY_BYTES - from)
		_exit(99);
	early_used += n;
	return early + from;
}

/* The next definition of a function. While one is looked for, dlsym may allocate. */
static _Thread_local bool looking;
static void *next_of(const char *name)
{
	looking = true;
	void *p = dlsym(RTLD_NEXT, name);
	looking = false;
	return p;
}

#ifdef LINKED
#define OURS(name) __wrap_##name
#define NEXT(name) \
	extern __typeof__(name) __real_##name; \
	__typeof__(&name) real = __real_##name
#else
#define OURS(name) name
#define NEXT(name) \
	static __typeof__(&name) real; \
	if (!real) \
	*(void **)&real = next_of(#name)
#endif

void *OURS(malloc)(size_t n)
{
	if (looking)
		return early_alloc(n);
	NEXT(malloc);
	return fails(ENOMEM, "malloc") ? NULL : real(n);
}

void *OURS(calloc)(size_t n, size_t m)
{
	if (looking)
		return early_alloc(n * m);
	NEXT(calloc);
	return fails(ENOMEM, "calloc") ? NULL : real(n, m);
}

void *OURS(realloc)(void *p, size_t n)
{
	NEXT(realloc);
	return fails(ENOMEM, "realloc") ? NULL : real(p, n);
}

void OURS(free)(void *p)
{
	if (is_early(p))
		return;
	NEXT(free);
	real(p);
}

int OURS(posix_memalign)(void **out, size_t alignment, size_t n)
{
	NEXT(posix_memalign);
	return fails(ENOMEM, "posix_memalign") ? ENOMEM : real(out, alignment, n);
}

void *OURS(aligned_alloc)(size_t alignment, size_t n)
{
	NEXT(aligned_alloc);
	return fails(ENOMEM, "aligned_alloc") ? NULL : real(alignment, n);
}

void *OURS(mmap)(void *at, size_t n, int protection, int flags, int fd, off_t offset)
{
	NEXT(mmap);
	return fails(ENOMEM, "mmap") ? MAP_FAILED : real(at, n, protection, flags, fd, offset);
}

static mode_t mode_of(int flags, va_list more)
{
	return flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;
}

#define OPEN(name) \
	int OURS(name)(const char *path, int flags, ...) \
	{ \
		va_list more; \
		va_start(more, flags); \
		mode_t mode = mode_of(flags, more); \
		va_end(more); \
		NEXT(name); \
		return fails(EMFILE, #name) ? -1 : real(path, flags, mode); \
	}
OPEN(open)
OPEN(open64)

#define CALL(type, name, parameters, arguments, cause, failed) \
	type OURS(name) parameters \
	{ \
		NEXT(name); \
		return fails(cause, #name) ? failed : real arguments; \
	}
#ifdef LINKED
CALL(char *, strdup, (const char *s), (s), ENOMEM, NULL)
CALL(char *, realpath, (const char *path, char *out), (path, out), ENOMEM, NULL)
#endif
CALL(FILE *, fopen, (const char *path, const char *mode), (path, mode), EMFILE, NULL)
CALL(FILE *, fopen64, (const char *path, const char *mode), (path, mode), EMFILE, NULL)
CALL(ssize_t, read, (int fd, void *to, size_t n), (fd, to, n), EIO, -1)
CALL(ssize_t, write, (int fd, const void *from, size_t n), (fd, from, n), ENOSPC, -1)
CALL(int, fsync, (int fd), (fd), EIO, -1)
CALL(int, fflush, (FILE * f), (f), ENOSPC, EOF)
CALL(int, rename, (const char *from, const char *to), (from, to), EXDEV, -1)
CALL(int, mkdir, (const char *path, mode_t mode), (path, mode), EACCES, -1)
CALL(int, pipe, (int fd[2]), (fd), EMFILE, -1)
CALL(pid_t, fork, (void), (), EAGAIN, -1)
CALL(int, pthread_create,
	(pthread_t * thread, const pthread_attr_t *attr, void *(*run)(void *), void *with),
	(thread, attr, run, with), EAGAIN, EAGAIN)

int OURS(close)(int fd)
{
	NEXT(close);
	int status = real(fd);
	return fails(EIO, "close") ? -1 : status;
}

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("FAULTS");
	unsetenv("LD_PRELOAD");
	int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
	if (fd < 0)
		return;
	void *p = mmap(NULL, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	state = p == MAP_FAILED ? NULL : p;
}
