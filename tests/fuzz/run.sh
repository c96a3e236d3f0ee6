#!/bin/sh
# run.sh BUILD SECONDS JOBS [FUZZER]: every fuzzer of fuzzers.def for so long, so many at a time, from tests/fuzz/corpus,
# its seeds and what it found before. Prints a table; what crashed is in BUILD/fuzz/<fuzzer>/crashes.
set -eu

build=$1 seconds=$2 jobs=$3 only=${4:-}
list=tests/fuzz/fuzzers.def

if [ "$only" = --one ]; then
	name=$5 place=$build/fuzz/$5
	rm -rf "$place/seeds" "$place/crashes"
	mkdir -p "$place/seeds" "$place/corpus" "$place/crashes"
	for file in tests/fuzz/corpus/"$name"/* $(sed -n "s/^FUZZER($name, \"\(.*\)\")/\1/p" $list); do
		[ ! -f "$file" ] || cp "$file" "$place/seeds/$(echo "$file" | tr / _)"
	done
	"$build/fuzz-$name" -max_total_time="$seconds" -max_len=16384 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
		-artifact_prefix="$place/crashes/" "$place/corpus" "$place/seeds" >"$place/log" 2>&1 || :
	exit 0
fi

names=$(sed -n 's/^FUZZER(\([a-z]*\),.*/\1/p' $list)
[ -z "$only" ] || names=$only
echo "$names" | xargs -P "$jobs" -I NAME sh "$0" "$build" "$seconds" 1 --one NAME

bad=0
printf '%-12s %10s %6s %7s %8s\n' fuzzer runs s corpus crashes
for name in $names; do
	place=$build/fuzz/$name
	crashes=$(find "$place/crashes" -type f | wc -l)
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$place/log")
	took=$(sed -n 's/^Done [0-9]* runs in \([0-9]*\) second.*/\1/p' "$place/log")
	printf '%-12s %10s %6s %7d %8d\n' "$name" "${runs:--}" "${took:--}" "$(find "$place/corpus" -type f | wc -l)" "$crashes"
	[ "$crashes" = 0 ] && [ -n "$took" ] || { bad=1; echo "see $place/log"; }
done
exit $bad
