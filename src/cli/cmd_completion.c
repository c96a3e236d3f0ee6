/* Completion for shells. The scripts know nothing: they hand the words of the line to
 * `secost completion words -- WORD…` and show what it prints, one candidate a line; a last line
 * ":files" asks for files, too. A candidate that ends with '.' or '=' is no whole word. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/complete.h"

/* bash cuts words at '=' and ':', so they are put together again, and what stands before the last
 * cut is taken from the candidates */
static const char bash[] =
	"_secost() {\n"
	"\tlocal i word current head\n"
	"\tlocal -a words=()\n"
	"\tfor ((i = 1; i <= COMP_CWORD; i++)); do\n"
	"\t\tword=${COMP_WORDS[i]}\n"
	"\t\tif ((i > 1)) && [[ $word == [=:]* || ${COMP_WORDS[i-1]} == *[=:] ]]; then\n"
	"\t\t\twords[${#words[@]}-1]+=$word\n"
	"\t\telse\n"
	"\t\t\twords+=(\"$word\")\n"
	"\t\tfi\n"
	"\tdone\n"
	"\tcurrent=${words[${#words[@]}-1]}\n"
	"\tmapfile -t COMPREPLY < <(\"$1\" completion words -- \"${words[@]}\" 2>/dev/null)\n"
	"\tif ((${#COMPREPLY[@]})) && [[ ${COMPREPLY[-1]} == :files ]]; then\n"
	"\t\tunset 'COMPREPLY[-1]'\n"
	"\t\tmapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -f -- \"$current\")\n"
	"\t\tcompopt -o filenames 2>/dev/null\n"
	"\tfi\n"
	"\tif [[ $current == *[=:]* ]]; then\n"
	"\t\thead=${current%\"${current##*[=:]}\"}\n"
	"\t\tCOMPREPLY=(\"${COMPREPLY[@]#\"$head\"}\")\n"
	"\tfi\n"
	"\tif ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *[.=] ]]; then\n"
	"\t\tcompopt -o nospace 2>/dev/null\n"
	"\tfi\n"
	"}\n"
	"complete -F _secost secost\n";

static const char zsh[] =
	"#compdef secost\n"
	"_secost() {\n"
	"\tlocal -a found\n"
	"\tfound=(${(f)\"$(\"${words[1]}\" completion words -- \"${(@)words[2,CURRENT]}\" "
	"2>/dev/null)\"})\n"
	"\tif [[ ${found[-1]} == :files ]]; then\n"
	"\t\tfound[-1]=()\n"
	"\t\t_files\n"
	"\tfi\n"
	"\tcompadd -S '' -- ${(M)found:#*[.=]}\n"
	"\tcompadd -- ${found:#*[.=]}\n"
	"}\n"
	"if [[ $funcstack[1] == _secost ]]; then _secost \"$@\"; else compdef _secost secost; fi\n";

static const char fish[] =
	"function __secost_words\n"
	"\tset -l line (commandline -opc)\n"
	"\tfor word in ($line[1] completion words -- $line[2..] (commandline -ct) 2>/dev/null)\n"
	"\t\tif test $word = :files\n"
	"\t\t\t__fish_complete_path (commandline -ct)\n"
	"\t\telse\n"
	"\t\t\techo $word\n"
	"\t\tend\n"
	"\tend\n"
	"end\n"
	"complete -c secost -f -a '(__secost_words)'\n";

int run_completion(const sc_options *o)
{
	const char *shell = o->arg_count ? o->args[0] : "";
	const char *script = !strcmp(shell, "bash")   ? bash
			     : !strcmp(shell, "zsh")  ? zsh
			     : !strcmp(shell, "fish") ? fish
						      : NULL;
	if (!strcmp(shell, "words"))
		complete_words(o->args + 1, o->arg_count - 1);
	else if (!script || o->arg_count > 1)
		return complain("'completion' needs a shell: bash, zsh or fish");
	else
		fputs(script, stdout);
	return EXIT_DONE;
}
