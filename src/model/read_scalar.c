/* Readers of single values. YAML leaves it to us what a scalar means: a value means what its key
 * says. A number is a plain decimal one and nothing else: not 4x, 0x10, 1_000, +3, 010, 1e400, nan,
 * and not in quotes, which make a text. A word or a text may be in quotes. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "model/fields.h"

static bool is_word(const sc_node *node, const char *const *words)
{
	if (node->kind != SC_NODE_scalar)
		return false;
	for (; *words; words++)
		if (!strcmp(node->text, *words))
			return true;
	return false;
}

bool sc_node_says_no(const sc_node *node)
{
	static const char *const no[] = {"off", "no", "false", "none", "0", "Off", "No", "False",
		"None", "OFF", "NO", "FALSE", NULL};
	return is_word(node, no);
}

bool sc_node_says_yes(const sc_node *node)
{
	static const char *const yes[] = {
		"on", "yes", "true", "On", "Yes", "True", "ON", "YES", "TRUE", NULL};
	return is_word(node, yes);
}

/* --- numbers --- */

/* no leading zeros: 010 is 8 to YAML 1.1 and 10 to anybody else */
static bool all_digits(const char *s)
{
	bool zeros = s[0] == '0' && s[1];
	return *s && !zeros && s[strspn(s, "0123456789")] == '\0';
}

/* [-]digits[.digits][e[±]digits] */
static bool is_decimal(const char *s)
{
	s += *s == '-';
	size_t whole = strspn(s, "0123456789"), part = 0;
	if (whole > 1 && *s == '0')
		return false;
	s += whole;
	if (*s == '.')
		part = strspn(++s, "0123456789");
	s += part;
	if (!whole && !part)
		return false;
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '-' || *s == '+';
		return *s && s[strspn(s, "0123456789")] == '\0';
	}
	return !*s;
}

/* The value of an is_decimal text. strtod takes the decimal point of the locale that the program
 * has set, so it gets whole numbers only; up to 15 digits and ten to the 22nd the result is exact.
 */
static double decimal(const char *s)
{
	char digits[64];
	size_t n = 0;
	int power = 0;
	bool point = false;
	const char *p = s + (*s == '-');
	for (; *p && *p != 'e' && *p != 'E'; p++) {
		if (*p == '.')
			point = true;
		else if (n < 40 && (n || *p != '0')) {
			digits[n++] = *p;
			power -= point;
		} else
			power += (n > 0) - point;
	}
	digits[n] = '\0';
	long written = *p ? strtol(p + 1, NULL, 10) : 0;
	written = written > 10000 ? 10000 : written < -10000 ? -10000 : written;
	if (power > 100000000 || power < -100000000)
		power = power < 0 ? -100000000 : 100000000;
	double v = n ? strtod(digits, NULL) : 0;
	int e = power + (int)written;
	v = v == 0 ? 0 : e < 0 ? (double)v / pow(10, -e) : v * pow(10, e);
	return *s == '-' && v != 0 ? -v : v;
}

/* a text without one character, as people write numbers for people */
static bool is_number_without(const char *s, const char *drop)
{
	char kept[64];
	size_t n = 0;
	bool dropped = false;
	for (; *s && n < sizeof kept - 1; s++) {
		if (strchr(drop, *s))
			dropped = true;
		else
			kept[n++] = *s;
	}
	kept[n] = '\0';
	return dropped && !*s && is_decimal(kept);
}

static bool is_hexadecimal(const char *s)
{
	return s[0] == '0' && (s[1] == 'x' || s[1] == 'X') &&
	       s[2 + strspn(s + 2, "0123456789abcdefABCDEF")] == '\0';
}

static const char *how_to_write(const sc_node *node)
{
	const char *s = node->text;
	if (!node->plain)
		return is_decimal(s) ? "; write it without quotes" : "";
	if (is_number_without(s, "_"))
		return "; write it without '_'";
	if (is_number_without(s, ","))
		return "; write it without commas";
	if (*s == '+' && is_decimal(s + 1))
		return "; write it without '+'";
	if (strpbrk(s, "/%") && strcspn(s, "0123456789") == 0)
		return "; write a share as a decimal, such as 0.25";
	if (is_hexadecimal(s))
		return "; write it in decimal";
	if (s[0] == '0' && s[1] && s[strspn(s, "0123456789")] == '\0')
		return "; write it without leading zeros";
	return "";
}

