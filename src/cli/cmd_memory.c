#include <stdio.h>
#include <string.h>

#include "base/choices.h"
#include "cli/counted.h"

static const char *optimizer_word(const void *unused, size_t i)
{
	(void)unused;
	return sc_optimizer_name(i);
}

static const char *element_word(const void *unused, size_t i)
{
	(void)unused;
	return sc_element_name(i);
}

/* which word of a list; false when told an error */
static bool pick_word(const char *option, const char *text, sc_word_at *words, size_t *out)
{
	sc_tail tail;
	const char *word;
	for (size_t i = 0; (word = words(NULL, i)); i++)
		if (!strcmp(word, text)) {
			*out = i;
			return true;
		}
	complain("'%s' is '%.40s'%s", option, text,
		sc_must_be_one_of(text, words, NULL, NULL, &tail));
	return false;
}

static bool pick_options(const sc_options *o, sc_memory_options *out, char *words, size_t size)
{
	const char *type = o->dtype ? o->dtype : "fp32", *by = o->optimizer ? o->optimizer : "sgd";
	size_t element, optimizer;
	uint32_t batch;
	if (!pick_batch(o, &batch) || !pick_word("--dtype", type, element_word, &element) ||
		!pick_word("--optimizer", by, optimizer_word, &optimizer))
		return false;
	*out = (sc_memory_options){.batch = batch,
		.bytes = sc_element_bytes(element),
		.states = sc_optimizer_states(optimizer),
		.in_place = o->in_place};
	snprintf(words, size,
		"batch %u, parameters, gradients, optimizer state and activations in %s, optimizer "
		"%s, "
		"element-wise layers %s; norms not folded, masks of dropout left out",
		batch, type, by, o->in_place ? "in place" : "into memory of their own");
	return true;
}

/* a trunk that nobody described has no memory to tell */
static int check_known(const counted *n)
{
	for (size_t i = 0; i < n->count; i++)
		if (!n->sheet[i].total.known)
			return complain(
				"the memory of '%.80s' is unknown: its trunk is not described",
				n->model[i]->name);
	return 0;
}

int run_memory(const sc_options *o)
{
	sc_memory_options options;
	char words[256];
	counted n = {0};
	sc_err err = {0};
	sc_document *doc;
	const sc_rules rules = sc_rules_default();
	if (!o->arg_count)
		return complain("'memory' needs a network: secost memory NET…");
	if (!pick_options(o, &options, words, sizeof words))
		return EXIT_USAGE;
	int code = counted_make(o, &rules, options.batch, &n);
	if (!code)
		code = check_known(&n);
	if (!code && sc_memory_document(n.sheets, n.count, &options, words, &doc, &err))
		code = tell(&err, NULL);
	else if (!code)
		code = finish(o, doc, EXIT_DONE);
	counted_release(&n);
	return code;
}
