/* index.html: one file that holds everything, the charts as inline SVG. gnuplot gives the same ids
 * in every picture, so each chart's ids get its name in front; user text is escaped on its way in.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "report/page.h"
#include "report/report.h"

enum { SVG_MAX = 16 << 20 };

static const char style[] =
	":root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--soft:#666}"
	"@media(prefers-color-scheme:dark){:root{--ink:#e8e8e8;--paper:#16181c;--soft:#a0a4ab}}"
	"*{box-sizing:border-box}"
	"body{margin:0 auto;max-width:78rem;padding:1.5rem 1.25rem 4rem;font:16px/1.5 "
	"system-ui,sans-serif;"
	"color:var(--ink);background:var(--paper)}"
	"h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0 "
	"1rem}h2{font-size:1.25rem;margin:2.5rem 0 .5rem}"
	"h3,summary{font-size:1rem;font-weight:600;margin:1.75rem 0 .4rem}summary{cursor:pointer}"
	"summary span{font-weight:400;color:var(--soft)}"
	"dl.words{display:grid;grid-template-columns:max-content 1fr;gap:.15rem "
	".8rem;font-size:.9rem}"
	"dl.words dt{font-weight:600}dl.words dd{margin:0;color:var(--soft)}a{color:inherit}"
	"dl.words{margin:.5rem 0 1rem}"
	".answer{font-size:1.15rem;margin:0 0 1.25rem}.answer p{margin:0 0 .4rem}"
	".conditions{color:var(--soft);font-size:.9rem;margin:0;padding-left:1.1rem}"
	".scroll{overflow-x:auto;width:fit-content;max-width:100%;border-top:2px solid "
	"var(--ink);border-bottom:2px solid "
	"var(--ink);"
	/* a shadow on the side where there is more to scroll to */
	"background:linear-gradient(90deg,var(--paper) 50%,transparent) 0 0/3rem 100% no-repeat "
	"local,linear-gradient(270deg,var(--paper) 50%,transparent) 100% 0/3rem 100% no-repeat "
	"local,"
	"linear-gradient(90deg,#8886,transparent) 0 0/.8rem 100% no-repeat,"
	"linear-gradient(270deg,#8886,transparent) 100% 0/.8rem 100% no-repeat}"
	"table{border-collapse:collapse;font-size:.82rem;font-variant-numeric:tabular-"
	"nums}"
	"th,td{padding:.28rem .5rem;text-align:left;white-space:nowrap;vertical-align:top}"
	"th{border-bottom:1px solid var(--ink);font-weight:600}"
	"td.n,th.n{text-align:right}td.long{white-space:normal;min-width:16rem}"
	"tbody tr:nth-child(even){background:#8881}tr.total "
	"td{font-weight:600;border-top:1px solid var(--ink)}"
	"tr.dim td{color:var(--soft)}"
	".note{color:var(--soft);font-size:.85rem;margin:.35rem 0 0}"
	"figure{margin:1.5rem "
	"0;break-inside:avoid}figure>div{background:#fff;border-radius:4px;overflow-x:auto;"
	/* a label that the picture's edge would cut has room beyond it */
	"padding:.5rem .5rem 1rem 1rem}figure "
	"svg{overflow:visible;display:block;width:100%;height:auto}figcaption{color:var(--soft);"
	"font-size:.9rem;"
	"margin-top:.4rem}.files a{color:inherit}"
	/* the title, which gnuplot's SVG can't make bold, by its size */
	"figure g[font-size^=\"17\"],figure g[font-size^=\"16\"],figure g[font-size^=\"15\"]"
	"{font-weight:600}"
	"@media(max-width:40rem){body{padding:1rem .8rem "
	"3rem}h1{font-size:1.35rem}.answer{font-size:1.05rem}figure svg{width:50rem}}"
	"@page{margin:15mm}@media "
	"print{body{max-width:none;padding:0;font-size:10pt}.scroll{overflow:visible}table{font-"
	"size:7.5pt}"
	"tr{break-inside:avoid}section,dl.words{break-inside:avoid-page}"
	/* a long table is no reason to leave a page empty */
	"section:has(details){break-inside:auto}summary{list-style:none}"
	"th,td{padding:.15rem "
	".3rem;white-space:normal}td.n{white-space:nowrap}h2,h3,summary{break-after:avoid}"
	/* paper has nothing to unfold */
	"details::details-content{content-visibility:visible;block-size:auto}}";

