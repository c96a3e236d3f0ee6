/* report.md: the answer, the tables, the charts, the rules. */
#include "report/report.h"

static void charts(const sc_report *r, sc_text *out)
{
	if (r->result->charts)
		sc_text_add(out, "## Charts\n\n");
	for (size_t i = 0; i < r->result->charts; i++) {
		const sc_chart_outcome *o = &r->result->chart[i];
		sc_text alt = {0};
		o->chart->describe(r->study, &alt);
		if (o->drawn)
			sc_text_addf(
				out, "![%s](charts/%s.png)\n\n", o->chart->meaning, o->chart->name);
		sc_md_text(sc_text_get(&alt), out);
		if (!o->drawn)
			sc_text_addf(out, " *Not drawn; charts/%s.dat and charts/%s.gp are there.*",
				o->chart->name, o->chart->name);
		sc_text_add(out, "\n\n");
		out->failed = out->failed || alt.failed;
		sc_text_release(&alt);
	}
}

static void paragraphs(const sc_lines *lines, const char *before, sc_text *out)
{
	for (size_t i = 0; i < lines->count; i++) {
		sc_text_add(out, before);
		sc_md_text(lines->item[i], out);
		sc_text_add(out, "\n");
	}
	sc_text_add(out, "\n");
}

void sc_report_markdown(const sc_report *r, sc_text *out)
{
	sc_text_add(out, "# ");
	sc_md_text(r->doc->title, out);
	sc_text_add(out, "\n\n");
	paragraphs(&r->doc->answers, "", out);
	paragraphs(&r->doc->headings, "* ", out);
	sc_text_add(out, "## Tables\n\n");
	for (size_t i = 0; i < r->doc->grids; i++) {
		sc_text_add(out, "### ");
		sc_md_text(r->doc->grid[i]->title, out);
		sc_text_add(out, "\n\n");
		sc_md_grid(r->doc->grid[i], false, out);
		sc_text_add(out, "\n");
	}
	charts(r, out);
	sc_text_add(out, "## How it is counted\n\n");
	paragraphs(&r->doc->notes, "* ", out);
}
