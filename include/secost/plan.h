/** \file
 * The best choice for every unit under budgets, exactly: a multiple-choice knapsack.
 *
 * A *unit* (a stage, a block) takes one of its *choices*. A choice has a gain and a cost in every
 * budgeted column; both add up over the units. Nothing here knows what the numbers mean. */
#ifndef SECOST_PLAN_H
#define SECOST_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "secost/study.h"

enum {
	SC_BUDGETS_MAX = 8,
	SC_PLAN_CHOICES_MAX = 64 /**< of one unit */
};
#define SC_NO_BUDGET UINT64_MAX
enum { SC_PLAN_KEPT_MAX = 20000000 /**< partial plans that are kept when nothing is said */ };

typedef struct sc_plan_choice {
	int64_t gain;		       /**< what it adds to the sum that is maximised */
	uint64_t cost[SC_BUDGETS_MAX]; /**< what it adds to each column */
} sc_plan_choice;

typedef struct sc_plan_unit {
	const sc_plan_choice *choice; /**< borrowed */
	size_t choices;		      /**< 1 … SC_PLAN_CHOICES_MAX */
} sc_plan_unit;

/** What to solve. `budget` is what the sum of a column may be at most, SC_NO_BUDGET for any. */
typedef struct sc_plan_problem {
	const sc_plan_unit *unit;	 /**< borrowed */
	size_t units, budgets;		 /**< budgets 1 … SC_BUDGETS_MAX */
	uint64_t budget[SC_BUDGETS_MAX]; /**< of each column; SC_NO_BUDGET for any sum */
	uint64_t more[SC_BUDGETS_MAX];	 /**< by how much each is raised to see what that buys */
	uint64_t most_kept; /**< partial plans to keep at most; 0 for SC_PLAN_KEPT_MAX */
} sc_plan_problem;

/** A choice for every unit, and what they add up to. */
typedef struct sc_plan_point {
	int64_t gain;		       /**< sum over all units */
	uint64_t cost[SC_BUDGETS_MAX]; /**< sum in each column */
	const uint8_t *choice;	       /**< one for each unit */
} sc_plan_point;

/** All that the first column can buy while the other budgets hold, and what is best. Of several
 * plans with the same gain, the one that is cheapest in the columns in their order, and then the
 * one with the lower choice in the first unit that differs. */
typedef struct sc_plan_front {
	sc_plan_point *point; /**< by rising cost in column 0, each with more gain than the last */
	size_t points;	      /**< how many of them */
	const sc_plan_point *best; /**< under all budgets; NULL when they can't be met */
	/** Under all budgets but this one, which is raised by `more`; NULL as above. */
	const sc_plan_point *raised[SC_BUDGETS_MAX];
	sc_plan_point extra[SC_BUDGETS_MAX]; /**< what `raised` points to, where it is no point */
	uint64_t made, kept; /**< partial plans that were looked at, and that no other dominates */
	uint8_t *choices;    /**< owned: what all choices lie in */
} sc_plan_front;

/** Solve. The budget of column 0 limits `best`, not the front. No points when the other budgets
 * can't be met. SC_EINVAL; SC_ERANGE when a sum does not fit in 63 bits, or more
 * partial plans dominate none another than are kept at most; SC_ENOMEM. `*out` is the
 * caller's to release and not to copy. */
SC_API sc_status sc_plan_solve(const sc_plan_problem *problem, sc_plan_front *out, sc_err *err);
SC_API void sc_plan_front_release(sc_plan_front *front);
/** The plan of the front with the most gain that costs no more than `most` in column 0; NULL when
 * there is none. */
SC_API const sc_plan_point *sc_plan_at_most(const sc_plan_front *front, uint64_t most);
/** How many plans there are: the product of the numbers of choices, as far as a double holds it. */
SC_API double sc_plan_space(const sc_plan_problem *problem);

/* --- which SE a network should have --- */

/** A column that a budget can be of: a row of plan_columns.def. */
typedef enum sc_plan_column {
#define PLAN_COLUMN(name, unit, meaning) SC_PLAN_COLUMN_##name,
#include "secost/plan_columns.def"
#undef PLAN_COLUMN
	SC_PLAN_COLUMN__N
} sc_plan_column;
SC_API const char *sc_plan_column_name(size_t column);
SC_API const char *sc_plan_column_meaning(size_t column);

/** What chooses for itself. */
typedef enum sc_plan_per { SC_PER_network, SC_PER_stage, SC_PER_block, SC_PER__N } sc_plan_per;
SC_API const char *sc_plan_per_name(size_t per);

/** What is maximised. */
typedef enum sc_plan_aim {
	SC_AIM_channels, /**< channels that are gated, over all blocks */
	SC_AIM_width,	 /**< squeezed units, over all blocks */
	SC_AIM_blocks,	 /**< blocks with SE */
	SC_AIM_gain,	 /**< what a gain file says */
	SC_AIM__N
} sc_plan_aim;
SC_API const char *sc_plan_aim_name(size_t aim);