void sc_page_element(const char *open, const char *text, const char *close, sc_text *out)
{
	sc_text_add(out, open);
	sc_html_text(text, out);
	sc_text_add(out, close);
}

/* --- charts --- */

/* copy the SVG, with `name` in front of every id and every reference to one */
static void add_with_own_ids(const char *svg, const char *name, sc_text *out)
{
	static const char *const marks[] = {" id=\"", " id='", "url(#", "href=\"#", "href='#"};
	while (*svg) {
		const char *next = NULL;
		size_t length = 0;
		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
			const char *at = strstr(svg, marks[i]);
			if (at && (!next || at < next)) {
				next = at;
				length = strlen(marks[i]);
			}
		}
		if (!next)
			break;
		sc_text_add_bytes(out, svg, (size_t)(next - svg) + length);
		sc_text_addf(out, "%s-", name);
		svg = next + length;
	}
	sc_text_add(out, svg);
}

static sc_status add_svg(const sc_report *r, const char *name, sc_text *out, sc_err *err)
{
	sc_text path = {0}, svg = {0};
	sc_text_addf(&path, "%s/charts/%s.svg", r->folder, name);
	sc_status s = path.failed ? sc_fail(err, SC_ENOMEM, "no memory for the page")
				  : sc_file_read(path.s, SVG_MAX, &svg, err);
	const char *start = s ? NULL : strstr(sc_text_get(&svg), "<svg");
	if (start)
		add_with_own_ids(start, name, out);
	sc_text_release(&path);
	sc_text_release(&svg);
	return s;
}

/* what stands beside a picture, by its ending */
static void link(const char *folder, const char *name, const char *ending, sc_text *out)
{
	sc_text_addf(out, " <a href=\"%s/%s.%s\">%s</a>", folder, name, ending, ending);
}

static void links(const sc_report *r, const sc_chart_outcome *o, sc_text *out)
{
	sc_text_add(out, " <span class=\"files\">Data:");
	link("charts", o->chart->name, "csv", out);
	if (o->drawn) {
		sc_text_add(out, "; picture:");
		link("charts", o->chart->name, "pdf", out);
		link("charts", o->chart->name, "png", out);
	}
	for (size_t i = 0; i < r->result->papers; i++) {
		const sc_chart_outcome *paper = &r->result->paper[i];
		if (paper->chart != o->chart || !paper->drawn)
			continue;
		sc_text_add(out, "; for a column of a paper:");
		link("paper", o->chart->name, "pdf", out);
		link("paper", o->chart->name, "png", out);
		link("paper", o->chart->name, "tex", out);
	}
	sc_text_add(out, "</span>");
}

static sc_status chart(const sc_report *r, const sc_chart_outcome *o, sc_text *out, sc_err *err)
{
	sc_text alt = {0};
	sc_status s = SC_OK;
	o->chart->describe(r->doc, &alt);
	sc_text_add(out, "<figure>\n");
	if (o->drawn) {
		sc_page_element("<div role=\"img\" aria-label=\"", sc_text_get(&alt), "\">\n", out);
		s = add_svg(r, o->chart->name, out, err);
		sc_text_add(out, "</div>\n");
	}
	sc_page_element("<figcaption>", sc_text_get(&alt), "", out);
	if (!o->drawn)
		sc_page_element(" Not drawn: ", o->message, ".", out);
	links(r, o, out);
	sc_text_add(out, "</figcaption>\n</figure>\n");
	out->failed = out->failed || alt.failed;
	sc_text_release_into(&alt, out);
	return s;
}

/* --- the page --- */

