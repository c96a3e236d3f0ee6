/* `secost completion words -- WORD…`: candidates for the last word, from the tables that the help
 * is made of. The scripts of the shells only pass words on. */
#include "cli/complete.h"

#include <stdio.h>
#include <string.h>

#include "base/choices.h"
#include "cli/networks.h"

void complete_offer(completion *c, const char *candidate)
{
	if (strncmp(candidate, c->word, strlen(c->word)) != 0 || !strcmp(candidate, c->last))
		return;
	snprintf(c->last, sizeof c->last, "%s", candidate);
	printf("%s%s\n", c->before, candidate);
}

void complete_step(completion *c, const char *candidate)
{
	char part[256];
	size_t typed = strlen(c->word), n;
	if (strncmp(candidate, c->word, typed) != 0)
		return;
	n = typed + strcspn(candidate + typed, ".=");
	snprintf(part, sizeof part, "%.*s", (int)(n + (candidate[n] != '\0')), candidate);
	complete_offer(c, part);
}

void complete_files(void)
{
	puts(":files");
}

static void offer_all(completion *c, sc_word_at *at, const void *of)
{
	const char *word;
	for (size_t i = 0; (word = at(of, i)); i++)
		complete_offer(c, word);
}

/* --- values of options --- */

/* the words of "a|b|c" */
static void offer_alternatives(completion *c, const char *argument)
{
	char word[64];
	for (const char *p = argument; *p; p += *p == '|') {
		size_t n = strcspn(p, "|");
		snprintf(word, sizeof word, "%.*s", (int)n, p);
		complete_offer(c, word);
		p += n;
	}
}

static bool is_alternatives(const char *argument)
{
	return strchr(argument, '|') &&
	       argument[strspn(argument, "abcdefghijklmnopqrstuvwxyz|")] == '\0';
}

/* In a list "a,b" the words before the last comma stay, as does `start` before all. */
static void offer_values(
	const sc_option_info *o, const char *start, const char *typed, const char *network)
{
	const char *comma = strstr(o->argument, ",…") ? strrchr(typed, ',') : NULL;
	char before[256];
	snprintf(before, sizeof before, "%s%.*s", start, comma ? (int)(comma + 1 - typed) : 0,
		typed);
	completion c = {.before = before, .word = comma ? comma + 1 : typed};
	offer_all(&c, value_word, o->name);
	if (is_alternatives(o->argument))
		offer_alternatives(&c, o->argument);
	if (strstr(o->argument, "PATH=VALUE"))
		complete_override(&c, network);
	if (!strcmp(o->argument, "FILE"))
		complete_files();
}

/* --- arguments --- */

static void offer_bundled(completion *c, const char *kind)
{
	for (size_t i = 0; sc_bundled_at(i); i++)
		if (!strcmp(sc_bundled_at(i)->kind, kind))
			complete_offer(c, sc_bundled_at(i)->name);
}

/* `what` as commands.def has it: NET…, STUDY, KIND, PATH, or words as they stand */
static void offer_argument(completion *c, const char *what, const char *network)
{
	const char *kinds = strstr(what, "NET")		 ? "networks"
			    : !strncmp(what, "STUDY", 5) ? "studies"
							 : NULL;
	if (kinds) {
		offer_bundled(c, kinds);
		complete_files();
	} else if (!strcmp(what, "KIND")) {
		offer_all(c, list_word, NULL);
	} else if (!strcmp(what, "[OUTPUT]")) {
		offer_all(c, output_word, NULL);
	} else if (!strcmp(what, "PATH")) {
		complete_path(c, network);
	} else if (is_alternatives(what)) {
		offer_alternatives(c, what);
	}
}

/* the `position`-th argument: with " | " any of them, else the one at its place or the last "…" */
static void offer_positional(
	completion *c, const char *arguments, size_t position, const char *network)
{
	char what[64] = "";
	bool any = strstr(arguments, " | ") != NULL;
	size_t at = 0;
	for (const char *p = arguments; *p; at++) {
		size_t n = strcspn(p, " ");
		snprintf(what, sizeof what, "%.*s", (int)n, p);
		p += n + strspn(p + n, " |");
		if (any || at == position || (!*p && strstr(what, "…")))
			offer_argument(c, what, network);
	}
}

static void offer_options(completion *c, const sc_command *command)
{
	sc_option_info o;
	char name[64];
	for (size_t i = 0; option_at(command, i, &o); i++) {
		snprintf(name, sizeof name, "--%s", o.name);
		complete_offer(c, name);
	}
	complete_offer(c, "--help");
}

/* the option that `word` is, with "=VALUE" or without; false when it is none */
static bool find_option(const sc_command *command, const char *word, sc_option_info *out)
{
	size_t n = strcspn(word, "=");
	for (size_t i = 0; option_at(command, i, out); i++)
		if ((!strncmp(word, "--", 2) && strlen(out->name) + 2 == n &&
			    !strncmp(word + 2, out->name, n - 2)) ||
			(word[0] == '-' && word[1] == out->letter && out->letter && !word[2]))
			return true;
	return false;
}

static bool takes_next(const sc_command *command, const char *word)
{
	sc_option_info o;
	return !strchr(word, '=') && find_option(command, word, &o) && o.argument;
}

/* --- the line --- */

static const sc_command *command_named(const char *name)
{
	for (size_t i = 0; command_at(i); i++)
		if (!strcmp(command_at(i)->name, name))
			return command_at(i);
	return NULL;
}

static void offer_commands(const char *typed)
{
	completion c = {.before = "", .word = typed};
	for (size_t i = 0; command_at(i); i++)
		complete_offer(&c, command_at(i)->name);
	complete_offer(&c, "--help");
	complete_offer(&c, "--version");
}

/* "--format=m" */
static void complete_option_value(const char *word, const sc_option_info *o, const char *network)
{
	char start[64];
	size_t n = strcspn(word, "=") + 1;
	snprintf(start, sizeof start, "%.*s", (int)n, word);
	offer_values(o, start, word + n, network);
}

/* word[0] is the command, word[n - 1] what is being typed */
void complete_words(const char *const *word, size_t n)
{
	const sc_command *command = n > 1 ? command_named(word[0]) : NULL;
	const char *typed = n ? word[n - 1] : "", *network = NULL;
	size_t position = 0;
	sc_option_info o;
	if (n < 2)
		offer_commands(typed);
	if (!command)
		return;
	for (size_t i = 1; i + 1 < n; i++) {
		if (*word[i] == '-' && word[i][1]) {
			i += takes_next(command, word[i]);
			continue;
		}
		network = position++ ? network : word[i];
	}
	completion c = {.before = "", .word = typed};
	if (n > 2 && takes_next(command, word[n - 2]) && find_option(command, word[n - 2], &o))
		offer_values(&o, "", typed, network);
	else if (*typed == '-' && strchr(typed, '=') && find_option(command, typed, &o) &&
		 o.argument)
		complete_option_value(typed, &o, network);
	else if (*typed == '-')
		offer_options(&c, command);
	else
		offer_positional(&c, command->arguments, position, network);
}
