/* From a network, or a grid, to cases. */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/bench.h"

#include "base/array.h"

/* --- axes --- */

static bool push(cases *list, const sc_bench_case *k)
{
	sc_bench_case *item = list->count < CASES_MAX ? sc_array_reserve(list->item, &list->room,
								list->count + 1, sizeof *item)
						      : NULL;
	if (!item)
		return false;
	list->item = item;
	list->item[list->count++] = *k;
	return true;
}

/* one axis: its values, or that of the case when it has none */
static size_t values(const axis *a)
{
	return a->count ? a->count : 1;
}

/* setting `i` of `n` settings of all axes, the cache state turning fastest */
static bool setting(const axes *a, size_t i, sc_bench_case *k)
{
	const struct {
		const axis *axis;
		unsigned value;
	} order[] = {{&a->cache, k->cache}, {&a->fused, k->config.epilogue},
		{&a->gate, k->config.gate}, {&a->squeeze, k->config.pool},
		{&a->dtype, k->config.map}, {&a->layout, k->config.layout}, {&a->threads, 1},
		{&a->batch, 1}};
	unsigned v[sizeof order / sizeof *order];
	for (size_t d = 0; d < sizeof order / sizeof *order; d++) {
		const axis *x = order[d].axis;
		v[d] = x->count ? x->value[i % x->count] : order[d].value;
		i /= values(x);
	}
	k->cache = (sc_cache_state)v[0];
	k->config.epilogue = (sc_se_epilogue)v[1];
	k->config.gate = (sc_se_gate)v[2];
	k->config.pool = (sc_se_pool)v[3];
	k->config.map = k->config.weights = (sc_se_dtype)v[4];
	k->config.layout = (sc_se_layout)v[5];
	k->config.threads = v[6];
	k->config.n = v[7];
	snprintf(k->row, sizeof k->row, "%s", a->row[i % a->rows]);
	k->in_place = a->in_place;
	return i < a->rows;
}

bool cases_add(cases *list, const axes *a, const sc_bench_case *base)
{
	sc_bench_case k = *base;
	for (size_t i = 0; setting(a, i, &k); i++, k = *base)
		if (!push(list, &k))
			return false;
	return true;
}

/* --- a network --- */

static int take_word(sc_word word, const char *what, const char *name, unsigned *out)
{
	if (sc_word_value(word, "", name, out, NULL))
		return complain("the kernel has no %s '%s'", what, name);
	return 0;
}

/* What of an SE the kernel is told, and what its shape already says: a member that is new must be
 * put here, or blocks that differ in it would be measured as one. */
static int take_member(sc_se_member member, const sc_se_block *se, sc_bench_case *k)
{
	unsigned word = 0;
	int code = 0;
	switch (member) {
	case SC_SE_MEMBER_bias:
		k->bias = se->bias;
		break;
	case SC_SE_MEMBER_squeeze:
		code = take_word(SC_WORD_squeeze, "squeeze", sc_squeeze_name(se->squeeze), &word);
		k->config.pool = (sc_se_pool)word;
		break;
	case SC_SE_MEMBER_activation:
		code = take_word(SC_WORD_activation, "inner activation",
			sc_function_name(se->activation), &word);
		k->config.act = (sc_se_act)word;
		break;
	case SC_SE_MEMBER_gate:
		code = take_word(SC_WORD_gate, "gate", sc_function_name(se->gate), &word);
		k->config.gate = (sc_se_gate)word;
		break;
	case SC_SE_MEMBER_attention:
		if (se->attention != SC_ATTENTION_se)
			code = complain("the kernel has no attention '%s'",
				sc_attention_name(se->attention));
		break;
	case SC_SE_MEMBER_theta:
	case SC_SE_MEMBER_extent:
	case SC_SE_MEMBER_kernel:
	case SC_SE_MEMBER_on:
	case SC_SE_MEMBER_width:
	case SC_SE_MEMBER_ratio:
	case SC_SE_MEMBER_se_ratio:
	case SC_SE_MEMBER_rounding:
	case SC_SE_MEMBER_divisor:
	case SC_SE_MEMBER_min:
	case SC_SE_MEMBER_limit:
	case SC_SE_MEMBER_floor_first:
	case SC_SE_MEMBER_base:
	case SC_SE_MEMBER_placement:
	case SC_SE_MEMBER__N:
		break;
	}
	return code;
}

