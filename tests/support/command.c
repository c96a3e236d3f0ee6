#define _GNU_SOURCE
#include "command.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGS_MAX = 1000 };

static const char *program(void)
{
	const char *path = getenv("SECOST");
	return path ? path : "build/release/secost";
}

/* What coverage counts is written when a process ends, into files that all share: one that can't
 * write whole files leaves them alone. */
static void keep_counters(void)
{
	putenv("GCOV_PREFIX=/nonexistent");
	putenv("GCOV_ERROR_FILE=/dev/null");
}

static void child(const char *const *args, const command_setup *setup, int out, int err)
{
	char whole[4096], *argv[ARGS_MAX + 2] = {realpath(program(), whole)};
	for (int i = 0; i < ARGS_MAX && args[i]; i++)
		argv[i + 1] = (char *)args[i];
	if (setup && setup->stdout_path)
		out = open(setup->stdout_path, O_WRONLY);
	if (setup && setup->variable)
		putenv((char *)setup->variable);
	if (setup && (setup->file_bytes || setup->nobody))
		keep_counters();
	if (setup && setup->file_bytes) {
		struct rlimit limit = {(rlim_t)setup->file_bytes, (rlim_t)setup->file_bytes};
		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
	}
	if (setup && setup->stack_bytes) {
		struct rlimit limit = {(rlim_t)setup->stack_bytes, (rlim_t)setup->stack_bytes};
		setrlimit(RLIMIT_STACK, &limit);
	}
	if (setup && setup->closed_pipe) {
		int end[2];
		if (!pipe(end)) {
			close(end[0]);
			out = end[1];
		}
	}
	if (setup && setup->nobody && !getuid() && (setgid(65534) || setuid(65534)))
		_exit(126);
	dup2(open(setup && setup->stdin_path ? setup->stdin_path : "/dev/null", O_RDONLY), 0);
	if (setup && setup->folder && chdir(setup->folder))
		_exit(126);
	dup2(out, 1);
	dup2(err, 2);
	execv(argv[0], argv);
	_exit(127);
}

static char *read_back(int fd)
{
	off_t n = lseek(fd, 0, SEEK_END);
	char *text = calloc(1, (size_t)n + 1);
	cr_assert(text && pread(fd, text, (size_t)n, 0) == n);
	close(fd);
	return text;
}

static int scratch(void)
{
	FILE *f = tmpfile();
	cr_assert(f != NULL);
	int fd = dup(fileno(f));
	fclose(f);
	return fd;
}

command_result command_run(const char *const *args, const command_setup *setup)
{
	int out = scratch(), err = scratch(), status = 0;
	fflush(NULL);
	pid_t pid = fork();
	cr_assert(pid >= 0);
	if (!pid)
		child(args, setup, out, err);
	waitpid(pid, &status, 0);
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return (command_result){code, read_back(out), read_back(err)};
}

void command_kill_when(const char *const *args, const char *path)
{
	command_signal_when(args, path, SIGKILL);
}

void command_signal_when(const char *const *args, const char *path, int signal)
{
	int null = open("/dev/null", O_WRONLY);
	pid_t pid = fork();
	cr_assert(pid >= 0);
	if (!pid)
		child(args, NULL, null, null);
	for (int i = 0; i < 6000 && access(path, F_OK); i++)
		usleep(5000);
	kill(pid, signal);
	waitpid(pid, NULL, 0);
	close(null);
	cr_assert(access(path, F_OK) == 0, "%s never came", path);
}

void command_release(command_result *result)
{
	free(result->out);
	free(result->err);
}

char *file_text(const char *path)
{
	int fd = open(path, O_RDONLY);
	return fd < 0 ? NULL : read_back(fd);
}
