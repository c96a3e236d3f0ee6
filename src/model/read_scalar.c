/* Readers of single values. YAML leaves it to us what a scalar means; we take a plain decimal number
 * as such and nothing else: not 4x, 0x10, 1_000, +3, .5e1, 1e400, nan. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "base/nearest.h"
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
	static const char *const no[] = {"off", "no", "false", "none", "0", "Off", "No", "False", "None", "OFF", "FALSE", NULL};
	return is_word(node, no);
}

bool sc_node_says_yes(const sc_node *node)
{
	static const char *const yes[] = {"on", "yes", "true", "On", "Yes", "True", "ON", "TRUE", NULL};
	return is_word(node, yes);
}

const char *sc_hint_of(const char *wanted, const char *best, sc_hint *out)
{
	(void)wanted;
	if (best)
		snprintf(out->s, sizeof out->s, "; did you mean '%.60s'?", best);
	else
		out->s[0] = '\0';
	return out->s;
}

static bool all_digits(const char *s)
{
	return *s && s[strspn(s, "0123456789")] == '\0';
}

/* [-]digits[.digits][e[±]digits] */
static bool is_decimal(const char *s)
{
	s += *s == '-';
	size_t whole = strspn(s, "0123456789");
	s += whole;
	size_t part = 0;
	if (*s == '.')
		part = strspn(++s, "0123456789");
	s += part;
	if (!whole && !part)
		return false;
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '-' || *s == '+';
		return all_digits(s);
	}
	return !*s;
}

/* a hint for the two ways of writing a reduction, which people mix up */
static const char *mixed_up(const sc_field *f, const sc_node *node, sc_hint *out)
{
	out->s[0] = '\0';
	if (node->kind != SC_NODE_scalar || !is_decimal(node->text))
		return out->s;
	double v = strtod(node->text, NULL);
	if (!strcmp(f->key, "ratio") && v > 0 && v < 1)
		snprintf(out->s, sizeof out->s, "; for a fraction write 'se_ratio: %.20s'", node->text);
	if (!strcmp(f->key, "se_ratio") && v > 1)
		snprintf(out->s, sizeof out->s, "; for a divisor write 'ratio: %.20s'", node->text);
	return out->s;
}

bool sc_read_count(sc_reader *r, const sc_field *f, const sc_node *node, uint32_t *out)
{
	sc_node_text what;
	sc_hint hint;
	bool number = node->kind == SC_NODE_scalar && all_digits(node->text);
	double v = number ? strtod(node->text, NULL) : 0;
	if (!number || v < f->min || v > f->max)
		return sc_reader_fail(r, SC_ESCHEMA, node->at, "'%s' is %s, must be a whole number %.10g … %.10g%s",
			f->key, sc_node_describe(node, &what), f->min, f->max, mixed_up(f, node, &hint));
	*out = (uint32_t)v;
	return true;
}

bool sc_read_real(sc_reader *r, const sc_field *f, const sc_node *node, double *out)
{
	sc_node_text what;
	sc_hint hint;
	bool number = node->kind == SC_NODE_scalar && is_decimal(node->text);
	double v = number ? strtod(node->text, NULL) : 0;
	if (!number || !isfinite(v) || v < f->min || v > f->max)
		return sc_reader_fail(r, SC_ESCHEMA, node->at, "'%s' is %s, must be a number %.10g … %.10g%s",
			f->key, sc_node_describe(node, &what), f->min, f->max, mixed_up(f, node, &hint));
	*out = v;
	return true;
}

bool sc_read_choice(sc_reader *r, const sc_field *f, const sc_node *node, sc_choice *out)
{
	sc_node_text what;
	if (sc_node_says_yes(node))
		*out = SC_YES;
	else if (sc_node_says_no(node))
		*out = SC_NO;
	else
		return sc_reader_fail(r, SC_ESCHEMA, node->at, "'%s' is %s, must be true or false", f->key,
			sc_node_describe(node, &what));
	return true;
}

static bool unknown_word(sc_reader *r, const sc_field *f, const sc_node *node, const char *best)
{
	char room[256];
	sc_node_text what;
	sc_hint hint;
	return sc_reader_fail(r, SC_ESCHEMA, node->at, "'%s' is %s, must be one of: %s%s", f->key,
		sc_node_describe(node, &what), sc_field_range(f, room),
		sc_hint_of(node->text, best, &hint));
}

