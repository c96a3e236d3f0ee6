/* Which characters some font has, as fc-list says. */
#include "chart/glyphs.h"

#include "chart/gnuplot.h"

enum { ASKED_MAX = 64 };

/* Rare characters, each once. More than there is room for are not asked about. */
typedef struct rare {
	unsigned long item[ASKED_MAX];
	bool found[ASKED_MAX];
	size_t count;
} rare;

static bool between(unsigned long c, unsigned long low, unsigned long high)
{
	return c >= low && c <= high;
}

/* Latin, Greek, Cyrillic, dashes and dots, arrows, operators; what picks a variant is drawn by no
 * font */
static bool is_common(unsigned long c)
{
	return c < 0x500 || between(c, 0x2010, 0x2027) || between(c, 0x2030, 0x203a) ||
	       between(c, 0x2190, 0x22ff) || between(c, 0xfe00, 0xfe0f);
}

/* its place; `count` when it isn't there */
static size_t place(const rare *r, unsigned long c)
{
	size_t i = 0;
	while (i < r->count && r->item[i] != c)
		i++;
	return i;
}

static void collect(rare *r, const sc_text *t)
{
	unsigned long c;
	for (const char *s = sc_text_get(t); *s; s += sc_text_decode(s, &c)) {
		sc_text_decode(s, &c);
		if (!is_common(c) && place(r, c) == r->count && r->count < ASKED_MAX)
			r->item[r->count++] = c;
	}
}

/* Is there a font with all of them? */
static bool have(const sc_chart_options *options, const unsigned long *c, size_t n)
{
	char program[] = "fc-list", format[] = "--format=found ";
	sc_text set = {0};
	sc_text_add(&set, ":charset=");
	for (size_t i = 0; i < n; i++)
		sc_text_addf(&set, "%s%lx", i ? " " : "", c[i]);
	char *argv[] = {program, format, set.s, NULL};
	bool found = !set.failed && sc_program_says(options, argv, "found");
	sc_text_release(&set);
	return found;
}

/* mostly one font has them all */
static void ask(const sc_chart_options *options, rare *r)
{
	bool all = r->count && have(options, r->item, r->count);
	for (size_t i = 0; i < r->count; i++)
		r->found[i] = all || (r->count > 1 && have(options, &r->item[i], 1));
}

static unsigned replace(const rare *r, sc_text *t)
{
	unsigned n = 0;
	char *to = t->s;
	size_t bytes;
	for (const char *s = t->s; s && *s; s += bytes) {
		unsigned long c;
		bytes = sc_text_decode(s, &c);
		size_t i = place(r, c);
		bool missing = !is_common(c) && (i == r->count || !r->found[i]);
		n += missing;
		if (missing)
			*to++ = '?';
		else
			for (size_t k = 0; k < bytes; k++)
				*to++ = s[k];
	}
	if (to)
		*to = '\0';
	t->length = to ? (size_t)(to - t->s) : 0;
	return n;
}

unsigned sc_glyphs_replace(const sc_chart_options *options, sc_text *data, sc_text *script)
{
	rare r = {0};
	if (data->failed || script->failed)
		return 0;
	collect(&r, data);
	collect(&r, script);
	ask(options, &r);
	return replace(&r, data) + replace(&r, script);
}
