/* Errors for people: place, message, the line itself, a caret under the column. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/cli.h"

enum { SHOWN_MAX = 160, READ_MAX = 64 << 20 };

int complain(const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	fprintf(stderr, "secost: ");
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	va_end(args);
	return EXIT_USAGE;
}

/* a character of the line, made harmless; tabs stay, so that the caret can copy them */
static char shown(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7f ? '?' : c;
}

static void show_line(const char *line, int column)
{
	size_t n = strcspn(line, "\r\n");
	if (n > SHOWN_MAX)
		n = SHOWN_MAX;
	fputs("    ", stderr);
	for (size_t i = 0; i < n; i++)
		fputc(shown(line[i]), stderr);
	fputc('\n', stderr);
	if (column < 1 || (size_t)column > SHOWN_MAX)
		return;
	fputs("    ", stderr);
	int at = 1;
	for (size_t i = 0; i < n && at < column; i++) {
		bool continues = ((unsigned char)line[i] & 0xc0) == 0x80;
		if (!continues)
			fputc(line[i] == '\t' ? '\t' : ' ', stderr);
		at += !continues && ((unsigned char)line[i + 1] & 0xc0) != 0x80;
		at += continues && ((unsigned char)line[i + 1] & 0xc0) != 0x80;
	}
	fputs("^\n", stderr);
}

static void show_line_of_file(const sc_err *err)
{
	sc_text text = {0};
	if (!sc_file_read(err->file, READ_MAX, &text, NULL)) {
		const char *p = sc_text_get(&text);
		if (!strncmp(p, "\xef\xbb\xbf", 3))
			p += 3;
		for (int line = 1; p && line < err->line; line++) {
			p = strchr(p, '\n');
			p = p ? p + 1 : NULL;
		}
		if (p && *p)
			show_line(p, err->column);
	}
	sc_text_release(&text);
}

int tell(const sc_err *err, const char *set)
{
	if (err->file[0] && err->line && err->column)
		fprintf(stderr, "%s:%d:%d: %s\n", err->file, err->line, err->column, err->message);
	else if (err->file[0] && err->line)
		fprintf(stderr, "%s:%d: %s\n", err->file, err->line, err->message);
	else if (err->file[0] && err->status != SC_EIO)
		fprintf(stderr, "%s: %s\n", err->file, err->message);
	else
		complain("%s", err->message);
	if (set && !strcmp(err->file, "--set"))
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
