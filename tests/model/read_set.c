/* Overrides: what they set, what they say, and that a refused one changes nothing. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "../support/net.h"

static const char *const text =
	"input: [3, 32, 32]\n"
	"stem: [{conv: {channels: 8, name: first}}, norm]\n"
	"stages:\n"
	"  - {name: conv2_x, block: bottleneck, channels: 16, blocks: 3, se: {se_ratio: 0.25}}\n"
	"  - {name: v1.5, block: branches, modules: [m]}\n"
	"modules: {m: {branches: [[{conv: {channels: 8}}], [dropout]]}}\n"
	"se: {ratio: 4, gate: tanh}\n";

typedef struct refusal {
	const char *set, *message;
	int column;
} refusal;

static const refusal refusals[] = {
	{"", "an override must read path=value, such as stages[-1].se=off", 1},
	{"stages", "an override must read path=value, such as stages[-1].se=off", 1},
	{"=3", "an override must read path=value, such as stages[-1].se=off", 1},
	{"se.gate=", "there is no value after '='", 9},
	{"se.gate=  ", "there is no value after '='", 9},
	{"se.gtae=tanh", "unknown key 'gtae' in an SE; did you mean 'gate'?", 4},
	{"stage[0].se=off", "unknown key 'stage' in a network; did you mean 'stages'?", 1},
	{"stages[0].ratio=8", "unknown key 'ratio' in a stage; it belongs in 'se'", 11},
	{"se.=3",
		"a key is missing here, must be one of: ratio, se_ratio, width, rule, divisor, "
		"min, "
		"round_limit, floor_first, base, bias, attention, theta, extent, kernel, squeeze, "
		"activation, gate, placement, "
		"blocks, dialect",
		4},
	{"se.gate=sigmod",
		"'gate' is 'sigmod', must be one of: none, sigmoid, hard_sigmoid, "
		"relu, relu6, clamp, "
		"tanh, silu, "
		"hard_swish, gelu; did you mean 'sigmoid'?",
		9},
	{"se.ratio=0.5",
		"'ratio' is '0.5', must be a whole number 1 … 65536; for a fraction write "
		"'se_ratio: 0.5'",
		10},
	{"se.ratio=[4, 4x]", "'ratio' is '4x', must be a whole number 1 … 65536", 14},
	{"stages[2].se=off", "there is no item 2 in the stages, must be -2 … 1", 8},
	{"stages[-3].se=off", "there is no item -3 in the stages, must be -2 … 1", 8},
	{"stages[99999999999999999999].se=off",
		"there is no item 99999999999999999999 in the stages, must be -2 … 1", 8},
	{"stages[one].se=off", "an index must be a number in brackets, such as [0] or [-1]", 7},
	{"stages[0.se=off", "an index must be a number in brackets, such as [0] or [-1]", 7},
	{"stages[ 0].se=off", "an index must be a number in brackets, such as [0] or [-1]", 7},
	{"stages[].se=off", "an index must be a number in brackets, such as [0] or [-1]", 7},
	{"stages.conv3_x.se=off",
		"there is no 'conv3_x' in 'stages', must be one of: conv2_x, v1.5; did you mean "
		"'conv2_x'?",
		8},
	{"stages.1.se=off", "there is no '1' in 'stages'; for an index write stages[1]", 8},
	{"stages.se=off", "there is no 'se' in 'stages', must be one of: conv2_x, v1.5", 8},
	{"stages.conv2_x=3",
		"an item of 'stages' can't be set as a whole, must be one of its fields, such as "
		".name",
		15},
	{"stages=3", "'stages' is '3', must be a list of mappings", 8},
	{"stages[0].channels[0]=3", "'channels' is one value, must be followed by '='", 19},
	{"stages[0].blocks[3].se=off", "there is no item 3 in the blocks, must be -3 … 2", 18},
	{"head[0].name=x", "there are no head to pick from", 6},
	{"modules.m.branches=3", "'branches' is '3', must be a list of lists of layers", 20},
	{"modules.m.branches.a=3", "'branches' is a list, must be followed by [index]", 19},
	{"se={ratio: 4",
		"while parsing a flow mapping that begins in line 1, did not find expected ',' or "
		"'}'; a '{' "
		"is still open, or a ',' is missing",
		1},
	{"se={ratio: 4, ratio: 8}",
		"duplicate key 'ratio', first given in line 1; keep one of them", 15},
	{"se=!!map {ratio: 4}",
		"the tag '!!map' has no use here, a value means what its key says; leave it out",
		4},
	{"stages.größe.se=off", "there is no 'größe' in 'stages', must be one of: conv2_x, v1.5",
		8},
	{"name=ü: 'x",
		"while scanning a quoted scalar, found unexpected end of stream; a quote is still "
		"open",
		11},
	{"se.gate=\xff", "the byte 0xff is not UTF-8 text", 9},
	{"se.gate=a\nb: c", "mapping values are not allowed in this context", 2},
};

Test(model_set, a_refused_override_says_why_and_where_and_changes_nothing)
{
	sc_model *m = net_parse(text);
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		const refusal *r = &refusals[i];
		sc_model before = *m;
		sc_err err = {0};
		sc_status s = sc_model_set(m, r->set, &err);
		cr_expect(s != SC_OK && s == err.status, "%s", r->set);
		cr_expect(0 == strncmp(err.message, r->message, strlen(r->message)), "%s: %s",
			r->set, err.message);
		cr_expect(err.column == r->column, "%s: column %d", r->set, err.column);
		cr_expect(eq(str, err.file, "--set"));
		cr_expect(0 == memcmp(&before, m, sizeof before), "%s", r->set);
	}
	sc_sheet sheet = net_count(m);
	cr_expect(sc_model_se(m, 0, 0).gate == SC_FUNCTION_tanh);
	sc_sheet_release(&sheet);
	sc_model_free(m);
}

Test(model_set, an_override_reaches_every_part_of_a_network)
{
	static const char *const sets[] = {"stages[-1].se=off",
		"stages.conv2_x.se.ratio=[2, 4, off]", "stages[0].blocks[1].se.gate=sigmoid",
		"modules.m.branches[0][0].channels=9", "modules.m.branches[1].dropout.name=flat",
		"stem.first.kernel=[1, 7]", "stem[-1].name=bn", "input=[3, 16, 24]",
		"stages.v1.5.modules=[m, m]", "name=new", NULL};
	sc_model *m = net_parse(text);
	net_set(m, sets);
	cr_expect(false == !!sc_model_se(m, 1, 0).on);
	cr_expect(sc_model_se(m, 0, 0).ratio == 2 && sc_model_se(m, 0, 1).ratio == 4);
	cr_expect(false == !!sc_model_se(m, 0, 2).on &&
		  sc_model_se(m, 0, 1).gate == SC_FUNCTION_sigmoid);
	cr_expect(m->modules.item[0].branches.item[0].item[0].channels == 9);
	cr_expect(eq(str, (char *)m->modules.item[0].branches.item[1].item[0].name, "flat"));
	cr_expect(m->stem.item[0].kernel[1] == 7 && m->input.w == 24);
	cr_expect(m->stages.item[1].blocks == 2, "a block for each module that is named");
	cr_expect(eq(str, (char *)m->name, "new"));
	sc_errs errs = {0};
	cr_expect(sc_model_check(m, &errs) == SC_OK);
	sc_model_free(m);
}

Test(model_set, one_way_to_give_the_ratio_replaces_the_others)
{
	static const char *const sets[] = {"stages[0].se.ratio=8", NULL};
	sc_model *m = net_parse(text);
	net_set(m, sets);
	sc_errs errs = {0};
	cr_expect(sc_model_check(m, &errs) == SC_OK);
	cr_expect(sc_model_se(m, 0, 0).ratio == 8 && !(sc_model_se(m, 0, 0).se_ratio > 0));
	sc_model_free(m);
}

Test(model_set, what_it_gives_has_no_place_in_the_file)
{
	static const char *const sets[] = {"stages[0].se.ratio=[1, 2]", NULL};
	sc_model *m = net_parse(text);
	net_set(m, sets);
	cr_expect(sc_model_se_mark(m, 0, 0, "ratio").line == 0);
	sc_errs errs = {0};
	cr_expect(sc_model_check(m, &errs) == SC_ESCHEMA);
	cr_expect(eq(int, errs.item[0].line, 4), "the stage");
	sc_model_free(m);
}

Test(model_set, whole_lists_can_be_replaced)
{
	static const char *const sets[] = {
		"stages=[{channels: 8, size: 4}, {channels: 9, size: 2}]", NULL};
	sc_model *m = net_parse(text);
	net_set(m, sets);
	cr_expect(eq(str, (char *)m->stages.item[1].name, "stage2"));
	sc_sheet sheet = net_count(m);
	cr_expect(false == !!sheet.layers.trunk_known);
	sc_sheet_release(&sheet);
	sc_model_free(m);
}

Test(model_set, a_clone_changes_alone)
{
	sc_model *m = net_parse(text), *clone;
	sc_err err;
	cr_assert(sc_model_clone(m, &clone, &err) == SC_OK);
	static const char *const sets[] = {"stages[0].channels=32", "stages.conv2_x.name=other",
		"stages.v1.5.modules=[m, m]", NULL};
	net_set(clone, sets);
	cr_expect(
		m->stages.item[0].spec.channels == 16 && clone->stages.item[0].spec.channels == 32);
	cr_expect(eq(str, (char *)m->stages.item[0].name, "conv2_x"));
	cr_expect(m->stages.item[1].blocks == 1 && clone->stages.item[1].blocks == 2);
	sc_model_free(clone);
	sc_model_free(m);
}
