/* Descriptions inside the library, so that one file is all there is to copy. The table is made from
 * configs/ when the library is built; a path that begins with "secost:" is looked up in it by
 * whoever reads a description, and a study inside finds its network inside. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/choices.h"
#include "model/source.h"

#define SCHEME "secost:"

static const sc_bundled table[] = {
#define BUNDLED(kind, name, extension, ...) \
	{kind, name, SCHEME kind "/" name extension, \
		(const char *)(const unsigned char[]){__VA_ARGS__ 0}},
#include "bundled.inc"
#undef BUNDLED
};

const sc_bundled *sc_bundled_at(size_t i)
{
	return i < sizeof table / sizeof *table ? &table[i] : NULL;
}

/* the path with "FOLDER/../" taken out */
static void shorten(const char *path, char *out, size_t room)
{
	snprintf(out, room, "%s", path);
	for (char *up; (up = strstr(out, "/../"));) {
		char *from = up;
		while (from > out && from[-1] != '/' && from[-1] != ':')
			from--;
		memmove(from, up + 4, strlen(up + 4) + 1);
	}
}

const sc_bundled *sc_bundled_file(const char *path)
{
	char shown[512];
	if (strncmp(path, SCHEME, strlen(SCHEME)) != 0)
		return NULL;
	shorten(path, shown, sizeof shown);
	for (size_t i = 0; sc_bundled_at(i); i++)
		if (!strcmp(table[i].path, shown))
			return &table[i];
	return NULL;
}

/* Equal but for case and for what is neither a letter nor a digit, so that "SE-ResNeXt-50 (32x4d)"
 * and "se_resnext_50_32x4d" name one network. `n` bytes of `b`. */
static bool same_name(const char *a, const char *b, size_t n)
{
	const char *stop = b + n;
	for (;;) {
		while (*a && !isalnum((unsigned char)*a))
			a++;
		while (b < stop && !isalnum((unsigned char)*b))
			b++;
		if (!*a || b == stop)
			return !*a && b == stop;
		if (tolower((unsigned char)*a++) != tolower((unsigned char)*b++))
			return false;
	}
}

/* the value of the first line that begins with `key`, as it is written; its length in `*n` */
static const char *line_value(const char *text, const char *key, size_t *n)
{
	size_t length = strlen(key);
	const char *at = strncmp(text, key, length) ? strstr(text, key) : text;
	while (at && at != text && at[-1] != '\n')
		at = strstr(at + 1, key);
	*n = at ? strcspn(at + length, "\n") : 0;
	return at ? at + length : "";
}

static bool has_name(const sc_bundled *b, const char *name)
{
	return same_name(name, b->name, strlen(b->name));
}

static bool has_title(const sc_bundled *b, const char *name)
{
	size_t n;
	const char *title = line_value(b->text, "name:", &n);
	return n && same_name(name, title, n);
}

/* titles are inside the texts, which take longer to look through than all names */
const sc_bundled *sc_bundled_named(const char *kind, const char *name)
{
	for (size_t i = 0; sc_bundled_at(i); i++)
		if (!strcmp(table[i].kind, kind) && has_name(&table[i], name))
			return &table[i];
	for (size_t i = 0; sc_bundled_at(i); i++)
		if (!strcmp(table[i].kind, kind) && has_title(&table[i], name))
			return &table[i];
	return NULL;
}

sc_status sc_model_load_bundled(const char *name, sc_model **out, sc_errs *errs)
{
	const sc_bundled *b = sc_bundled_named("networks", name);
	sc_err err = {0};
	if (b)
		return sc_model_load(b->path, out, errs);
	sc_fail(&err, SC_EINVAL, "no network '%.60s' is bundled", name);
	return sc_errs_add(errs, &err);
}

sc_status sc_source_read(const char *path, sc_text *out, sc_err *err)
{
	enum { FILE_BYTES_MAX = 16 << 20 };
	const sc_bundled *b = sc_bundled_file(path);
	if (!b)
		return sc_file_read(path, FILE_BYTES_MAX, out, err);
	sc_text_add(out, b->text);
	return out->failed ? sc_fail(err, SC_ENOMEM, "no memory to read '%s'", path) : SC_OK;
}

const char *sc_path_beside(sc_arena *arena, const char *file, const char *path)
{
	sc_text out = {0};
	const char *slash = strrchr(file, '/');
	if (slash && path[0] != '/')
		sc_text_add_bytes(&out, file, (size_t)(slash - file) + 1);
	sc_text_add(&out, path);
	const char *copy = out.failed ? NULL : sc_arena_strdup(arena, out.s);
	sc_text_release(&out);
	return copy;
}

/* where a description is looked for: beside the one that names it, with and without the ending,
 * then inside; NULL without memory */
const char *sc_network_path(sc_arena *arena, const char *file, const char *network)
{
	const char *path = sc_path_beside(arena, file, network);
	const sc_bundled *b = sc_bundled_named("networks", network);
	bool there = !path || sc_bundled_file(path) || !access(path, F_OK);
	return b && !there ? b->path : path;
}
