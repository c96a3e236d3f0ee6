/* Every setup's extra parameters and FLOPs, ranked. Setups that cost the same share a bar. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart.h"

enum { ROWS_MAX = 24 };

/* Setups that add the same. */
typedef struct row {
	uint64_t params, flops;
	size_t first, others;
} row;

/* The rows that are shown, and of how many. */
typedef struct ranking {
	row *row;
	size_t shown, all;
} ranking;

static int by_cost(const void *a, const void *b)
{
	const row *p = a, *q = b;
	if (p->params != q->params)
		return p->params < q->params ? 1 : -1;
	if (p->flops != q->flops)
		return p->flops < q->flops ? 1 : -1;
	return (p->first > q->first) - (p->first < q->first);
}

/* where every setup adds the same there is no rank */
static bool applies(const sc_study *study)
{
	const sc_se_totals *a = &study->setup[0].sheet.total.se;
	for (size_t i = 1; i < study->setups; i++) {
		const sc_se_totals *b = &study->setup[i].sheet.total.se;
		if (a->params != b->params || a->flops != b->flops)
			return true;
	}
	return false;
}

static bool rank(const sc_study *study, ranking *r)
{
	*r = (ranking){.row = calloc(study->setups, sizeof *r->row)};
	for (size_t i = 0; i < study->setups && r->row; i++) {
		const sc_se_totals *se = &study->setup[i].sheet.total.se;
		size_t k = 0;
		while (k < r->all &&
			(r->row[k].params != se->params || r->row[k].flops != se->flops))
			k++;
		if (k < r->all)
			r->row[k].others++;
		else
			r->row[r->all++] = (row){se->params, se->flops, i, 0};
	}
	if (r->row)
		qsort(r->row, r->all, sizeof *r->row, by_cost);
	r->shown = r->all < ROWS_MAX ? r->all : ROWS_MAX;
	return r->row != NULL;
}

/* "r = 2", "pre (placement)": a bare word needs the name of its group */
static void name_of(const sc_setup *s, size_t max, sc_text *out)
{
	sc_chart_plain(out, s->name, max);
	if (*s->group && !strpbrk(s->name, " =") && strcmp(s->group, "baseline")) {
		sc_text_add(out, " (");
		sc_chart_plain(out, s->group, max);
		sc_text_add(out, ")");
	}
}

/* "baseline, r = 16, all stages +3" as far as there is room */
static void label(const sc_study *study, const row *r, sc_text *out)
{
	enum { ROOM = 40 };
	sc_text all = {0};
	size_t named = 0, more;
	name_of(&study->setup[r->first], ROOM - 8, &all);
	for (size_t i = r->first + 1; i < study->setups && named < r->others; i++) {
		const sc_setup *s = &study->setup[i];
		size_t length = sc_chart_letters(sc_text_get(&all));
		if (s->sheet.total.se.params != r->params || s->sheet.total.se.flops != r->flops)
			continue;
		if (length + 2 + sc_chart_letters(s->name) > ROOM - 10)
			break;
		sc_text_add(&all, ", ");
		sc_chart_plain(&all, s->name, ROOM);
		named++;
	}
	more = r->others - named;
	if (more)
		sc_text_addf(&all, ", %zu more", more);
	sc_chart_cell(out, sc_text_get(&all), ROOM + 8);
	out->failed = out->failed || all.failed;
	sc_text_release_into(&all, out);
}

static void write_data(const sc_study *study, const ranking *r, sc_text *data)
{
	sc_text_add(data, "# place, extra parameters, for people, extra FLOPs, for people, is it "
			  "the baseline, setups\n");
	for (size_t i = 0; i < r->shown; i++) {
		sc_text_addf(data, "%zu %" PRIu64 " \"", i, r->row[i].params);
		sc_chart_number(data, r->row[i].params);
		sc_text_addf(data, "\" %" PRIu64 " \"", r->row[i].flops);
		sc_chart_number(data, r->row[i].flops);
		sc_text_addf(data, "\" %d ", r->row[i].first == 0);
		label(study, &r->row[i], data);
		sc_text_add(data, "\n");
	}
}

