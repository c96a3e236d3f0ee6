/* int8 as secost/se.h defines it, computed here again from that text alone; and what it is worth:
 * how near it comes to the same block in floats. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdlib.h>

#include "secost/se.h"

enum { N = 2, C = 37, HW = 19, D = 7, MAP = N * C * HW };

static int8_t x[MAP], y[MAP], shortcut[MAP];
static float w1[D * C], b1[D], w2[C * D], b2[C];

static const sc_se_quant quant = {.x = {0.031f, -9},
	.pooled = {0.011f, 5},
	.inner = {0.023f, -17},
	.hidden = {0.019f, -101},
	.outer = {0.043f, 11},
	.y = {0.027f, -3},
	.shortcut = {0.037f, 21}};

static void fill(float *p, size_t n, float size)
{
	for (size_t i = 0; i < n; i++)
		p[i] = size * ((float)rand() / (float)RAND_MAX * 2 - 1);
}

static void fill_all(void)
{
	srand(7);
	for (size_t i = 0; i < MAP; i++) {
		x[i] = (int8_t)(rand() % 256 - 128);
		shortcut[i] = (int8_t)(rand() % 256 - 128);
	}
	fill(w1, D * C, 0.9f);
	fill(b1, D, 0.3f);
	fill(w2, C * D, 0.8f);
	fill(b2, C, 0.5f);
}

static int sat(double v)
{
	return (int)fmax(-128, fmin(127, v));
}

/* sat(zero + [(bias + Σ w (in - in.zero)) · …]) of one output */
static int layer(
	const float *w, int terms, double bias, const int *in, sc_se_affine from, sc_se_affine to)
{
	double most = 0;
	for (int i = 0; i < terms; i++)
		most = fmax(most, fabs((double)w[i]));
	double a = most / 127, sum = rint(bias / (a * (double)from.scale));
	for (int i = 0; i < terms; i++)
		sum += rint((double)w[i] / a) * (in[i] - from.zero);
	return sat(to.zero + rint(sum * ((double)from.scale * a / (double)to.scale)));
}

static int hidden_of(const int *z, int j)
{
	sc_se_affine from = quant.inner, to = quant.hidden;
	int p = layer(w1 + j * C, C, (double)b1[j], z, quant.pooled, from);
	double v = (double)from.scale * (p - from.zero);
	return sat(to.zero + rint(fmax(v, 0) / (double)to.scale));
}

static double gate_of(int u)
{
	double v = (double)quant.outer.scale * (u - quant.outer.zero);
	return 1 / (1 + exp(-v)) * (double)quant.x.scale / (double)quant.y.scale;
}

/* a sample's pooled values, means or maxima */
static void pooled(size_t sample, int is_max, int *z)
{
	for (int c = 0; c < C; c++) {
		double sum = 0, most = -128;
		for (int i = 0; i < HW; i++) {
			int v = x[(sample * C + (size_t)c) * HW + (size_t)i];
			sum += v - quant.x.zero;
			most = fmax(most, v);
		}
		double s = is_max ? most - quant.x.zero : sum;
		double m = (double)quant.x.scale /
			   (is_max ? (double)quant.pooled.scale : HW * (double)quant.pooled.scale);
		z[c] = sat(quant.pooled.zero + rint(s * m));
	}
}

/* bits after the point of gates and of the shortcut's factor */
static int bits_of(double shortcut_times)
{
	double most = shortcut_times;
	for (int u = -128; u < 128; u++)
		most = fmax(most, gate_of(u));
	int f = 15;
	while (rint(most * exp2(f)) > 32767)
		f--;
	return f;
}

static void expect_sample(size_t sample, int both, int adds)
{
	int z[C], h[D];
	pooled(sample, 0, z);
	for (int j = 0; j < D; j++)
		h[j] = hidden_of(z, j);
	pooled(sample, 1, z);
	for (int j = 0; j < D && both; j++)
		h[j] = sat(h[j] + hidden_of(z, j) - quant.hidden.zero);
	double times = adds ? (double)quant.shortcut.scale / (double)quant.y.scale : 0;
	int f = bits_of(times), k = (int)rint(times * exp2(f));
	for (int c = 0; c < C; c++) {
		double bias = (both ? 2 : 1) * (double)b2[c];
		int u = layer(w2 + c * D, D, bias, h, quant.hidden, quant.outer);
		int g = (int)rint(gate_of(u) * exp2(f));
		for (int i = 0; i < HW; i++) {
			size_t at = (sample * C + (size_t)c) * HW + (size_t)i;
			int sum = (x[at] - quant.x.zero) * g + (1 << (f - 1));
			sum += (shortcut[at] - quant.shortcut.zero) * k;
			int want = sat(quant.y.zero + floor(sum / exp2(f)));
			want = adds && want < quant.y.zero ? quant.y.zero : want;
			cr_assert(eq(int, y[at], want), "channel %d, number %d", c, i);
		}
	}
}

