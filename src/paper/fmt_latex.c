/* LaTeX tables for a paper: booktabs rules, numbers to the right, text escaped. */
#include <string.h>

#include "paper/grid.h"

enum { PAGE_WIDTH = 84 }; /* characters */

static const char *command_for(char c)
{
	switch (c) {
	case '\\':
		return "\\textbackslash{}";
	case '[': /* not an argument of the line break before it */
		return "{[}";
	case '*':
		return "{*}";
	case '~':
		return "\\textasciitilde{}";
	case '^':
		return "\\textasciicircum{}";
	case '<':
		return "\\textless{}";
	case '>':
		return "\\textgreater{}";
	case '|':
		return "\\textbar{}";
	case '`':
		return "\\textasciigrave{}";
	case '"':
		return "\\textquotedbl{}";
	default:
		return NULL;
	}
}

/* signs that need a package in older LaTeX are written as commands */
static size_t sign(const char *s, sc_text *out)
{
	static const char *const signs[][2] = {{"·", "$\\cdot$"}, {"×", "$\\times$"}, {"−", "$-$"},
		{"²", "$^2$"}, {"Σ", "$\\Sigma$"}, {"→", "$\\rightarrow$"}, {"≥", "$\\geq$"},
		{"…", "\\ldots{}"}};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t n = strlen(signs[i][0]);
		if (!strncmp(s, signs[i][0], n)) {
			sc_text_add(out, signs[i][1]);
			return n;
		}
	}
	return 0;
}

static void escaped(const char *s, sc_text *out)
{
	while (*s) {
		size_t n = sign(s, out);
		if (n) {
			s += n;
			continue;
		}
		const char *command = command_for(*s);
		if (command)
			sc_text_add(out, command);
		else if (strchr("&%$#_{}", *s))
			sc_text_addf(out, "\\%c", *s);
		else if ((unsigned char)*s < 0x20 || *s == 0x7f)
			sc_text_add(out, " ");
		else
			sc_text_add_bytes(out, s, 1);
		s++;
	}
}

static void cell(const sc_grid *g, size_t row, size_t column, bool exact, sc_text *out)
{
	sc_text text = {0};
	sc_grid_show(g, row, column, exact, &text);
	escaped(sc_text_get(&text), out);
	out->failed = out->failed || text.failed;
	sc_text_release_into(&text, out);
}

static void heading(const sc_grid *g, const size_t *shown, size_t n, bool exact, sc_text *out)
{
	sc_text_add(out, "\\begin{tabular}{");
	for (size_t c = 0; c < n; c++)
		sc_text_add(out, sc_column_is_text(&g->column[shown[c]]) ? "l" : "r");
	sc_text_add(out, "}\n\\toprule\n");
	for (size_t c = 0; c < n; c++) {
		sc_text title = {0};
		sc_grid_heading(g, shown[c], exact, &title);
		sc_text_add(out, c ? " & " : "");
		escaped(sc_text_get(&title), out);
		out->failed = out->failed || title.failed;
		sc_text_release_into(&title, out);
	}
	sc_text_add(out, " \\\\\n\\midrule\n");
}

static void left_out(const sc_grid *g, const size_t *shown, size_t n, size_t all, sc_text *out)
{
	for (size_t c = n; c < all; c++) {
		sc_text_add(out, c > n ? ", " : "% left out for width: ");
		escaped(g->column[shown[c]].title, out);
	}
	sc_text_add(out, all > n ? "\n" : "");
}

static void body(const sc_grid *g, const size_t *shown, size_t n, bool exact, sc_text *out)
{
	for (size_t r = 0; r < g->rows; r++) {
		if (g->row[r] == SC_ROW_total && r)
			sc_text_add(out, "\\midrule\n");
		for (size_t c = 0; c < n; c++) {
			sc_text_add(out, c ? " & " : "");
			cell(g, r, shown[c], exact, out);
		}
		sc_text_add(out, " \\\\\n");
	}
}

/* as many columns as a page takes, unless `wide` */
static void write_grid(const sc_grid *g, const sc_style *style, sc_text *out)
{
	const size_t *shown = g->shown, all = g->shown_count;
	size_t n = style->wide ? all : sc_grid_fit(g, style->exact, PAGE_WIDTH, &out->failed);
	left_out(g, shown, n, all, out);
	sc_text_add(out, "\\begin{table}\n\\caption{");
	escaped(g->title, out);
	sc_text_addf(out, "}\n\\label{tab:%s}\n\\centering\n", g->name);
	heading(g, shown, n, style->exact, out);
	body(g, shown, n, style->exact, out);
	sc_text_add(out, "\\bottomrule\n\\end{tabular}\n\\end{table}\n");
}

static sc_status write(const sc_document *doc, const sc_style *style, sc_text *out, sc_err *err)
{
	(void)err;
	sc_text_add(out, "% \\usepackage{booktabs}\n");
	for (size_t i = 0; i < doc->grids; i++)
		write_grid(doc->grid[i], style, out);
	return SC_OK;
}

const sc_format sc_format_latex = {"latex", "tex", "LaTeX tables with booktabs", write};
