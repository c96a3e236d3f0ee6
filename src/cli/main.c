#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/nearest.h"
#include "cli/cli.h"

static const sc_command commands[] = {
#define COMMAND(name, arguments, options, meaning) {#name, arguments, options, meaning, run_##name},
#include "cli/commands.def"
#undef COMMAND
};

const sc_command *command_at(size_t i)
{
	return i < sizeof commands / sizeof *commands ? &commands[i] : NULL;
}

static int print_commands(void)
{
	printf("secost %s: what Squeeze-and-Excitation costs a convolutional network\n\n"
	       "Usage: secost COMMAND [OPTION…] ARGUMENT…\n\n",
		SC_VERSION);
	for (size_t i = 0; command_at(i); i++)
		printf("  %-10s %s\n", commands[i].name, commands[i].meaning);
	printf("\n'secost COMMAND --help' lists the options of a command.\n"
	       "Exit: 0 done, 1 a check failed, 2 usage or a bad file, 3 a measurement failed.\n");
	return EXIT_DONE;
}

static const sc_command *find_command(const char *name)
{
	for (size_t i = 0; command_at(i); i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

static int no_such_command(const char *name)
{
	sc_nearest near = sc_nearest_to(name);
	for (size_t i = 0; command_at(i); i++)
		sc_nearest_offer(&near, commands[i].name);
	if (near.best)
		return complain("unknown command '%s'; did you mean '%s'?", name, near.best);
	return complain("unknown command '%s'; 'secost --help' lists them", name);
}

static int run(const sc_command *command, int argc, char **argv)
{
	sc_options options = {0};
	int code;
	if (options_parse(command, argc, argv, &options, &code))
		code = command->run(&options);
	options_release(&options);
	inputs_release();
	return code;
}

/* what was printed must have arrived: a full disk is an error, not silence */
static int check_stdout(int code)
{
	if (fflush(stdout) || ferror(stdout))
		return complain("can't write to standard output");
	return code;
}

/* jansson damages its memory when it can't have more while it reads, so it is never told */
static void *needed(size_t n)
{
	void *p = malloc(n);
	if (p || !n)
		return p;
	complain("no memory for JSON");
	_exit(EXIT_USAGE);
}

int main(int argc, char **argv)
{
	json_set_alloc_funcs(needed, free);
	setenv("HWLOC_HIDE_ERRORS", "2",
		0); /* a container may hide the topology: `bench` says so itself */
	const char *name = argc > 1 ? argv[1] : "";
	if (argc < 2) {
		print_commands();
		return check_stdout(EXIT_USAGE);
	}
	if (!strcmp(name, "--help") || !strcmp(name, "-h") || !strcmp(name, "help"))
		return check_stdout(print_commands());
	if (!strcmp(name, "--version")) {
		printf("secost %s\n", SC_VERSION);
		return check_stdout(EXIT_DONE);
	}
	const sc_command *command = find_command(name);
	if (!command)
		return no_such_command(name);
	return check_stdout(run(command, argc - 1, argv + 1));
}
