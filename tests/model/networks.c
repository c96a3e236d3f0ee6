/* Every network that comes with secost, counted against every figure that its description expects.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glob.h>
#include <inttypes.h>
#include <string.h>

#include "secost/study.h"

static sc_model *load(const char *path)
{
	sc_model *m = NULL;
	sc_errs errs = {0};
	sc_status s = sc_model_load(path, &m, &errs);
	cr_assert(zero(int, (int)s), "%s:%d: %s", path, errs.count ? errs.item[0].line : 0,
		errs.count ? errs.item[0].message : "?");
	return m;
}

/* how many figures of one expect entry were checked; a figure agrees, or has a reason why not */
static int check_expect(const sc_model *m, const sc_expect *e)
{
	sc_err err = {0};
	sc_sheet sheet;
	sc_rules rules = sc_rules_default();
	if (e->rules)
		cr_assert(zero(int, (int)sc_rules_use(&rules, e->rules, &err)), "%s", err.message);
	sc_status s = sc_sheet_make(m, &rules, 1, e->input.c ? &e->input : NULL, &sheet, &err);
	cr_assert(zero(int, (int)s), "%s: %s", m->file, err.message);
	const uint64_t counted[] = {
		sheet.total.params, sheet.total.macs, sheet.total.flops, sheet.total.activations};
	int figures = 0, differ = 0;
	for (size_t q = 0; q < SC_QUANTITY__N; q++) {
		const sc_figure *f = &e->figure[q];
		if (!f->text)
			continue;
		uint64_t off =
			counted[q] > f->value ? counted[q] - f->value : f->value - counted[q];
		bool agrees = off <= f->half_step;
		cr_expect(agrees || e->reason, "%s: %s of %s is %s, counted %" PRIu64, m->file,
			sc_quantity_name(q), e->source, f->text, counted[q]);
		differ += !agrees;
		figures++;
	}
	cr_expect(differ || !e->reason, "%s: what %s says agrees, so its reason is stale", m->file,
		e->source);
	sc_sheet_release(&sheet);
	return figures;
}

Test(model_networks, every_expected_figure_agrees_or_has_a_reason)
{
	glob_t found;
	cr_assert(zero(int, glob("configs/networks/*.yaml", 0, NULL, &found)));
	int figures = 0;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		sc_model *m = load(found.gl_pathv[i]);
		for (size_t k = 0; k < m->expect.count; k++)
			figures += check_expect(m, &m->expect.item[k]);
		sc_model_free(m);
	}
	globfree(&found);
	cr_assert(ge(int, figures, 60));
}

Test(model_networks, each_expands_and_counts)
{
	glob_t found;
	cr_assert(zero(int, glob("configs/networks/*.yaml", 0, NULL, &found)));
	for (size_t i = 0; i < found.gl_pathc; i++) {
		sc_model *m = load(found.gl_pathv[i]);
		sc_rules rules = sc_rules_default();
		sc_sheet sheet;
		sc_err err = {0};
		sc_status s = sc_sheet_make(m, &rules, 1, NULL, &sheet, &err);
		cr_assert(zero(int, (int)s), "%s: %s", m->file, err.message);
		bool has_se = m->se.on == SC_YES;
		for (size_t k = 0; k < m->stages.count; k++)
			has_se = has_se || m->stages.item[k].se.on == SC_YES;
		cr_expect(eq(int, sheet.total.se.params != 0, has_se), "%s", m->file);
		sc_sheet_release(&sheet);
		sc_model_free(m);
	}
	globfree(&found);
}

/* raw counts of the SE paper's authors' Caffe graphs, counted from their prototxt files */
static const struct caffe {
	const char *path;
	uint64_t weights, biases, statistics, pooled, gated, normed, relus, added;
} caffe[] = {
	{"configs/networks/se-bn-inception.yaml", 639360, 7038, 20032, 1230880, 1180704, 3736544,
		3736958, 0},
	{"configs/networks/se-resnet-50.yaml", 2514944, 16048, 53120, 5619712, 5519360, 10587136,
		9082800, 5519360},
	{"configs/networks/se-resnet-101.yaml", 4743168, 34544, 105344, 9031680, 8931328, 15705088,
		14201840, 8931328},
	{"configs/networks/se-resnet-152.yaml", 6578176, 50864, 151424, 13246464, 13146112,
		22027264, 20524976, 13146112},
	{"configs/networks/se-resnext-50-32x4d.yaml", 2514944, 16048, 68224, 5619712, 5519360,
		14400512, 12896176, 5519360},
	{"configs/networks/se-resnext-101-32x4d.yaml", 4743168, 34544, 137856, 9031680, 8931328,
		21224448, 19721200, 8931328},
	{"configs/networks/senet-154.yaml", 6578176, 50864, 247552, 13246464, 13146112, 38635520,
		37133232, 13146112},
};

static uint64_t pooled(const sc_cost *c, sc_class cls)
{
	return c->n[cls][SC_COUNT_adds] + c->n[cls][SC_COUNT_divs];
}

static void check_caffe(const struct caffe *want)
{
	sc_model *m = load(want->path);
	sc_layers layers = {0};
	sc_err err = {0};
	sc_cost all, se;
	sc_filter filter = SC_EVERYTHING;
	cr_assert(zero(int, (int)sc_model_expand(m, NULL, &layers, &err)), "%s", err.message);
	cr_assert(zero(int, (int)sc_count(&layers, &filter, &all, &err)));
	filter.role = SC_ROLE_SE;
	cr_assert(zero(int, (int)sc_count(&layers, &filter, &se, &err)));
	cr_expect(
		eq(u64, se.n[SC_CLASS_linear][SC_COUNT_weights], want->weights), "%s", want->path);
	cr_expect(eq(u64, se.n[SC_CLASS_linear][SC_COUNT_biases], want->biases), "%s", want->path);
	cr_expect(eq(u64, se.n[SC_CLASS_scale][SC_COUNT_muls], want->gated), "%s", want->path);
	cr_expect(eq(u64, all.n[SC_CLASS_norm][SC_COUNT_norm_statistics], want->statistics), "%s",
		want->path);
	cr_expect(eq(u64, all.n[SC_CLASS_norm][SC_COUNT_muls], want->normed), "%s", want->path);
	cr_expect(eq(u64, all.n[SC_CLASS_activation][SC_COUNT_compares], want->relus), "%s",
		want->path);
	cr_expect(eq(u64, all.n[SC_CLASS_add][SC_COUNT_adds], want->added), "%s", want->path);
	cr_expect(eq(u64, pooled(&all, SC_CLASS_squeeze) + pooled(&all, SC_CLASS_global_pool),
			  want->pooled),
		"%s", want->path);
	sc_layers_release(&layers);
	sc_model_free(m);
}

Test(model_networks, raw_counts_are_those_of_the_caffe_graphs)
{
	for (size_t i = 0; i < sizeof caffe / sizeof *caffe; i++)
		check_caffe(&caffe[i]);
}
