#include "secost/cost.h"

#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "base/choices.h"
#include "base/text.h"

#define COEF(cls, kind, n) [SC_CLASS_##cls][SC_COUNT_##kind] = n,
#define DENSE(kind, n) COEF(conv, kind, n) COEF(linear, kind, n) COEF(classifier, kind, n)
#define PARAMS(kind) DENSE(kind, 1) COEF(norm, kind, 1)
#define MAC(n) DENSE(macs, n)
#define BACKBONE_MAC(n) COEF(conv, macs, n) COEF(linear, macs, n)
#define BIAS(n) DENSE(bias_adds, n)
#define FOLDED(n) COEF(norm, folded_ops, n)
#define READ(cls, n) COEF(cls, reads, n)
#define WINDOWS(n) OPS(pool, n) COEF(pool, writes, n)
#define OPS(cls, n) \
	COEF(cls, adds, n) COEF(cls, muls, n) COEF(cls, compares, n) COEF(cls, evaluations, n)
#define POOLED(cls, n, divisions) OPS(cls, n) COEF(cls, divs, divisions)
#define RELU(n) COEF(activation, compares, n)
#define EVALUATED(n) COEF(activation, evaluations, n)
#define IMAGE(n) COEF(move, image, n)
#define OUTPUTS(cls) COEF(cls, writes, 1)

static const sc_rule table[] = {
#define RULE(quantity, name, coefficients, meaning) \
	{#name, SC_QUANTITY_##quantity, meaning, {coefficients}},
#include "cost/rules.def"
#undef RULE
};

const sc_rule *sc_rule_at(size_t i)
{
	return i < sizeof table / sizeof *table ? &table[i] : NULL;
}

const sc_rule *sc_rule_named(const char *name, sc_quantity quantity)
{
	for (size_t i = 0; sc_rule_at(i); i++)
		if (table[i].quantity == quantity && !strcmp(table[i].name, name))
			return &table[i];
	return NULL;
}

sc_rules sc_rules_default(void)
{
	return (sc_rules){{
		[SC_QUANTITY_params] = sc_rule_named("learnable", SC_QUANTITY_params),
		[SC_QUANTITY_macs] = sc_rule_named("conv_fc", SC_QUANTITY_macs),
		[SC_QUANTITY_flops] = sc_rule_named("exact", SC_QUANTITY_flops),
		[SC_QUANTITY_activations] = sc_rule_named("conv_fc", SC_QUANTITY_activations),
	}};
}

/* a name stands once in the list */
static const char *rule_word(const void *unused, size_t i)
{
	(void)unused;
	if (!sc_rule_at(i))
		return NULL;
	for (size_t j = 0; j < i; j++)
		if (!strcmp(table[j].name, table[i].name))
			return "";
	return table[i].name;
}

static sc_status no_such_rule(const char *name, sc_err *err)
{
	sc_tail tail;
	return sc_fail(err, SC_EINVAL, "unknown rule '%s'%s", name,
		sc_must_be_one_of(name, rule_word, NULL, NULL, &tail));
}

/* does "macs.conv_fc" speak of this quantity? then where the rule's name begins, else NULL */
static const char *name_for(const char *said, sc_quantity q)
{
	size_t n = strcspn(said, ".");
	if (!said[n])
		return said;
	const char *quantity = sc_quantity_name(q);
	return strlen(quantity) == n && !strncmp(said, quantity, n) ? said + n + 1 : NULL;
}

static sc_status use_one(sc_rules *rules, const char *name, sc_err *err)
{
	bool found = false;
	for (int q = 0; q < SC_QUANTITY__N; q++) {
		const char *bare = name_for(name, (sc_quantity)q);
		const sc_rule *r = bare ? sc_rule_named(bare, (sc_quantity)q) : NULL;
		if (r) {
			rules->of[q] = r;
			found = true;
		}
	}
	return found ? SC_OK : no_such_rule(name, err);
}

sc_status sc_rules_use(sc_rules *rules, const char *names, sc_err *err)
{
	sc_rules work = *rules;
	sc_status s = SC_OK;
	do {
		char name[64];
		names += strspn(names, " ");
		size_t n = strcspn(names, ","), kept = n;
		while (kept && names[kept - 1] == ' ')
			kept--;
		snprintf(name, sizeof name, "%.*s", (int)(kept < 63 ? kept : 63), names);
		s = use_one(&work, name, err);
		names += n;
	} while (!s && *names++);
	if (!s)
		*rules = work;
	return s;
}

sc_status sc_cost_under(const sc_cost *cost, const sc_rule *rule, uint64_t *out, sc_err *err)
{
	uint64_t sum = 0;
	for (size_t c = 0; c < SC_CLASS__N; c++)
		for (size_t k = 0; k < SC_COUNT__N; k++) {
			uint64_t n = cost->n[c][k];
			if (n && rule->coef[c][k] &&
				(!sc_mul(&n, rule->coef[c][k]) || !sc_add(&sum, n)))
				return sc_fail(err, SC_ERANGE,
					"the %s under rule '%s' do not fit in 64 bits",
					sc_quantity_name(rule->quantity), rule->name);
		}
	*out = sum;
	return SC_OK;
}
