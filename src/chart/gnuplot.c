/* A child of its own process group, whose output is read until it ends, its time is up or somebody
 * wants to stop. It dies with the process that started it, however that ends. */
#define _GNU_SOURCE /* pipe2, execvpe */
#include "chart/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TIMEOUT_SECONDS = 30, SAID_MAX = 2048, TICK_MS = 50 };

/* A running child. */
typedef struct child {
	pid_t pid;
	int from, status;
	bool ended, silent;
	char said[SAID_MAX]; /* the beginning of what it said */
	size_t length;
} child;

/* What is run, NULL-ended each, borrowed. */
typedef struct started {
	char **argv, **environment;
} started;

/* Ours, in a locale whose letters and numbers are those of the scripts: without one gnuplot can't
 * write a degree sign. malloc'ed, its words borrowed; NULL when out of memory. */
static char **environment(void)
{
	static char locale[] = "LC_ALL=C.UTF-8";
	size_t n = 0, kept = 0;
	while (environ && environ[n])
		n++;
	char **all = calloc(n + 2, sizeof *all);
	if (!all)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (strncmp(environ[i], "LC_ALL=", 7) != 0)
			all[kept++] = environ[i];
	all[kept] = locale;
	return all;
}

static void cant_start(const char *program, int cause, char message[256])
{
	if (cause == ENOENT)
		snprintf(message, 256, "'%.200s' was not found", program);
	else if (cause == EACCES)
		snprintf(message, 256, "'%.200s' is no program that may be run", program);
	else
		snprintf(message, 256, "'%.200s' can't be run: error %d", program, cause);
}

/* from fork to exec, where little may be called; ends with errno in the pipe when it can't go on */
static void become(const char *folder, const started *p, pid_t parent, int out, int trouble)
{
	sigset_t none;
	sigemptyset(&none);
	int in = open("/dev/null", O_RDONLY);
	bool good = in >= 0 && !setpgid(0, 0) && !prctl(PR_SET_PDEATHSIG, SIGKILL) &&
		    !sigprocmask(SIG_SETMASK, &none, NULL) && dup2(in, 0) >= 0 &&
		    dup2(out, 1) >= 0 && dup2(out, 2) >= 0 && !chdir(folder);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	if (good && getppid() == parent)
		execvpe(p->argv[0], p->argv, p->environment);
	int cause = errno;
	if (write(trouble, &cause, sizeof cause) < 0)
		_exit(126);
	_exit(127);
}

/* what the child wrote before it could exec, 0 when it could */
static int trouble_of(int from)
{
	int cause = 0;
	ssize_t n;
	while ((n = read(from, &cause, sizeof cause)) < 0 && errno == EINTR)
		;
	return n < 0 ? errno : cause;
}

static int fork_child(
	child *c, const char *folder, const started *p, const int out[2], const int trouble[2])
{
	pid_t parent = getpid();
	c->pid = fork();
	if (c->pid < 0) {
		int e = errno;
		close(trouble[1]);
		return e;
	}
	if (!c->pid)
		become(folder, p, parent, out[1], trouble[1]);
	setpgid(c->pid, c->pid); /* whoever comes first */
	close(trouble[1]);
	int e = trouble_of(trouble[0]);
	while (e && waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
		;
	return e;
}

/* 0, or errno */
static int start(child *c, const char *folder, const started *p)
{
	int out[2], trouble[2];
	if (pipe2(out, O_CLOEXEC))
		return errno;
	int e = pipe2(trouble, O_CLOEXEC) ? errno : 0;
	fcntl(out[0], F_SETFL, O_NONBLOCK);
	if (!e) {
		e = fork_child(c, folder, p, out, trouble);
		close(trouble[0]);
	}
	close(out[1]);
	c->from = out[0];
	if (e)
		close(out[0]);
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

static bool is_wanted(const sc_chart_options *options)
{
	return !options || !options->stop || !options->stop(options->user);
}

/* What went by since `*last`, which becomes now. A long step is one in which we were stopped, and
 * the child with us: it counts little. */
static long long step_ms(long long *last)
{
	enum { LONGEST = 4 * TICK_MS };
	long long step = now_ms() - *last;
	*last += step;
	return step < LONGEST ? step : LONGEST;
}

/* False when the time is up, or it is wanted no more, and the child had to be killed. */
static bool wait_for(child *c, unsigned seconds, const sc_chart_options *options)
{
	long long last = now_ms(), left = 1000LL * seconds;
	while (!c->ended && left > 0 && is_wanted(options)) {
		struct pollfd p = {.fd = c->silent ? -1 : c->from, .events = POLLIN};
		poll(&p, 1, c->silent ? 2 : TICK_MS);
		if (p.revents)
			listen_to(c);
		look(c);
		left -= step_ms(&last);
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

/* Did it end well? What it said is left in the message also then. */
static bool tell(child *c, char message[256])
{
	char lines[200];
	if (WIFSIGNALED(c->status)) {
		snprintf(message, 256, "gnuplot was killed by signal %d", WTERMSIG(c->status));
		return false;
	}
	c->said[c->length] = '\0';
	first_lines(c->said, lines, sizeof lines);
	if (WIFEXITED(c->status) && !WEXITSTATUS(c->status))
		snprintf(message, 256, "%s", lines);
	else if (lines[0])
		snprintf(message, 256, "gnuplot failed: %s", lines);
	else
		snprintf(message, 256, "gnuplot failed with status %d", WEXITSTATUS(c->status));
	return WIFEXITED(c->status) && !WEXITSTATUS(c->status);
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
	const started p = {argv, environment()};
	int e = plain && p.environment ? start(&c, folder, &p) : ENOMEM;
	free(plain);
	free(p.environment);
	outcome->timed_out = !e && !wait_for(&c, seconds, options);
	if (e)
		cant_start(program, e, message);
	else if (outcome->timed_out)
		snprintf(message, 256, "gnuplot did not finish in %u s", seconds);
	else
		outcome->drawn = tell(&c, message);
}

bool sc_program_says(const sc_chart_options *options, char **argv, const char *word)
{
	child c = {0};
	const started p = {argv, environment()};
	bool ended = p.environment && !start(&c, "/", &p) && wait_for(&c, TIMEOUT_SECONDS, options);
	free(p.environment);
	return ended && WIFEXITED(c.status) && !WEXITSTATUS(c.status) && strstr(c.said, word);
}
