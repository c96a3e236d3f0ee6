/* A report that is told to end, at one moment after the other: it ends by the signal, with what it
 * started, and the next run removes what it left. `make check-kills` does the same at many more
 * moments, with the real gnuplot. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "../support/command.h"
#include "../support/folder.h"

static const char study[] = "tests/faults/study.yaml";

static void write_program(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	cr_assert(f && fputs(text, f) >= 0 && !fclose(f) && !chmod(path, 0755));
}

/* a gnuplot that leaves the number of its process and half a picture, and goes on for a minute */
static void slow_gnuplot(const char *path)
{
	write_program(path, "#!/bin/sh\ns=${3#*\\'}\ns=${s%\\'}\n"
			    "printf '<svg>' >${4%.gp}.svg$s\necho $$ >pid.new\n"
			    "mv pid.new pid\nexec sleep 60\n");
}

static bool is_alive(const char *path)
{
	char *text = file_text(path);
	pid_t pid = text ? atoi(text) : 0;
	free(text);
	cr_assert(pid > 0);
	const struct timespec tick = {0, 5000000};
	for (int i = 0; i < 400 && !kill(pid, 0); i++)
		nanosleep(&tick, NULL);
	return !kill(pid, 0);
}

Test(cli_killed, a_report_leaves_no_child_and_the_next_run_no_temporary)
{
	static const int signals[] = {SIGTERM, SIGINT, SIGKILL};
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		char dir[64], fake[96], pid[128];
		folder_new(dir);
		snprintf(fake, sizeof fake, "%s/gnuplot", dir);
		snprintf(pid, sizeof pid, "%s/study/charts/pid", dir);
		slow_gnuplot(fake);
		command_signal_when(
			(const char *[]){"report", study, "-o", dir, "--gnuplot", fake, NULL}, pid,
			signals[i]);
		cr_expect(not(is_alive(pid)));
		size_t left = folder_count(dir, "study/charts/*.tmp");
		cr_expect(eq(sz, left, signals[i] == SIGKILL));
		cr_expect(eq(sz, folder_count(dir, "study/*.html"), 0));
		command_result r = command_run((const char *[]){"report", study, "-o", dir,
						       "--gnuplot", "tests/faults/gnuplot", NULL},
			NULL);
		cr_expect(eq(int, r.code, 0), "%s", r.err);
		cr_expect(eq(sz, folder_count(dir, "study/charts/*.tmp"), 0));
		command_release(&r);
		folder_remove(dir);
	}
}

/* what there is first at each moment, from the first file to the last */
Test(cli_killed, at_every_moment_a_signal_ends_a_report_and_the_next_run_is_whole)
{
	static const char *const moments[] = {"study", "study/tables", "study/study.json",
		"study/charts/shares.gp", "study/charts/begun", "study/charts/shares.svg"};
	static const int signals[] = {SIGTERM, SIGINT};
	for (size_t i = 0; i < 2 * sizeof moments / sizeof *moments; i++) {
		char dir[64], fake[96], path[128], text[256];
		folder_new(dir);
		snprintf(fake, sizeof fake, "%s/gnuplot", dir);
		snprintf(path, sizeof path, "%s/%s", dir, moments[i / 2]);
		char *here = realpath("tests/faults/gnuplot", NULL);
		snprintf(
			text, sizeof text, "#!/bin/sh\n: >begun\nsleep .1\nexec %s \"$@\"\n", here);
		free(here);
		write_program(fake, text);
		command_signal_when(
			(const char *[]){"report", study, "-o", dir, "--gnuplot", fake, NULL}, path,
			signals[i % 2]);
		command_result r = command_run(
			(const char *[]){"report", study, "-o", dir, "--gnuplot", fake, NULL},
			NULL);
		cr_expect(eq(int, r.code, 0), "%s", r.err);
		cr_expect(eq(sz, folder_count(dir, "study/index.html"), 1));
		cr_expect(eq(sz, folder_count(dir, "study/charts/shares.svg"), 1));
		cr_expect(eq(sz,
			folder_count(dir, "study/*.tmp") + folder_count(dir, "study/*/*.tmp"), 0));
		command_release(&r);
		folder_remove(dir);
	}
}
