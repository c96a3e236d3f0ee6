#include "cli/charts.h"

#include <signal.h>
#include <stdio.h>

#include "base/file.h"

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
	if (!o->drawn)
		complain("chart '%s' was not drawn: %s; its data and script are kept",
			o->chart->name, o->message);
}

static sc_status draw_all(
	const sc_options *o, const sc_document *doc, size_t *missing, size_t *all, sc_err *err)
{
	const sc_chart_options options = {.gnuplot = o->gnuplot, .stop = is_interrupted};
	bool hung = false;
	sc_status s = sc_document_check(doc, err);
	for (size_t i = 0; sc_chart_at(i) && !s && !interrupted; i++) {
		sc_chart_outcome outcome;
		if (!sc_chart_at(i)->applies(doc))
			continue;
		if (!*all)
			s = sc_file_make_folder(o->charts, err);
		if (!s)
			s = sc_chart_draw(
				sc_chart_at(i), doc, o->charts, !hung, &options, &outcome, err);
		if (s)
			break;
		tell_chart(&outcome);
		hung = hung || outcome.timed_out;
		*missing += !outcome.drawn;
		++*all;
	}
	return s;
}

int draw_charts(const sc_options *o, const sc_document *doc, int code)
{
	size_t missing = 0, all = 0;
	sc_err err = {0};
	if (!o->charts)
		return code;
	catch_signals();
	sc_status s = draw_all(o, doc, &missing, &all, &err);
	end_if_interrupted();
	if (s)
		return tell(&err, NULL);
	if (!all)
		complain("no chart shows this answer; 'secost list charts' has them all");
	return (missing || !all) && o->require_charts ? EXIT_CHECK_FAILED : code;
}
