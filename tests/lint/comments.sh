#!/bin/sh
# Every member of a struct in a public header says what it is: by a comment on its line, or by one that ends on the
# line before it.
set -eu
awk '
	FNR == 1 { depth = 0; told = 0; open = 0 }
	/^typedef struct .*\{$/ { depth = 1; told = 0; next }
	depth && /\{$/ { depth++; next }
	depth && /^\t*\}/ { depth--; next }
	{ line = $0 }
	depth && open && /\*\// { open = 0; told = 1; next }
	open { next }
	depth && /^\t*\/\*\*/ { if (/\*\/$/) told = 1; else open = 1; next }
	depth && /\/\*\*</ { if (!/\*\//) open = 1; half = 0; told = 0; next }
	depth && /^#/ { next }
	depth && /;/ { if (!told && !/\*\//) { print FILENAME ":" FNR ": no comment:" line; bad = 1 } told = 0 }
	END { exit bad }' "$@" && echo "$# headers say what their members are"
