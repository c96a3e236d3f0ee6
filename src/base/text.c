#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reserve(sc_text *t, size_t more)
{
	if (t->failed || more >= (size_t)-1 / 4 - t->length)
		return !(t->failed = true);
	size_t need = t->length + more + 1;
	if (need <= t->room)
		return true;
	size_t room = need < 128 ? 128 : need + need / 2;
	char *s = realloc(t->s, room);
	if (!s)
		return !(t->failed = true);
	t->s = s;
	t->room = room;
	return true;
}

void sc_text_add_bytes(sc_text *t, const char *s, size_t n)
{
	if (!reserve(t, n))
		return;
	if (n)
		memcpy(t->s + t->length, s, n);
	t->length += n;
	t->s[t->length] = '\0';
}

void sc_text_add(sc_text *t, const char *s)
{
	sc_text_add_bytes(t, s, strlen(s));
}

void sc_text_addf(sc_text *t, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (n >= 0 && reserve(t, (size_t)n)) {
		vsnprintf(t->s + t->length, (size_t)n + 1, fmt, again);
		t->length += (size_t)n;
	}
	va_end(again);
}

const char *sc_text_get(const sc_text *t)
{
	return t->s ? t->s : "";
}

void sc_text_release(sc_text *t)
{
	free(t->s);
	*t = (sc_text){0};
}
