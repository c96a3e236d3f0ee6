/* A child of its own process group, whose output is read until it ends or its time is up. */
#define _GNU_SOURCE /* pipe2, posix_spawn_file_actions_addchdir_np */
#include "chart/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { TIMEOUT_SECONDS = 30, SAID_MAX = 2048, TICK_MS = 50 };

/* A running child. */
typedef struct child {
	pid_t pid;
	int from, status;
	bool ended, silent;
	char said[SAID_MAX]; /* the beginning of what it said */
	size_t length;
} child;

static void cant_start(const char *program, int cause, char message[256])
{
	if (cause == ENOENT)
		snprintf(message, 256, "'%.200s' was not found", program);
	else if (cause == EACCES)
		snprintf(message, 256, "'%.200s' is no program that may be run", program);
	else
		snprintf(message, 256, "'%.200s' can't be run: error %d", program, cause);
}

static int set_up(posix_spawn_file_actions_t *files, posix_spawnattr_t *attr, const char *folder,
	const int pipe_end[2])
{
	sigset_t none, usual;
	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGTERM);
	int e = posix_spawn_file_actions_addopen(files, 0, "/dev/null", O_RDONLY, 0);
	e = e ? e : posix_spawn_file_actions_adddup2(files, pipe_end[1], 1);
	e = e ? e : posix_spawn_file_actions_adddup2(files, pipe_end[1], 2);
	e = e ? e : posix_spawn_file_actions_addchdir_np(files, folder);
	e = e ? e : posix_spawnattr_setpgroup(attr, 0);
	e = e ? e : posix_spawnattr_setsigmask(attr, &none);
	e = e ? e : posix_spawnattr_setsigdefault(attr, &usual);
	return e ? e
		 : posix_spawnattr_setflags(attr,
			   POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int spawn(child *c, const char *folder, char *const *argv, const int pipe_end[2])
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	int e = posix_spawn_file_actions_init(&files);
	if (e)
		return e;
	e = posix_spawnattr_init(&attr);
	if (!e) {
		e = set_up(&files, &attr, folder, pipe_end);
		e = e ? e : posix_spawnp(&c->pid, argv[0], &files, &attr, argv, environ);
		posix_spawnattr_destroy(&attr);
	}
	posix_spawn_file_actions_destroy(&files);
	return e;
}

/* 0, or errno */
static int start(child *c, const char *folder, char *const *argv)
{
	int end[2];
	if (pipe2(end, O_CLOEXEC))
		return errno;
	fcntl(end[0], F_SETFL, O_NONBLOCK);
	int e = spawn(c, folder, argv, end);
	close(end[1]);
	c->from = end[0];
	if (e)
		close(end[0]);
	return e;
}

/* Read what is there; the beginning is kept, the rest thrown away. */
static void listen_to(child *c)
{
	char chunk[1024];
	ssize_t n;
	for (int i = 0; i < 64 && (n = read(c->from, chunk, sizeof chunk)) != 0; i++) {
		if (n < 0)
			return;
		size_t left = sizeof c->said - 1 - c->length,
		       take = (size_t)n < left ? (size_t)n : left;
		memcpy(c->said + c->length, chunk, take);
		c->length += take;
	}
	c->silent = c->silent || n == 0;
}

static long long now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void look(child *c)
{
	pid_t got = waitpid(c->pid, &c->status, WNOHANG);
	if (got < 0 && errno != EINTR)
		c->status = 0; /* somebody else collected it: the pictures will tell */
	c->ended = got > 0 || (got < 0 && errno != EINTR);
}

/* False when the time is up and the child had to be killed. */
static bool wait_for(child *c, unsigned seconds)
{
	long long deadline = now_ms() + 1000LL * seconds;
	bool in_time = true;
	while (!c->ended && in_time) {
		struct pollfd p = {.fd = c->silent ? -1 : c->from, .events = POLLIN};
		poll(&p, 1, c->silent ? 2 : TICK_MS);
		if (p.revents)
			listen_to(c);
		look(c);
		in_time = now_ms() < deadline;
	}
	kill(-c->pid, SIGKILL); /* with whatever it started */
	while (!c->ended && waitpid(c->pid, &c->status, 0) < 0 && errno == EINTR)
		;
	listen_to(c);
	close(c->from);
	return c->ended;
}

/* The lines of gnuplot's message that say something, as one line. */
static void first_lines(char *said, char *out, size_t room)
{
	size_t n = 0;
	char *next = NULL;
	out[0] = '\0';
	for (char *line = strtok_r(said, "\r\n", &next); line && n + 8 < room;
		line = strtok_r(NULL, "\r\n", &next)) {
		line += strspn(line, " \t");
		if (strspn(line, " \t^") == strlen(line))
			continue;
		int added = snprintf(out + n, room - n, "%s%s", n ? "; " : "", line);
		n += added > 0 ? (size_t)added : 0;
	}
	for (char *p = out; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = '?';
}

static bool tell(child *c, char message[256])
{
	char lines[200];
	if (WIFSIGNALED(c->status)) {
		snprintf(message, 256, "gnuplot was killed by signal %d", WTERMSIG(c->status));
		return false;
	}
	if (WIFEXITED(c->status) && !WEXITSTATUS(c->status))
		return true;
	c->said[c->length] = '\0';
	first_lines(c->said, lines, sizeof lines);
	if (lines[0])
		snprintf(message, 256, "gnuplot failed: %s", lines);
	else
		snprintf(message, 256, "gnuplot failed with status %d", WEXITSTATUS(c->status));
	return false;
}

void sc_gnuplot_run(const sc_chart_options *options, const char *folder, const char *suffix,
	sc_chart_outcome *outcome)
{
	const char *program = options && options->gnuplot ? options->gnuplot : "gnuplot";
	unsigned seconds =
		options && options->timeout_seconds ? options->timeout_seconds : TIMEOUT_SECONDS;
	char set[96], script[64], *whole = strchr(program, '/') ? realpath(program, NULL) : NULL;
	char flag[] = "-d", expression[] = "-e", *message = outcome->message;
	child c = {0};
	snprintf(set, sizeof set, "suffix = '%s'", suffix);
	snprintf(script, sizeof script, "%s.gp", outcome->chart->name);
	char *plain = whole ? whole : strdup(program);
	char *argv[] = {plain, flag, expression, set, script, NULL};
	int e = plain ? start(&c, folder, argv) : ENOMEM;
	free(plain);
	outcome->timed_out = !e && !wait_for(&c, seconds);
	if (e)
		cant_start(program, e, message);
	else if (outcome->timed_out)
		snprintf(message, 256, "gnuplot did not finish in %u s", seconds);
	else
		outcome->drawn = tell(&c, message);
}
