/* What a comparison says in the end, for every ready-made group of setups. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../support/command.h"
#include "secost/study.h"

static const char *const networks[] = {"se-resnet-50", "mobilenet-v3-large", "efficientnet-b0"};

static bool is_of_number(char c)
{
	return (c >= '0' && c <= '9') || c == ',' || c == '.';
}

/* "661,984 → 661,984", also with a share in brackets after each */
static bool becomes_itself(const char *arrow, const char *text)
{
	const char *from = arrow;
	while (from > text && arrow[-1] == ')' && *from != '(')
		from--;
	from -= *from == '(';
	arrow = from;
	const char *to = strstr(arrow, " → ") + strlen(" → ");
	while (from > text && (is_of_number(from[-1])))
		from--;
	size_t n = (size_t)(arrow - from);
	return n && !strncmp(from, to, n) && !is_of_number(to[n]);
}

static void judge(const char *network, const char *group)
{
	command_result r = command_run(
		(const char *[]){"compare", network, "--ablate", group, "-q", NULL}, NULL);
	size_t n = strlen(r.out);
	cr_expect(n > 2 && !strcmp(r.out + n - 2, ".\n"), "%s, %s: ends without a sentence",
		network, group);
	for (const char *p = r.out; (p = strstr(p, " → ")); p++)
		cr_expect(!becomes_itself(p, r.out), "%s, %s: %.60s", network, group, p);
	command_release(&r);
}

Test(cli_answers, a_setup_without_biases_keeps_its_weights_in_so_many_words)
{
	command_result r = command_run((const char *[]){"compare", "se-resnet-50", "--setup",
					       "n: se.bias=off", "-q", NULL},
		NULL);
	cr_expect(strstr(r.out, "n: the same SE weights; with biases 2,530,992 (+9.90 %) → "
				"2,514,944 (+9.84 %).") != NULL,
		"%s", r.out);
	command_release(&r);
}

Test(cli_answers, every_group_ends_with_a_sentence_and_none_says_that_a_number_becomes_itself)
{
	for (size_t i = 0; i < sizeof networks / sizeof *networks; i++)
		for (size_t k = 0; sc_ablation_at(k); k++)
			judge(networks[i], sc_ablation_at(k)->name);
}
