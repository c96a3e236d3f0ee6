/* What a case needs to run: numbers to work on, and a plan. */
#include <stdlib.h>
#include <string.h>

#include "bench/machine.h"
#include "bench/run.h"

size_t sc_stand_bytes(const sc_bench_case *k)
{
	const sc_se_config *c = &k->config;
	return c->n * c->c * c->h * c->w * sc_se_dtype_size(c->map);
}

double sc_stand_weights(const sc_bench_case *k)
{
	const sc_se_config *c = &k->config;
	return 2.0 * (double)c->c * (double)c->squeezed * (double)sc_se_dtype_size(c->weights);
}

/* numbers between -1 and 1 of fp32 and bf16, between -2 and 2 of fp16, without the patterns that a
 * zero page has */
void sc_stand_fill(unsigned char *to, size_t bytes, unsigned long seed)
{
	uint64_t h = seed * 0x9e3779b97f4a7c15u + 1;
	for (size_t i = 0; i + 4 <= bytes; i += 4) {
		h = h * 6364136223846793005u + 1442695040888963407u;
		float f = (float)(int32_t)(h >> 32) * 0x1p-31f;
		uint32_t bits, low;
		memcpy(&bits, &f, 4);
		low = bits >> 16; /* two bf16 of the same value are a float near it */
		bits = (bits & 0xffff0000u) | low;
		memcpy(to + i, &bits, 4);
	}
}

/* What int8 stands for: a map of -1 … 1 or so, and values between the steps that fit their range.
 */
static const sc_se_quant whole = {.x = {1 / 128.0f, 0},
	.pooled = {1 / 512.0f, 0},
	.inner = {1 / 64.0f, 0},
	.hidden = {1 / 64.0f, 0},
	.outer = {1 / 6.0f, 0},
	.y = {1 / 128.0f, 0},
	.shortcut = {1 / 128.0f, 0}};

/* Weights that leave the gate at 1 (in place, x must neither fade into denormal numbers nor grow
 * in a thousand runs): layer 2 of zeros and a bias that the gate takes for 1. */
sc_status sc_stand_plan(const sc_bench_case *k, sc_se_plan **plan, sc_err *err)
{
	sc_se_config config = k->config, *c = &config;
	size_t n = c->c * c->squeezed;
	c->quant = &whole;
	float *w1 = sc_pages(n * sizeof *w1), *w2 = sc_pages(n * sizeof *w2),
	      *b1 = sc_pages(c->squeezed * sizeof *b1), *b2 = sc_pages(c->c * sizeof *b2);
	sc_status status = SC_OK;
	if (w1 && w2 && b1 && b2) {
		sc_stand_fill((unsigned char *)w1, n * sizeof *w1, 3);
		for (size_t i = 0; i < c->c; i++)
			b2[i] = c->gate == SC_SE_GATE_RELU || c->gate == SC_SE_GATE_CLAMP ? 1 : 20;
		const sc_se_weights weights = {
			.w1 = w1, .b1 = k->bias ? b1 : NULL, .w2 = w2, .b2 = b2};
		status = sc_se_plan_new(c, &weights, plan, err);
	} else {
		status = sc_fail(err, SC_ENOMEM,
			"no memory for the weights of '%s': %zu MiB are wanted", k->stage,
			(2 * n * sizeof(float)) >> 20);
	}
	free(w1);
	free(w2);
	free(b1);
	free(b2);
	return status;
}
