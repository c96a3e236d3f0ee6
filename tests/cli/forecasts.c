/* A forecast is made in the setting that is asked about, and says which that is. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "../support/command.h"
#include "../support/folder.h"
#include "../support/sanitizer.h"
#include "secost/network.h"

static const char net[] = "name: Tiny\ninput: [3, 16, 16]\nse: {ratio: 4}\n"
			  "stem:\n  - conv: {channels: 16, kernel: 3}\n"
			  "stages:\n  - {name: s1, block: basic, blocks: 2, channels: 16}\n"
			  "head:\n  - global_avg_pool:\n  - linear: {features: 10}\n";

/* a profile measured so, then the network beside its forecast */
static void forecast(const char *const how[2], const char *expected)
{
	char dir[64], file[96], profile[96];
	folder_new(dir);
	snprintf(file, sizeof file, "%s/net.yaml", dir);
	snprintf(profile, sizeof profile, "%s/p.json", dir);
	FILE *f = fopen(file, "w");
	cr_assert(ne(ptr, f, NULL));
	fputs(net, f);
	fclose(f);
	command_result r =
		command_run((const char *[]){"bench", file, "-q", "--quick", "--max-time=0.01",
				    "--cache=hot", "--save", profile, how[0], how[1], NULL},
			NULL);
	cr_assert(eq(int, r.code, 0), "%s", r.err);
	command_release(&r);
	r = command_run((const char *[]){"bench", "--network", file, "-q", "--time=1", "--profile",
				profile, NULL},
		NULL);
	cr_assert(eq(int, r.code, 0), "%s", r.err);
	cr_assert(ne(ptr, strstr(r.out, expected), NULL), "%s: %s", expected, r.out);
	command_release(&r);
	folder_remove(dir);
}

static bool lacks_onednn(void)
{
	if (!sc_network_can_run() || SANITIZED)
		cr_skip_test("oneDNN is not here, or LeakSanitizer can't stop its threads");
	return false;
}

Test(cli_forecasts, of_a_network_that_is_run_are_made_in_its_setting)
{
	if (lacks_onednn())
		return;
	forecast((const char *[2]){"--layout=nchw,nhwc", "--in-place"}, ", nhwc, in place, hot,");
}

Test(cli_forecasts, in_another_setting_say_so)
{
	if (lacks_onednn())
		return;
	forecast((const char *[2]){"--layout=nchw", "--threads=1"},
		", nchw, out of place, hot (SE in the network: nhwc, in place),");
}
