#include "base/choices.h"

#include <stdio.h>
#include <string.h>

#include "base/nearest.h"

enum { OFFERS_MAX = 20000, LIST_BYTES = 250 };

const char *sc_quote(const char *text, sc_quoted *out)
{
	size_t n = strnlen(text, 64), keep = n > 60 ? 60 : n;
	while (keep < n && keep && ((unsigned char)text[keep] & 0xc0) == 0x80)
		keep--;
	snprintf(out->s, sizeof out->s, "'%.*s%s'", (int)keep, text, keep < n ? "…" : "");
	return out->s;
}

const char *sc_did_you_mean(
	const char *wanted, sc_word_at *at, const void *of, size_t *offers, sc_tail *out)
{
	sc_nearest near = sc_nearest_to(wanted);
	const char *word;
	size_t unlimited = 0, *count = offers ? offers : &unlimited;
	for (size_t i = 0; *count < OFFERS_MAX && (word = at(of, i)); i++, ++*count)
		sc_nearest_offer(&near, word);
	sc_quoted quoted;
	out->s[0] = '\0';
	out->best = near.best;
	if (near.best)
		snprintf(out->s, sizeof out->s, "; did you mean %s?", sc_quote(near.best, &quoted));
	return out->s;
}

static size_t list_words(sc_word_at *at, const void *of, char *s, size_t room)
{
	size_t n = 0;
	const char *word;
	for (size_t i = 0; (word = at(of, i)); i++) {
		size_t len = strlen(word);
		if (!len)
			continue;
		if (n + len > LIST_BYTES)
			return n + (size_t)snprintf(s + n, room - n, "%s…", n ? ", " : "");
		n += (size_t)snprintf(s + n, room - n, "%s%s", n ? ", " : "", word);
	}
	return n;
}

const char *sc_must_be_one_of(
	const char *wanted, sc_word_at *at, const void *of, size_t *offers, sc_tail *out)
{
	sc_tail hint;
	sc_did_you_mean(wanted, at, of, offers, &hint);
	out->best = hint.best;
	size_t n = (size_t)snprintf(out->s, sizeof out->s, ", must be one of: ");
	n += list_words(at, of, out->s + n, sizeof out->s - n);
	snprintf(out->s + n, sizeof out->s - n, "%.100s", hint.s);
	return out->s;
}
