/* What programs read: parts add up, and the formula is never without its causes. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "secost/model.h"

static json_t *output(const char *const *args)
{
	command_result r = command_run(args, NULL);
	cr_assert(zero(int, r.code), "%s", r.err);
	json_t *root = json_loads(r.out, 0, NULL);
	cr_assert(ne(ptr, root, NULL));
	command_release(&r);
	return root;
}

static double number(const json_t *o, const char *key)
{
	return json_number_value(json_object_get(o, key));
}

/* the sum over a list; `inner` NULL for keys of the item itself */
static double sum(const json_t *list, const char *inner, const char *key)
{
	double all = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *o = json_array_get(list, i);
		all += number(inner ? json_object_get(o, inner) : o, key);
	}
	return all;
}

static const char *const keys[] = {"params", "macs", "flops", "activations", "bytes"};
static const char *const se_keys[] = {"params", "weights", "biases", "formula", "from_biases",
	"from_rounding", "from_base", "from_gated", "from_attention", "macs", "flops",
	"activations", "bytes", "elements"};

static void adds_up(const json_t *network, const char *name)
{
	const json_t *total = json_object_get(network, "total");
	const json_t *stages = json_object_get(network, "stages");
	for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
		cr_expect(eq(dbl, sum(stages, NULL, keys[k]), number(total, keys[k])), "%s %s",
			name, keys[k]);
	for (size_t k = 0; k < sizeof se_keys / sizeof *se_keys; k++) {
		double one = number(json_object_get(total, "se"), se_keys[k]);
		double off = sum(stages, "se", se_keys[k]) - one;
		cr_expect(lt(dbl, off * off, 1e-6), "%s se.%s", name, se_keys[k]);
	}
}

static void causes_explain(const json_t *network, const char *name)
{
	const json_t *se = json_object_get(json_object_get(network, "total"), "se");
	double all = number(se, "formula") + number(se, "from_biases") +
		     number(se, "from_rounding") + number(se, "from_base") +
		     number(se, "from_gated") + number(se, "from_attention");
	double off = all - number(se, "params");
	cr_expect(lt(dbl, off * off, 1e-6), "%s", name);
}

Test(cli_json, stages_with_stem_and_head_add_up_to_the_total_and_causes_to_the_parameters)
{
	for (size_t i = 0; sc_bundled_at(i); i++) {
		const char *name = sc_bundled_at(i)->name;
		if (strcmp(sc_bundled_at(i)->kind, "networks") != 0)
			continue;
		json_t *root = output((const char *[]){"cost", name, "-q", "-f", "json", NULL});
		const json_t *network = json_array_get(json_object_get(root, "networks"), 0);
		adds_up(network, name);
		causes_explain(network, name);
		json_decref(root);
	}
}

/* (2/r)·N·C² is of the C beside it, and 2·C·d of the width that is gated */
Test(cli_json, the_numbers_of_a_block_follow_from_the_widths_beside_them)
{
	json_t *root = output(
		(const char *[]){"cost", "efficientnet-b0", "-b", "block", "-f", "json", NULL});
	const json_t *network = json_array_get(json_object_get(root, "networks"), 0);
	const json_t *blocks = json_object_get(network, "blocks");
	cr_assert(eq(sz, json_array_size(blocks), 16));
	for (size_t i = 0; i < json_array_size(blocks); i++) {
		const json_t *b = json_array_get(blocks, i), *se = json_object_get(b, "se");
		double c = number(b, "channels"), gated = number(se, "gated");
		double off = 2 / number(se, "ratio") * c * c - number(se, "formula");
		cr_expect(lt(dbl, off * off, 1e-6));
		cr_expect(eq(dbl, 2 * gated * number(se, "squeezed"), number(se, "weights")));
	}
	json_decref(root);
}

Test(cli_json, a_stem_that_is_not_there_is_no_stage)
{
	json_t *root = output(
		(const char *[]){"cost", "tests/data/good/short-form.yaml", "-f", "json", NULL});
	const json_t *network = json_array_get(json_object_get(root, "networks"), 0);
	const json_t *first = json_array_get(json_object_get(network, "stages"), 0);
	cr_expect(ne(str, (char *)json_string_value(json_object_get(first, "name")), "stem"));
	json_decref(root);
}
