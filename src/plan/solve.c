/* Dynamic programming over dominated partial plans. A partial plan has chosen for the first units;
 * only those that no other dominates can become part of a best plan, so only they are extended.
 * They are kept in order of (cost in column 0, −gain, other costs): adding one choice to all of
 * them keeps that order, so the next layer is a merge of as many sorted lists as the unit has
 * choices, and whatever dominates a plan has been seen before it. Plans with the same numbers, such
 * as the same choices in another order among equal blocks, are kept once. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "plan/dominance.h"

#define FULL "more than %llu partial plans dominate none another; give fewer choices or budgets"

/* costs and the gain, turned round: the lower all the better. number[0] is column 0, number[1] the
 * gain, then the other columns */
typedef struct partial {
	uint64_t number[SC_BUDGETS_MAX + 1];
} partial;

/* how a partial plan came about */
typedef struct step {
	uint32_t before; /* index in the layer before */
	uint8_t choice;
} step;

typedef struct layer {
	uint64_t *plan; /* `numbers` each */
	step *step;
	size_t count, room;
} layer;

typedef struct solver {
	const sc_plan_problem *p;
	size_t numbers;
	partial *choice;		/* of all units */
	size_t *first;			/* index of each unit's first choice */
	uint64_t limit[SC_BUDGETS_MAX]; /* budgets with what they are raised by; none of column 0 */
	uint64_t (*least)[SC_BUDGETS_MAX]; /* what the units from i on cost at least */
	layer *layer;			   /* one more than units; layer 0 is the empty plan */
	sc_rivals *rivals;
	bool is_full; /* ended by the limit, not by memory */
	uint64_t made, kept, most_kept;
} solver;

/* the next plan that one choice makes of the layer before */
typedef struct head {
	partial plan;
	size_t at; /* index in the layer before; its count when there are no more */
} head;

static size_t number_of_column(size_t k)
{
	return k ? k + 1 : 0;
}

/* --- checks --- */

/* a gain as a cost, counted down from the most that a unit can gain */
static uint64_t gain_missed(const sc_plan_unit *unit, int64_t gain)
{
	int64_t most = INT64_MIN;
	for (size_t c = 0; c < unit->choices; c++)
		most = unit->choice[c].gain > most ? unit->choice[c].gain : most;
	return (uint64_t)most - (uint64_t)gain;
}

static bool sum_most(const sc_plan_problem *p, const sc_plan_unit *unit, uint64_t *sum)
{
	bool fits = true;
	for (size_t k = 0; k <= p->budgets; k++) {
		uint64_t most = 0;
		for (size_t c = 0; c < unit->choices; c++) {
			const sc_plan_choice *x = &unit->choice[c];
			int64_t gain = x->gain < 0 ? -(x->gain + 1) : x->gain;
			uint64_t n = k < p->budgets ? x->cost[k] : 2 * (uint64_t)gain + 2;
			most = n > most ? n : most;
		}
		fits = fits && sc_add(&sum[k], most);
	}
	return fits;
}

static sc_status check(const sc_plan_problem *p, sc_err *err)
{
	uint64_t sum[SC_BUDGETS_MAX + 1] = {0};
	bool fits = true;
	if (!p->budgets || p->budgets > SC_BUDGETS_MAX)
		return sc_fail(
			err, SC_EINVAL, "%zu budgets, must be 1 … %d", p->budgets, SC_BUDGETS_MAX);
	for (size_t u = 0; u < p->units; u++) {
		size_t n = p->unit[u].choices;
		if (!n || n > SC_PLAN_CHOICES_MAX)
			return sc_fail(err, SC_EINVAL, "%zu choices, must be 1 … %d", n,
				SC_PLAN_CHOICES_MAX);
		fits = fits && sum_most(p, &p->unit[u], sum);
	}
	return fits ? SC_OK
		    : sc_fail(err, SC_ERANGE, "the gains or costs of a plan do not fit in 63 bits");
}

/* --- one layer --- */

static int compare(const uint64_t *a, const uint64_t *b, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (a[k] != b[k])
			return a[k] < b[k] ? -1 : 1;
	return 0;
}

/* Which of two partial plans of the first `u` + 1 units has the lower choice in the first unit that
 * differs? Walks back to the plan that both have in common. */
static bool is_lower(const solver *s, size_t u, step a, step b)
{
	bool lower = a.choice < b.choice;
	for (; a.before != b.before; u--) {
		a = s->layer[u].step[a.before];
		b = s->layer[u].step[b.before];
		if (a.choice != b.choice)
			lower = a.choice < b.choice;
	}
	return lower;
}

static void set_head(const solver *s, size_t u, size_t c, head *h)
{
	const layer *from = &s->layer[u];
	if (h->at == from->count)
		return;
	const uint64_t *plan = &from->plan[h->at * s->numbers];
	const partial *choice = &s->choice[s->first[u] + c];
	for (size_t k = 0; k < s->numbers; k++)
		h->plan.number[k] = plan[k] + choice->number[k];
}

