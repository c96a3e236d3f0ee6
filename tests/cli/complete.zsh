#!/usr/bin/env zsh
# complete.zsh SHELL FOLDER: types each line of standard input and a tab into a SHELL with a terminal, as
# a person would, and prints what the line has become. FOLDER has the command and becomes part of PATH.
zmodload zsh/zpty || exit 1
typeset -A start=(bash 'bash --norc --noprofile -i' zsh 'zsh -f -i')
typeset -A setup=(bash 'source <(secost completion bash)'
                  zsh 'autoload -Uz compinit; compinit -u -D; source <(secost completion zsh)')
export TERM=dumb PATH=$2:$PATH HISTFILE= INPUTRC=/dev/null

zpty shell $start[$1]
say() { zpty -w shell "$1" }
await() { # everything up to a pattern, or give up
	local all= part
	repeat 400; do
		if zpty -rt shell part; then all+=$part; [[ $all == *$~1* ]] && break; else sleep 0.02; fi
	done
	print -r -- $all
}
say "PS1='' PROMPT=''; show() { printf '<%s>\\n' \"\$*\"; }; $setup[$1]; printf 're%sdy\\n' a"
await 'ready' >/dev/null
while read -r line; do
	zpty -wn shell "$line"$'\t'
	sleep 0.3
	say $'\x01show '
	answer=$(await '<secost*>')
	print -r -- "${${answer##*<}%%>*}"
done
zpty -d shell
