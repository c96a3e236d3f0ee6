/* LaTeX tables for a paper: booktabs rules, numbers to the right, text escaped. A table takes a
 * column of a two-column page, with the columns that fit, or with `wide` the whole page; words
 * break into lines. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "paper/grid.h"

/* characters of \\footnotesize in a column and on a page, and for the gap between two columns */
enum { COLUMN_WIDTH = 52, PAGE_WIDTH = 110, GAP = 2, WORD = 14 };

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

void sc_latex_text(const char *s, sc_text *out)
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
		else if (*s == '_') /* where a name may break */
			sc_text_add(out, "\\_\\allowbreak{}");
		else if (*s == '/')
			sc_text_add(out, "/\\allowbreak{}");
		else if (strchr("&%$#{}", *s))
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
	sc_latex_text(sc_text_get(&text), out);
	out->failed = out->failed || text.failed;
	sc_text_release_into(&text, out);
}

/* wide words share what the narrow columns leave of the line */
static void word_columns(const sc_grid *g, const size_t *shown, size_t n, bool exact, sc_text *out)
{
	size_t narrow = 0, wide = 0;
	for (size_t c = 0; c < n; c++) {
		size_t w = sc_grid_width(g, shown[c], exact, &out->failed);
		narrow += w <= WORD ? w + GAP : GAP;
		wide += w > WORD;
	}
	double left = narrow < PAGE_WIDTH ? 1 - (double)narrow / PAGE_WIDTH : 0.3;
	for (size_t c = 0; c < n; c++)
		if (sc_grid_width(g, shown[c], exact, &out->failed) <= WORD)
			sc_text_add(out, "l");
		else
			sc_text_addf(out, ">{\\raggedright\\arraybackslash}p{%.2f\\linewidth}",
				left / (double)wide);
}

static void heading(const sc_grid *g, const size_t *shown, size_t n, bool exact, sc_text *out)
{
	sc_text_add(out, "\\begin{tabular}{@{}");
	if (sc_grid_is_words(g))
		word_columns(g, shown, n, exact, out);
	else
		for (size_t c = 0; c < n; c++)
			sc_text_add(out, sc_column_is_text(&g->column[shown[c]]) ? "l" : "r");
	sc_text_add(out, "@{}}\n\\toprule\n");
	for (size_t c = 0; c < n; c++) {
		sc_text title = {0};
		sc_grid_heading(g, shown[c], exact, &title);
		sc_text_add(out, c ? " & " : "");
		sc_latex_text(sc_text_get(&title), out);
		out->failed = out->failed || title.failed;
		sc_text_release_into(&title, out);
	}
	sc_text_add(out, " \\\\\n\\midrule\n");
}

static void left_out(const sc_grid *g, const size_t *shown, size_t n, size_t all, sc_text *out)
{
	for (size_t c = n; c < all; c++) {
		sc_text_add(out, c > n ? ", " : "% left out for width: ");
		sc_latex_text(g->column[shown[c]].title, out);
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

/* small letters, digits and '-' */
void sc_latex_label(const char *s, sc_text *out)
{
	bool gap = false;
	for (; *s; s++) {
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s;
		bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (plain && gap)
			sc_text_add(out, "-");
		if (plain)
			sc_text_add_bytes(out, &c, 1);
		gap = !plain;
	}
}

/* of what, and what: "SE-ResNet-50: cost by stage", tab:se-resnet-50-stages */
static void caption(const sc_document *doc, const sc_grid *g, sc_text *out)
{
	sc_text_add(out, "\\caption{");
	if (doc->title)
		sc_latex_text(doc->title, out);
	sc_text_add(out, doc->title && *g->title ? ": " : "");
	sc_latex_text(g->title, out);
	sc_text_add(out, "}\n\\label{tab:");
	if (doc->title) {
		sc_latex_label(doc->title, out);
		sc_text_add(out, "-");
	}
	sc_text_addf(out, "%s}\n", g->name);
}

/* a count with a unit, a share or a real number among some columns */
static bool has_measure(const sc_grid *g, const size_t *index, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		sc_column_kind kind = g->column[index[i]].kind;
		if (kind == SC_COLUMN_count || kind == SC_COLUMN_share || kind == SC_COLUMN_real)
			return true;
	}
	return false;
}

/* what a column of the page leaves of a table must not be its row names alone */
static bool needs_page(const sc_grid *g, const sc_style *style, size_t *index, bool *failed)
{
	const sc_fit column = {COLUMN_WIDTH, GAP, style->exact};
	size_t n = sc_grid_fit(g, &column, index, failed);
	return has_measure(g, index, g->shown_count) && !has_measure(g, index, n);
}

static void write_table(const sc_document *doc, const sc_grid *g, const sc_style *style,
	size_t *index, sc_text *out)
{
	bool words = sc_grid_is_words(g);
	bool wide = style->wide || words || needs_page(g, style, index, &out->failed);
	const char *star = wide ? "*" : "";
	size_t room = words ? SIZE_MAX : wide ? PAGE_WIDTH : COLUMN_WIDTH;
	const sc_fit fit = {room, GAP, style->exact};
	size_t n = sc_grid_fit(g, &fit, index, &out->failed);
	left_out(g, index, n, g->shown_count, out);
	sc_text_addf(out, "\\begin{table%s}\n", star);
	caption(doc, g, out);
	sc_text_add(out, "\\centering\\footnotesize\\setlength{\\tabcolsep}{3pt}\n");
	heading(g, index, n, style->exact, out);
	body(g, index, n, style->exact, out);
	sc_text_addf(out, "\\bottomrule\n\\end{tabular}\n\\end{table%s}\n", star);
}

static sc_status write(const sc_document *doc, const sc_style *style, sc_text *out, sc_err *err)
{
	sc_text_add(out, "% \\usepackage{booktabs,array}\n");
	for (size_t i = 0; i < doc->grids; i++) {
		if (!sc_grid_is_shown(doc->grid[i]))
			continue;
		size_t *index = calloc(doc->grid[i]->shown_count + 1, sizeof *index);
		if (!index)
			return sc_fail(err, SC_ENOMEM, "no memory for the table");
		write_table(doc, doc->grid[i], style, index, out);
		free(index);
	}
	return SC_OK;
}

const sc_format sc_format_latex = {"latex", "tex", "LaTeX tables with booktabs", write};