static sc_se_config config_of(int both, int adds)
{
	return (sc_se_config){.n = N,
		.c = C,
		.h = 1,
		.w = HW,
		.squeezed = D,
		.map = SC_SE_INT8,
		.weights = SC_SE_INT8,
		.pool = both ? SC_SE_AVG_MAX : SC_SE_AVG,
		.epilogue = adds ? SC_SE_SCALE_ADD_RELU : SC_SE_SCALE,
		.quant = &quant};
}

static void run(const sc_se_config *config, const void *from, const void *add, void *to)
{
	sc_se_weights weights = {w1, b1, w2, b2};
	sc_se_io io = {.x = from, .y = to, .shortcut = add};
	sc_se_plan *plan = NULL;
	sc_err err = {0};
	cr_assert(zero(int, sc_se_plan_new(config, &weights, &plan, &err)), "%s", err.message);
	cr_assert(zero(int, sc_se_run(plan, &io, &err)), "%s", err.message);
	sc_se_plan_free(plan);
}

Test(se_int8, every_row_gives_what_the_definition_says)
{
	fill_all();
	for (size_t row = 0; sc_se_row_name(row); row++)
		for (int kind = 0; kind < 4 && sc_se_row_can_run(row); kind++) {
			int both = kind % 2, adds = kind / 2;
			sc_se_config config = config_of(both, adds);
			config.row = sc_se_row_name(row);
			run(&config, x, adds ? shortcut : NULL, y);
			for (size_t i = 0; i < N; i++)
				expect_sample(i, both, adds);
		}
}

Test(se_int8, comes_as_near_to_floats_as_its_scales_allow)
{
	static float real[MAP], want[MAP];
	fill_all();
	for (size_t i = 0; i < MAP; i++)
		real[i] = quant.x.scale * (float)(x[i] - quant.x.zero);
	sc_se_quant wide = quant; /* nothing is cut off */
	wide.inner.scale = wide.hidden.scale = 0.05f;
	wide.outer.scale = 0.1f;
	sc_se_config config = config_of(0, 0), floats = config;
	config.quant = &wide;
	floats.map = floats.weights = SC_SE_F32;
	run(&config, x, NULL, y);
	run(&floats, real, NULL, want);
	double worst = 0;
	for (size_t i = 0; i < MAP; i++) {
		double got = (double)quant.y.scale * (y[i] - quant.y.zero);
		if (y[i] > -128 && y[i] < 127)
			worst = fmax(worst, fabs(got - (double)want[i]));
	}
	/* half a step of y, and a gate off by 3 % of the largest x */
	double most = (double)quant.x.scale * 137;
	cr_expect(le(dbl, worst, (double)quant.y.scale / 2 + 0.03 * most), "%g", worst);
	cr_expect(gt(dbl, worst, 0));
}

static void refused(sc_se_config config, const float *bias, const char *message)
{
	sc_se_weights weights = {w1, bias, w2, b2};
	sc_se_plan *plan = NULL;
	sc_err err = {0};
	cr_expect(eq(int, sc_se_plan_new(&config, &weights, &plan, &err), SC_EINVAL));
	cr_expect(eq(str, err.message, (char *)message));
}

Test(se_int8, what_can_not_be_is_refused)
{
	fill_all();
	sc_se_config c = config_of(0, 0);
	sc_se_quant bad = quant;
	c.weights = SC_SE_F32;
	refused(c, b1, "'map' and 'weights' must both be int8 or neither");
	c = config_of(0, 0);
	c.squeezed_given = 1;
	refused(c, b1, "'squeezed_given' goes with floats, not with int8");
	c = config_of(0, 0);
	c.quant = NULL;
	refused(c, b1, "'quant' is NULL");
	c = config_of(0, 0);
	c.c = 40000;
	refused(c, b1, "'c' is 40000, must be at most 32768 with int8");
	c = config_of(0, 0);
	c.w = 1 << 24;
	refused(c, b1, "1 × 16777216 pixels, must be at most 8388608 with int8");
	c = config_of(0, 0);
	c.quant = &bad;
	bad.hidden.scale = 0;
	refused(c, b1, "the scale of 'hidden' is 0, must be from 2^-60 to 2^60");
	bad = quant;
	bad.outer.zero = 128;
	refused(c, b1, "the zero of 'outer' is 128, must be -128 … 127");
	bad = quant;
	bad.y.scale = 0.0001f;
	refused(c, b1,
		"the scale of 'y' is 0.0001, too small: a gate or the shortcut would be "
		"multiplied by 307.9, must be at most 127.998");
	static float odd[D];
	odd[3] = NAN;
	refused(config_of(0, 0), odd, "'b1'[3] is not finite, must be for int8");
}
