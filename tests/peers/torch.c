/* PyTorch in a child (torch_child.py) that maps the same buffers and sleeps on its input unless it
 * is told to measure. The parent's calls are one line out, one line in. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "peers.h"

extern char **environ;

typedef struct torch {
	unsigned id;
	const peer_data *data;
} torch;

static FILE *to, *from;
static bool failed;
static char line[512];

/* What PyTorch needs to be at its best; inherited by the child only. */
static void environment(void)
{
	setenv("MALLOC_MMAP_THRESHOLD_", "4294967296", 1);
	setenv("MALLOC_TRIM_THRESHOLD_", "17179869184", 1);
	setenv("MALLOC_TOP_PAD_", "268435456", 1);
	unsetenv("OPENBLAS_CORETYPE");
	if (!strcmp(peer_stream_best()->name, "avx512"))
		setenv("ATEN_CPU_CAPABILITY", "avx512", 1);
}

static bool spawn(void)
{
	const char *python = getenv("PEERS_PYTHON"), *script = getenv("PEERS_TORCH");
	int in[2], out[2];
	pid_t child;
	posix_spawn_file_actions_t files;
	if (!python || !script || pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC))
		return false;
	environment();
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in[0], 0);
	posix_spawn_file_actions_adddup2(&files, out[1], 1);
	char *argv[] = {(char *)(uintptr_t)python, (char *)(uintptr_t)script, NULL};
	int e = posix_spawnp(&child, python, &files, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	close(in[0]);
	close(out[1]);
	to = fdopen(in[1], "w");
	from = fdopen(out[0], "r");
	return !e && to && from;
}

/* Send a line; true when the answer, left in `line`, begins with "ok". */
__attribute__((format(printf, 1, 2))) static bool ask(const char *format, ...)
{
	va_list args;
	if (failed || (!to && !spawn())) {
		failed = true;
		snprintf(line, sizeof line, "no Python with torch");
		return false;
	}
	va_start(args, format);
	vfprintf(to, format, args);
	va_end(args);
	fputc('\n', to);
	if (fflush(to) || !fgets(line, sizeof line, from)) {
		failed = true;
		snprintf(line, sizeof line, "no python3-torch");
		return false;
	}
	line[strcspn(line, "\n")] = 0;
	return !strncmp(line, "ok", 2);
}

static size_t offset(const peer_data *d, const void *at)
{
	return (size_t)((const unsigned char *)at - d->base);
}

static void *open_torch(const peer_engine *engine, const peer_data *d, char why[256])
{
	static unsigned ids;
	const peer_shape *s = &d->shape;
	enum peer_layout l = engine->layout;
	torch *t = malloc(sizeof *t);
	*t = (torch){ids++, d};
	if (ask("open %u %s %s %s %u %zu %zu %zu %zu %zu /proc/%d/fd/%d %zu %zu %zu %zu %zu", t->id,
		    engine->form == FUSED ? "fused" : "plain", l == NHWC ? "nhwc" : "nchw",
		    engine->option, s->threads, s->n, s->c, s->h, s->w, s->d, (int)getpid(), d->fd,
		    d->bytes, offset(d, d->x[l]), offset(d, d->shortcut[l]), offset(d, d->y),
		    offset(d, d->weights)))
		return t;
	snprintf(why, 256, "%.255s", line + 3);
	free(t);
	return NULL;
}

static double visit(void *state, const peer_visit *v)
{
	torch *t = state;
	return ask("visit %u %g %u %d %zu", t->id, v->seconds, v->samples, v->cold,
		       2 * peer_cache_bytes(3))
		       ? strtod(line + 3, NULL)
		       : -1;
}

static void run(void *state)
{
	ask("result %u", ((torch *)state)->id);
}

static void close_torch(void *state)
{
	ask("close %u", ((torch *)state)->id);
	free(state);
}

static const char *version(void)
{
	return !failed && to && ask("version") ? line + 3 : NULL;
}

extern const peer_adapter peer_adapter_torch;
const peer_adapter peer_adapter_torch = {version, open_torch, run, visit, NULL, close_torch, NULL};
