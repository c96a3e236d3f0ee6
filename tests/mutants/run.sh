#!/bin/sh
# Break one place after the other, build, run the tests that fit and then all others, and see whether one of them
# notices.  In copies of the tree, JOBS at once: nothing here changes.  Rooms take turns, so that a run that was
# interrupted says something about each; GO_ON=1 keeps what such a run found.  run.sh [WORD]: only mutants of files
# whose name has WORD.
# Ends with a table by room; exit 1 when fewer than 90 % are killed, a survivor is not explained, or a place is gone.
set -eu
cd "$(dirname "$0")/../.."
here=$PWD/tests/mutants work=${MUTANTS:-build/mutants} jobs=${JOBS:-1} seconds=${SECONDS_EACH:-3600}
mkdir -p "$work/1" && work=$(cd "$work" && pwd)
[ "${GO_ON-}" ] || rm -f "$work"/*.results "$work"/done
for n in $(seq "$jobs"); do touch "$work/$n.results"; done
cat "$work"/*.results >> "$work/done" && rm "$work"/*.results
tab=$(printf '\t')

# one of each room, then the second of each …
in_turn() {
	awk -F '\t' -v word="${1-}" '
		kept { done[$1, $3, $4]; next }
		/^#/ || !NF || !index($1, word) || (($1, $2, $3) in done) { next }
		{ room = $1; sub("^src/", "", room); sub("/.*", "", room); printf "%d\t%s\n", ++n[room], $0 }' \
		kept=1 "$work/done" kept=0 "$here/mutants.tsv" |
		sort -s -n -k 1,1 | cut -f 2-
}

# a test that loops for ever, which is 120 s of processor time, has failed
quietly() { (ulimit -t 120; exec timeout "$seconds" make -s "$@") > "$log" 2>&1; }

# replace the one place; 1 when it is not there exactly once
mutate() {
	perl -0777 -e '
		my ($file, $from, $to) = @ARGV;
		s/\\(.)/$1 eq "n" ? "\n" : $1 eq "t" ? "\t" : $1/ge for $from, $to;
		open my $in, "<", $file or exit 1;
		my $text = <$in>;
		my $at = index $text, $from;
		exit 1 if $at < 0 || index($text, $from, $at + 1) >= 0;
		substr($text, $at, length $from) = $to;
		open my $out, ">", $file or exit 1;
		print $out $text' "$@"
}

# the first test that failed, or what else went wrong
failed() { sed -n 's/^\[FAIL\] *\([^:]*::[^: ]*\).*/\1/p' "$log" | sed 1q | grep . || echo "$1"; }

# who notices it, if anybody does: check-kernels, the tests of a suite, all tests, or these and the sweep of faults
ask() {
	case $1 in
	kernels) quietly check-kernels || echo check-kernels ;;
	tests) quietly test-now T='*' TESTS=--fail-fast || failed tests ;;
	faults) quietly test-now || failed 'the sweep of faults' ;;
	*) quietly test-now T="$1" TESTS=--fail-fast || failed "$1" ;;
	esac
}

judge() {
	quietly all || { echo compiler; return; }
	for who in $1 kernels tests faults; do
		by=$(ask "$who")
		[ -z "$by" ] || { echo "$by"; return; }
	done
	echo survives
}

# every JOBSth mutant, in the copy of that number
worker() {
	cd "$work/$1" && log=$work/$1.log
	in_turn "${2-}" | awk -v n="$1" -v of="$jobs" 'NR % of == n % of' |
	while IFS="$tab" read -r file from to tests why; do
		cp "$file" ../"$1".kept
		if mutate "$file" "$from" "$to"; then by=$(judge "$tests"); else by=gone; fi
		cp ../"$1".kept "$file"
		printf '%s\t%s\t%s\t%s\t%s\n' "$file" "$by" "$from" "$to" "$why" >> ../"$1".results
		printf '%-28s %-40.40s %s\n' "$file" "$by" "$from"
	done
}

git ls-files -z | tar -c --null -T - -f - | tar -xmf - -C "$work/1"
log=$work/1.log
(cd "$work/1" && quietly all check-kernels test-now) || { cat "$log"; echo "mutants: the tests fail as it is"; exit 1; }
for n in $(seq 2 "$jobs"); do rm -rf "${work:?}/$n" && cp -a "$work/1" "$work/$n"; done
for n in $(seq "$jobs"); do : > "$work/$n.results"; worker "$n" "${1-}" & done
wait
awk -F '\t' -f "$here/table.awk" "$work"/done "$work"/*.results
