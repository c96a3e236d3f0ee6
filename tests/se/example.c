/* The program in the manual of secost/se.h compiles against the built library and runs. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/program.h"
#include "base/text.h"

/* what stands between \code and \endcode in the header, without the comment's margin */
static void extract(sc_text *source)
{
	char *header = file_text("include/secost/se.h"), *next = NULL;
	char *line = strstr(header, "\\code\n"), *end = strstr(header, " * \\endcode");
	cr_assert(line && end);
	*end = '\0';
	strtok_r(line, "\n", &next);
	while ((line = strtok_r(NULL, "\n", &next)))
		sc_text_addf(source, "%s\n", strncmp(line, " * ", 3) ? "" : line + 3);
	free(header);
}

Test(se_example, the_program_in_the_manual_compiles_and_runs)
{
	sc_text source = {0};
	extract(&source);
	char *out = program_output(sc_text_get(&source), "");
	cr_assert(!strncmp(out, "row: ", 5) && strstr(out, "\ny[0] = -"), "%s", out);
	free(out);
	sc_text_release(&source);
}
