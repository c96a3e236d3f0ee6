/* Which bytes can be YAML. libyaml would find them too, but without a place; and it takes U+0085,
 * U+2028 and U+2029 for line breaks, which no editor does, so that every line number after one
 * would be wrong. */
#include <string.h>

#include "model/yaml.h"

/* length of the UTF-8 sequence at s, 0 when it is none (RFC 3629) */
static size_t sequence(const unsigned char *s, size_t n)
{
	unsigned char c = *s;
	size_t len = c < 0x80		     ? 1
		     : c >= 0xc2 && c < 0xe0 ? 2
		     : (c & 0xf0) == 0xe0    ? 3
		     : c >= 0xf0 && c < 0xf5 ? 4
					     : 0;
	if (!len || len > n)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	bool overlong = (c == 0xe0 && s[1] < 0xa0) || (c == 0xf0 && s[1] < 0x90);
	bool surrogate = c == 0xed && s[1] >= 0xa0, beyond = c == 0xf4 && s[1] >= 0x90;
	return overlong || surrogate || beyond ? 0 : len;
}

static uint32_t character(const unsigned char *s, size_t len)
{
	static const unsigned char first[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	uint32_t c = s[0] & first[len];
	for (size_t i = 1; i < len; i++)
		c = c << 6 | (s[i] & 0x3f);
	return c;
}

static bool is_break_for_yaml_only(uint32_t c)
{
	return c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_allowed(uint32_t c)
{
	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r';
	return c != 0x7f && (c < 0x80 || c >= 0xa0) && c != 0xfeff && c != 0xfffe && c != 0xffff;
}

static bool refuse(sc_reader *r, sc_mark at, const unsigned char *s, size_t len)
{
	uint32_t c = len ? character(s, len) : 0;
	if (!len)
		return sc_reader_fail(r, SC_EPARSE, at, "the byte 0x%02x is not UTF-8 text", *s);
	if (!c)
		return sc_reader_fail(r, SC_EPARSE, at,
			"a NUL byte is not text; is the file UTF-8, and YAML at all?");
	return sc_reader_fail(r, SC_EPARSE, at,
		"the %s U+%04X can't stand in YAML; write \"\\%s%0*X\"",
		is_break_for_yaml_only(c) ? "line break" : "control character", c,
		c < 0x100 ? "x" : "u", c < 0x100 ? 2 : 4, c);
}

static bool is_utf16(const char *text, size_t n)
{
	return n >= 2 && (!memcmp(text, "\xff\xfe", 2) || !memcmp(text, "\xfe\xff", 2));
}

/* libyaml compares each %TAG line with all before it, and tags are refused anyhow */
static bool is_tag_directive(const char *text, size_t n)
{
	return n >= 4 && !memcmp(text, "%TAG", 4);
}

/* a carriage return alone ends a line, one before a line feed is part of its end */
static bool ends_line(const char *text, size_t n)
{
	return *text == '\n' || (*text == '\r' && (n < 2 || text[1] != '\n'));
}

bool sc_yaml_check_text(sc_reader *r, const char *text, size_t n)
{
	sc_mark at = sc_reader_mark(r, 1, 1);
	if (is_utf16(text, n))
		return sc_reader_fail(r, SC_EPARSE, at, "the file is UTF-16, must be UTF-8");
	size_t i = n >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;
	for (size_t len; i < n; i += len) {
		const unsigned char *s = (const unsigned char *)text + i;
		len = sequence(s, n - i);
		if (!len || (*s < 0x20 || *s >= 0x7f ? !is_allowed(character(s, len)) : false) ||
			(len > 1 && is_break_for_yaml_only(character(s, len))))
			return refuse(r, at, s, len);
		if (at.column == 1 && is_tag_directive(text + i, n - i))
			return sc_reader_fail(
				r, SC_EPARSE, at, "'%%TAG' has no use here; leave it out");
		at.column++;
		if (ends_line(text + i, n - i))
			at = (sc_mark){at.line + 1, 1};
	}
	return true;
}