/* a piece of the page, then the words that it is the first to use; what was written is freed */
static void add_piece(sc_page_words *said, sc_text *piece, sc_text *out)
{
	sc_text_add(out, sc_text_get(piece));
	sc_page_explain(said, sc_text_get(piece), out);
	out->failed = out->failed || piece->failed;
	sc_text_release(piece);
}

static void add_tables(const sc_document *doc, sc_page_words *said, sc_text *out)
{
	sc_text_add(out, "<h2>Tables</h2>\n");
	for (size_t i = 0; sc_document_table(doc, i); i++) {
		sc_text piece = {0};
		if (!sc_grid_is_shown(sc_document_table(doc, i)))
			continue;
		sc_text_add(out, "<section>\n");
		sc_html_grid(sc_document_table(doc, i), &piece);
		add_piece(said, &piece, out);
		sc_text_add(out, "</section>\n");
	}
}

/* --- charts in the order that the study names them, else in the program's --- */

static size_t rank_of(const sc_report *r, const sc_chart_outcome *o)
{
	const sc_study_spec *spec = r->study->spec;
	size_t k = 0;
	while (spec && k < spec->charts.count &&
		strcmp(spec->charts.item[k].text, o->chart->name) != 0)
		k++;
	return k;
}

static void order_charts(const sc_report *r, size_t order[SC_CHARTS_MAX])
{
	for (size_t i = 0; i < r->result->charts; i++) {
		size_t k = i;
		for (; k && rank_of(r, &r->result->chart[order[k - 1]]) >
				    rank_of(r, &r->result->chart[i]);
			k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
}

static sc_status add_charts(
	const sc_report *r, size_t from, size_t to, sc_page_words *said, sc_text *out, sc_err *err)
{
	size_t order[SC_CHARTS_MAX];
	sc_status s = SC_OK;
	order_charts(r, order);
	for (size_t i = from; i < to && i < r->result->charts && !s; i++) {
		sc_text caption = {0};
		const sc_chart_outcome *o = &r->result->chart[order[i]];
		s = chart(r, o, out, err);
		o->chart->describe(r->doc, &caption);
		sc_page_explain(said, sc_text_get(&caption), out);
		out->failed = out->failed || caption.failed;
		sc_text_release(&caption);
	}
	return s;
}

static void list(const sc_document *doc, sc_line_kind kind, const char *open, const char *item,
	const char *end, const char *close, sc_text *out)
{
	sc_text_add(out, open);
	for (size_t i = 0; sc_document_line(doc, kind, i); i++)
		sc_page_element(item, sc_document_line(doc, kind, i), end, out);
	sc_text_add(out, close);
}

static void add_head(const sc_document *doc, sc_page_words *said, sc_text *out)
{
	sc_text answers = {0}, conditions = {0};
	sc_text_add(out,
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
	sc_page_element("<title>", sc_document_title(doc), "</title>\n<style>", out);
	sc_text_add(out, style);
	sc_page_element("</style>\n</head>\n<body>\n<h1>", sc_document_title(doc), "</h1>\n", out);
	list(doc, SC_LINE_answer, "<div class=\"answer\">\n", "<p>", "</p>\n", "</div>\n",
		&answers);
	add_piece(said, &answers, out);
	list(doc, SC_LINE_heading, "<ul class=\"conditions\">\n", "<li>", "</li>\n",
		"<li><a href=\"#counted\">How it is counted</a></li>\n</ul>\n", &conditions);
	add_piece(said, &conditions, out);
}

sc_status sc_report_html(const sc_report *r, sc_text *out, sc_err *err)
{
	const sc_document *doc = r->doc;
	sc_page_words said = {0};
	add_head(doc, &said, out);
	sc_status s = add_charts(r, 0, 1, &said, out, err);
	add_tables(doc, &said, out);
	sc_text_add(out, r->result->charts > 1 ? "<h2>More charts</h2>\n" : "");
	if (!s)
		s = add_charts(r, 1, r->result->charts, &said, out, err);
	list(doc, SC_LINE_note, "<h2 id=\"counted\">How it is counted</h2>\n<ul>\n", "<li>",
		"</li>\n", "</ul>\n", out);
	sc_text_add(out, "</body>\n</html>\n");
	return s;
}