/** How a budget was given. */
typedef enum sc_budget_kind {
	SC_BUDGET_share, /**< "+3%": what SE adds, of the network without SE */
	SC_BUDGET_added, /**< "+900K": what SE adds */
	SC_BUDGET_total	 /**< "26M": the network with SE; of weights and latency what SE adds */
} sc_budget_kind;
typedef struct sc_budget {
	sc_plan_column column; /**< of what */
	sc_budget_kind kind;   /**< how `value` is meant */
	double value;	       /**< a fraction, or in the column's unit; of latency picoseconds */
} sc_budget;
/** Read "params=+3%", "weights=1.2MB", "latency=120us". SC_EINVAL with the place in the text. */
SC_API sc_status sc_budget_parse(const char *text, sc_budget *out, sc_err *err);

/** Read "off,64,16": ratios, 0 for off. `*n` of `out` are filled. SC_EINVAL with the place. */
SC_API sc_status sc_plan_choices_parse(
	const char *text, uint32_t out[SC_PLAN_CHOICES_MAX], size_t *n, sc_err *err);

/** Forecast the time of one block's SE, nanoseconds. */
typedef sc_status (*sc_plan_timer)(
	void *user, const sc_sheet *sheet, size_t stage, uint32_t block, double *ns, sc_err *err);

/** How long a pass of the network without SE takes, nanoseconds. */
typedef struct sc_plan_time {
	double ns, low, high; /**< median and its 95 % interval, above 0 */
	const char *from;     /**< what it was measured by; borrowed */
} sc_plan_time;

/** What is asked. All borrowed. */
typedef struct sc_plan_request {
	sc_plan_per per;		     /**< what chooses for itself */
	sc_plan_aim aim;		     /**< what is maximised */
	uint32_t ratio[SC_PLAN_CHOICES_MAX]; /**< 0 is off */
	size_t ratios;			     /**< how many of `ratio`, 1 … SC_PLAN_CHOICES_MAX */
	sc_budget budget[SC_BUDGETS_MAX];    /**< none: all plans are affordable */
	size_t budgets;			     /**< how many of them */
	const sc_gain_spec *gains;	     /**< for SC_AIM_gain */
	sc_plan_timer timer;		     /**< for a budget of latency */
	void *user;			     /**< what `timer` is given */
	const sc_plan_time *own; /**< what shares of latency are of; NULL when it is not known */
} sc_plan_request;

/** A budget against this network, in the column's unit. */
typedef struct sc_plan_limit {
	sc_plan_column column;	   /**< of what */
	bool has_base, below_base; /**< below_base: less than the network without SE costs */
	uint64_t base;		   /**< of the network without SE */
	uint64_t most;		   /**< what SE may add; SC_NO_BUDGET when there is no budget */
	uint64_t percent;	   /**< one percent of the base, else of the budget */
	uint64_t least;	  /**< the smallest that would do while the others hold, else alone */
	bool least_alone; /**< `least` holds without the other budgets only */
	int64_t lifted;	  /**< the most gain when this budget alone is lifted */
	bool binds;	  /**< lifting it gains more */
} sc_plan_limit;

/** What chooses, and from what. */
typedef struct sc_plan_who {
	size_t stage;		/**< index; of a network SIZE_MAX */
	uint32_t block, blocks; /**< first block with SE, and how many */
	uint8_t *option;	/**< choice i is the request's ratio option[i] */
} sc_plan_who;

/** The answer. */
typedef struct sc_plan {
	const sc_plan_request *request; /**< borrowed */
	sc_study *study; /**< owned: the network, one setup for each ratio, last the plan if any */
	sc_plan_problem problem;	     /**< what was solved: a unit for each that chooses */
	sc_plan_who *who;		     /**< one for each unit */
	sc_plan_front front;		     /**< its answer */
	sc_plan_limit limit[SC_BUDGETS_MAX]; /**< of the problem's columns: budgets, else params */
	double space;			     /**< plans there are, as far as a double holds it */
	size_t without_gain;  /**< choices of stages that the gain file says nothing of: not offered
			       */
	const sc_setup *best; /**< the plan, counted as any setup is; NULL when infeasible */
	struct sc_plan_memory *memory; /**< owned: what the members above point into */
} sc_plan;

/** Plan for `model`, which must outlive the plan. Without budgets the front is over parameters.
 * Being infeasible is no error: `best` is NULL. SC_EINVAL when a budget, a gain or the network does
 * not fit the request. */
SC_API sc_status sc_plan_make(const sc_model *model, const sc_rules *rules, uint32_t batch,
	const sc_plan_request *request, sc_plan **out, sc_err *err);
