/* Errors for people: place, message, the line itself, a caret under the column. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/networks.h"

enum { SHOWN_MAX = 160, LINE_MAX_BYTES = 4096, READ_MAX = 64 << 20 };

/* a line of stderr, without what could steer a terminal */
static void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

static void say_list(const char *before, const char *fmt, va_list args)
{
	char line[LINE_MAX_BYTES];
	size_t n = (size_t)snprintf(line, sizeof line, "%s", before);
	vsnprintf(line + n, sizeof line - n, fmt, args);
	sc_text_make_harmless(line);
	fprintf(stderr, "%s\n", line);
}

static void say(const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	say_list("", fmt, args);
	va_end(args);
}

int complain(const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	say_list("secost: ", fmt, args);
	va_end(args);
	return EXIT_USAGE;
}

/* the line, and a caret under its column; tabs stay tabs, so that the caret is where it must be */
static void show_line(const char *line, int column)
{
	char shown[SHOWN_MAX + 1], caret[SHOWN_MAX + 2];
	int n = 0;
	snprintf(shown, sizeof shown, "%.*s", (int)strcspn(line, "\r\n"), line);
	sc_text_make_harmless(shown);
	say("    %s", shown);
	if (column < 1 || column > SHOWN_MAX)
		return;
	for (const char *p = shown; *p && n + 1 < column; p++)
		if (((unsigned char)*p & 0xc0) != 0x80)
			caret[n++] = *p == '\t' ? '\t' : ' ';
	say("    %.*s^", n, caret);
}

/* what the error is about; "" when it can't be had again */
static const char *text_of(const char *file, sc_text *room)
{
	const sc_bundled *b = sc_bundled_file(file);
	if (b)
		return b->text;
	if (!strcmp(file, standard_input_name) && standard_input())
		return standard_input()->s;
	return sc_file_read(file, READ_MAX, room, NULL) ? "" : sc_text_get(room);
}

static void show_line_of_file(const sc_err *err)
{
	sc_text text = {0};
	const char *p = text_of(err->file, &text);
	if (!strncmp(p, "\xef\xbb\xbf", 3))
		p += 3;
	for (int line = 1; p && line < err->line; line++) {
		p = strchr(p, '\n');
		p = p ? p + 1 : NULL;
	}
	if (p && *p)
		show_line(p, err->column);
	sc_text_release(&text);
}

void tell_warning(void *unused, const sc_err *w)
{
	(void)unused;
	if (w->line)
		say("%s:%d:%d: warning: %s", w->file, w->line, w->column, w->message);
	else
		complain("warning: %s", w->message);
	if (w->line)
		show_line_of_file(w);
}

int tell(const sc_err *err, const char *set)
{
	if (err->file[0] && err->line && err->column)
		say("%s:%d:%d: %s", err->file, err->line, err->column, err->message);
	else if (err->file[0] && err->line)
		say("%s:%d: %s", err->file, err->line, err->message);
	else if (err->file[0] && err->status != SC_EIO)
		say("%s: %s", err->file, err->message);
	else
		complain("%s", err->message);
	if (set && (!strncmp(err->file, "--", 2) || !strcmp(err->file, sc_explain_file())))
		show_line(set, err->column);
	else if (err->file[0] && err->line)
		show_line_of_file(err);
	return EXIT_USAGE;
}

int tell_all(const sc_errs *errs)
{
	for (size_t i = 0; i < errs->count; i++)
		tell(&errs->item[i], NULL);
	if (errs->total > errs->count)
		complain("and %zu more", errs->total - errs->count);
	return EXIT_USAGE;
}
