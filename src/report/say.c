/* Sentences. Every number in them is a count or comes from src/study. */
#include "report/say.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

void sc_say_conditions(sc_document *doc, const sc_sheet *sheet)
{
	const sc_rules *r = &sheet->rules;
	char input[64] = "no input given";
	if (sheet->input.c)
		snprintf(input, sizeof input, "input %u×%u×%u", sheet->input.c, sheet->input.h,
			sheet->input.w);
	sc_document_heading(
		doc, "%s, batch %u, fp32, inference, norms not folded", input, sheet->batch);
	sc_document_heading(doc, "rules: params %s, MACs %s, FLOPs %s, activations %s",
		r->of[SC_QUANTITY_params]->name, r->of[SC_QUANTITY_macs]->name,
		r->of[SC_QUANTITY_flops]->name, r->of[SC_QUANTITY_activations]->name);
}

void sc_say_grid_conditions(sc_grid *g, const sc_sheet *sheet)
{
	char input[64] = "";
	if (sheet->input.c)
		snprintf(input, sizeof input, " · input %u×%u×%u", sheet->input.c, sheet->input.h,
			sheet->input.w);
	sc_grid_conditions(g, "%s%s · batch %u · fp32 · rules: parameters %s, FLOPs %s",
		sheet->model->name, input, sheet->batch, sheet->rules.of[SC_QUANTITY_params]->name,
		sheet->rules.of[SC_QUANTITY_flops]->name);
}

static void say_formula(sc_document *doc, const sc_se_totals *se)
{
	const sc_se_formula *f = &se->by_formula;
	sc_digits exact, formula;
	char causes[256] = "";
	size_t n = 0;
	const struct {
		double n;
		const char *what;
	} cause[] = {{f->from_biases, "biases"},
		{f->from_rounding, "rounding of the squeezed width"},
		{f->from_attention, "what is no SE"},
		{f->from_gated, "a gated map that is not the block's output"},
		{f->from_base, "the width that the ratio divides"}};
	for (size_t i = 0; i < sizeof cause / sizeof *cause; i++)
		if (cause[i].n != 0)
			n += (size_t)snprintf(causes + n, sizeof causes - n, "%s%s for %s",
				n ? ", " : "", sc_number_signed(&exact, llround(cause[i].n)),
				cause[i].what);
	if (f->formula > 0)
		sc_document_answer(doc,
			"By the formula (2/r)·ΣN·C² it would be %s; exactly it is %s%s%s.",
			sc_number_exact(&formula, (uint64_t)llround(f->formula)),
			sc_number_exact(&exact, se->params), n ? ": " : "", causes);
}

void sc_say_cost(sc_document *doc, const sc_sheet *sheet)
{
	const sc_se_totals *se = &sheet->total.se;
	const sc_sheet_row *most = sc_heaviest_stage(sheet);
	sc_digits params, weights, biases;
	uint64_t base;
	if (!most) {
		sc_document_answer(doc, "%s has no SE.", sheet->model->name);
		return;
	}
	char share[64] = "";
	if (sc_sheet_base_params(sheet, &base))
		snprintf(share, sizeof share, " (+%.2f %% of the network without it)",
			100 * sc_share(se->params, base));
	sc_document_answer(doc,
		"SE adds %s parameters%s: %s weights and %s biases; %s holds %.1f %% of the "
		"weights.",
		sc_number_exact(&params, se->params), share, sc_number_exact(&weights, se->weights),
		sc_number_exact(&biases, se->biases), most->name,
		100 * sc_share(most->t.se.weights, se->weights));
	if (sheet->total.known)
		sc_document_answer(doc, "It adds %.3f %% of the MACs and %.3f %% of the FLOPs.",
			100 * sc_share(se->macs, sheet->total.macs - se->macs),
			100 * sc_share(se->flops, sheet->total.flops - se->flops));
	else
		sc_document_answer(doc,
			"The trunk is not described: its cost is unknown, that of SE is exact.");
	say_formula(doc, se);
}

static void share_of_base(const sc_sheet *sheet, uint64_t part, char out[32])
{
	uint64_t base;
	out[0] = '\0';
	if (sc_sheet_base_params(sheet, &base))
		snprintf(out, 32, " (+%.2f %%)", 100 * sc_share(part, base));
}

void sc_say_drop(sc_document *doc, const sc_sheet *sheet)
{
	const sc_sheet_row *most = sc_heaviest_stage(sheet);
	sc_digits left;
	char share[32];
	if (!most)
		return;
	uint64_t rest = sheet->total.se.params - most->t.se.params;
	share_of_base(sheet, rest, share);
	sc_document_answer(doc, "Without SE in %s, %s extra parameters are left%s.", most->name,
		sc_number_exact(&left, rest), share);
}

static bool same_cost(const sc_se_totals *a, const sc_se_totals *b)
{
	return a->weights == b->weights && a->params == b->params && a->flops == b->flops;
}

/* the weights and biases are the same: what differs is arithmetic */
static void say_flops(sc_document *doc, const sc_setup *from, const sc_setup *to)
{
	sc_digits d[2];
	sc_document_answer(doc, "%s: the same SE parameters; SE FLOPs %s → %s.", to->name,
		sc_number_exact(&d[0], from->sheet.total.se.flops),
		sc_number_exact(&d[1], to->sheet.total.se.flops));
}

