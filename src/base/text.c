#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

static bool reserve(sc_text *t, size_t more)
{
	if (t->failed || more >= (size_t)-1 / 4 - t->length)
		return !(t->failed = true);
	char *s = sc_array_reserve(t->s, &t->room, t->length + more + 1, 1);
	if (!s)
		return !(t->failed = true);
	t->s = s;
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

/* into the room that is there, and again when that was too little */
void sc_text_addf(sc_text *t, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	size_t room = t->failed || !t->s ? 0 : t->room - t->length;
	int n = vsnprintf(room ? t->s + t->length : NULL, room, fmt, args);
	va_end(args);
	if (n >= 0 && (size_t)n < room) {
		t->length += (size_t)n;
	} else if (n >= 0 && reserve(t, (size_t)n)) {
		vsnprintf(t->s + t->length, (size_t)n + 1, fmt, again);
		t->length += (size_t)n;
	} else if (room) {
		t->s[t->length] = '\0';
	}
	va_end(again);
}

const char *sc_text_get(const sc_text *t)
{
	return t->s ? t->s : "";
}

const char *sc_text_whole(const sc_text *t)
{
	return t->failed ? NULL : sc_text_get(t);
}

void sc_text_release_into(sc_text *t, sc_text *into)
{
	into->failed = into->failed || t->failed;
	sc_text_release(t);
}

void sc_text_release(sc_text *t)
{
	free(t->s);
	*t = (sc_text){0};
}

size_t sc_text_decode(const char *s, unsigned long *number)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t n = u[0] < 0x80	 ? 1
		   : u[0] < 0xc2 ? 0
		   : u[0] < 0xe0 ? 2
		   : u[0] < 0xf0 ? 3
		   : u[0] < 0xf5 ? 4
				 : 0;
	*number = n == 1 ? u[0] : n ? u[0] & (0x7fu >> n) : 0;
	for (size_t i = 1; i < n; i++) {
		if ((u[i] & 0xc0) != 0x80) {
			*number = 0;
			return 1;
		}
		*number = *number << 6 | (u[i] & 0x3f);
	}
	return n ? n : 1;
}

typedef struct range {
	unsigned long from, to;
} range;

static bool is_in(unsigned long c, const range *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (c >= list[i].from && c <= list[i].to)
			return true;
	return false;
}

static size_t columns_of(unsigned long c)
{
	static const range marks[] = {{0x300, 0x36f}, {0x483, 0x489}, {0x591, 0x5bd},
		{0x610, 0x61a}, {0x64b, 0x65f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},
		{0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}};
	static const range wide[] = {{0x1100, 0x115f}, {0x2e80, 0x303e}, {0x3041, 0xa4cf},
		{0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe30, 0xfe6f}, {0xff00, 0xff60},
		{0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff},
		{0x20000, 0x3fffd}};
	if (c < 0x300)
		return 1;
	return is_in(c, marks, sizeof marks / sizeof *marks) ? 0
	       : is_in(c, wide, sizeof wide / sizeof *wide)  ? 2
							     : 1;
}

size_t sc_text_columns(const char *s, size_t bytes)
{
	size_t n = 0, used;
	for (size_t i = 0; i < bytes; i += used) {
		unsigned long c;
		used = sc_text_decode(s + i, &c);
		n += columns_of(c);
	}
	return n;
}

static bool is_harmless(unsigned long c)
{
	bool control = c < 0x20 || (c >= 0x7f && c <= 0x9f);
	bool direction = (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
			 (c >= 0x2066 && c <= 0x2069) || c == 0x061c || c == 0xfeff;
	return c == '\t' || (!control && !direction);
}

unsigned long sc_text_first_harmful(const char *s, bool lines)
{
	for (size_t bytes; *s; s += bytes) {
		unsigned long c;
		bytes = sc_text_decode(s, &c);
		bool blank = c == '\n' || c == '\t';
		if (blank ? !lines : !is_harmless(c))
			return c ? c : 0xfffd;
	}
	return 0;
}

void sc_text_make_harmless(char *s)
{
	char *to = s;
	for (size_t bytes; *s; s += bytes) {
		unsigned long c;
		bytes = sc_text_decode(s, &c);
		if (is_harmless(c) || (c == '\n' && !s[1])) {
			memmove(to, s, bytes);
			to += bytes;
		} else {
			*to++ = c == '\n' || c == '\r' ? ' ' : '?';
		}
	}
	*to = '\0';
}

void sc_text_make_line(char *s)
{
	for (char *c = s; *c; c++)
		*c = *c == '\t' || *c == '\n' ? ' ' : *c;
	sc_text_make_harmless(s);
}

void sc_text_add_harmless(sc_text *t, const char *s)
{
	size_t start = t->length;
	sc_text_add(t, s);
	if (t->failed || !t->s)
		return;
	sc_text_make_harmless(t->s + start);
	t->length = start + strlen(t->s + start);
}
