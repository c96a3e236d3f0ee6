/* What a plan of int8 looks up and multiplies by, from its scales and zeros: the functions become
 * tables, for a value of 8 bits has 256 results. */
#include "se/plan.h"

#include <math.h>

enum { ZERO_LEAST = -128, ZERO_MOST = 127, BITS_LEAST = 8, BITS_MOST = 15, GATE_MOST = 32767 };
static const float scale_least = 0x1p-60f, scale_most = 0x1p60f;

static sc_status check(const sc_se_affine *a, const char *name, sc_err *err)
{
	if (!(a->scale >= scale_least && a->scale <= scale_most))
		return sc_fail(err, SC_EINVAL,
			"the scale of '%s' is %g, must be from 2^-60 to 2^60", name,
			(double)a->scale);
	if (a->zero < ZERO_LEAST || a->zero > ZERO_MOST)
		return sc_fail(err, SC_EINVAL, "the zero of '%s' is %d, must be -128 … 127", name,
			a->zero);
	return SC_OK;
}

static sc_status check_all(const sc_se_config *config, const sc_se_quant *q, sc_err *err)
{
	const struct {
		const sc_se_affine *value;
		const char *name;
	} all[] = {{&q->x, "x"}, {&q->pooled, "pooled"}, {&q->inner, "inner"},
		{&q->hidden, "hidden"}, {&q->outer, "outer"}, {&q->y, "y"},
		{&q->shortcut, "shortcut"}};
	size_t n = sizeof all / sizeof *all - (config->epilogue == SC_SE_SCALE);
	sc_status status = SC_OK;
	for (size_t i = 0; i < n && !status; i++)
		status = check(all[i].value, all[i].name, err);
	return status;
}

/* the number that q stands for */
static double real(const sc_se_affine *a, int q)
{
	return (double)a->scale * (q - a->zero);
}

static void tabulate_act(const sc_se_config *config, sc_se_fixed *f)
{
	for (int q = -128; q < 128; q++) {
		double h = sc_se_act_of(config->act, real(&f->quant.inner, q));
		f->act[q + 128] = (int8_t)sc_se_whole(
			h / (double)f->quant.hidden.scale, f->quant.hidden.zero);
	}
}

static double gate_at(const sc_se_config *config, const sc_se_quant *q, int u)
{
	double g = sc_se_gate_of(config->gate, real(&q->outer, u));
	return g * (double)q->x.scale / (double)q->y.scale;
}

static double shortcut_at(const sc_se_config *config, const sc_se_quant *q)
{
	return config->epilogue == SC_SE_SCALE ? 0 : (double)q->shortcut.scale / (double)q->y.scale;
}

static sc_status tabulate_gate(const sc_se_config *config, sc_se_fixed *f, sc_err *err)
{
	const double shortcut = shortcut_at(config, &f->quant);
	double most = shortcut;
	for (int u = -128; u < 128; u++)
		most = fmax(most, fabs(gate_at(config, &f->quant, u)));
	f->bits = BITS_MOST;
	while (f->bits >= BITS_LEAST && rint(ldexp(most, f->bits)) > GATE_MOST)
		f->bits--;
	if (f->bits < BITS_LEAST)
		return sc_fail(err, SC_EINVAL,
			"the scale of 'y' is %g, too small: a gate or the shortcut would be "
			"multiplied by %g, must be at most 127.998",
			(double)f->quant.y.scale, most);
	f->shortcut = (int)rint(ldexp(shortcut, f->bits));
	for (int u = -128; u < 128; u++)
		f->gate[u + 128] = (int16_t)rint(ldexp(gate_at(config, &f->quant, u), f->bits));
	return SC_OK;
}

sc_status sc_se_fix(
	const sc_se_config *config, const sc_se_quant *quant, sc_se_fixed *out, sc_err *err)
{
	sc_se_fixed f = {.quant = *quant};
	sc_status status = check_all(config, quant, err);
	if (status)
		return status;
	f.most = (double)quant->x.scale / (double)quant->pooled.scale;
	f.mean = (double)quant->x.scale /
		 ((double)(config->h * config->w) * (double)quant->pooled.scale);
	tabulate_act(config, &f);
	status = tabulate_gate(config, &f, err);
	if (!status)
		*out = f;
	return status;
}
