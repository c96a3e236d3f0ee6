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

/* A message may quote hostile text; a terminal must not be steered by it. */
static void blank_control_characters(char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			*s = '?';
}

sc_status sc_fail(sc_err *err, sc_status status, const char *fmt, ...)
{
	if (err) {
		va_list args;
		va_start(args, fmt);
		*err = (sc_err){.status = status};
		vsnprintf(err->message, sizeof err->message, fmt, args);
		va_end(args);
		blank_control_characters(err->message);
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
