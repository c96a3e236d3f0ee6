#include "secost/base.h"

#include <stdarg.h>
#include <stdio.h>

const char *sc_status_text(sc_status status)
{
	static const char *const text[] = {
		[SC_OK] = "success",
		[SC_ENOMEM] = "out of memory",
		[SC_EIO] = "input/output error",
		[SC_EPARSE] = "malformed YAML",
		[SC_ESCHEMA] = "invalid description",
		[SC_ERANGE] = "count out of range",
		[SC_EINVAL] = "invalid argument",
	};
	if ((unsigned)status >= sizeof text / sizeof *text)
		return "unknown status";
	return text[status];
}

/* length of the UTF-8 sequence at s, 1 for a byte that begins none, 0 where the text ends within it
 */
static size_t sequence(const unsigned char *s)
{
	size_t len = *s >= 0xf0 ? 4 : *s >= 0xe0 ? 3 : *s >= 0xc2 ? 2 : 1;
	for (size_t i = 1; i < len; i++) {
		if (!s[i])
			return 0;
		if ((s[i] & 0xc0) != 0x80)
			return 1;
	}
	return len;
}

/* control characters, and marks that turn the direction of the text around them */
static int steers_a_terminal(const unsigned char *s, size_t len)
{
	if (len == 1)
		return s[0] < 0x20 || s[0] >= 0x7f;
	if (len == 2)
		return (s[0] == 0xc2 && s[1] < 0xa0) || (s[0] == 0xd8 && s[1] == 0x9c);
	if (len == 3 && s[0] == 0xe2 && s[1] == 0x80)
		return s[2] >= 0x8e && s[2] <= 0xae && (s[2] <= 0x8f || s[2] >= 0xa8);
	return len == 3 && s[0] == 0xe2 && s[1] == 0x81 && s[2] >= 0xa6 && s[2] <= 0xa9;
}

/* A message may quote hostile text; a terminal must not be steered by it. What is cut off within a
 * character ends before it. */
static void blank_hostile_characters(char *message)
{
	unsigned char *from = (unsigned char *)message, *to = from;
	size_t len;
	for (; *from && (len = sequence(from)); from += len) {
		if (steers_a_terminal(from, len)) {
			*to++ = '?';
			continue;
		}
		for (size_t i = 0; i < len; i++)
			*to++ = from[i];
	}
	*to = '\0';
}

sc_status sc_fail(sc_err *err, sc_status status, const char *fmt, ...)
{
	if (err) {
		va_list args;
		va_start(args, fmt);
		*err = (sc_err){.status = status};
		vsnprintf(err->message, sizeof err->message, fmt, args);
		va_end(args);
		blank_hostile_characters(err->message);
	}
	return status;
}

sc_status sc_errs_add(sc_errs *errs, const sc_err *err)
{
	if (errs) {
		if (errs->count < SC_ERRS_MAX)
			errs->item[errs->count++] = *err;
		errs->total++;
	}
	return err->status;
}
