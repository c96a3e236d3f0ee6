#include "cli/charts.h"

#include <signal.h>
#include <stdio.h>

#include "base/file.h"
#include "base/text.h"

static volatile sig_atomic_t interrupted; /* by this signal */

static void on_signal(int signal)
{
	interrupted = signal;
}

bool is_interrupted(void *unused)
{
	(void)unused;
	return interrupted;
}

void catch_signals(void)
{
	struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

void end_if_interrupted(void)
{
	if (!interrupted)
		return;
	signal(interrupted, SIG_DFL);
	raise(interrupted);
}

void tell_chart(const sc_chart_outcome *o)
{
	if (!o->drawn && *o->message)
		complain("chart '%s' was not drawn: %s; its data and script are kept",
			o->chart->name, o->message);
	if (o->replaced)
		complain("chart '%s' has '?' for %u character%s that no font here has",
			o->chart->name, o->replaced, o->replaced > 1 ? "s" : "");
}

/* how many charts there were, and how many of their pictures are missing */
typedef struct drawn {
	size_t all, missing;
	bool hung; /* once is enough: each would take all of its time */
} drawn;

static sc_status draw_into(const sc_options *o, const char *folder, bool for_paper,
	const sc_document *doc, drawn *done, sc_err *err)
{
	const sc_chart_options options = {
		.gnuplot = o->gnuplot, .stop = is_interrupted, .for_paper = for_paper};
	sc_status s = SC_OK;
	for (size_t i = 0; sc_chart_at(i) && !s && !interrupted; i++) {
		sc_chart_outcome outcome;
		if (!sc_chart_at(i)->applies(doc))
			continue;
		s = sc_file_make_folder(folder, err);
		if (!s)
			s = sc_chart_draw(
				sc_chart_at(i), doc, folder, !done->hung, &options, &outcome, err);
		if (s)
			break;
		tell_chart(&outcome);
		done->hung = done->hung || outcome.timed_out;
		done->missing += !outcome.drawn;
		done->all++;
	}
	return s;
}

static sc_status draw_all(const sc_options *o, const sc_document *doc, drawn *done, sc_err *err)
{
	sc_text paper = {0};
	sc_status s = sc_document_check(doc, err);
	if (!s)
		s = draw_into(o, o->charts, false, doc, done, err);
	sc_text_addf(&paper, "%s/paper", o->charts);
	if (!s && paper.failed)
		s = sc_fail(err, SC_ENOMEM, "no memory for the charts");
	if (!s && o->paper)
		s = draw_into(o, paper.s, true, doc, done, err);
	sc_text_release(&paper);
	return s;
}

int draw_charts(const sc_options *o, const sc_document *doc, int code)
{
	drawn done = {0};
	sc_err err = {0};
	if (!o->charts && o->paper)
		return complain("--paper needs --charts=FOLDER, whose folder paper it fills");
	if (!o->charts)
		return code;
	catch_signals();
	sc_status s = draw_all(o, doc, &done, &err);
	end_if_interrupted();
	if (s)
		return tell(&err, NULL);
	if (!done.all)
		complain("no chart shows this answer; 'secost list charts' has them all");
	return (done.missing || !done.all) && o->require_charts ? EXIT_CHECK_FAILED : code;
}
