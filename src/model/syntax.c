/* libyaml's messages with what usually helps. */
#include <stdio.h>
#include <string.h>

#include "model/yaml.h"

typedef struct advice {
	const char *problem, *found, *text;
} advice;

/* the first row whose problem is part of libyaml's, with one of the bytes `found` there (NULL: any)
 */
static const advice table[] = {
	{"cannot start any token", "\t", "; a tab can't indent, use blanks"},
	{"cannot start any token", "@`%", "; put a value that begins so in quotes"},
	{"mapping values are not allowed", NULL,
		"; quote a text with ': ' in it, or look at the indentation and the ':' of the "
		"line above"},
	{"did not find expected key", "\t", "; a tab can't indent, use blanks"},
	{"did not find expected key", NULL, "; is it indented as the keys above it, with its ':'?"},
	{"did not find expected '-' indicator", NULL,
		"; is it indented as the items above it, with its '-'?"},
	{"did not find expected ',' or ']'", NULL, "; a '[' is still open, or a ',' is missing"},
	{"did not find expected ',' or '}'", NULL, "; a '{' is still open, or a ',' is missing"},
	{"could not find expected ':'", NULL, "; a key needs ': ' and a value after it"},
	{"found unexpected end of stream", NULL, "; a quote is still open"},
	{"found unexpected document indicator", NULL, "; a quote is still open"},
	{"block sequence entries are not allowed", NULL,
		"; begin a list in a new line, or write it as [a, b]"},
	{"did not find expected node content", NULL, "; a value is missing"},
	{"did not find expected alphabetic", NULL,
		"; '&' and '*' begin an anchor or alias: quote a text that begins so"},
	{"unknown escape character", NULL, "; write '\\\\' for a backslash, or use single quotes"},
	{"incompatible YAML document", NULL, "; must be 1.1 or 1.2"},
	{"unknown directive", NULL, "; put a value that begins with '%' in quotes"},
	{"did not find expected <document start>", NULL,
		"; is it a key without ':' or indented too little?"},
	{"tab character", NULL, "; a tab can't indent, use blanks"},
};

static const char *advice_on(const sc_yaml_problem *p)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *found = table[i].found;
		bool here = !found || (p->found && strchr(found, p->found));
		if (here && strstr(p->problem, table[i].problem))
			return table[i].text;
	}
	return "";
}

bool sc_yaml_explain(sc_reader *r, const sc_yaml_problem *p)
{
	if (!p->problem)
		return sc_reader_fail(r, SC_EPARSE, p->at, "malformed YAML");
	if (!p->context)
		return sc_reader_fail(r, SC_EPARSE, p->at, "%s%s", p->problem, advice_on(p));
	char where[48] = "";
	if (p->context_at.line != p->at.line)
		snprintf(where, sizeof where, " that begins in line %u",
			sc_reader_line(r, p->context_at.line));
	return sc_reader_fail(
		r, SC_EPARSE, p->at, "%s%s, %s%s", p->context, where, p->problem, advice_on(p));
}
