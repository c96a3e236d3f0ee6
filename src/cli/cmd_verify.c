#include <stdlib.h>
#include <string.h>

#include "cli/networks.h"

/* every verdict of every network, with the models and figures they borrow from */
typedef struct bench {
	sc_model **model;
	size_t models;
	sc_verdict *verdict;
	size_t verdicts;
	sc_published_figures published;
	const sc_model **counted_by; /* of each published figure, NULL where nothing does */
} bench;

static void release(bench *b)
{
	for (size_t i = 0; i < b->models; i++)
		sc_model_free(b->model[i]);
	free(b->model);
	free(b->verdict);
	free(b->counted_by);
	sc_published_release(&b->published);
}

static int append(bench *b, const sc_verdict *v, size_t n)
{
	sc_verdict *all = realloc(b->verdict, (b->verdicts + n + 1) * sizeof *all);
	if (!all)
		return complain("no memory for the figures");
	if (n)
		memcpy(all + b->verdicts, v, n * sizeof *v);
	b->verdict = all;
	b->verdicts += n;
	return 0;
}

static int verify_one(const sc_options *o, const char *path, bench *b)
{
	sc_err err = {0};
	sc_verdict *v = NULL;
	size_t n;
	int code = load_model(o, path, &b->model[b->models]);
	if (code)
		return code;
	const sc_model *m = b->model[b->models++];
	if (sc_verify(m, &v, &n, &err))
		return tell(&err, NULL);
	if (!n && o->arg_count && !o->quiet)
		complain("'%s' has no 'expect', so there is nothing to verify", m->name);
	code = append(b, v, n);
	free(v);
	return code;
}

static int verify_paths(const sc_options *o, const char *const *path, size_t n, bench *b)
{
	b->model = calloc(n + b->published.count + 1, sizeof *b->model);
	int code = b->model ? 0 : complain("no memory for %zu networks", n);
	for (size_t i = 0; i < n && !code; i++)
		code = verify_one(o, path[i], b);
	return code;
}

static bool same_description(const sc_published_figure *a, const sc_published_figure *b)
{
	return a->description && b->description && !strcmp(a->description, b->description) &&
	       !strcmp(a->set, b->set);
}

/* the model that counts a figure: the one before, or loaded */
static int model_of(const sc_options *o, bench *b, size_t i, const sc_model **out)
{
	const sc_published_figure *f = &b->published.item[i];
	sc_err err = {0};
	for (size_t j = i; j-- > 0 && !*out;)
		if (same_description(f, &b->published.item[j]))
			*out = b->counted_by[j];
	if (*out)
		return 0;
	int code = load_model(o, f->description, &b->model[b->models]);
	if (code)
		return code;
	*out = b->model[b->models++];
	return sc_model_set_text(b->model[b->models - 1], f->set, &err) ? tell(&err, NULL) : 0;
}

static int verify_figure(const sc_options *o, bench *b, size_t i)
{
	const sc_published_figure *f = &b->published.item[i];
	sc_verdict v[SC_QUANTITY__N];
	sc_err err = {0};
	size_t n;
	if (!f->description)
		return 0;
	int code = model_of(o, b, i, &b->counted_by[i]);
	if (code)
		return code;
	return sc_verify_expect(b->counted_by[i], &f->expect, v, &n, &err) ? tell(&err, NULL)
									   : append(b, v, n);
}

static int verify_published(const sc_options *o, bench *b)
{
	b->counted_by = calloc(b->published.count + 1, sizeof *b->counted_by);
	int code = b->counted_by ? 0 : complain("no memory for %zu figures", b->published.count);
	for (size_t i = 0; i < b->published.count && !code; i++)
		code = verify_figure(o, b, i);
	return code;
}

static int verify_all(const sc_options *o, bench *b)
{
	paths all;
	sc_err err = {0};
	if (sc_published_load("secost:published", &b->published, &err))
		return tell(&err, NULL);
	if (!paths_find("networks", &all))
		return EXIT_USAGE;
	int code = verify_paths(o, (const char *const *)all.item, all.count, b);
	paths_free(&all);
	return code ? code : verify_published(o, b);
}

/* a difference that its description explains is known; any other is a failed check */
static int judge(const bench *b)
{
	for (size_t i = 0; i < b->verdicts; i++)
		if (!b->verdict[i].agrees && !b->verdict[i].expect->reason)
			return EXIT_CHECK_FAILED;
	return EXIT_DONE;
}

int run_verify(const sc_options *o)
{
	bench b = {0};
	int code = o->arg_count ? verify_paths(o, o->args, o->arg_count, &b) : verify_all(o, &b);
	if (!code) {
		sc_document *doc = sc_verify_document(b.verdict, b.verdicts, &b.published);
		code = doc ? finish(o, doc, judge(&b)) : complain("no memory for the tables");
	}
	release(&b);
	return code;
}
