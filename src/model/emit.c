/* A tree as YAML text again: a line for each key of the top, a line for each mapping of a list
 * there, everything below in flow form. */
#include <string.h>

#include "model/yaml.h"

static bool is_safe(const char *s)
{
	return *s && !strpbrk(s, ",[]{}#&*!|>'\"%@`\\\n\t") && !strstr(s, ": ") &&
	       !strchr("-?:", s[0]) && s[0] != ' ';
}

static bool is_number(const char *s)
{
	return *s == '-' && s[strspn(s + 1, "0123456789.") + 1] == '\0' && s[1];
}

static void write_quoted(const char *s, sc_text *out)
{
	sc_text_add(out, "\"");
	for (; *s; s++) {
		if (*s == '\n' || *s == '\t') {
			sc_text_add(out, *s == '\n' ? "\\n" : "\\t");
			continue;
		}
		if (*s == '"' || *s == '\\')
			sc_text_add(out, "\\");
		sc_text_add_bytes(out, s, 1);
	}
	sc_text_add(out, "\"");
}

static void write_flow(const sc_node *n, sc_text *out)
{
	bool list = n->kind == SC_NODE_list;
	if (n->kind == SC_NODE_scalar) {
		if (n->plain && (is_safe(n->text) || is_number(n->text)))
			sc_text_add(out, n->text);
		else
			write_quoted(n->text, out);
		return;
	}
	sc_text_add(out, list ? "[" : "{");
	for (size_t i = 0; i < n->count; i++) {
		sc_text_add(out, i ? ", " : "");
		write_flow(n->item[list ? i : 2 * i], out);
		if (list)
			continue;
		sc_text_add(out, ": ");
		write_flow(n->item[2 * i + 1], out);
	}
	sc_text_add(out, list ? "]" : "}");
}

void sc_tree_write(const sc_node *root, sc_text *out)
{
	for (size_t i = 0; i < root->count; i++) {
		const sc_node *value = root->item[2 * i + 1];
		bool rows = value->kind == SC_NODE_list && value->count &&
			    value->item[0]->kind == SC_NODE_map;
		write_flow(root->item[2 * i], out);
		sc_text_add(out, rows ? ":\n" : ": ");
		for (size_t k = 0; k < value->count && rows; k++) {
			sc_text_add(out, "  - ");
			write_flow(value->item[k], out);
			sc_text_add(out, "\n");
		}
		if (!rows) {
			write_flow(value, out);
			sc_text_add(out, "\n");
		}
	}
}
