/* What the charts share: colours, text that is harmless, the beginning and the end of a script. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "chart/chart.h"

/* Okabe and Ito's, without black and the purple that stands for FLOPs */
static const unsigned char palette[][3] = {{0x00, 0x72, 0xb2}, {0xe6, 0x9f, 0x00},
	{0x00, 0x9e, 0x73}, {0xd5, 0x5e, 0x00}, {0x56, 0xb4, 0xe9}, {0xf0, 0xe4, 0x42},
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

static void heading(sc_text *script, unsigned height, const char *finding, const char *under)
{
	enum { LETTERS_MAX = 110, FIT = 78 }; /* as many as fit at full size */
	size_t letters = sc_chart_letters(finding);
	letters = letters < LETTERS_MAX ? letters : LETTERS_MAX;
	sc_text_add(script, "set label 1 ");
	sc_chart_quote(script, finding, LETTERS_MAX);
	sc_text_addf(script, " at screen 0.02, screen %.4f left font bold.',%.1f'\n",
		1 - 26.0 / height, letters > FIT ? 15.0 * FIT / (double)letters : 15.0);
	sc_text_add(script, "set label 2 ");
	sc_chart_quote(script, under, 160);
	sc_text_addf(script,
		" at screen 0.02, screen %.4f left textcolor rgb '#555555' font 'DejaVu Sans,11'\n",
		1 - 50.0 / height);
}

void sc_chart_begin(sc_text *script, const sc_grid *of, const char *name, unsigned width,
	unsigned height, const char *finding)
{
	static const double PER_INCH = 144;
	sc_text_addf(script,
		"# Draws %s.svg, %s.png and %s.pdf from %s.dat: gnuplot %s.gp\n"
		"reset\n"
		"data = '%s.dat'\n"
		"if (!exists('suffix')) suffix = ''\n"
		"if (!exists('picture')) picture = 'svg'\n"
		"set encoding utf8\n",
		name, name, name, name, name, name);
	sc_text_addf(script,
		"if (picture eq 'svg') set terminal svg name '%s' size %u,%u noenhanced "
		"font 'DejaVu Sans,12' background '#ffffff'\n"
		"if (picture eq 'png') set terminal pngcairo size %u,%u noenhanced font 'DejaVu "
		"Sans,12' "
		"fontscale 2 linewidth 2 pointscale 2 background '#ffffff'\n"
		"if (picture eq 'pdf') set terminal pdfcairo size %.4fin,%.4fin noenhanced font "
		"'DejaVu Sans,12' fontscale 0.5 linewidth 0.5 pointscale 0.5\n"
		"set output '%s.'.picture.suffix\n",
		name, width, height, 2 * width, 2 * height, width / PER_INCH, height / PER_INCH,
		name);
	/* gnuplot's SVG takes ":Bold" for a part of the family's name */
	sc_text_add(script, "bold = picture eq 'svg' ? 'DejaVu Sans' : 'DejaVu Sans:Bold'\n"
			    "set datafile commentschars '#'\n"
			    "set border 3 linecolor rgb '#555555'\n"
			    "set tics nomirror out scale 0.5 textcolor rgb '#222222'\n"
			    "set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7\n");
	heading(script, height, finding, sc_grid_conditions_of(of));
}

void sc_chart_note(sc_text *script, unsigned height, const char *note)
{
	sc_text_add(script, "set label 3 ");
	sc_chart_quote(script, note, 170);
	sc_text_addf(script,
		" at screen 0.02, screen %.4f left textcolor rgb '#555555' font 'DejaVu Sans,10'\n",
		14.0 / height);
}

void sc_chart_margins(sc_text *script, double left, double right, double bottom, double top)
{
	sc_text_addf(script,
		"set lmargin at screen %.4f\nset rmargin at screen %.4f\n"
		"set bmargin at screen %.4f\nset tmargin at screen %.4f\n",
		left, right, bottom, top);
}

void sc_chart_end(sc_text *script, const char *name)
{
	sc_text_addf(script,
		"unset output\n"
		"again = picture ne 'pdf'\n"
		"picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : 'svg'\n"
		"if (again) load '%s.gp'\n",
		name);
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