/* can the units from `u` on still meet every budget, raised as far as it will be? */
static bool can_be_met(const solver *s, size_t u, const uint64_t *plan)
{
	for (size_t k = 1; k < s->p->budgets; k++)
		if (plan[k + 1] + s->least[u][k] > s->limit[k])
			return false;
	return true;
}

/* the choice whose head comes first; SC_PLAN_CHOICES_MAX when all are at their end */
static size_t first_head(const solver *s, size_t u, const head *h)
{
	size_t best = SC_PLAN_CHOICES_MAX;
	for (size_t c = 0; c < s->p->unit[u].choices; c++) {
		if (h[c].at == s->layer[u].count)
			continue;
		int order = best == SC_PLAN_CHOICES_MAX
				    ? -1
				    : compare(h[c].plan.number, h[best].plan.number, s->numbers);
		if (!order && is_lower(s, u, (step){(uint32_t)h[c].at, (uint8_t)c},
				      (step){(uint32_t)h[best].at, (uint8_t)best}))
			order = -1;
		if (order < 0)
			best = c;
	}
	return best;
}

static bool push(layer *l, const uint64_t *plan, size_t numbers, step by)
{
	if (l->count == l->room) {
		size_t room = l->room ? 2 * l->room : 64;
		uint64_t *plans = realloc(l->plan, room * numbers * sizeof *plans);
		l->plan = plans ? plans : l->plan;
		step *steps = plans ? realloc(l->step, room * sizeof *steps) : NULL;
		l->step = steps ? steps : l->step;
		if (!steps)
			return false;
		l->room = room;
	}
	memcpy(&l->plan[l->count * numbers], plan, numbers * sizeof *plan);
	l->step[l->count++] = by;
	return true;
}

static bool offer(solver *s, size_t u, const uint64_t *plan, step by)
{
	layer *to = &s->layer[u + 1];
	s->made++;
	if (!can_be_met(s, u + 1, plan) || sc_rivals_dominate(s->rivals, plan + 1))
		return true;
	return s->kept + to->count < s->most_kept && sc_rivals_keep(s->rivals, plan + 1) &&
	       push(to, plan, s->numbers, by);
}

/* layer u + 1 from layer u */
static bool extend(solver *s, size_t u)
{
	head h[SC_PLAN_CHOICES_MAX] = {0};
	bool fits = true;
	size_t c;
	sc_rivals_clear(s->rivals);
	for (c = 0; c < s->p->unit[u].choices; c++)
		set_head(s, u, c, &h[c]);
	while (fits && (c = first_head(s, u, h)) < SC_PLAN_CHOICES_MAX) {
		fits = offer(s, u, h[c].plan.number, (step){(uint32_t)h[c].at, (uint8_t)c});
		h[c].at++;
		set_head(s, u, c, &h[c]);
	}
	s->kept += s->layer[u + 1].count;
	s->is_full = !fits && s->kept >= s->most_kept;
	free(s->layer[u].plan);
	s->layer[u].plan = NULL;
	return fits;
}

/* --- before and after --- */

static void prepare_unit(solver *s, size_t u)
{
	const sc_plan_unit *unit = &s->p->unit[u];
	uint64_t least[SC_BUDGETS_MAX];
	memset(least, 0xff, sizeof least);
	for (size_t c = 0; c < unit->choices; c++) {
		uint64_t *number = s->choice[s->first[u] + c].number;
		number[1] = gain_missed(unit, unit->choice[c].gain);
		for (size_t k = 0; k < s->p->budgets; k++) {
			uint64_t cost = unit->choice[c].cost[k];
			number[number_of_column(k)] = cost;
			least[k] = cost < least[k] ? cost : least[k];
		}
	}
	for (size_t k = 0; k < s->p->budgets; k++)
		s->least[u][k] = s->least[u + 1][k] + least[k];
}

static bool prepare(solver *s)
{
	const sc_plan_problem *p = s->p;
	const partial nothing = {{0}};
	size_t n = p->units + 1, choices = 0;
	s->numbers = p->budgets + 1;
	s->first = calloc(n, sizeof *s->first);
	for (size_t u = 0; u < p->units && s->first; u++) {
		s->first[u] = choices;
		choices += p->unit[u].choices;
	}
	s->choice = calloc(choices + 1, sizeof *s->choice);
	s->least = calloc(n, sizeof *s->least);
	s->layer = calloc(n, sizeof *s->layer);
	s->rivals = sc_rivals_new(p->budgets);
	if (!s->first || !s->choice || !s->least || !s->layer || !s->rivals)
		return false;
	for (size_t u = p->units; u--;)
		prepare_unit(s, u);
	for (size_t k = 0; k < p->budgets; k++)
		s->limit[k] = p->budget[k] > UINT64_MAX - p->more[k] ? UINT64_MAX
								     : p->budget[k] + p->more[k];
	return !can_be_met(s, 0, nothing.number) ||
	       push(&s->layer[0], nothing.number, s->numbers, (step){0, 0});
}