static void finding(const sc_study *study, const ranking *r, sc_text *out)
{
	const row *high = &r->row[0], *low = &r->row[r->all - 1];
	while (low > high && !low->params)
		low--;
	sc_text_add(out, "The setups add from ");
	sc_chart_number(out, low->params);
	sc_text_add(out, " (");
	sc_chart_plain(out, study->setup[low->first].name, 24);
	sc_text_add(out, ") to ");
	sc_chart_number(out, high->params);
	sc_text_add(out, " parameters (");
	sc_chart_plain(out, study->setup[high->first].name, 24);
	sc_text_add(out, ")");
}

/* Bars and their numbers; the baseline's bar is the darker one. */
static void panel(sc_text *script, bool flops, uint64_t top)
{
	int column = flops ? 4 : 2;
	const char *colors[] = {flops ? "#dda9c6" : "#a8a8a8", flops ? "#a83f7f" : "#333333"};
	sc_text_addf(script, "set lmargin at screen %s\nset rmargin at screen %s\n",
		flops ? "0.70" : "0.31", flops ? "0.98" : "0.65");
	sc_text_addf(script,
		"set label 4 'extra %s' at graph 0, graph 1 left offset 0,0.6 font 'DejaVu "
		"Sans,11' "
		"textcolor rgb '%s'\nset xrange [0:%g]\nplot ",
		flops ? "FLOPs" : "parameters", colors[1], top ? 1.22 * (double)top : 1);
	for (int baseline = 0; baseline < 2; baseline++)
		sc_text_addf(script,
			"data using ($6 == %d ? $%d/2 : NaN):1:(0):%d:($1-0.36):($1+0.36) with "
			"boxxyerror fillstyle solid 1 noborder fillcolor rgb '%s' notitle, \\\n  ",
			baseline, column, column, colors[baseline]);
	sc_text_addf(script,
		"data using %d:1:%d with labels left offset 0.6,0 font 'DejaVu Sans,10' notitle",
		column, column + 1);
	if (!flops)
		sc_text_add(script, ", \\\n  data using (0):1:7 with labels right offset -0.8,0 "
				    "font 'DejaVu Sans,10' notitle\nunset label");
	sc_text_add(script, "\n");
}

static void note(const ranking *r, unsigned height, sc_text *script)
{
	sc_text text = {0};
	sc_text_add(&text, "darker: the baseline. Setups that add the same share a bar.");
	if (r->shown < r->all)
		sc_text_addf(&text, " Left out: the %zu that add least.", r->all - r->shown);
	sc_chart_note(script, height, sc_text_get(&text));
	script->failed = script->failed || text.failed;
	sc_text_release_into(&text, script);
}

static void write_script(const sc_study *study, const ranking *r, sc_text *script)
{
	sc_text title = {0};
	unsigned height = 130 + 20 * (unsigned)(r->shown < 6 ? 6 : r->shown);
	uint64_t flops = 0;
	for (size_t i = 0; i < r->shown; i++)
		flops = r->row[i].flops > flops ? r->row[i].flops : flops;
	finding(study, r, &title);
	sc_chart_begin(script, study, "ranked", 1000, height, sc_text_get(&title));
	note(r, height, script);
	sc_text_addf(script, "set tmargin at screen %.4f\nset bmargin at screen %.4f\n",
		1 - 90.0 / height, 36.0 / height);
	sc_text_addf(script,
		"set yrange [%zu-0.4:-0.6]\nunset tics\nunset grid\nunset border\nset multiplot\n",
		r->shown);
	panel(script, false, r->row[0].params);
	panel(script, true, flops);
	sc_text_add(script, "unset multiplot\n");
	sc_chart_end(script, "ranked");
	script->failed = script->failed || title.failed;
	sc_text_release_into(&title, script);
}

static sc_status write(const sc_study *study, sc_text *data, sc_text *script, sc_err *err)
{
	ranking r;
	if (!rank(study, &r))
		return sc_fail(err, SC_ENOMEM, "no memory for the chart 'ranked'");
	write_data(study, &r, data);
	write_script(study, &r, script);
	free(r.row);
	return data->failed || script->failed
		       ? sc_fail(err, SC_ENOMEM, "no memory for the chart 'ranked'")
		       : SC_OK;
}

static void describe(const sc_study *study, sc_text *out)
{
	ranking r;
	if (!rank(study, &r)) {
		out->failed = true;
		return;
	}
	sc_text_add(out, "Ranked bars of extra parameters and extra FLOPs. ");
	finding(study, &r, out);
	sc_text_add(out, ".");
	free(r.row);
}

const sc_chart sc_chart_ranked = {
	"ranked", "every setup's extra parameters and FLOPs, ranked", applies, write, describe};
