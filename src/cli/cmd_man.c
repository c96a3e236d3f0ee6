/* The manual page, from the same tables as --help. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

/* text with what roff would take for its own escaped */
static void print_bytes(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] == '-' || s[i] == '\\')
			printf("\\%c", s[i] == '\\' ? 'e' : s[i]);
		else
			putchar(s[i]);
}

static void print(const char *s)
{
	print_bytes(s, strlen(s));
}

/* A sentence in lines that editors and mandoc like; none begins with what roff would obey. */
static void print_filled(const char *s)
{
	enum { WIDTH = 70 };
	size_t used = 0;
	while (*s) {
		size_t n = strcspn(s, " ");
		if (used)
			putchar(used + n < WIDTH || strchr(".'", *s) ? ' ' : '\n');
		used = used + n < WIDTH ? used + n + 1 : n + 1;
		print_bytes(s, n);
		s += n + (s[n] == ' ');
	}
	putchar('\n');
}

static void print_option(const sc_option_info *o)
{
	printf(".TP\n.B ");
	if (o->letter)
		printf("\\-%c, ", o->letter);
	printf("\\-\\-");
	print(o->name);
	if (o->argument) {
		printf(" \\fI");
		print(o->argument);
		printf("\\fR");
	}
	putchar('\n');
	print_filled(o->meaning);
}

static void print_command(const sc_command *command)
{
	sc_option_info o;
	printf(".SS secost ");
	print(command->name);
	printf(" [OPTION…]%s", *command->arguments ? " " : "");
	print(command->arguments);
	putchar('\n');
	print_filled(command->meaning);
	for (size_t i = 0; option_at(command, i, &o); i++)
		print_option(&o);
}

int run_man(const sc_options *o)
{
	(void)o;
	printf(".TH SECOST 1 \"%s\" \"secost %s\"\n.SH NAME\nsecost \\- what "
	       "Squeeze\\-and\\-Excitation costs a "
	       "convolutional network\n.SH SYNOPSIS\n.B secost\n.I COMMAND\n[OPTION…] ARGUMENT…\n"
	       ".SH COMMANDS\n",
		SC_RELEASED, SC_VERSION);
	for (size_t i = 0; command_at(i); i++)
		print_command(command_at(i));
	printf(".SH EXIT STATUS\n0 done; 1 a check failed; 2 usage or a bad file; 3 a measurement "
	       "failed.\n"
	       ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nno colour when set.\n");
	return EXIT_DONE;
}
