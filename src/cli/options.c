/* Options by getopt_long. options.def has them all; a command lists those it takes, and what is
 * read, the help and the completion are made of those rows. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "cli/cli.h"

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

/* What getopt_long reads: rows by number, letters beside them; the help is one more. */
typedef struct option_table {
	struct option named[ROWS + 2];
	char letters[2 * ROWS + 4];
	int row[ROWS + 1]; /* of named[i]; HELP */
} option_table;

enum { HELP = ROWS, LETTER = 0x100, UNKNOWN = '?', VALUELESS = ':' };

static void add_option(
	option_table *t, size_t i, int row, const char *name, char letter, bool value)
{
	t->named[i] = (struct option){name, value ? required_argument : no_argument, NULL, LETTER};
	t->row[i] = row;
	size_t n = strlen(t->letters);
	if (letter)
		snprintf(t->letters + n, sizeof t->letters - n, "%c%s", letter, value ? ":" : "");
}

static option_table table_of(const sc_command *command)
{
	option_table t = {.letters = ":"};
	size_t n = 0;
	for (size_t r = 0; r < ROWS; r++)
		if (takes(command, &rows[r]))
			add_option(&t, n++, (int)r, rows[r].name, rows[r].letter,
				rows[r].type != OPTION_FLAG);
	add_option(&t, n, HELP, "help", 'h', false);
	return t;
}

static int row_of_letter(int letter)
{
	for (size_t r = 0; r < ROWS; r++)
		if (rows[r].letter == letter)
			return (int)r;
	return HELP;
}

/* the word that named the option just read; its value may be the word after it */
static const char *word_read(char *const *argv)
{
	bool apart = optarg && optarg == argv[optind - 1];
	return argv[optind - (apart ? 2 : 1)];
}

/* a shortened name would change its meaning with the next option */
static bool is_whole_name(const char *word, const char *name)
{
	size_t n = strlen(name);
	return !strncmp(word, "--", 2) && !strncmp(word + 2, name, n) &&
	       (!word[2 + n] || word[2 + n] == '=');
}

static int bad_option(const sc_command *command, char *const *argv, int found)
{
	char letter[] = {'-', (char)optopt, '\0'};
	bool lettered = optopt && optopt < LETTER;
	const char *word = lettered ? letter : argv[optind - 1];
	if (found == VALUELESS)
		return complain("option '%s' needs a value", word);
	if (optopt == LETTER)
		return complain("option '%s' takes no value", word);
	return unknown_option(command, word);
}

size_t texts_count(char *const *list)
{
	size_t n = 0;
	while (list && list[n])
		n++;
	return n;
}

static bool append(char ***list, const char *text)
{
	size_t n = texts_count(*list);
	char **more = realloc(*list, (n + 2) * sizeof *more);
	if (!more)
		return false;
	*list = more;
	more[n + 1] = NULL;
	return (more[n] = strdup(text)) != NULL;
}

/* of a text the last one counts */
static bool keep(const option_row *row, const char *value, sc_options *out)
{
	char *member = (char *)out + row->offset;
	if (row->type == OPTION_FLAG) {
		*(int *)(void *)member = 1;
		return true;
	}
	if (row->type == OPTION_TEXTS)
		return append((char ***)(void *)member, value);
	char *copy = strdup(value);
	if (!copy)
		return false;
	free(*(char **)(void *)member);
	*(char **)(void *)member = copy;
	return true;
}

static bool copy_args(int argc, char *const *argv, sc_options *out)
{
	out->args = calloc((size_t)(argc - optind) + 1, sizeof *out->args);
	for (int i = optind; i < argc && out->args; i++) {
		if (!(out->args[out->arg_count] = strdup(argv[i])))
			return false;
		out->arg_count++;
	}
	return out->args != NULL;
}

/* true when all were read; else told, unless `*help` */
static bool read_options(
	const sc_command *command, int argc, char **argv, sc_options *out, bool *help)
{
	const option_table t = table_of(command);
	int found, at = -1;
	optind = 0;
	while ((found = getopt_long(argc, argv, t.letters, t.named, &at)) != -1) {
		if (found == UNKNOWN || found == VALUELESS)
			return bad_option(command, argv, found), false;
		if (found == LETTER && !is_whole_name(word_read(argv), t.named[at].name))
			return unknown_option(command, word_read(argv)), false;
		int row = found == LETTER ? t.row[at] : row_of_letter(found);
		*help = *help || row == HELP;
		if (row != HELP && !keep(&rows[row], optarg, out))
			return complain("no memory for the arguments"), false;
	}
	if (!copy_args(argc, argv, out))
		return complain("no memory for the arguments"), false;
	return true;
}

bool options_parse(const sc_command *command, int argc, char **argv, sc_options *out, int *code)
{
	bool help = false;
	*code = EXIT_USAGE;
	if (!read_options(command, argc, argv, out, &help))
		return false;
	if (out->output && !*out->output)
		return complain("'--output' is empty, must name a file"), false;
	if (!help && !out->version)
		return true;
	if (help)
		help_print(command);
	else
		printf("secost %s\n", SC_VERSION);
	*code = EXIT_DONE;
	return false;
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
