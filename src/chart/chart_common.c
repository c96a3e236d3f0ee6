/* What the charts share: colours, marks, text that is harmless. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "chart/chart.h"

/* Okabe and Ito's hues, without black and the purple that stands for FLOPs; lighter and darker than
 * theirs, so that neighbours differ in print without colours */
static const unsigned char palette[][3] = {{0x00, 0x3f, 0x6b}, {0xf0, 0xb4, 0x29},
	{0x2a, 0xa9, 0x81}, {0xb9, 0x47, 0x00}, {0x8f, 0xcd, 0xf0}, {0xf4, 0xea, 0x6b},
	{0x80, 0x80, 0x80}};
enum { COLORS = sizeof palette / sizeof *palette };

const char *sc_chart_color(size_t stage, char out[8])
{
	unsigned c[3], lighter = stage / COLORS % 2;
	for (int i = 0; i < 3; i++) {
		c[i] = palette[stage % COLORS][i];
		c[i] = lighter ? (c[i] + 255) / 2 : c[i];
	}
	snprintf(out, 8, "#%02x%02x%02x", c[0] & 0xff, c[1] & 0xff, c[2] & 0xff);
	return out;
}

const char *sc_chart_ink(size_t stage)
{
	bool dark = stage % (2 * COLORS) == 0 || stage % (2 * COLORS) == 3;
	return dark ? "#ffffff" : "#000000";
}

int sc_chart_dash(size_t stage)
{
	static const int dash[] = {1, 2, 4, 3, 5};
	return dash[stage % (sizeof dash / sizeof *dash)];
}

int sc_chart_mark(size_t stage, bool filled)
{
	static const int open[] = {6, 4, 8, 12, 10, 14};
	return open[stage % (sizeof open / sizeof *open)] + filled;
}

const char *sc_chart_state_color(size_t state)
{
	static const char *const color[] = {"#b33c00", "#0072b2", "#8fc6e8"};
	return color[state % (sizeof color / sizeof *color)];
}

bool sc_chart_state_filled(size_t state)
{
	return state % 3 != 1;
}

static bool between(unsigned long c, unsigned long low, unsigned long high)
{
	return c >= low && c <= high;
}

/* What stands for character `c`, NULL for itself. Controls, marks of direction and what XML forbids
 * go. */
static const char *substitute(unsigned long c)
{
	if (c == '\n' || c == '\t' || c == '\r' || between(c, 0x2028, 0x2029))
		return " ";
	if (c < ' ' || between(c, 0x7f, 0x9f) || between(c, 0xd800, 0xdfff) ||
		(c & 0xfffe) == 0xfffe)
		return "?";
	if (between(c, 0x200b, 0x200f) || between(c, 0x202a, 0x202e) ||
		between(c, 0x2060, 0x206f) || c == 0xfeff || c == 0x61c)
		return "";
	if (c == '"' || c == '`' || c == '\'')
		return "’";
	return c == '\\' ? "∖" : NULL;
}

size_t sc_chart_letters(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += (*s & 0xc0) != 0x80;
	return n;
}

void sc_chart_plain(sc_text *out, const char *s, size_t max)
{
	size_t all = sc_chart_letters(s), n = 0;
	for (size_t bytes; *s; s += bytes, n++) {
		unsigned long c;
		if (all > max && n + 1 >= max) {
			sc_text_add(out, "…");
			return;
		}
		bytes = sc_text_decode(s, &c);
		const char *other = substitute(c);
		sc_text_add_bytes(out, other ? other : s, other ? strlen(other) : bytes);
	}
}

/* no quote is left in a plain text */
void sc_chart_quote(sc_text *out, const char *s, size_t max)
{
	sc_text_add(out, "'");
	sc_chart_plain(out, s, max);
	sc_text_add(out, "'");
}

void sc_chart_cell(sc_text *out, const char *s, size_t max)
{
	sc_text_add(out, "\"");
	sc_chart_plain(out, *s ? s : " ", max);
	sc_text_add(out, "\"");
}

void sc_chart_tics(sc_text *script, const char *axis, double span, unsigned most)
{
	double least = span / most, power = pow(10, floor(log10(least)));
	double step = least <= power	   ? power
		      : least <= 2 * power ? 2 * power
		      : least <= 5 * power ? 5 * power
					   : 10 * power;
	double decimals = fmax(0, -floor(log10(step) + 1e-9));
	sc_text_addf(
		script, "set %stics %.9g\nset format %s '%%.%.0ff'\n", axis, step, axis, decimals);
}

void sc_chart_number(sc_text *out, uint64_t n)
{
	sc_digits d;
	unsigned power = sc_number_power(n);
	unsigned decimals = !power ? 0
			    : n < 10 * (uint64_t)(power == 3   ? 1000
						  : power == 6 ? 1000000
							       : 1000000000)
				    ? 2
				    : 1;
	sc_text_addf(out, power ? "%s %s" : "%s%s", sc_number_scaled(&d, n, power, decimals),
		sc_number_prefix(power));
}
