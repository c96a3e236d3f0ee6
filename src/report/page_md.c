/* report.md: the answer, the tables, the charts, the rules. */
#include "report/report.h"

static bool is_for_paper(const sc_report *r, const sc_chart *chart)
{
	for (size_t i = 0; i < r->result->papers; i++)
		if (r->result->paper[i].chart == chart && r->result->paper[i].drawn)
			return true;
	return false;
}

static void charts(const sc_report *r, sc_text *out)
{
	if (r->result->charts)
		sc_text_add(out, "## Charts\n\n");
	for (size_t i = 0; i < r->result->charts; i++) {
		const sc_chart_outcome *o = &r->result->chart[i];
		sc_text alt = {0};
		o->chart->describe(r->doc, &alt);
		if (o->drawn)
			sc_text_addf(
				out, "![%s](charts/%s.png)\n\n", o->chart->meaning, o->chart->name);
		sc_md_text(sc_text_get(&alt), out);
		if (!o->drawn)
			sc_text_addf(out, " *Not drawn; charts/%s.dat and charts/%s.gp are there.*",
				o->chart->name, o->chart->name);
		sc_text_addf(out, " [Data](charts/%s.csv).", o->chart->name);
		if (is_for_paper(r, o->chart))
			sc_text_addf(
				out, " [For a column of a paper](paper/%s.pdf).", o->chart->name);
		sc_text_add(out, "\n\n");
		out->failed = out->failed || alt.failed;
		sc_text_release_into(&alt, out);
	}
}

static void paragraphs(const sc_document *doc, sc_line_kind kind, const char *before, sc_text *out)
{
	for (size_t i = 0; sc_document_line(doc, kind, i); i++) {
		sc_text_add(out, before);
		sc_md_text(sc_document_line(doc, kind, i), out);
		sc_text_add(out, "\n");
	}
	sc_text_add(out, "\n");
}

void sc_report_markdown(const sc_report *r, sc_text *out)
{
	sc_text_add(out, "# ");
	sc_md_text(sc_document_title(r->doc), out);
	sc_text_add(out, "\n\n");
	paragraphs(r->doc, SC_LINE_answer, "", out);
	paragraphs(r->doc, SC_LINE_heading, "* ", out);
	sc_text_add(out, "## Tables\n\n");
	for (size_t i = 0; sc_document_table(r->doc, i); i++) {
		if (!sc_grid_is_shown(sc_document_table(r->doc, i)))
			continue;
		sc_text_add(out, "### ");
		sc_md_text(sc_grid_title(sc_document_table(r->doc, i)), out);
		sc_text_add(out, "\n\n");
		sc_md_grid(sc_document_table(r->doc, i), false, out);
		sc_text_add(out, "\n");
	}
	charts(r, out);
	sc_text_add(out, "## How it is counted\n\n");
	paragraphs(r->doc, SC_LINE_note, "* ", out);
}