static void say_params(sc_document *doc, const sc_setup *from, const sc_setup *to)
{
	const sc_se_totals *a = &from->sheet.total.se, *b = &to->sheet.total.se;
	sc_digits d[4];
	char share[4][32];
	share_of_base(&from->sheet, a->weights, share[0]);
	share_of_base(&to->sheet, b->weights, share[1]);
	share_of_base(&from->sheet, a->params, share[2]);
	share_of_base(&to->sheet, b->params, share[3]);
	if (a->weights == b->weights) {
		sc_document_answer(doc, "%s: the same SE weights; with biases %s%s → %s%s.",
			to->name, sc_number_exact(&d[0], a->params), share[2],
			sc_number_exact(&d[1], b->params), share[3]);
		return;
	}
	sc_document_answer(doc, "%s: SE weights %s%s → %s%s; with biases %s%s → %s%s.", to->name,
		sc_number_exact(&d[0], a->weights), share[0], sc_number_exact(&d[1], b->weights),
		share[1], sc_number_exact(&d[2], a->params), share[2],
		sc_number_exact(&d[3], b->params), share[3]);
}

static void say_setup(sc_document *doc, const sc_setup *from, const sc_setup *to)
{
	const sc_se_totals *a = &from->sheet.total.se, *b = &to->sheet.total.se;
	if (same_cost(a, b))
		return;
	if (a->weights == b->weights && a->params == b->params)
		say_flops(doc, from, to);
	else
		say_params(doc, from, to);
}

/* the setups whose SE costs what the baseline's does, in one sentence */
static void say_same(sc_document *doc, const sc_study *study)
{
	sc_text names = {0};
	size_t n = 0;
	for (size_t i = 1; i < study->setups; i++)
		if (same_cost(&study->setup[0].sheet.total.se, &study->setup[i].sheet.total.se))
			sc_text_addf(&names, "%s%s", n++ ? ", " : "", study->setup[i].name);
	if (names.failed)
		sc_document_fail(doc);
	else if (n)
		sc_document_answer(doc, "%s: SE costs what it costs in the baseline.", names.s);
	sc_text_release(&names);
}

typedef uint64_t amount(const sc_se_totals *se);

static uint64_t params_of(const sc_se_totals *se)
{
	return se->params;
}

static uint64_t flops_of(const sc_se_totals *se)
{
	return se->flops;
}

typedef struct extremes {
	const sc_setup *least, *most; /* NULL when no setup has SE */
	size_t setups;
} extremes;

/* of the setups of a group (NULL for all) that have SE */
static extremes extremes_of(const sc_study *study, const char *group, amount *of)
{
	extremes e = {0};
	for (size_t i = 1; i < study->setups; i++) {
		const sc_setup *one = &study->setup[i];
		const sc_se_totals *se = &one->sheet.total.se;
		if (!se->flops || (group && strcmp(group, one->group) != 0))
			continue;
		e.setups++;
		if (!e.least || of(se) < of(&e.least->sheet.total.se))
			e.least = one;
		if (!e.most || of(se) > of(&e.most->sheet.total.se))
			e.most = one;
	}
	return e;
}

static bool differ(const extremes *e, amount *of)
{
	return e->least && of(&e->least->sheet.total.se) != of(&e->most->sheet.total.se);
}

/* which setup has the least and which the most SE; nothing of one setup, or when all have the same
 */
static void say_extremes(sc_document *doc, const sc_study *study)
{
	extremes e = extremes_of(study, NULL, params_of);
	sc_digits d[2];
	char share[2][32];
	if (study->setups < 3 || !differ(&e, params_of))
		return;
	share_of_base(&e.least->sheet, e.least->sheet.total.se.params, share[0]);
	share_of_base(&e.most->sheet, e.most->sheet.total.se.params, share[1]);
	sc_document_answer(doc,
		"Of the setups with SE %s has the fewest SE parameters, %s%s, and %s the most, "
		"%s%s.",
		e.least->name, sc_number_exact(&d[0], e.least->sheet.total.se.params), share[0],
		e.most->name, sc_number_exact(&d[1], e.most->sheet.total.se.params), share[1]);
}

void sc_say_group(const sc_study *study, const char *group, sc_text *out)
{
	extremes params = extremes_of(study, group, params_of),
		 flops = extremes_of(study, group, flops_of);
	bool by_params = differ(&params, params_of);
	const extremes *e = by_params ? &params : &flops;
	amount *of = by_params ? params_of : flops_of;
	sc_digits d[2];
	if (e->setups < 2)
		return;
	if (!differ(e, of)) {
		sc_text_add(out, "SE costs the same in all of them");
		return;
	}
	sc_text_addf(out, "%s: from %s (%s) to %s (%s)",
		by_params ? "SE parameters" : "the same SE parameters; SE FLOPs",
		sc_number_exact(&d[0], of(&e->least->sheet.total.se)), e->least->name,
		sc_number_exact(&d[1], of(&e->most->sheet.total.se)), e->most->name);
}

void sc_say_setups(sc_document *doc, const sc_study *study)
{
	enum { SENTENCES_MAX = 8 };
	if (study->setups < 2)
		return;
	for (size_t i = 1; i < study->setups && study->setups <= SENTENCES_MAX; i++)
		say_setup(doc, &study->setup[0], &study->setup[i]);
	say_same(doc, study);
	say_extremes(doc, study);
}
