/* What a command says of itself: options on the left, what they mean wrapped on the right. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"

enum { LINE = 79, GAP = 2, LEFT_MAX = 96 };

static int columns(const char *s, size_t bytes)
{
	return (int)sc_text_columns(s, bytes);
}

static void name_of(const sc_option_info *o, char left[LEFT_MAX])
{
	char letter[] = "    ";
	if (o->letter)
		letter[0] = '-', letter[1] = o->letter, letter[2] = ',';
	snprintf(left, LEFT_MAX, "  %s--%s%s%s", letter, o->name, o->argument ? "=" : "",
		o->argument ? o->argument : "");
}

static int widest(const sc_command *command)
{
	char left[LEFT_MAX];
	sc_option_info o;
	int width = 0;
	for (size_t i = 0; option_at(command, i, &o); i++) {
		name_of(&o, left);
		int n = columns(left, strlen(left));
		width = n > width ? n : width;
	}
	return width + GAP;
}

static void print_wrapped(const char *text, int indent)
{
	int at = indent;
	for (const char *word = text; *word;) {
		size_t n = strcspn(word, " ");
		int width = columns(word, n);
		bool first = word == text, next = !first && at + 1 + width > LINE;
		if (next)
			printf("\n%*s", at = indent, "");
		printf("%s%.*s", first || next ? "" : " ", (int)n, word);
		at += width + !(first || next);
		word += n + (word[n] == ' ');
	}
	putchar('\n');
}

static void print_option(const sc_option_info *o, int indent)
{
	char left[LEFT_MAX];
	name_of(o, left);
	printf("%s%*s", left, indent - columns(left, strlen(left)), "");
	print_wrapped(o->meaning, indent);
}

void help_print(const sc_command *command)
{
	static const sc_option_info help = {"help", NULL, 'h', "this text"};
	int indent = widest(command);
	sc_option_info o;
	printf("secost %s: %s\n\nUsage: secost %s [OPTION…]%s%s\n", command->name, command->meaning,
		command->name, *command->arguments ? " " : "", command->arguments);
	for (size_t i = 0; option_at(command, i, &o); i++)
		print_option(&o, indent);
	print_option(&help, indent);
}
