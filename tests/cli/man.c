/* The manual page, judged by who knows the language it is written in. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "../support/command.h"
#include "../support/folder.h"

Test(cli_man, is_a_page_that_mandoc_has_nothing_to_say_of)
{
	char folder[64], path[96], line[128];
	if (system("command -v mandoc >/dev/null"))
		cr_skip("no mandoc");
	folder_new(folder);
	snprintf(path, sizeof path, "%s/secost.1", folder);
	command_result r = command_run((const char *[]){"man", NULL}, NULL);
	FILE *f = fopen(path, "w");
	cr_assert(f && fputs(r.out, f) >= 0 && !fclose(f));
	snprintf(line, sizeof line, "mandoc -T lint %s >&2", path);
	cr_expect_eq(system(line), 0);
	command_release(&r);
	folder_remove(folder);
}
