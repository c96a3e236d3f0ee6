/* LaTeX tables for a paper: booktabs rules, numbers to the right, text escaped. A table takes a
 * column of a two-column page, with the columns that fit, or with `wide` the whole page; words
 * break into lines; what is longer than a page comes in parts. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "paper/grid.h"

/* letters of \\footnotesize in a column and on a page, and for the gap between two columns; lines
 * of a page's height */
enum { COLUMN_WIDTH = 55, PAGE_WIDTH = 110, GAP = 2, WORD = 14, LINES = 56 };

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

/* A table as it is set: its columns, and where it stands. */
typedef struct layout {
	const sc_document *doc;
	const sc_grid *grid;
	sc_cells cells;
	size_t *index, shown;
	bool page;	    /* over both columns */
	size_t words;	    /* letters in a line of a column of words; 0: they don't break */
	size_t part, parts; /* of a table that is too long for a page */
} layout;

/* wide words share what the narrow columns leave of the line */
static size_t words_of_page(const layout *l)
{
	size_t narrow = 0, wide = 0;
	for (size_t c = 0; c < l->grid->shown_count; c++) {
		size_t w = l->cells.width[l->grid->shown[c]];
		narrow += w <= WORD ? w + GAP : GAP;
		wide += w > WORD;
	}
	return !wide ? 0 : narrow + wide * WORD < PAGE_WIDTH ? (PAGE_WIDTH - narrow) / wide : WORD;
}

static bool is_broken(const layout *l, size_t column)
{
	return l->words && sc_column_is_text(&l->grid->column[column]) &&
	       l->cells.width[column] > l->words;
}

static void column_types(const layout *l, sc_text *out)
{
	static const double EM = 0.53; /* of a digit, about */
	for (size_t c = 0; c < l->shown; c++)
		if (is_broken(l, l->index[c]))
			sc_text_addf(out, ">{\\raggedright\\arraybackslash}p{%.1fem}",
				EM * (double)l->words);
		else
			sc_text_add(
				out, sc_column_is_text(&l->grid->column[l->index[c]]) ? "l" : "r");
}

static void row(const layout *l, long r, sc_text *out)
{
	for (size_t c = 0; c < l->shown; c++) {
		sc_text_add(out, c ? " & " : "");
		sc_latex_text(sc_cells_text(&l->cells, r, l->index[c]), out);
	}
	sc_text_add(out, " \\\\\n");
}

static void heading(const layout *l, sc_text *out)
{
	sc_text_add(out, "\\begin{tabular}{@{}");
	column_types(l, out);
	sc_text_add(out, "@{}}\n\\toprule\n");
	row(l, SC_HEADING, out);
	sc_text_add(out, "\\midrule\n");
}

static void left_out(const sc_grid *g, const size_t *shown, size_t n, size_t all, sc_text *out)
{
	for (size_t c = n; c < all; c++) {
		sc_text_add(out, c > n ? ", " : "% left out for width: ");
		sc_latex_text(g->column[shown[c]].title, out);
	}
	sc_text_add(out, all > n ? "\n" : "");
}

static void body(const layout *l, size_t from, size_t to, sc_text *out)
{
	const sc_grid *g = l->grid;
	for (size_t r = from; r < to; r++) {
		if (g->row[r] == SC_ROW_total && r > from)
			sc_text_add(out, "\\midrule\n");
		row(l, (long)r, out);
	}
}

/* lines that a row takes, about: words don't fill them */
static size_t lines_of(const layout *l, size_t row)
{
	size_t most = 1;
	for (size_t c = 0; c < l->shown; c++) {
		const char *text = sc_cells_text(&l->cells, (long)row, l->index[c]);
		size_t n = is_broken(l, l->index[c]) ? sc_text_columns(text, strlen(text)) : 0;
		size_t lines = n <= l->words ? 1 : 1 + 5 * n / (4 * l->words);
		most = lines > most ? lines : most;
	}
	return most;
}

/* lines of a part, so that the last is about as long as the others */
static size_t lines_of_part(const layout *l)
{
	size_t all = 0;
	for (size_t r = 0; r < l->grid->rows; r++)
		all += lines_of(l, r);
	size_t parts = (all + LINES - 1) / LINES;
	return parts > 1 ? (all + parts - 1) / parts : LINES;
}