/* a hint for the two ways of writing a reduction, which people mix up, and for switching it off */
static const char *mixed_up(const sc_field *f, const sc_node *node, sc_quoted *out)
{
	out->s[0] = '\0';
	if (node->kind != SC_NODE_scalar || !node->plain || !is_decimal(node->text))
		return node->kind == SC_NODE_scalar ? how_to_write(node) : "";
	double v = decimal(node->text);
	if (!strcmp(f->key, "ratio") && v > 0 && v < 1)
		snprintf(out->s, sizeof out->s, "; for a fraction write 'se_ratio: %.20s'",
			node->text);
	if (!strcmp(f->key, "se_ratio") && v > 1 && v < 65537)
		snprintf(out->s, sizeof out->s, "; for a divisor write 'ratio: %.20s'", node->text);
	if (!strcmp(f->key, "se_ratio") && v == 0)
		snprintf(out->s, sizeof out->s, "; for no SE write 'se: off'");
	return *out->s ? out->s : how_to_write(node);
}

static bool not_a_number(sc_reader *r, const sc_field *f, const sc_node *node, const char *kind)
{
	sc_quoted what, hint;
	bool quoted = node->kind == SC_NODE_scalar && !node->plain;
	return sc_reader_fail(r, SC_ESCHEMA, node->at, "'%s' is %s%s, must be a %s %.10g … %.10g%s",
		f->key, sc_node_describe(node, &what), quoted ? " in quotes" : "", kind, f->min,
		f->max, mixed_up(f, node, &hint));
}

bool sc_read_count(sc_reader *r, const sc_field *f, const sc_node *node, uint32_t *out)
{
	bool number = node->kind == SC_NODE_scalar && node->plain && all_digits(node->text);
	uint64_t v = 0;
	for (const char *p = node->text; number && *p && v <= UINT32_MAX; p++)
		v = 10 * v + (uint64_t)(*p - '0');
	if (!number || (double)v < f->min || (double)v > f->max)
		return not_a_number(r, f, node, "whole number");
	*out = (uint32_t)v;
	return true;
}

bool sc_read_real(sc_reader *r, const sc_field *f, const sc_node *node, double *out)
{
	bool number = node->kind == SC_NODE_scalar && node->plain && is_decimal(node->text);
	double v = number ? decimal(node->text) : 0;
	if (!number || !isfinite(v) || v < f->min || v > f->max)
		return not_a_number(r, f, node, "number");
	*out = v;
	return true;
}

/* --- words --- */

bool sc_read_choice(sc_reader *r, const sc_field *f, const sc_node *node, sc_choice *out)
{
	sc_quoted what;
	if (sc_node_says_yes(node))
		*out = SC_YES;
	else if (sc_node_says_no(node))
		*out = SC_NO;
	else
		return sc_reader_fail(r, SC_ESCHEMA, node->at, "'%s' is %s, must be true or false",
			f->key, sc_node_describe(node, &what));
	return true;
}

static bool unknown_word(sc_reader *r, const sc_field *f, const sc_node *node)
{
	sc_quoted what;
	sc_tail tail;
	return sc_reader_fail(r, SC_ESCHEMA, node->at, "'%s' is %s%s", f->key,
		sc_node_describe(node, &what),
		sc_must_be_one_of(node->text, sc_field_word, f, &r->offers, &tail));
}

/* index of the node's word among the field's, -1 after telling that it is none */
static int find_word(sc_reader *r, const sc_field *f, const sc_node *node)
{
	const char *word;
	for (size_t i = 0; node->kind == SC_NODE_scalar && (word = sc_field_word(f, i)); i++)
		if (*word && !strcmp(node->text, word))
			return (int)i;
	unknown_word(r, f, node);
	return -1;
}

bool sc_read_word(sc_reader *r, const sc_field *f, const sc_node *node, unsigned *out)
{
	int i = find_word(r, f, node);
	if (i >= 0)
		*out = (unsigned)i;
	return i >= 0;
}