bool sc_read_word(sc_reader *r, const sc_field *f, const sc_node *node, unsigned *out)
{
	sc_nearest near = sc_nearest_to(node->text);
	for (size_t i = 0; f->words(i); i++) {
		if (node->kind == SC_NODE_scalar && !strcmp(node->text, f->words(i))) {
			*out = (unsigned)i;
			return true;
		}
		sc_nearest_offer(&near, f->words(i));
	}
	return unknown_word(r, f, node, near.best);
}

static size_t characters(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

bool sc_read_text(sc_reader *r, const sc_field *f, const sc_node *node, const char **out)
{
	sc_node_text what;
	size_t n = characters(node->text);
	if (node->kind != SC_NODE_scalar || (double)n < f->min || (double)n > f->max)
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is %s, must be a text of %.10g … %.10g characters", f->key,
			sc_node_describe(node, &what), f->min, f->max);
	*out = node->text;
	return true;
}

/* "28088024", "28.1 M", "3.86G": digits, a part, a decimal prefix */
static bool parse_figure(const char *s, sc_figure *out)
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
	sc_node_text what;
	sc_figure figure = {.text = node->text};
	if (node->kind != SC_NODE_scalar || !parse_figure(node->text, &figure))
		return sc_reader_fail(r, SC_ESCHEMA, node->at,
			"'%s' is %s, must be a number as printed, such as 28088024 or 28.1 M", f->key,
			sc_node_describe(node, &what));
	*out = figure;
	return true;
}

bool sc_read_kind(sc_reader *r, const sc_field *f, const sc_node *node, const sc_block_kind **out)
{
	sc_nearest near = sc_nearest_to(node->text);
	const sc_block_kind *kind = node->kind == SC_NODE_scalar ? sc_block_kind_named(node->text) : NULL;
	for (size_t i = 0; sc_block_kind_at(i); i++)
		sc_nearest_offer(&near, sc_block_kind_at(i)->name);
	if (!kind)
		return unknown_word(r, f, node, near.best);
	*out = kind;
	return true;
}

bool sc_read_rule(sc_reader *r, const sc_field *f, const sc_node *node, const char **out)
{
	sc_rules rules = sc_rules_default();
	sc_err err;
	sc_node_text what;
	if (node->kind != SC_NODE_scalar)
		return sc_reader_fail(r, SC_ESCHEMA, node->at, "'%s' is %s, must be the name of a rule", f->key,
			sc_node_describe(node, &what));
	if (sc_rules_use(&rules, node->text, &err))
		return sc_reader_fail(r, SC_ESCHEMA, node->at, "%s", err.message);
	*out = node->text;
	return true;
}

static const sc_dialect dialects[] = {
#define DIALECT(name, fields, meaning) {#name, fields, meaning},
#include "model/dialects.def"
#undef DIALECT
};

const sc_dialect *sc_dialect_at(size_t i)
{
	return i < sizeof dialects / sizeof *dialects ? &dialects[i] : NULL;
}

static bool read_bundle(sc_reader *r, const sc_dialect *d, sc_mark at, const sc_se_spec **out)
{
	const sc_node *bundle;
	sc_err err;
	sc_se_spec *spec = sc_reader_alloc(r, 1, sizeof *spec);
	if (!spec)
		return false;
	if (sc_yaml_parse(r->arena, d->fields, strlen(d->fields), &bundle, &err))
		return sc_reader_fail(r, err.status, at, "dialect '%s': %s", d->name, err.message);
	if (!sc_read_record(r, &sc_table_se, spec, bundle))
		return false;
	spec->dialect_name = d->name;
	for (size_t i = 0; i < sc_table_se.count; i++)
		((sc_mark *)(uintptr_t)spec->given.mark)[i] = at;
	*out = spec;
	return true;
}

bool sc_read_dialect(sc_reader *r, const sc_field *f, const sc_node *node, const sc_se_spec **out)
{
	sc_nearest near = sc_nearest_to(node->text);
	for (size_t i = 0; sc_dialect_at(i); i++) {
		if (node->kind == SC_NODE_scalar && !strcmp(dialects[i].name, node->text))
			return read_bundle(r, &dialects[i], node->at, out);
		sc_nearest_offer(&near, dialects[i].name);
	}
	return unknown_word(r, f, node, near.best);
}
