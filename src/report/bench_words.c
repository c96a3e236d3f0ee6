/* Settings of a bench in words. */
#include <stdio.h>
#include <string.h>

#include "report/bench.h"

void sc_bench_operators(const sc_bench_case *k, char *out, size_t size)
{
	const sc_se_config *c = &k->config;
	snprintf(out, size, "%s, %s, %s%s%s%s", sc_word_name(SC_WORD_squeeze, c->pool),
		sc_word_name(SC_WORD_activation, c->act), sc_word_name(SC_WORD_gate, c->gate),
		k->bias ? ", biases" : "",
		c->epilogue == SC_SE_SCALE	 ? ""
		: c->epilogue == SC_SE_SCALE_ADD ? ", + shortcut"
						 : ", + shortcut, relu",
		k->in_place ? ", in place" : "");
}

sc_varying sc_bench_varying(const sc_bench *b)
{
	sc_varying v = {0};
	char one[96], other[96];
	const sc_se_config *x = &b->cell[0].what.config;
	sc_bench_operators(&b->cell[0].what, one, sizeof one);
	for (size_t i = 1; i < b->cells; i++) {
		const sc_se_config *y = &b->cell[i].what.config;
		sc_bench_operators(&b->cell[i].what, other, sizeof other);
		v.batch = v.batch || x->n != y->n;
		v.threads = v.threads || x->threads != y->threads;
		v.layout = v.layout || x->layout != y->layout;
		v.dtype = v.dtype || x->map != y->map;
		v.kernel = v.kernel || strcmp(b->cell[0].what.row, b->cell[i].what.row) != 0;
		v.operators = v.operators || strcmp(one, other) != 0;
	}
	return v;
}

void sc_bench_setting(const sc_bench_case *k, const sc_varying *v, char *out, size_t size)
{
	size_t n = (size_t)snprintf(out, size, "%s", sc_word_name(SC_WORD_cache, k->cache));
	if (v->batch && n < size)
		n += (size_t)snprintf(out + n, size - n, ", batch %zu", k->config.n);
	if (v->threads && n < size)
		n += (size_t)snprintf(out + n, size - n, ", threads %u", k->config.threads);
	if (v->layout && n < size)
		n += (size_t)snprintf(
			out + n, size - n, ", %s", sc_word_name(SC_WORD_layout, k->config.layout));
	if (v->dtype && n < size)
		n += (size_t)snprintf(
			out + n, size - n, ", %s", sc_word_name(SC_WORD_dtype, k->config.map));
	if (v->kernel && n < size)
		n += (size_t)snprintf(out + n, size - n, ", %s", k->row);
	if (v->operators && n < size) {
		char operators[96];
		sc_bench_operators(k, operators, sizeof operators);
		snprintf(out + n, size - n, ", %s", operators);
	}
}
