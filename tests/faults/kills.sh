#!/bin/sh
# kills.sh SECOST STUDY MOMENTS: a report is ended by TERM and by INT at so many moments of its run each, spread evenly.
# Then no process may be left in its folder, and after the next run no temporary file and a whole report.
set -eu

secost=$1 study=$2 moments=$3
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
out=$here/$(basename "$study" | sed 's/[.].*//')

run() { "$secost" report "$study" -o "$here" -q >/dev/null 2>"$here/err"; }

# processes that work below the folder
children() {
	for process in /proc/[0-9]*; do
		case $(readlink "$process/cwd" 2>/dev/null) in "$here"*) echo "${process#/proc/}" ;; esac
	done
}

temporaries() { find "$here" -name '*.tmp' | wc -l; }

# files under a final name that lack their end
damaged() {
	for file in "$out"/charts/*.svg; do [ ! -e "$file" ] || tail -c 64 "$file" | grep -q '</svg>' || echo "$file"; done
	for file in "$out"/charts/*.pdf; do [ ! -e "$file" ] || tail -c 64 "$file" | grep -q '%%EOF' || echo "$file"; done
	for file in "$out"/charts/*.png; do [ ! -e "$file" ] || tail -c 12 "$file" | grep -q IEND || echo "$file"; done
	for file in "$out"/*.html; do [ ! -e "$file" ] || tail -c 64 "$file" | grep -q '</html>' || echo "$file"; done
}

seconds() { date +%s.%N; }

begin=$(seconds)
run
length=$(echo "$(seconds) - $begin" | bc)
find "$out" -type f | sed "s|$out/||" | sort >"$here/whole"
printf '%s takes %.2f s and has %d files\n' "$study" "$length" "$(wc -l <"$here/whole")"
printf '%-6s %7s %9s %8s %8s %11s %20s\n' signal moments 'ended by' finished children temporaries 'after the next run'

bad=0
for signal in TERM INT; do
	ended=0 finished=0 left=0 temporary=0 after=0 broken=0
	for i in $(seq "$moments"); do
		rm -rf "$out"
		# in the background a shell ignores INT, which is handed on; so the command is started by one that doesn't
		env --default-signal=INT "$secost" report "$study" -o "$here" -q >/dev/null 2>"$here/err" &
		pid=$!
		sleep "$(echo "scale=4; $length * ($i - 0.5) / $moments" | bc)"
		kill -s "$signal" "$pid" 2>/dev/null || :
		code=0
		{ wait "$pid" || code=$?; } 2>/dev/null
		case $code in
		130 | 143) ended=$((ended + 1)) ;;
		0) finished=$((finished + 1)) ;;
		*) broken=$((broken + 1)); echo "ended with $code at moment $i" ;;
		esac
		left=$((left + $(children | wc -l)))
		temporary=$((temporary + $(temporaries)))
		damage=$(damaged)
		[ -z "$damage" ] || { broken=$((broken + 1)); echo "damaged: $damage"; }
		run
		after=$((after + $(temporaries)))
		find "$out" -type f | sed "s|$out/||" | sort | cmp -s - "$here/whole" ||
			{ broken=$((broken + 1)); echo "the next run is not whole after moment $i"; }
	done
	printf '%-6s %7d %9d %8d %8d %11d %20d\n' "$signal" "$moments" "$ended" "$finished" "$left" "$temporary" "$after"
	bad=$((bad + left + after + broken))
done
[ "$bad" = 0 ]