bool sc_read_norm(sc_reader *r, const sc_field *f, const sc_node *node, sc_norm_choice *out)
{
	bool yes = sc_node_says_yes(node);
	unsigned kind = yes ? SC_NORM_batch : SC_NORM_none;
	if (!yes && !sc_node_says_no(node) && !sc_read_word(r, f, node, &kind))
		return false;
	*out = kind + 1;
	return true;
}

bool sc_read_kind(sc_reader *r, const sc_field *f, const sc_node *node, const sc_block_kind **out)
{
	int i = find_word(r, f, node);
	if (i >= 0)
		*out = sc_block_kind_at((size_t)i);
	return i >= 0;
}

static size_t characters(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* what could steer a terminal or turn a line around; prose may have lines */
static bool is_printable(sc_reader *r, const sc_field *f, const sc_node *node)
{
	enum { PROSE = 400 };
	unsigned long harmful = sc_text_first_harmful(node->text, f->max >= PROSE);
	return !harmful || sc_reader_fail(r, SC_ESCHEMA, node->at,
				   "'%s' has the character U+%04lX, must be a text without control "
				   "characters%s and marks of direction",
				   f->key, harmful, f->max >= PROSE ? "" : ", line breaks");
}

bool sc_read_text(sc_reader *r, const sc_field *f, const sc_node *node, const char **out)
{
	sc_quoted what;
	size_t n = characters(node->text);
	bool many = node->kind == SC_NODE_scalar && (double)n > f->max;
	char length[48] = "";
	if (many)
		snprintf(length, sizeof length, " with %zu characters", n);
	if (node->kind != SC_NODE_scalar || (double)n < f->min || many)
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is %s%s, must be a text of %.10g … %.10g characters", f->key,
			sc_node_describe(node, &what), length, f->min, f->max);
	if (!is_printable(r, f, node))
		return false;
	*out = node->text;
	return true;
}

/* "28088024", "28.1 M", "3.86G": digits, a part, a decimal prefix */
bool sc_figure_parse(const char *s, sc_figure *out)
{
	uint64_t steps = 0, value;
	unsigned decimals = 0, power = 0;
	bool point = false, any = false;
	for (; (*s >= '0' && *s <= '9') || (*s == '.' && !point); s++) {
		if (*s == '.') {
			point = true;
			continue;
		}
		if (!sc_mul(&steps, 10) || !sc_add(&steps, (uint64_t)(*s - '0')))
			return false;
		any = true;
		decimals += point;
	}
	s += *s == ' ';
	static const char prefixes[] = "KMGT";
	const char *prefix = *s ? strchr(prefixes, *s) : NULL;
	if (prefix)
		power = 3 * (unsigned)(prefix - prefixes + 1);
	if (!any || s[prefix != NULL] || decimals > power)
		return false;
	uint64_t step = 1;
	for (unsigned i = decimals; i < power; i++)
		step *= 10;
	value = steps;
	if (!sc_mul(&value, step))
		return false;
	out->value = value;
	out->half_step = step / 2;
	return true;
}

bool sc_read_figure(sc_reader *r, const sc_field *f, const sc_node *node, sc_figure *out)
{
	sc_quoted what;
	sc_figure figure = {.text = node->text};
	bool scalar = node->kind == SC_NODE_scalar;
	if (!scalar || !sc_figure_parse(node->text, &figure))
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is %s, must be a number as printed, such as 28088024 or 28.1 M%s",
			f->key, sc_node_describe(node, &what), scalar ? how_to_write(node) : "");
	*out = figure;
	return true;
}

bool sc_read_rule(sc_reader *r, const sc_field *f, const sc_node *node, const char **out)
{
	sc_rules rules = sc_rules_default();
	sc_err err;
	sc_quoted what;
	if (node->kind != SC_NODE_scalar || !*node->text)
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is %s, must be the name of a rule", f->key,
			sc_node_describe(node, &what));
	if (sc_rules_use(&rules, node->text, &err))
		return sc_reader_fail(r, SC_ESCHEMA, node->at, "%s", err.message);
	*out = node->text;
	return true;
}
