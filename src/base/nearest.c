/* Optimal string alignment distance over three rows; words longer than LONGEST are never near. */
#include "base/nearest.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { LONGEST = 63 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int lower(char c)
{
	return tolower((unsigned char)c);
}

static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
	size_t row[3][LONGEST + 1];
	for (size_t j = 0; j <= m; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
		now[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t change = lower(a[i - 1]) != lower(b[j - 1]);
			now[j] = least(least(last[j] + 1, now[j - 1] + 1), last[j - 1] + change);
			if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
				lower(a[i - 2]) == lower(b[j - 1]))
				now[j] = least(now[j], before[j - 2] + 1);
		}
	}
	return row[n % 3][m];
}

static size_t limit_for(size_t n)
{
	return n < 3 ? 1 : least(n / 3 + 1, 3);
}

sc_nearest sc_nearest_to(const char *wanted)
{
	return (sc_nearest){.wanted = wanted, .distance = limit_for(strlen(wanted)) + 1};
}

/* "expand" and "expansion": all but the last letter, and at least four */
static bool begins_alike(const char *a, size_t n, const char *b)
{
	enum { LEAST = 4 };
	size_t same = 0;
	while (a[same] && lower(a[same]) == lower(b[same]))
		same++;
	return same >= LEAST && same + 1 >= n;
}

void sc_nearest_offer(sc_nearest *n, const char *candidate)
{
	size_t a = strlen(n->wanted), b = strlen(candidate);
	if (!a || !b || a > LONGEST || b > LONGEST)
		return;
	size_t d = distance(n->wanted, a, candidate, b), limit = limit_for(a);
	if (d > limit && begins_alike(n->wanted, a, candidate))
		d = limit;
	if (d < n->distance && d < b) {
		n->distance = d;
		n->best = candidate;
	}
}
