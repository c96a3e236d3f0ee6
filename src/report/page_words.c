/* Words of the page that a reader may not know, each explained once, below what uses it first. */
#include <ctype.h>
#include <string.h>

#include "report/page.h"

static const struct {
	const char *word, *meaning;
} words[] = {
#define WORD(word, meaning) {word, meaning},
#include "report/words.def"
#undef WORD
};

static bool is_part_of_a_word(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_';
}

static bool stands_at(const char *at, const char *html, const char *word)
{
	size_t n = strlen(word);
	return !strncmp(at, word, n) && (at == html || !is_part_of_a_word(at[-1])) &&
	       !is_part_of_a_word(at[n]);
}

/* a longer word of the list at the same place */
static bool is_of_a_longer(const char *at, const char *html, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (stands_at(at, html, words[k].word))
			return true;
	return false;
}

typedef struct uses {
	bool any, explained; /* is it there? does a remark say already what it is? */
} uses;

/* in text, not inside of tags */
static uses uses_of(const char *html, size_t i)
{
	uses u = {false, false};
	size_t n = strlen(words[i].word);
	for (const char *at = html; *at; at++) {
		if (*at == '<')
			at += strcspn(at, ">");
		if (!*at)
			break;
		if (!stands_at(at, html, words[i].word) || is_of_a_longer(at, html, i))
			continue;
		u.any = true;
		u.explained = u.explained || !strncmp(at + n, ": ", 2);
	}
	return u;
}

/* the same meaning under another spelling */
static bool is_said(const sc_page_words *said, size_t i)
{
	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if ((said->bits >> k & 1) && !strcmp(words[k].meaning, words[i].meaning))
			return true;
	return false;
}

void sc_page_explain(sc_page_words *said, const char *html, sc_text *out)
{
	bool any = false;
	_Static_assert(sizeof words / sizeof *words <= 64, "a bit for each word");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		uses u = uses_of(html, i);
		if (!u.any || is_said(said, i))
			continue;
		said->bits |= (uint64_t)1 << i;
		if (u.explained)
			continue;
		sc_text_add(out, any ? "" : "<dl class=\"words\">\n");
		sc_page_element("<dt>", words[i].word, "</dt>", out);
		sc_page_element("<dd>", words[i].meaning, "</dd>\n", out);
		any = true;
	}
	sc_text_add(out, any ? "</dl>\n" : "");
}