int case_operators(const sc_se_block *se, sc_bench_case *k)
{
	int code = 0;
	for (int m = 0; m < SC_SE_MEMBER__N && !code; m++)
		code = take_member((sc_se_member)m, se, k);
	return code;
}

/* Is it there already? A ratio in use that is one of those asked for is measured once. What differs
 * in the description of one setup, whose cases begin at `first`, and not in what is run, is one
 * case of all those blocks. */
static bool is_there(cases *list, size_t first, const sc_bench_case *k)
{
	for (size_t i = 0; i < list->count; i++) {
		sc_bench_case *have = &list->item[i];
		if (strcmp(have->stage, k->stage) || !sc_case_same_block(have, k))
			continue;
		if (i >= first)
			have->blocks += k->blocks;
		return true;
	}
	return false;
}

static int add_shapes(const sc_setup *setup, bool in_use, cases *out)
{
	sc_se_shape *shape;
	size_t n, first = out->count;
	sc_err err;
	int code = 0;
	if (sc_se_shapes(&setup->sheet, &shape, &n, &err))
		return complain("%s", err.message);
	for (size_t i = 0; i < n && !code; i++) {
		const sc_se_fact *f = shape[i].fact;
		sc_bench_case k = {.blocks = shape[i].blocks,
			.ratio = f->ratio,
			.in_use = in_use,
			.config = {.c = f->gated.c,
				.h = f->gated.h,
				.w = f->gated.w,
				.squeezed = f->squeezed}};
		snprintf(k.stage, sizeof k.stage, "%s",
			setup->model->stages.item[shape[i].stage].name);
		code = case_operators(&f->se, &k);
		if (!code && !is_there(out, first, &k) && !push(out, &k))
			code = complain("no memory for the cases");
	}
	free(shape);
	return code;
}

static int by_stage_and_ratio(const void *a, const void *b)
{
	const sc_bench_case *x = *(const sc_bench_case *const *)a,
			    *y = *(const sc_bench_case *const *)b;
	if (x->ratio != y->ratio)
		return x->ratio < y->ratio ? -1 : 1;
	return x < y ? -1 : 1;
}

/* stages in the order of the network, ratios ascending within each, every setting of each */
static bool spread(const cases *shapes, const axes *a, cases *out)
{
	const sc_bench_case **sorted = malloc((shapes->count + 1) * sizeof *sorted);
	bool good = sorted != NULL;
	for (size_t i = 0, n; i < shapes->count && good; i++) {
		const sc_bench_case *first = &shapes->item[i];
		n = 0;
		for (size_t k = 0; k < shapes->count; k++)
			if (!strcmp(shapes->item[k].stage, first->stage)) {
				if (k < i)
					break; /* had its turn */
				sorted[n++] = &shapes->item[k];
			}
		qsort(sorted, n, sizeof *sorted, by_stage_and_ratio);
		for (size_t k = 0; k < n && good; k++)
			good = cases_add(out, a, sorted[k]);
	}
	free(sorted);
	return good;
}

static int add_ratios(const axes *a, sc_study *study, cases *shapes)
{
	sc_err err = {0};
	int code = add_shapes(&study->setup[0], true, shapes);
	for (size_t i = 0; i < a->ratios.count && !code; i++) {
		if (sc_study_add_ratio(study, a->ratios.value[i], &err))
			return tell(&err, NULL);
		code = add_shapes(&study->setup[study->setups - 1], false, shapes);
	}
	return code;
}

