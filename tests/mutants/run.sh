#!/bin/sh
# Break one place after the other, build, run the tests that fit and then all others, and see whether one of them
# notices.  In a copy of the tree: nothing here changes.  run.sh [WORD]: only mutants of files whose name has WORD.
# Ends with a table by room; exit 1 when fewer than 90 % are killed, a survivor is not explained, or a place is gone.
set -eu
cd "$(dirname "$0")/../.."
copy=${MUTANTS:-build/mutants} seconds=${SECONDS_EACH:-600}
list=$PWD/tests/mutants/mutants.tsv
mkdir -p "$copy/tree" && copy=$(cd "$copy" && pwd)
git ls-files -z | tar -c --null -T - -f - | tar -xf - -C "$copy/tree"
cd "$copy/tree"
: > ../results

quietly() { timeout "$seconds" make -s "$@" > ../log 2>&1; }

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

# what notices it: the compiler, a suite, check-kernels, all tests, or nothing
judge() {
	quietly all || { echo compiler; return; }
	for t in $1; do
		if [ "$t" = kernels ]; then quietly check-kernels || { echo check-kernels; return; }
		else quietly test-now T="$t" || { echo "$t"; return; }; fi
	done
	quietly check-kernels test-now || { echo others; return; }
	echo survives
}

make -s all check-kernels test-now > ../log 2>&1 || { cat ../log; echo "mutants: the tests fail as it is"; exit 1; }
tab=$(printf '\t')
while IFS="$tab" read -r file from to tests why; do
	case $file in '#'* | '') continue ;; *"${1-}"*) ;; *) continue ;; esac
	cp "$file" ../kept
	if mutate "$file" "$from" "$to"; then by=$(judge "$tests"); else by=gone; fi
	cp ../kept "$file"
	printf '%s\t%s\t%s\t%s\t%s\n' "$file" "$by" "$from" "$to" "$why" | tee -a ../results | cut -c 1-110
done < "$list"

awk -F '\t' '
	{ room = $1; sub("^(src|include)/", "", room); sub("/.*", "", room)
	  if (!(room in n)) order[rooms++] = room
	  n[room]++; all++
	  if ($2 == "gone") { gone++; print "gone: " $1 ": " $3; next }
	  if ($2 == "survives") { if ($5 == "") { open++ } survivors = survivors "\n  " $1 ": " $3 "  ->  " $4 "\n      " ($5 == "" ? "NOT EXPLAINED" : $5); next }
	  killed[room]++; dead++ }
	END {
	  printf "\n%-8s %8s %8s\n", "room", "mutants", "killed"
	  for (i = 0; i < rooms; i++) printf "%-8s %8d %8d\n", order[i], n[order[i]], killed[order[i]]
	  printf "%-8s %8d %8d  %.1f %%\n", "all", all, dead, all ? 100 * dead / all : 0
	  if (survivors != "") print "survivors:" survivors
	  exit gone > 0 || open > 0 || 10 * dead < 9 * all }' ../results
