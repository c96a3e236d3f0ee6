/* Several overrides in one text, as a setup or a table of published figures writes them. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "secost/model.h"

/* the next "path=value" of a text cut at semicolons, NULL at its end */
static const char *next(sc_arena *arena, const char **text, bool *failed)
{
	*text += strspn(*text, " ;");
	size_t n = strcspn(*text, ";"), kept = n;
	if (!n)
		return NULL;
	while (kept && (*text)[kept - 1] == ' ')
		kept--;
	char *one = sc_arena_alloc(arena, kept + 1);
	*failed = !one;
	if (one)
		memcpy(one, *text, kept);
	*text += n;
	return one;
}

sc_status sc_model_set_text(sc_model *model, const char *text, sc_err *err)
{
	sc_arena arena = {0};
	size_t count = 0, room = 1, failed_at;
	for (const char *s = text; *s; s++)
		room += *s == ';';
	const char **item = sc_arena_alloc(&arena, room * sizeof *item), *one;
	bool failed = !item;
	while (!failed && (one = next(&arena, &text, &failed)))
		item[count++] = one;
	sc_status s = failed ? sc_fail(err, SC_ENOMEM, "no memory for overrides") : SC_OK;
	if (!s && count)
		s = sc_model_set_all(model, &(sc_texts){item, count}, &failed_at, err);
	sc_arena_release(&arena);
	return s;
}