static void release(solver *s)
{
	for (size_t u = 0; s->layer && u <= s->p->units; u++) {
		free(s->layer[u].plan);
		free(s->layer[u].step);
	}
	free(s->layer);
	free(s->choice);
	free(s->first);
	free(s->least);
	sc_rivals_free(s->rivals);
}

/* does a plan hold to the budgets, the one of column `free` being `limit`? */
static bool holds(const solver *s, const uint64_t *plan, size_t free, uint64_t limit)
{
	for (size_t k = 0; k < s->p->budgets; k++)
		if (plan[number_of_column(k)] > (k == free ? limit : s->p->budget[k]))
			return false;
	return true;
}

static const uint64_t *last_plan(const solver *s, size_t i)
{
	return &s->layer[s->p->units].plan[i * s->numbers];
}

static void read_point(const solver *s, size_t i, uint8_t *choice, sc_plan_point *out)
{
	*out = (sc_plan_point){.choice = choice};
	for (size_t u = s->p->units, at = i; u; u--) {
		const step *by = &s->layer[u].step[at];
		const sc_plan_choice *c = &s->p->unit[u - 1].choice[by->choice];
		choice[u - 1] = by->choice;
		out->gain += c->gain;
		for (size_t k = 0; k < s->p->budgets; k++)
			out->cost[k] += c->cost[k];
		at = by->before;
	}
}

/* How many plans of the last layer have more gain than any cheaper one under the other budgets?
 * `out`, which may be NULL, gets them. */
static size_t read_front(const solver *s, sc_plan_front *out)
{
	uint64_t missed = UINT64_MAX;
	size_t n = 0;
	for (size_t i = 0; i < s->layer[s->p->units].count; i++) {
		const uint64_t *plan = last_plan(s, i);
		if (plan[1] >= missed || !holds(s, plan, 0, UINT64_MAX))
			continue;
		missed = plan[1];
		if (out)
			read_point(s, i, &out->choices[n * s->p->units], &out->point[n]);
		n++;
	}
	return n;
}

/* the plan with the most gain when budget k is raised; the count of the layer when there is none */
static size_t best_raised(const solver *s, size_t k)
{
	size_t n = s->layer[s->p->units].count, best = n;
	uint64_t limit = s->p->budget[k];
	limit = limit > UINT64_MAX - s->p->more[k] ? UINT64_MAX : limit + s->p->more[k];
	for (size_t i = 0; i < n; i++)
		if (holds(s, last_plan(s, i), k, limit) &&
			(best == n || last_plan(s, i)[1] < last_plan(s, best)[1]))
			best = i;
	return best;
}

static bool read_all(const solver *s, sc_plan_front *out)
{
	size_t units = s->p->units, points = read_front(s, NULL), n = s->layer[units].count;
	out->point = calloc(points + 1, sizeof *out->point);
	out->choices = calloc((points + s->p->budgets) * units + 1, 1);
	if (!out->point || !out->choices)
		return false;
	out->points = read_front(s, out);
	for (size_t k = 0; k < s->p->budgets; k++) {
		size_t best = best_raised(s, k);
		if (best == n)
			continue;
		read_point(s, best, &out->choices[(points + k) * units], &out->extra[k]);
		out->raised[k] = &out->extra[k];
	}
	out->best = sc_plan_at_most(out, s->p->budget[0]);
	return true;
}

sc_status sc_plan_solve(const sc_plan_problem *p, sc_plan_front *out, sc_err *err)
{
	solver s = {.p = p, .most_kept = p->most_kept ? p->most_kept : SC_PLAN_KEPT_MAX};
	sc_status status = check(p, err);
	if (status)
		return status;
	*out = (sc_plan_front){0};
	bool fits = prepare(&s);
	for (size_t u = 0; u < p->units && fits; u++)
		fits = extend(&s, u);
	fits = fits && read_all(&s, out);
	out->made = s.made;
	out->kept = s.kept;
	if (!fits)
		sc_plan_front_release(out);
	release(&s);
	if (s.is_full)
		return sc_fail(err, SC_ERANGE, FULL, (unsigned long long)s.most_kept);
	return fits ? SC_OK
		    : sc_fail(err, SC_ENOMEM, "no memory for %llu partial plans",
			      (unsigned long long)s.kept);
}

void sc_plan_front_release(sc_plan_front *front)
{
	free(front->point);
	free(front->choices);
	*front = (sc_plan_front){0};
}

const sc_plan_point *sc_plan_at_most(const sc_plan_front *front, uint64_t most)
{
	size_t low = 0, high = front->points;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (front->point[middle].cost[0] <= most)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &front->point[low - 1] : NULL;
}

double sc_plan_space(const sc_plan_problem *p)
{
	double n = 1;
	for (size_t u = 0; u < p->units; u++)
		n *= (double)p->unit[u].choices;
	return n;
}
