/* Options by popt. options.def has them all; a command lists those it takes, and its popt table is
 * made of those rows. */
#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "cli/cli.h"

enum { OPTION_MAX = 48, MEANING_MAX = sizeof((sc_option_info *)0)->meaning };

typedef enum option_type { OPTION_TEXT, OPTION_TEXTS, OPTION_FLAG } option_type;

typedef struct option_row {
	const char *name;
	char letter;
	option_type type;
	size_t offset;
	const char *argument, *meaning;
} option_row;

static const option_row rows[] = {
#define OPTION(member, name, letter, type, argument, meaning) \
	{name, letter, OPTION_##type, offsetof(sc_options, member), argument, meaning},
#include "cli/options.def"
#undef OPTION
};
enum { ROWS = sizeof rows / sizeof *rows };

static const char always[] = "quiet verbose version";

static bool has_word(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = list; (p = strstr(p, word)); p += n)
		if ((p == list || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
			return true;
	return false;
}

static bool takes(const sc_command *command, const option_row *row)
{
	return has_word(always, row->name) || has_word(command->options, row->name);
}

static size_t add_values(const char *option, char *out, size_t size)
{
	size_t n = 0;
	const char *word;
	for (size_t i = 0; (word = value_word(option, i)) && n < size; i++)
		n += (size_t)snprintf(out + n, size - n, "%s%s", n ? ", " : "", word);
	return n;
}

/* the meaning with the option's values where it has a '%' */
static void write_meaning(const option_row *row, char *out, size_t size)
{
	size_t n = 0;
	for (const char *p = row->meaning; *p && n + 1 < size; p++)
		if (*p == '%')
			n += add_values(row->name, out + n, size - n);
		else
			out[n++] = *p;
	out[n < size ? n : size - 1] = '\0';
}

bool option_at(const sc_command *command, size_t i, sc_option_info *out)
{
	for (size_t r = 0; r < ROWS; r++)
		if (takes(command, &rows[r]) && !i--) {
			*out = (sc_option_info){rows[r].name, rows[r].argument, rows[r].letter, ""};
			write_meaning(&rows[r], out->meaning, sizeof out->meaning);
			return true;
		}
	return false;
}

static struct poptOption popt_row(const option_row *row, const char *meaning, sc_options *out)
{
	static const unsigned types[] = {
		[OPTION_TEXT] = POPT_ARG_STRING,
		[OPTION_TEXTS] = POPT_ARG_ARGV,
		[OPTION_FLAG] = POPT_ARG_NONE,
	};
	return (struct poptOption){.longName = row->name,
		.shortName = row->letter,
		.argInfo = types[row->type],
		.arg = row->type == OPTION_TEXT ? NULL : (char *)out + row->offset,
		.val = row->type == OPTION_TEXT ? (int)(row - rows) + 1 : 0,
		.descrip = meaning,
		.argDescrip = row->argument};
}

static int unknown_option(const sc_command *command, const char *option)
{
	const char *word = option + strspn(option, "-");
	sc_nearest near = sc_nearest_to(word);
	for (size_t i = 0; i < ROWS; i++)
		if (takes(command, &rows[i]))
			sc_nearest_offer(&near, rows[i].name);
	if (near.best && strlen(word) > 1)
		return complain("unknown option '%s' of '%s'; did you mean '--%s'?", option,
			command->name, near.best);
	return complain("unknown option '%s' of '%s'; 'secost %s --help' lists them", option,
		command->name, command->name);
}

static int bad_option(const sc_command *command, poptContext context, int error)
{
	const char *option = poptBadOption(context, POPT_BADOPTION_NOALIAS);
	if (error == POPT_ERROR_BADOPT)
		return unknown_option(command, option);
	if (error == POPT_ERROR_NOARG)
		return complain("option '%s' needs a value", option);
	if (error == POPT_ERROR_BADNUMBER || error == POPT_ERROR_OVERFLOW)
		return complain("'%s' is no whole number of the option's range", option);
	return complain("option '%s': %s", option, poptStrerror(error));
}

static bool copy_args(poptContext context, sc_options *out)
{
	const char **args = poptGetArgs(context);
	size_t n = 0;
	while (args && args[n])
		n++;
	out->args = calloc(n + 1, sizeof *out->args);
	for (size_t i = 0; i < n && out->args; i++)
		out->args[out->arg_count++] = strdup(args[i]);
	return out->args != NULL;
}

static void print_help(const sc_command *command, poptContext context)
{
	printf("secost %s: %s\n\n", command->name, command->meaning);
	poptPrintHelp(context, stdout, 0);
}

/* popt stores numbers, flags and lists; of a text the last one counts */
static int read_options(poptContext context, sc_options *out)
{
	int row;
	while ((row = poptGetNextOpt(context)) > 0) {
		char **member = (char **)(void *)((char *)out + rows[row - 1].offset);
		free(*member);
		*member = poptGetOptArg(context);
	}
	return row;
}

bool options_parse(
	const sc_command *command, int argc, const char **argv, sc_options *out, int *code)
{
	struct poptOption table[OPTION_MAX] = {{0}};
	char meaning[OPTION_MAX][MEANING_MAX];
	int help = 0;
	size_t n = 0;
	for (size_t i = 0; i < ROWS; i++)
		if (takes(command, &rows[i])) {
			write_meaning(&rows[i], meaning[n], sizeof meaning[n]);
			table[n] = popt_row(&rows[i], meaning[n], out);
			n++;
		}
	table[n++] = (struct poptOption){"help", 'h', POPT_ARG_NONE, &help, 0, "this text", NULL};
	char usage[96];
	snprintf(usage, sizeof usage, "%s [OPTION…] %s", command->name, command->arguments);
	argv[0] = "secost";
	poptContext context = poptGetContext("secost", argc, argv, table, 0);
	poptSetOtherOptionHelp(context, usage);
	int error = read_options(context, out);
	bool go_on = false;
	*code = EXIT_USAGE;
	if (error < -1)
		*code = bad_option(command, context, error);
	else if (out->output && !*out->output)
		complain("'--output' is empty, must name a file");
	else if (help)
		print_help(command, context), *code = EXIT_DONE;
	else if (out->version)
		printf("secost %s\n", SC_VERSION), *code = EXIT_DONE;
	else if (!(go_on = copy_args(context, out)))
		complain("no memory for the arguments");
	poptFreeContext(context);
	return go_on;
}

size_t texts_count(char *const *list)
{
	size_t n = 0;
	while (list && list[n])
		n++;
	return n;
}

static void free_list(char **list)
{
	for (size_t i = 0; list && list[i]; i++)
		free(list[i]);
	free(list);
}

void options_release(sc_options *o)
{
	for (size_t i = 0; i < ROWS; i++) {
		char *member = (char *)o + rows[i].offset;
		if (rows[i].type == OPTION_TEXT)
			free(*(char **)(void *)member);
		else if (rows[i].type == OPTION_TEXTS)
			free_list(*(char ***)(void *)member);
	}
	for (size_t i = 0; i < o->arg_count; i++)
		free((void *)(uintptr_t)o->args[i]);
	free(o->args);
	*o = (sc_options){0};
}
