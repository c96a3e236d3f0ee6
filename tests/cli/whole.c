/* Commands over all that is inside: nothing is capped, and every published figure is accounted for.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "../support/command.h"
#include "secost/model.h"

static size_t lines(const char *text)
{
	size_t n = 0;
	for (; (text = strchr(text, '\n')); text++)
		n++;
	return n;
}

Test(cli_whole, every_network_at_once_is_a_row_each)
{
	enum { MOST = 990 };
	const char *args[MOST + 6] = {"cost", "--by", "network", "--format", "csv"};
	size_t n = 5, networks = 0;
	for (size_t i = 0; sc_bundled_at(i) && n < MOST; i++)
		if (!strcmp(sc_bundled_at(i)->kind, "networks")) {
			args[n++] = sc_bundled_at(i)->name;
			networks++;
		}
	command_result r = command_run(args, NULL);
	cr_expect(eq(int, r.code, 0), "%s", r.err);
	cr_expect(gt(sz, networks, 64));
	cr_expect(eq(sz, lines(r.out), networks + 1));
	command_release(&r);
}

Test(cli_whole, every_published_figure_agrees_but_one_and_that_says_why)
{
	static const char *const said[] = {
		"Published figures: 307; agreeing to the digits printed 306, differing for a "
		"reason "
		"that is given 1, differing without one 0.",
		"98 of the 98 published networks have a description; 0 figures are of those that "
		"have "
		"none.",
		"SE-ResNet-50, flops 7.775 G of OpenVINO OMZ se-resnet-50: Model Optimizer's "
		"ResNet "
		"optimisation takes the stride",
	};
	command_result r = command_run((const char *const[]){"verify", NULL}, NULL);
	cr_expect(eq(int, r.code, 0), "%s", r.err);
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		cr_expect(ne(ptr, strstr(r.out, said[i]), NULL), "%s", said[i]);
	command_release(&r);
}
