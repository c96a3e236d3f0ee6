#include "base/locate.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *blank(const char *p)
{
	return p + strspn(p, " \t\r\n");
}

static const char *skip_string(const char *p)
{
	for (p++; *p && *p != '"'; p++)
		p += *p == '\\' && p[1];
	return *p ? p + 1 : p;
}

/* past a value: brackets are counted, strings are passed over */
static const char *skip_value(const char *p)
{
	int depth = 0;
	do {
		p = blank(p);
		if (*p == '"') {
			p = skip_string(p);
		} else if (*p == '{' || *p == '[') {
			depth++;
			p++;
		} else if (*p == '}' || *p == ']') {
			depth--;
			p++;
		} else if (depth && (*p == ',' || *p == ':')) {
			p++;
		} else {
			p += strcspn(p, " \t\r\n,]}");
		}
	} while (depth > 0 && *p);
	return p;
}

/* the member or item that the first part of `path` names, NULL when there is none */
static const char *enter(const char *p, const char *part, size_t n)
{
	bool list = *part == '[';
	size_t index = list ? strtoul(part + 1, NULL, 10) : 0;
	p = blank(p);
	if (*p != (list ? '[' : '{'))
		return NULL;
	for (p = blank(p + 1); *p && *p != ']' && *p != '}';) {
		const char *key = p;
		if (!list) {
			p = blank(skip_string(p));
			p = blank(p + (*p == ':'));
		}
		if (list ? !index-- : !strncmp(key + 1, part, n) && key[1 + n] == '"')
			return p;
		p = blank(skip_value(p));
		p = blank(p + (*p == ','));
	}
	return NULL;
}

void sc_json_locate(const char *json, const char *path, sc_err *err)
{
	const char *at = blank(json), *next;
	while (*path) {
		size_t n = *path == '[' ? strcspn(path, "]") + 1 : strcspn(path, ".[");
		next = enter(at, path, n);
		if (!next)
			break;
		at = next;
		path += n;
		path += *path == '.';
	}
	err->line = err->column = 1;
	for (const char *p = json; p < at; p++) {
		err->column = *p == '\n' ? 1 : err->column + ((*p & 0xc0) != 0x80);
		err->line += *p == '\n';
	}
}
