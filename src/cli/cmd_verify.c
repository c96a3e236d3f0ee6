#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/networks.h"

/* every verdict of every network, with the models they borrow from */
typedef struct bench {
	sc_model **model;
	size_t models;
	sc_verdict *verdict;
	size_t verdicts;
} bench;

static void release(bench *b)
{
	for (size_t i = 0; i < b->models; i++)
		sc_model_free(b->model[i]);
	free(b->model);
	free(b->verdict);
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
	code = append(b, v, n);
	free(v);
	return code;
}

static int verify_paths(const sc_options *o, const char *const *path, size_t n, bench *b)
{
	b->model = calloc(n + 1, sizeof *b->model);
	int code = b->model ? 0 : complain("no memory for %zu networks", n);
	for (size_t i = 0; i < n && !code; i++)
		code = verify_one(o, path[i], b);
	return code;
}

static int verify_all(const sc_options *o, bench *b)
{
	paths all;
	if (!paths_find("networks", &all))
		return EXIT_USAGE;
	int code = verify_paths(o, (const char *const *)all.item, all.count, b);
	paths_free(&all);
	return code;
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
		sc_document *doc = sc_verify_document(b.verdict, b.verdicts);
		code = doc ? finish(o, doc, judge(&b)) : complain("no memory for the tables");
	}
	release(&b);
	return code;
}
