/* Ctrl-C while measuring: what was measured is written, and said to be incomplete. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/folder.h"

/* measures for minutes, writes to `path`, its warnings to `log` */
static pid_t start(const char *path, const char *log)
{
	const char *program = getenv("SECOST");
	pid_t pid = fork();
	if (pid)
		return pid;
	int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	dup2(fd, STDERR_FILENO);
	execl(program ? program : "build/release/secost", "secost", "bench",
		"configs/networks/se-resnet-50.yaml", "--filter", "conv5_x r=16 hot", "--max-time",
		"300", "--precision", "0.01", "--quick", "-o", path, (char *)NULL);
	_exit(127);
}

static int wait_for(pid_t pid)
{
	int status;
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* The first signals may come before it listens: then it ends as any program does, and is started
 * again with more patience. */
Test(bench_interrupt, keeps_what_there_is_and_says_that_it_is_incomplete)
{
	char folder[64], path[100], log[100];
	int code = 0;
	folder_new(folder);
	snprintf(path, sizeof path, "%s/result.json", folder);
	snprintf(log, sizeof log, "%s/log", folder);
	for (long ms = 200; ms < 30000 && code != 3; ms *= 2) {
		pid_t pid = start(path, log);
		nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
		kill(pid, SIGINT);
		code = wait_for(pid);
	}
	char *json = file_text(path), *said = file_text(log);
	cr_assert(eq(int, code, 3), "%s", said);
	cr_assert(strstr(json, "\"complete\": false") != NULL);
	cr_assert(strstr(json, "\"stop\": \"interrupted\"") != NULL);
	cr_assert(
		strstr(said, "the measurement was stopped: it is incomplete") != NULL, "%s", said);
	free(json);
	free(said);
	folder_remove(folder);
}
