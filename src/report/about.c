/* What tells one document's tables from another's of the same kind, in captions and labels. */
#include <string.h>

#include "base/text.h"
#include "report/about.h"

enum { NAMED = 3 };

/* "A, B, C", of more than three how many */
static void list(const char *const *word, size_t n, const char *what, sc_text *out)
{
	if (n > NAMED)
		sc_text_addf(out, "%zu %s", n, what);
	for (size_t i = 0; i < n && n <= NAMED; i++)
		sc_text_addf(out, "%s%s", i ? ", " : "", word[i]);
}

static void tell(sc_document *doc, sc_text *text)
{
	if (text->length || text->failed)
		sc_document_about(doc, sc_text_whole(text));
	sc_text_release(text);
}

void sc_about_networks(sc_document *doc, const sc_sheet *const *sheet, size_t n)
{
	const char *name[NAMED] = {NULL};
	sc_text text = {0};
	for (size_t i = 0; i < n && i < NAMED; i++)
		name[i] = sheet[i]->model->name;
	list(name, n, "networks", &text);
	tell(doc, &text);
}

void sc_about_verdicts(sc_document *doc, const sc_verdict *verdict, size_t n)
{
	const char *name[NAMED] = {NULL};
	size_t networks = 0;
	sc_text text = {0};
	for (size_t i = 0; i < n; i++) {
		const char *of = verdict[i].model->name;
		if (i && !strcmp(of, verdict[i - 1].model->name))
			continue;
		if (networks < NAMED)
			name[networks] = of;
		networks++;
	}
	list(name, networks, "networks", &text);
	tell(doc, &text);
}

static void add_network(const sc_study *study, sc_text *out)
{
	if (!strstr(study->title, study->model->name))
		sc_text_add(out, study->model->name);
}

void sc_about_study(sc_document *doc, const sc_study *study)
{
	sc_text text = {0};
	add_network(study, &text);
	tell(doc, &text);
}

void sc_about_setups(sc_document *doc, const sc_study *study, const char *more)
{
	const char *group[NAMED] = {NULL};
	size_t groups = 0;
	sc_text text = {0};
	add_network(study, &text);
	for (size_t i = 1; i < study->setups; i++) {
		const char *of = study->setup[i].group;
		bool again = i > 1 && !strcmp(of, study->setup[i - 1].group);
		if (!*of || again || !strcmp(of, "setups")) /* which says nothing more */
			continue;
		if (groups < NAMED)
			group[groups] = of;
		groups++;
	}
	sc_text_add(&text, text.length && groups ? ", " : "");
	list(group, groups, "groups", &text);
	if (more)
		sc_text_addf(&text, "%s%s", text.length ? ", " : "", more);
	tell(doc, &text);
}

void sc_about_plan(sc_document *doc, const sc_plan *p)
{
	sc_text text = {0};
	for (size_t k = 0; k < p->request->budgets; k++) {
		sc_digits most;
		const sc_plan_limit *l = &p->limit[k];
		sc_text_addf(&text, "%s%s at most %s", k ? ", " : "",
			sc_plan_column_name(l->column), sc_plan_amount(l->column, l->most, &most));
	}
	tell(doc, &text);
}
