/* Paths into a network: how an item of a list is named, wherever a path is read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/choices.h"
#include "secost/model.h"

static int column_of(const sc_path *path)
{
	int column = 1;
	for (const char *p = path->text; p < path->p; p++)
		column += ((unsigned char)*p & 0xc0) != 0x80;
	return column;
}

static sc_status fail(const sc_path *path, sc_err *err, const char *message)
{
	sc_fail(err, SC_ESCHEMA, "%s", message);
	if (err) {
		err->line = 1;
		err->column = column_of(path);
	}
	return SC_ESCHEMA;
}

static sc_status no_item(
	const sc_path *path, const char *noun, int length, size_t count, sc_err *err)
{
	char message[160];
	if (count)
		snprintf(message, sizeof message,
			"there is no item %.*s in the %.40s, must be -%zu … %zu", length, path->p,
			noun, count, count - 1);
	else
		snprintf(message, sizeof message, "there are no %.40s to pick from", noun);
	return fail(path, err, message);
}

sc_status sc_path_index(sc_path *path, const char *noun, size_t count, size_t *out, sc_err *err)
{
	const char *p = path->p + 1;
	bool back = *path->p == '[' && *p == '-';
	size_t digits = *path->p == '[' ? strspn(p + back, "0123456789") : 0;
	size_t length = digits + back;
	if (!digits || p[length] != ']')
		return fail(
			path, err, "an index must be a number in brackets, such as [0] or [-1]");
	unsigned long long i = digits < 10 ? strtoull(p + back, NULL, 10) : 9999999999;
	path->p = p;
	if (back ? i > count || !i : i >= count)
		return no_item(path, noun, length < 20 ? (int)length : 20, count, err);
	*out = back ? count - (size_t)i : (size_t)i;
	path->p = p + length + 1;
	return SC_OK;
}

size_t sc_path_key_length(const char *p)
{
	return strcspn(p, ".[]=");
}

static sc_status no_such_name(sc_path *path, const sc_path_list *list, sc_err *err)
{
	size_t n = sc_path_key_length(path->p);
	char name[80], message[512];
	sc_quoted quoted;
	sc_tail tail;
	snprintf(name, sizeof name, "%.*s", (int)(n < 79 ? n : 79), path->p);
	if (n && n < 10 && strspn(name, "0123456789") == n) {
		snprintf(message, sizeof message,
			"there is no '%s' in '%.40s'; for an index write %.40s[%s]", name,
			list->noun, list->noun, name);
		return fail(path, err, message);
	}
	sc_must_be_one_of(name, list->name, list->of, path->offers, &tail);
	snprintf(message, sizeof message, "there is no %s in '%.40s'%s", sc_quote(name, &quoted),
		list->noun, list->count ? tail.s : ", which is empty");
	return fail(path, err, message);
}

/* of several names the longest, since a name may have dots */
static sc_status read_name(sc_path *path, const sc_path_list *list, size_t *out, sc_err *err)
{
	size_t longest = 0;
	const char *name;
	path->p++;
	for (size_t i = 0; (name = list->name(list->of, i)); i++) {
		size_t n = strlen(name);
		if (n > longest && !strncmp(path->p, name, n) && strchr(".[=", path->p[n])) {
			longest = n;
			*out = i;
		}
	}
	if (!longest)
		return no_such_name(path, list, err);
	path->p += longest;
	return SC_OK;
}

sc_status sc_path_item(sc_path *path, const sc_path_list *list, size_t *out, sc_err *err)
{
	char message[120];
	if (*path->p == '[')
		return sc_path_index(path, list->noun, list->count, out, err);
	if (*path->p == '.')
		return read_name(path, list, out, err);
	snprintf(message, sizeof message, "'%.40s' is a list, must be followed by [index] or .name",
		list->noun);
	return fail(path, err, message);
}

/* --- stages and blocks, which most paths name --- */

static const char *stage_name(const void *of, size_t i)
{
	const sc_model *m = of;
	return i < m->stages.count ? m->stages.item[i].name : NULL;
}

sc_status sc_path_stage(sc_path *path, const sc_model *m, size_t *stage, sc_err *err)
{
	const sc_path_list stages = {"stages", m->stages.count, stage_name, m};
	return sc_path_item(path, &stages, stage, err);
}

sc_status sc_path_block(
	sc_path *path, const sc_model *m, size_t stage, bool *has, uint32_t *block, sc_err *err)
{
	static const char blocks[] = ".blocks[";
	size_t i;
	*has = !strncmp(path->p, blocks, sizeof blocks - 1);
	if (!*has)
		return SC_OK;
	path->p += sizeof blocks - 2;
	sc_status s = sc_path_index(path, "blocks", m->stages.item[stage].blocks, &i, err);
	if (!s)
		*block = (uint32_t)i;
	return s;
}
