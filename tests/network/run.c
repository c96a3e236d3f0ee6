/* Whole networks through oneDNN: every step gives what plain loops give, however SE is run. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "../support/net.h"
#include "secost/network.h"

static double worst_of(const char *file, sc_shape input, sc_network_se se, uint32_t batch)
{
	sc_model *m = net_load(file);
	sc_layers layers = {0};
	sc_network *net = NULL;
	sc_err err = {0};
	double worst = 1;
	const sc_layer *where = NULL;
	const sc_network_options options = {.batch = batch, .threads = 2, .se = se, .seed = 1};
	cr_assert(eq(int, sc_model_expand(m, &input, &layers, &err), SC_OK), "%s", err.message);
	cr_assert(eq(int, sc_network_new(&layers, &options, &net, &err), SC_OK), "%s", err.message);
	cr_assert(eq(int, sc_network_check(net, &worst, &where, &err), SC_OK), "%s", err.message);
	sc_layer_path path;
	if (worst > 1e-4)
		cr_log_error(
			"%s is off by %g in %s", file, worst, sc_layer_full_name(where, &path));
	sc_network_free(net);
	sc_layers_release(&layers);
	sc_model_free(m);
	return worst;
}

#ifdef __SANITIZE_ADDRESS__
static const bool leaks_are_looked_for = true; /* which stops threads, and OpenMP's don't take it */
#else
static const bool leaks_are_looked_for = false;
#endif

static bool lacks_onednn(void)
{
	if (leaks_are_looked_for) {
		cr_skip_test("LeakSanitizer can't stop OpenMP's threads");
		return true;
	}
	if (sc_network_can_run())
		return false;
	cr_skip_test("oneDNN is not on this machine");
	return true;
}

Test(network_run, every_step_is_what_plain_loops_give)
{
	static const struct {
		const char *file;
		uint32_t side;
	} nets[] = {{"configs/networks/se-resnet-50.yaml", 32},
		{"configs/networks/mobilenet-v3-large.yaml", 32},
		{"configs/networks/se-bn-inception.yaml", 64},
		{"configs/networks/efficientnet-b0.yaml", 32},
		{"configs/networks/se-resnext-50-32x4d.yaml", 32}};
	if (lacks_onednn())
		return;
	for (size_t i = 0; i < sizeof nets / sizeof *nets; i++)
		for (int se = 0; se < SC_NETWORK__N; se++) {
			const sc_shape input = {3, nets[i].side, nets[i].side};
			double worst = worst_of(nets[i].file, input, (sc_network_se)se, 1);
			cr_expect(lt(dbl, worst, 1e-4), "%s, %s", nets[i].file,
				sc_network_se_name((size_t)se));
		}
}

Test(network_run, batches_are_images_one_after_the_other)
{
	if (lacks_onednn())
		return;
	cr_expect(lt(dbl,
		worst_of("configs/networks/se-resnet-18.yaml", (sc_shape){3, 32, 32},
			SC_NETWORK_fused, 3),
		1e-4));
}

static sc_status make(const char *text, const sc_network_options *options, sc_err *err)
{
	sc_model *m = net_parse(text);
	sc_layers layers = {0};
	sc_network *net = NULL;
	cr_assert(eq(int, sc_model_expand(m, NULL, &layers, NULL), SC_OK));
	sc_status s = sc_network_new(&layers, options, &net, err);
	sc_network_free(net);
	sc_layers_release(&layers);
	sc_model_free(m);
	return s;
}

Test(network_run, what_cant_be_run_is_named_with_its_line)
{
	const sc_network_options options = {.batch = 1, .threads = 1};
	sc_err err = {0};
	cr_expect(eq(int,
		make("input: [4, 8, 8]\n"
		     "stem: [{shuffle: {groups: 2}}]\n"
		     "stages: [{name: s, block: plain, blocks: 1, channels: 4}]\n",
			&options, &err),
		SC_EINVAL));
	cr_expect(eq(str, err.message, "layer 'stem.shuffle' can't be run: this op has no step"));
	cr_expect(eq(int, err.line, 2));
}

Test(network_run, too_little_memory_says_how_much_was_wanted)
{
	const sc_network_options options = {.batch = 65536, .threads = 1};
	sc_err err = {0};
	if (lacks_onednn())
		return;
	cr_expect(eq(int,
		make("input: [3, 20000, 20000]\n"
		     "stages: [{name: s, block: plain, blocks: 1, channels: 4}]\n",
			&options, &err),
		SC_ENOMEM));
	cr_expect(ne(ptr, strstr(err.message, "MB more were wanted"), NULL), "%s", err.message);
}

static bool stop_at_once(void *context, double done)
{
	(void)done;
	return ++*(int *)context > 1;
}

/* SE inside a network: every subject has passes in every round, SE's parts are a part of the pass
 */
Test(network_run, subjects_are_timed_in_rounds)
{
	static const char net[] = "input: [3, 32, 32]\n"
				  "stages: [{name: s, block: basic, blocks: 2, channels: 32}]\n"
				  "se: {ratio: 4}\n";
	if (lacks_onednn())
		return;
	sc_model *m = net_parse(net);
	sc_sheet sheet = net_count(m);
	const sc_network_subject subject[] = {{"without", &sheet.layers, SC_NETWORK_without},
		{"kernel", &sheet.layers, SC_NETWORK_kernel}};
	int calls = 0;
	sc_network_timing timing = {.batch = 1, .threads = 1, .seconds = 0.2, .seed = 1};
	sc_network_result r;
	sc_estimate e;
	cr_assert(eq(int, sc_network_time(subject, 2, &timing, &r, NULL), SC_OK));
	cr_expect(ge(sz, r.rounds, SC_ROUNDS_MIN));
	for (size_t k = 0; k < 2; k++) {
		cr_expect(ge(sz, r.of[k].passes, r.rounds));
		cr_expect(eq(sz, r.of[k].end[r.rounds - 1], r.of[k].passes));
		for (size_t i = 0; i < r.rounds; i++) {
			double se = r.of[k].se_ns[i * r.parts + 1];
			cr_expect(k ? se > 0 && se < r.of[k].round_ns[i] : se == 0);
		}
	}
	cr_expect(eq(int, sc_network_difference(&r, 1, 0, false, &e, NULL), SC_OK));
	sc_network_result_release(&r);
	timing.seconds = 3600;
	timing.stop = stop_at_once;
	timing.context = &calls;
	cr_assert(eq(int, sc_network_time(subject, 2, &timing, &r, NULL), SC_OK));
	cr_expect(r.interrupted && r.of[0].passes > 0, "what was measured is kept");
	cr_expect(ne(int, sc_network_difference(&r, 1, 0, false, &e, NULL), SC_OK),
		"too few rounds say nothing");
	sc_network_result_release(&r);
	sc_sheet_release(&sheet);
	sc_model_free(m);
}
