#!/bin/sh
# coverage.sh BUILD: lines and branches that the tests ran, by room, with the goal for lines. Fails where one is missed.
# What was never run is in BUILD/coverage.txt, by file.
set -eu

# rows that this processor lacks can't run; `make check-emulated` runs them
lacking=
grep -qs avx512vnni /proc/cpuinfo || lacking=avx512vnni
grep -qs avx512f /proc/cpuinfo || lacking=avx512

gcovr --root . --object-directory "$1/src" --filter src/ ${lacking:+--exclude "src/se/$lacking"} --txt "$1/coverage.txt" --csv "$1/coverage.csv" \
	--exclude-unreachable-branches "$1/src" >/dev/null 2>"$1/coverage.log" || { cat "$1/coverage.log"; exit 1; }

[ -z "$lacking" ] || echo "left out: src/se/$lacking*, which this processor lacks"
sed -n 's/^\([a-z]*\):.*/\1/p' src/ROOMS | awk -F, -v table="$1/coverage.csv" '
function goal(room) { return room ~ /^(cost|block|model|study|plan)$/ ? 95 : 85 }
function percent(part, whole) { return whole ? sprintf("%.1f", int(1000 * part / whole) / 10) : "-" }
BEGIN {
	while ((getline <table) > 0) {
		split($1, path, "/")
		lines[path[2]] += $2; ran[path[2]] += $3; branches[path[2]] += $5; taken[path[2]] += $6
	}
	printf "%-8s %6s %6s %5s %9s %6s\n", "room", "lines", "ran", "goal", "branches", "taken"
}
{
	miss = 100 * ran[$1] < goal($1) * lines[$1]
	missed += miss
	printf "%-8s %6d %4s %% %3d %% %8d %4s %%%s\n", $1, lines[$1], percent(ran[$1], lines[$1]), goal($1), branches[$1],
		percent(taken[$1], branches[$1]), miss ? "   missed" : ""
	all += lines[$1]; all_ran += ran[$1]; all_branches += branches[$1]; all_taken += taken[$1]
}
END {
	printf "%-8s %6d %4s %% %5s %8d %4s %%\n", "all", all, percent(all_ran, all), "", all_branches, percent(all_taken, all_branches)
	exit missed > 0
}'
