/* Two rules over the same counts differ by the sum of (difference of coefficients) × count. Each
 * product has one cause, told by its class of layer and kind of operation, so that the causes add
 * up to the whole difference. */
#include "secost/cost.h"

#include "base/checked.h"

static const sc_cause of_class[] = {
#define CLASS(name, cause, meaning) SC_CAUSE_##cause,
#include "secost/classes.def"
#undef CLASS
};

static sc_cause cause_of(const sc_rule *rule, sc_class cls, sc_count_kind kind, bool se)
{
	if (kind == SC_COUNT_bias_adds)
		return SC_CAUSE_bias;
	if (kind == SC_COUNT_folded_ops)
		return SC_CAUSE_folded_norm;
	if (kind == SC_COUNT_image)
		return SC_CAUSE_image;
	if (cls == SC_CLASS_classifier && rule->coef[cls][kind] != rule->coef[SC_CLASS_conv][kind])
		return SC_CAUSE_classifier;
	return cls == SC_CLASS_activation && se ? SC_CAUSE_gate : of_class[cls];
}

static bool add_difference(int64_t *sum, int coefficients, uint64_t n)
{
	int64_t product = (int64_t)n; /* counts fit in 63 bits */
	return sc_mul_signed(&product, coefficients) && sc_add_signed(sum, product);
}

sc_status sc_rule_causes(const sc_cost *rest, const sc_cost *se, const sc_rule *rule,
	const sc_rule *reference, int64_t out[SC_CAUSE__N], sc_err *err)
{
	int64_t sum[SC_CAUSE__N] = {0};
	const sc_cost *const part[] = {rest, se};
	bool fits = true;
	for (size_t p = 0; p < 2; p++)
		for (size_t c = 0; c < SC_CLASS__N; c++)
			for (size_t k = 0; k < SC_COUNT__N && fits; k++)
				fits = add_difference(
					&sum[cause_of(rule, (sc_class)c, (sc_count_kind)k, p)],
					rule->coef[c][k] - reference->coef[c][k], part[p]->n[c][k]);
	if (!fits)
		return sc_fail(err, SC_ERANGE, "rules '%s' and '%s' differ by more than 63 bits",
			reference->name, rule->name);
	for (size_t i = 0; i < SC_CAUSE__N; i++)
		out[i] = sum[i];
	return SC_OK;
}
