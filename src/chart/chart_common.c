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

static void conditions(sc_text *out, const sc_study *study)
{
	const sc_sheet *sheet = &study->setup[0].sheet;
	sc_chart_plain(out, sheet->model->name, 48);
	if (sheet->input.c)
		sc_text_addf(
			out, " · input %u×%u×%u", sheet->input.c, sheet->input.h, sheet->input.w);
	sc_text_addf(out, " · batch %u · fp32 · rules: parameters %s, FLOPs %s", sheet->batch,
		sheet->rules.of[SC_QUANTITY_params]->name,
		sheet->rules.of[SC_QUANTITY_flops]->name);
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

void sc_chart_begin(sc_text *script, const sc_study *study, const char *name, unsigned width,
	unsigned height, const char *finding)
{
	sc_text under = {0};
	conditions(&under, study);
	sc_chart_begin_under(script, name, width, height, finding, sc_text_get(&under));
	sc_text_release_into(&under, script);
}

void sc_chart_begin_under(sc_text *script, const char *name, unsigned width, unsigned height,
	const char *finding, const char *under)
{
	sc_text_addf(script,
		"# Draws %s.svg and %s.png from %s.dat: gnuplot %s.gp\n"
		"reset\n"
		"data = '%s.dat'\n"
		"if (!exists('suffix')) suffix = ''\n"
		"if (!exists('picture')) picture = 'svg'\n"
		"set encoding utf8\n",
		name, name, name, name, name);
	sc_text_addf(script,
		"if (picture eq 'svg') set terminal svg name '%s' size %u,%u noenhanced "
		"font 'DejaVu Sans,12' background '#ffffff'\n"
		"if (picture eq 'png') set terminal pngcairo size %u,%u noenhanced font 'DejaVu "
		"Sans,12' "
		"fontscale 2 linewidth 2 pointscale 2 background '#ffffff'\n"
		"set output '%s.'.picture.suffix\n",
		name, width, height, 2 * width, 2 * height, name);
	/* gnuplot's SVG takes ":Bold" for a part of the family's name */
	sc_text_add(script, "bold = picture eq 'svg' ? 'DejaVu Sans' : 'DejaVu Sans:Bold'\n"
			    "set datafile commentschars '#'\n"
			    "set border 3 linecolor rgb '#555555'\n"
			    "set tics nomirror out scale 0.5 textcolor rgb '#222222'\n"
			    "set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7\n");
	heading(script, height, finding, under);
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
		"again = picture eq 'svg'\n"
		"picture = again ? 'png' : 'svg'\n"
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

const sc_setup *sc_chart_main_setup(const sc_study *study)
{
	for (size_t i = 0; i < study->setups; i++)
		if (study->setup[i].sheet.total.se.params)
			return &study->setup[i];
	return NULL;
}

static bool has_se(const sc_study *study, size_t stage)
{
	for (size_t i = 0; i < study->setups; i++) {
		const sc_sheet *sheet = &study->setup[i].sheet;
		if (stage + 2 < sheet->rows && sheet->row[stage + 1].se_blocks)
			return true;
	}
	return false;
}

size_t sc_chart_se_stages(const sc_study *study, size_t *stage, size_t max)
{
	size_t n = 0, all = study->setup[0].sheet.rows - 2;
	for (size_t k = 0; k < all && n < max; k++)
		if (has_se(study, k))
			stage[n++] = k;
	return n;
}

static bool is_numbered(const sc_setup *s)
{
	return s->key && s->has_axis && s->axis > 0;
}

static bool same_sweep(const sc_setup *a, const sc_setup *b)
{
	return !strcmp(a->group, b->group) && !strcmp(a->key, b->key);
}

/* the first of a sweep that has two values */
static const sc_setup *first_of_sweep(const sc_study *study)
{
	for (size_t i = 0; i < study->setups; i++)
		for (size_t j = i + 1; j < study->setups; j++) {
			const sc_setup *a = &study->setup[i], *b = &study->setup[j];
			if (is_numbered(a) && is_numbered(b) && a->axis != b->axis &&
				same_sweep(a, b))
				return a;
		}
	return NULL;
}

bool sc_chart_in_sweep(const sc_study *study, size_t setup)
{
	const sc_setup *first = first_of_sweep(study), *s = &study->setup[setup];
	return first && is_numbered(s) && same_sweep(first, s);
}
