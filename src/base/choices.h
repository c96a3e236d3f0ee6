/** \file
 * The two endings of a message about a word that is not one of a list: what is allowed, and what
 * was probably meant. */
#ifndef SC_BASE_CHOICES_H
#define SC_BASE_CHOICES_H

#include <stddef.h>

/** A text in quotes, cut between characters when it is long. */
typedef struct sc_quoted {
	char s[96];
} sc_quoted;
const char *sc_quote(const char *text, sc_quoted *out);

/** Word i of what is allowed: "" for one that can't be written, NULL past the end. */
typedef const char *sc_word_at(const void *of, size_t i);

/** Room for the end of a message. */
typedef struct sc_tail {
	const char *best; /**< the word that is suggested, NULL for none */
	char s[384];
} sc_tail;

/** "; did you mean 'x'?", or "" when no word is near. `offers` counts the words compared, over many
 * calls, so that a file of a million errors stays cheap: past a limit there is no suggestion. NULL
 * has no limit. */
const char *sc_did_you_mean(
	const char *wanted, sc_word_at *at, const void *of, size_t *offers, sc_tail *out);
/** ", must be one of: a, b, c; did you mean 'x'?"; a long list is cut. */
const char *sc_must_be_one_of(
	const char *wanted, sc_word_at *at, const void *of, size_t *offers, sc_tail *out);

#endif