/* where the part that begins with this row ends */
static size_t end_of_part(const layout *l, size_t room, size_t from)
{
	size_t lines = 0, r = from;
	while (r < l->grid->rows && (r == from || lines + lines_of(l, r) <= room))
		lines += lines_of(l, r++);
	return r;
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

/* of what, and what: "SE-ResNet-50 (ratio): setups", tab:se-resnet-50-ratio-setups */
static void caption(const layout *l, sc_text *out)
{
	const sc_document *doc = l->doc;
	bool same = doc->title && !strcasecmp(doc->title, l->grid->title);
	sc_text_add(out, "\\caption{");
	if (doc->title)
		sc_latex_text(doc->title, out);
	if (doc->about) {
		sc_text_add(out, doc->title ? " (" : "");
		sc_latex_text(doc->about, out);
		sc_text_add(out, doc->title ? ")" : "");
	}
	sc_text_add(out, (doc->title || doc->about) && *l->grid->title && !same ? ": " : "");
	if (!same)
		sc_latex_text(l->grid->title, out);
	if (l->parts > 1)
		sc_text_addf(out, ", part %zu of %zu", l->part, l->parts);
	sc_text_add(out, "}\n\\label{tab:");
	for (int i = 0; i < 2; i++) {
		const char *of = i ? doc->about : doc->title;
		sc_latex_label(of ? of : "", out);
		sc_text_add(out, of ? "-" : "");
	}
	sc_text_add(out, l->grid->name);
	sc_text_addf(out, l->parts > 1 ? "-%zu}\n" : "}\n", l->part);
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

static const sc_fit column_room = {COLUMN_WIDTH, GAP};

/* what a column of the page leaves of a table must not be its row names alone */
static bool needs_page(layout *l)
{
	const sc_grid *g = l->grid;
	size_t n = sc_cells_fit(&l->cells, &column_room, l->index);
	return has_measure(g, l->index, g->shown_count) && !has_measure(g, l->index, n);
}

/* a table that says which columns tell most takes a column of the page; words and columns that were
 * asked for take both, where one is not enough */
static size_t lay_out(layout *l, const sc_style *style)
{
	static const sc_fit page_room = {PAGE_WIDTH, GAP}, all = {SIZE_MAX, GAP};
	const sc_grid *g = l->grid;
	size_t narrow = g->narrow && !style->wide
				? sc_cells_fit_narrow(&l->cells, &column_room, l->index)
				: 0;
	l->words = narrow ? SC_GRID_WORDS : 0;
	if (narrow)
		return narrow;
	if (sc_grid_is_words(g)) {
		l->page = true;
		l->words = words_of_page(l);
		return sc_cells_fit(&l->cells, &all, l->index);
	}
	l->page = style->wide || g->narrow || needs_page(l);
	if (!l->page && g->chosen)
		l->page = sc_cells_fit(&l->cells, &column_room, l->index) < g->shown_count;
	return sc_cells_fit(&l->cells, l->page ? &page_room : &column_room, l->index);
}

static void write_part(const layout *l, size_t from, size_t to, sc_text *out)
{
	const char *star = l->page ? "*" : "";
	sc_text_addf(out, "\\begin{table%s}\n", star);
	caption(l, out);
	sc_text_add(out, "\\centering\\footnotesize\\setlength{\\tabcolsep}{3pt}\n");
	heading(l, out);
	body(l, from, to, out);
	sc_text_addf(out, "\\bottomrule\n\\end{tabular}\n\\end{table%s}\n", star);
}

static void write_table(layout *l, const sc_style *style, sc_text *out)
{
	const sc_grid *g = l->grid;
	size_t from = 0;
	l->shown = lay_out(l, style);
	if (l->cells.failed)
		return;
	left_out(g, l->index, l->shown, g->shown_count, out);
	const size_t room = lines_of_part(l);
	for (size_t r = 0; r < g->rows || !l->parts; l->parts++)
		r = end_of_part(l, room, r);
	for (l->part = 1; l->part <= l->parts; l->part++) {
		size_t to = end_of_part(l, room, from);
		write_part(l, from, to, out);
		from = to;
	}
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
		layout l = {.doc = doc, .grid = doc->grid[i], .index = index};
		sc_cells_make(l.grid, style->exact, &l.cells);
		if (!l.cells.failed)
			write_table(&l, style, out);
		out->failed = out->failed || l.cells.failed;
		sc_cells_release(&l.cells);
		free(index);
	}
	return SC_OK;
}

const sc_format sc_format_latex = {"latex", "tex", "LaTeX tables with booktabs", write};