/** NULL is allowed. */
SC_API void sc_plan_free(sc_plan *plan);
/** The ratio that a point has for unit `u`; 0 is off. */
SC_API uint32_t sc_plan_ratio(const sc_plan *plan, const sc_plan_point *point, size_t u);
/** A gain as the aim counts it; of a gain file in its unit. */
SC_API double sc_plan_gain(const sc_plan *plan, int64_t gain);
/** The best plan that has SE in unit `u`; `*feasible` false when there is none under the budgets.
 * `*choice` is malloc'ed: the caller's to free. */
SC_API sc_status sc_plan_with(const sc_plan *plan, size_t u, bool *feasible, sc_plan_point *out,
	uint8_t **choice, sc_err *err);
/** The same of the best plan in which unit `u` has its `choice`-th choice. */
SC_API sc_status sc_plan_if(const sc_plan *plan, size_t u, size_t choice, bool *feasible,
	sc_plan_point *out, uint8_t **choices, sc_err *err);
/** The same of the best plan with another budget of the problem's column `k`. */
SC_API sc_status sc_plan_under(const sc_plan *plan, size_t k, uint64_t most, bool *feasible,
	sc_plan_point *out, uint8_t **choices, sc_err *err);
/** The point as overrides: a text "path=value; …", malloc'ed. NULL when out of memory. */
SC_API sc_status sc_plan_sets(
	const sc_plan *plan, const sc_plan_point *point, sc_texts *out, sc_err *err);

/* --- holding a network to limits --- */

/** Counts of a network or a stage from a saved result. */
typedef struct sc_saved_counts {
	uint64_t of[SC_PLAN_COLUMN__N]; /**< in the column's unit */
	bool known[SC_PLAN_COLUMN__N];	/**< was it in the file */
} sc_saved_counts;
typedef struct sc_saved_stage {
	char name[64];		/**< as the file has it */
	sc_saved_counts counts; /**< what it costs */
} sc_saved_stage;
/** One network of a file that `secost cost --format json` wrote. */
typedef struct sc_saved {
	char name[128];	       /**< of the network */
	sc_saved_counts total; /**< all of it */
	sc_saved_stage *stage; /**< owned */
	size_t stages;	       /**< how many of them */
} sc_saved;

/** One limit, and what became of it. */
typedef struct sc_check {
	sc_budget max;	/**< what may not be exceeded */
	bool known;	/**< false when the count or what the limit starts from is not */
	bool has_start; /**< `start`: the saved count, else that of the network without SE */
	uint64_t start, is,
		most; /**< in the column's unit: what it was, what it is, what it may be */
	bool holds;   /**< `is` ≤ `most`, both known */
} sc_check;
/** Hold a sheet to a limit: shares and additions are over `saved`, or over the network without SE
 * when that is NULL. */
SC_API sc_check sc_check_limit(const sc_sheet *sheet, const sc_saved *saved, const sc_budget *max);

/* --- fronts of setups --- */

enum { SC_FRONT_COLUMNS = 3 };
/** Is a setup beaten by another? `over` is beaten by none that keeps to the budgets, and keeps to
 * none itself. */
typedef enum sc_front_mark {
	SC_FRONT_off,
	SC_FRONT_on,
	SC_FRONT_unknown,
	SC_FRONT_over
} sc_front_mark;
/** The word for a mark: "beaten", "on it", … */
SC_API const char *sc_front_mark_name(sc_front_mark mark);

/** What setups are held against each other by. */
typedef struct sc_front_column {
	const char *name;  /**< "params" */
	const char *title; /**< with its unit, where it has one: "SE time, µs" */
	bool higher;	   /**< is more better? */
} sc_front_column;
/** Setups by two or three columns. `= {0}` is none; release it. */
typedef struct sc_front {
	sc_front_column column[SC_FRONT_COLUMNS]; /**< that are compared */
	size_t columns, setups;			  /**< of `column`, and of the study */
	double *value;	     /**< setups × columns, NAN where it is not known; latency in µs */
	sc_front_mark *mark; /**< one for each setup */
} sc_front;
/** Does the file of a study say what to hold its setups against each other by? */
SC_API bool sc_study_has_front(const sc_study *study);
/** Hold the setups of a study against each other in "params,latency": two or three of
 * front_columns.def; NULL for those of its file. `ns`, one for each setup, may be NULL. SC_EINVAL
 * with the place, SC_ENOMEM; then `*out` is untouched. */
SC_API sc_status sc_study_front(
	const sc_study *study, const char *columns, const double *ns, sc_front *out, sc_err *err);
SC_API void sc_front_release(sc_front *front);

/** What sc_plan_every calls for each plan: by `choice`, one for each unit. False stops. */
typedef bool (*sc_plan_visit)(void *user, const sc_plan_point *point);
/** Go through all plans of a problem, the last unit changing fastest. SC_ERANGE when there are more
 * than `most`, or a sum does not fit in 63 bits. */
SC_API sc_status sc_plan_every(const sc_plan_problem *problem, uint64_t most, sc_plan_visit visit,
	void *user, sc_err *err);

#endif
