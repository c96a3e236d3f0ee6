# the results of run.sh, a mutant a line (file, what noticed it, from, to, why it survives), as a table by room
{
	room = $1; sub("^src/", "", room); sub("/.*", "", room)
	if (!(room in n)) order[rooms++] = room
	n[room]++; all++
}
$2 == "gone" { gone++; print "gone: " $1 ": " $3; next }
$2 == "survives" {
	if ($5 == "") open++
	survivors = survivors "\n  " $1 ": " $3 "  ->  " $4 "\n      " ($5 == "" ? "NOT EXPLAINED" : $5)
	next
}
{ killed[room]++; dead++; if ($5 != "") print "explained, and yet killed by " $2 ": " $1 ": " $3 }
END {
	printf "\n%-8s %8s %8s\n", "room", "mutants", "killed"
	for (i = 0; i < rooms; i++) printf "%-8s %8d %8d\n", order[i], n[order[i]], killed[order[i]]
	printf "%-8s %8d %8d  %.1f %%\n", "all", all, dead, all ? 100 * dead / all : 0
	if (survivors != "") print "survivors:" survivors
	exit gone > 0 || open > 0 || 10 * dead < 9 * all
}
