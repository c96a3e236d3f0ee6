/** \file
 * Activations and gates on vectors. exp reduces its argument to |r| ≤ ln 2 / 2 and scales by two
 * powers of two, so that it overflows, underflows and goes through the denormals as it must; its
 * polynomial and that of tanh are from Moshier's Cephes, that of erfc is Abramowitz and Stegun,
 * 7.1.26. */
#ifndef SC_SE_FUNCTIONS_H
#define SC_SE_FUNCTIONS_H

#ifndef SC_SE_VECTORS
#include "se/lone.h"
#include "se/lone_int8.h"
#endif

/* c[0] x^(n-1) + … + c[n-1] */
static inline vf v_polynomial(vf x, const float *c, int n)
{
	vf sum = v_set(c[0]);
	for (int i = 1; i < n; i++)
		sum = v_fma(sum, x, v_set(c[i]));
	return sum;
}

static inline vf v_exp(vf x)
{
	static const float c[] = {1.9875691500e-4f, 1.3981999507e-3f, 8.3334519073e-3f,
		4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f};
	x = v_at_most(v_at_least(x, v_set(-150)), v_set(150));
	vf n = v_round(v_mul(x, v_set(1.44269504088896341f)));
	vf r = v_fma(n, v_set(2.12194440e-4f), v_fma(n, v_set(-0.693359375f), x));
	vf e = v_fma(v_polynomial(r, c, 6), v_mul(r, r), v_add(r, v_set(1)));
	vf half = v_round(v_mul(n, v_set(0.5f)));
	return v_mul(v_mul(e, v_power(half)), v_power(v_sub(n, half)));
}

static inline vf v_sigmoid(vf x)
{
	return v_div(v_set(1), v_add(v_set(1), v_exp(v_sub(v_set(0), x))));
}

static inline vf v_tanh(vf x)
{
	static const float c[] = {-5.70498872745e-3f, 2.06390887954e-2f, -5.37397155531e-2f,
		1.33314422036e-1f, -3.33332819422e-1f};
	vf a = v_abs(x), z = v_mul(x, x);
	vf near = v_fma(v_mul(v_polynomial(z, c, 5), z), x, x);
	vf e = v_exp(v_add(a, a));
	vf far = v_sub(v_set(1), v_div(v_set(2), v_add(e, v_set(1))));
	return v_pick_less(a, v_set(0.625f), near, v_signed(far, x));
}

static inline vf v_gelu(vf x)
{
	static const float c[] = {
		1.061405429f, -1.453152027f, 1.421413741f, -0.284496736f, 0.254829592f};
	vf a = v_mul(v_abs(x), v_set(0.70710678118654752f));
	vf t = v_div(v_set(1), v_fma(a, v_set(0.3275911f), v_set(1)));
	vf e = v_exp(v_sub(v_set(0), v_mul(a, a)));
	vf erfc = v_mul(v_mul(v_polynomial(t, c, 5), t), e);
	vf twice = v_pick_less(x, v_set(0), erfc, v_sub(v_set(2), erfc));
	return v_mul(v_mul(x, v_set(0.5f)), twice);
}

static inline vf v_clamp(vf x, float low, float high)
{
	return v_at_most(v_at_least(x, v_set(low)), v_set(high));
}

static inline vf v_hard_sigmoid(vf x)
{
	return v_mul(v_clamp(v_add(x, v_set(3)), 0, 6), v_set(1 / 6.0f));
}

static inline vf activate(sc_se_act act, vf x)
{
	switch (act) {
	case SC_SE_RELU:
		return v_at_least(x, v_set(0));
	case SC_SE_RELU6:
		return v_clamp(x, 0, 6);
	case SC_SE_SILU:
		return v_mul(x, v_sigmoid(x));
	case SC_SE_TANH:
		return v_tanh(x);
	case SC_SE_HARD_SWISH:
		return v_mul(x, v_hard_sigmoid(x));
	case SC_SE_GELU:
		return v_gelu(x);
	}
	return x;
}

static inline vf gate_of(sc_se_gate gate, vf x)
{
	switch (gate) {
	case SC_SE_SIGMOID:
		return v_sigmoid(x);
	case SC_SE_HARD_SIGMOID:
		return v_hard_sigmoid(x);
	case SC_SE_GATE_TANH:
		return v_tanh(x);
	case SC_SE_GATE_RELU:
		return v_at_least(x, v_set(0));
	case SC_SE_GATE_CLAMP:
		return v_clamp(x, 0, 1);
	}
	return x;
}

#endif
