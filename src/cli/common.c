/* What several commands do with their options. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/choices.h"
#include "base/text.h"
#include "cli/charts.h"

static const char *format_word(const void *unused, size_t i)
{
	(void)unused;
	return sc_format_at(i) ? sc_format_at(i)->name : NULL;
}

static int unknown_format(const char *name)
{
	sc_tail tail;
	return complain("unknown format '%s'%s", name,
		sc_must_be_one_of(name, format_word, NULL, NULL, &tail));
}

static bool has_extension(const char *path)
{
	const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
	return dot && dot[1] && dot > (slash ? slash + 1 : path);
}

bool pick_format(const sc_options *o, const sc_format **format)
{
	const sc_format *f = NULL;
	if (o->format && !(f = sc_format_named(o->format)))
		return unknown_format(o->format), false;
	if (!f && o->output && !(f = sc_format_for_file(o->output)) && has_extension(o->output))
		return complain(
			       "can't tell the format from '%s'; give it with --format", o->output),
		       false;
	*format = f ? f : sc_format_named("text");
	return true;
}

bool wants_color(const sc_options *o, int fd)
{
	if (o->color && !strcmp(o->color, "always"))
		return true;
	const char *no = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");
	return !(o->color && !strcmp(o->color, "never")) && !(no && *no) && isatty(fd) &&
	       !(terminal && !strcmp(terminal, "dumb"));
}

static unsigned terminal_width(void)
{
	struct winsize size;
	if (isatty(STDOUT_FILENO) && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col >= 40)
		return size.ws_col;
	return 100;
}

static bool color_is_known(const sc_options *o)
{
	if (!o->color || !strcmp(o->color, "auto") || !strcmp(o->color, "always") ||
		!strcmp(o->color, "never"))
		return true;
	complain("'--color' is '%s', must be one of: auto, always, never", o->color);
	return false;
}

static int write_out(const sc_options *o, const char *text, size_t n, int code)
{
	if (o->output && strcmp(o->output, "-"))
		return write_file(o->output, text, n, code);
	fwrite(text, 1, n, stdout); /* checked when all is printed */
	return code;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static void tell_about(sc_document *doc, const char *what, const char *value)
{
	sc_text text = {0};
	sc_text_addf(&text, "%s%s", what, value);
	sc_document_about(doc, sc_text_whole(&text));
	sc_text_release(&text);
}

/* what was asked for beside the network, so that captions and labels of two answers differ */
static void tell_request(const sc_options *o, sc_document *doc)
{
	const struct {
		const char *what;
		char *const *list;
	} lists[] = {{"", o->sets}, {"", o->setups}, {"", o->sweeps}, {"rules ", o->rules}};
	const struct {
		const char *what, *value;
	} values[] = {{"from ", o->replay ? base_name(o->replay) : NULL}, {"batch ", o->batch},
		{"", o->dtype}, {"", o->optimizer}, {"per ", o->per}, {"choices ", o->choices},
		{"gains ", o->gain}, {"most ", o->maximise}};
	for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
		for (size_t i = 0; i < texts_count(lists[k].list); i++)
			if (strcmp(lists[k].list[i], "all") != 0)
				tell_about(doc, lists[k].what, lists[k].list[i]);
	for (size_t i = 0; i < texts_count(o->profiles); i++)
		tell_about(doc, "from ", base_name(o->profiles[i]));
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (values[i].value)
			tell_about(doc, values[i].what, values[i].value);
}

int finish(const sc_options *o, sc_document *doc, int code)
{
	tell_request(o, doc);
	const sc_format *format;
	sc_err err = {0};
	char *text;
	size_t n;
	if (!pick_format(o, &format) || !color_is_known(o)) {
		sc_document_free(doc);
		return EXIT_USAGE;
	}
	const sc_style style = {.exact = o->exact != 0,
		.color = !o->output && wants_color(o, STDOUT_FILENO),
		.wide = o->wide || (o->columns && strcmp(format->name, "latex") != 0),
		.width = o->output ? 100 : terminal_width()};
	code = draw_charts(o, doc, code);
	if ((o->columns && sc_document_choose(doc, o->columns, &err)) ||
		sc_document_write(doc, format, &style, &text, &n, &err)) {
		code = tell(&err, NULL);
	} else {
		code = write_out(o, text, n, code);
		free(text);
	}
	sc_document_free(doc);
	return code;
}

bool pick_rules(const sc_options *o, sc_rules *out, bool *all)
{
	sc_err err = {0};
	*out = sc_rules_default();
	*all = false;
	for (size_t i = 0; i < texts_count(o->rules); i++) {
		if (!strcmp(o->rules[i], "all"))
			*all = true;
		else if (sc_rules_use(out, o->rules[i], &err))
			return complain("%s", err.message), false;
	}
	return true;
}

bool whole_number(const char *what, const char *text, unsigned long most, unsigned *out)
{
	char *end;
	errno = 0;
	unsigned long n = strtoul(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || !n || n > most) {
		complain("'%s' is '%.40s', must be 1 … %lu", what, text, most);
		return false;
	}
	*out = (unsigned)n;
	return true;
}

bool pick_batch(const sc_options *o, uint32_t *out)
{
	unsigned n = 1;
	if (o->batch && !whole_number("--batch", o->batch, 65536, &n))
		return false;
	*out = n;
	return true;
}
