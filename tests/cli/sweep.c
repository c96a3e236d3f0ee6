/* Streams of setups: shards, and being killed. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/folder.h"

#define SWEEP \
	"compare", "configs/networks/se-resnet-50.yaml", "--sweep", "stages[0].se.ratio=1..20", \
		"--sweep", "stages[1].se.ratio=1..20", "--sweep", "stages[2].se.ratio=1..20", \
		"--sweep", "stages[3].se.ratio=1..20"

static char *text_of(const char *const *args)
{
	command_result r = command_run(args, NULL);
	cr_assert(zero(int, r.code), "%s", r.err);
	char *out = strdup(r.out);
	command_release(&r);
	return out;
}

Test(cli_sweep, shards_one_after_the_other_are_the_whole)
{
	static const char *const formats[] = {"csv", "jsonl"};
	for (size_t f = 0; f < 2; f++) {
		char *whole = text_of((const char *const[]){SWEEP, "--format", formats[f], NULL});
		char *all = calloc(strlen(whole) + 1, 1), shard[16];
		for (int k = 1; k <= 7; k++) {
			snprintf(shard, sizeof shard, "%d/7", k);
			char *part = text_of((const char *const[]){
				SWEEP, "--format", formats[f], "--shard", shard, NULL});
			cr_assert(le(sz, strlen(all) + strlen(part), strlen(whole)));
			strcat(all, part);
			free(part);
		}
		cr_assert(eq(str, all, whole));
		free(all);
		free(whole);
	}
}

/* cut anywhere, as a kill may */
Test(cli_sweep, what_was_cut_off_is_taken_up_without_loss_or_doubles)
{
	char *whole = text_of((const char *const[]){SWEEP, "--format", "csv", NULL});
	char folder[64], path[96];
	size_t n = strlen(whole);
	const size_t cuts[] = {0, 3, 75, 76, 1000, n / 2, n - 1, n};
	folder_new(folder);
	snprintf(path, sizeof path, "%s/sweep.csv", folder);
	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		FILE *f = fopen(path, "w");
		cr_assert(eq(sz, fwrite(whole, 1, cuts[i], f), cuts[i]));
		fclose(f);
		free(text_of((const char *const[]){SWEEP, "--resume", path, NULL}));
		char *now = file_text(path);
		cr_assert(eq(int, strcmp(now, whole), 0), "cut at %zu", cuts[i]);
		free(now);
	}
	command_result r = command_run(
		(const char *const[]){SWEEP, "--shard", "2/3", "--resume", path, NULL}, NULL);
	cr_assert(eq(int, r.code, 2), "another sweep's file must be refused");
	char *now = file_text(path);
	cr_assert(eq(int, strcmp(now, whole), 0), "and left alone");
	free(now);
	command_release(&r);
	folder_remove(folder);
	free(whole);
}

/* a terminal: script makes one, and writes what it was sent to its own output */
Test(cli_sweep, a_file_that_another_writes_is_left_alone)
{
	char folder[64], path[96];
	folder_new(folder);
	snprintf(path, sizeof path, "%s/sweep.csv", folder);
	for (int there = 0; there < 2; there++)
		for (int resume = 0; resume < 2; resume++) {
			FILE *f = fopen(path, "w");
			cr_assert(f && fputs(there ? "setup" : "", f) >= 0 && !fflush(f));
			cr_assert(zero(int, flock(fileno(f), LOCK_EX)));
			command_result r = command_run(
				(const char *[]){SWEEP, resume ? "--resume" : "-o", path, NULL},
				NULL);
			char *now = file_text(path);
			cr_expect(eq(int, r.code, 2));
			cr_expect(ne(ptr, strstr(r.err, "is being written by somebody else"), NULL),
				"%s", r.err);
			cr_expect(eq(str, now, there ? "setup" : ""));
			free(now);
			command_release(&r);
			fclose(f);
		}
	folder_remove(folder);
}

Test(cli_sweep, on_a_terminal_it_says_how_far_it_is_and_what_is_left)
{
	char folder[64], command[512];
	const char *secost = getenv("SECOST");
	if (system("script -qec true /dev/null >/dev/null 2>&1") != 0)
		cr_skip_test("there are no pseudo-terminals here");
	folder_new(folder);
	snprintf(command, sizeof command,
		"script -qec '%s compare se-resnet-50 --sweep stages[0].se.ratio=1..100 --sweep "
		"stages[1].se.ratio=1..100 --resume %s/all.csv' %s/said >/dev/null",
		secost ? secost : "build/release/secost", folder, folder);
	cr_assert(zero(int, system(command)));
	snprintf(command, sizeof command, "%s/said", folder);
	char *said = file_text(command);
	cr_assert(ne(ptr, strstr(said, "10000 of 10000 setups, 0 s left"), NULL), "%s", said);
	free(said);
	folder_remove(folder);
}
