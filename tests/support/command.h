/* Run the command under test, without a shell. */
#ifndef TESTS_COMMAND_H
#define TESTS_COMMAND_H

#include <stddef.h>

typedef struct command_result {
	int code; /**< exit code, 128 + signal when killed */
	char *out, *err;
} command_result;

/* How to run it; all members may be 0. */
typedef struct command_setup {
	const char *stdout_path; /**< instead of catching the output */
	long file_bytes;	 /**< no file may grow beyond this: a disk that fills up */
	long stack_bytes;	 /**< as `ulimit -s`: for all that it starts, too */
	const char *variable;	 /**< "NAME=VALUE" for its environment */
	int nobody;		 /**< run as a user who may write little */
	const char *folder;	 /**< to work in; NULL for this one */
	const char *stdin_path;	 /**< what it reads; NULL for nothing */
	int closed_pipe;	 /**< its output goes to a pipe that nobody reads */
} command_setup;

/* `args` without the program's name, NULL-ended. The program is $SECOST, else build/release/secost.
 */
command_result command_run(const char *const *args, const command_setup *setup);
void command_release(command_result *result);
/* Start it, kill it when `path` exists, wait. */
void command_kill_when(const char *const *args, const char *path);
/* The same by another signal. */
void command_signal_when(const char *const *args, const char *path, int signal);

/* the whole of a file, malloc'ed, NUL-terminated; NULL when there is none */
char *file_text(const char *path);

#endif