int cases_of_network(const axes *a, const sc_model *model, cases *out)
{
	sc_study *study = NULL;
	cases shapes = {0};
	sc_err err = {0};
	const sc_rules rules = sc_rules_default();
	if (sc_study_new(model, &rules, 1, &study, &err))
		return tell(&err, NULL);
	int code = add_ratios(a, study, &shapes);
	if (!code && !spread(&shapes, a, out))
		code = complain("no memory for the cases, or more than %d", CASES_MAX);
	if (!code && !out->count)
		code = complain("'%s' has no SE: there is nothing to measure", model->name);
	free(shapes.item);
	sc_study_free(study);
	return code;
}

/* --- a grid --- */

int cases_of_grid(const axes *a, cases *out)
{
	static const unsigned channels[] = {32, 64, 128, 256, 512, 1024, 2048},
			      sides[] = {7, 14, 28, 56, 112}, ratios[] = {2, 8, 32};
	enum { ELEMENTS_MAX = 1 << 20 };
	for (size_t i = 0; i < sizeof channels / sizeof *channels; i++)
		for (size_t k = 0; k < sizeof sides / sizeof *sides; k++)
			for (size_t r = 0; r < sizeof ratios / sizeof *ratios; r++) {
				unsigned c = channels[i], side = sides[k], d = c / ratios[r];
				sc_bench_case one = {.blocks = 1,
					.ratio = ratios[r],
					.bias = true,
					.config = {.c = c, .h = side, .w = side, .squeezed = d}};
				snprintf(one.stage, sizeof one.stage, "%ux%ux%u", c, side, side);
				if (c * side * side <= ELEMENTS_MAX && !cases_add(out, a, &one))
					return complain("no memory for the cases, or more than %d",
						CASES_MAX);
			}
	return 0;
}

/* --- names --- */

void case_name(const sc_bench_case *k, char *out, size_t size)
{
	const sc_se_config *c = &k->config;
	snprintf(out, size, "%s r=%g %s n%zu t%u %s %s %s%s%s %s%s%s", k->stage, k->ratio,
		sc_word_name(SC_WORD_cache, k->cache), c->n, c->threads,
		sc_word_name(SC_WORD_layout, c->layout), sc_word_name(SC_WORD_dtype, c->map),
		sc_word_name(SC_WORD_squeeze, c->pool), k->in_place ? " in-place" : "",
		c->epilogue ? " fused" : "", sc_word_name(SC_WORD_gate, c->gate),
		k->row[0] ? " " : "", k->row);
}

/* the option --filter; false when told that it is no regular expression */
static bool filter_of(const sc_options *o, regex_t *out)
{
	char why[256];
	int error = regcomp(out, o->filter, REG_EXTENDED | REG_NOSUB);
	if (error) {
		regerror(error, out, why, sizeof why);
		complain("'--filter' is '%.80s': %s", o->filter, why);
	}
	return !error;
}

static bool is_wanted(const sc_bench_case *k, const void *regex)
{
	char name[256];
	case_name(k, name, sizeof name);
	return !regexec(regex, name, 0, NULL, 0);
}

static bool matches_none(const sc_options *o, const sc_bench_case *one)
{
	char name[256];
	case_name(one, name, sizeof name);
	complain("'--filter' is '%.80s', which no cell matches, such as '%s'", o->filter, name);
	return false;
}

bool cases_filter(const sc_options *o, cases *list)
{
	regex_t regex;
	size_t kept = 0;
	if (!o->filter)
		return true;
	if (!filter_of(o, &regex))
		return false;
	sc_bench_case last = list->item[list->count - 1];
	for (size_t i = 0; i < list->count; i++)
		if (is_wanted(&list->item[i], &regex))
			list->item[kept++] = list->item[i];
	regfree(&regex);
	list->count = kept;
	return kept || matches_none(o, &last);
}

bool bench_filter(const sc_options *o, sc_bench *b)
{
	regex_t regex;
	bool any = false;
	if (!o->filter)
		return true;
	if (!filter_of(o, &regex))
		return false;
	for (size_t i = 0; i < b->cells && !any; i++)
		any = is_wanted(&b->cell[i].what, &regex);
	if (any)
		sc_bench_keep(b, is_wanted, &regex);
	else
		matches_none(o, &b->cell[b->cells - 1].what);
	regfree(&regex);
	return any;
}
