/* Completion for bash, from the same tables as --help. */
#include <stdio.h>

#include "cli/cli.h"

static void print_case(const sc_command *command)
{
	sc_option_info o;
	printf("\t%s) words='", command->name);
	for (size_t i = 0; option_at(command, i, &o); i++)
		printf("--%s ", o.name);
	printf("--help' ;;\n");
}

int run_completion(const sc_options *o)
{
	(void)o;
	printf("_secost() {\n\tlocal words='' current=${COMP_WORDS[COMP_CWORD]}\n"
	       "\tif [ \"$COMP_CWORD\" = 1 ]; then\n\t\twords='");
	for (size_t i = 0; command_at(i); i++)
		printf("%s ", command_at(i)->name);
	printf("'\n\telse case ${COMP_WORDS[1]} in\n");
	for (size_t i = 0; command_at(i); i++)
		print_case(command_at(i));
	printf("\tesac; fi\n\tCOMPREPLY=($(compgen -W \"$words\" -- \"$current\") $(compgen -f -- "
	       "\"$current\"))\n}\n"
	       "complete -o filenames -F _secost secost\n");
	return EXIT_DONE;
}
