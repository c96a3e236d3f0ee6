/** \file
 * Grids and documents from the inside, for the formats. */
#ifndef SC_PAPER_GRID_H
#define SC_PAPER_GRID_H

#include <stdarg.h>

#include "base/arena.h"
#include "base/text.h"
#include "secost/paper.h"

typedef struct sc_column {
	sc_column_kind kind;
	const char *key, *title;
	unsigned decimals;
	uint64_t largest; /**< of its counts */
} sc_column;

typedef enum sc_cell_state { SC_CELL_value, SC_CELL_nothing, SC_CELL_unknown } sc_cell_state;

typedef struct sc_cell {
	sc_cell_state state;
	union {
		const char *text;
		uint64_t count;
		int64_t change;
		double real;
	} as;
} sc_cell;

typedef struct sc_lines {
	const char **item;
	size_t count, room;
} sc_lines;

struct sc_grid {
	sc_arena arena;
	const char *name, *title, *conditions;
	const char *narrow; /**< columns for a narrow table, most telling first; NULL for none */
	bool chosen;	    /**< its columns were asked for by name */
	sc_column *column;
	size_t columns, column_room;
	size_t *shown; /**< the columns that people see */
	size_t shown_count, shown_room;
	sc_row_kind *row;
	sc_cell *cell; /**< rows × columns */
	size_t rows, row_room, cell_room;
	size_t at; /**< next column of the last row */
	sc_lines notes;
	bool folded;  /**< on a page under its title */
	bool failed;  /**< out of memory */
	sc_err cause; /**< or another failure: its status, else SC_OK */
};

struct sc_document {
	sc_arena arena;
	const char *title; /**< NULL for none */
	const char *about; /**< what a caption adds to it; NULL for nothing */
	sc_lines headings, answers, notes;
	sc_grid **grid;
	size_t grids, grid_room;
	const sc_grid *records;			     /**< what CSV writes; NULL for the first */
	struct json_t *(*json)(const void *subject); /**< NULL for the grids */
	const void *subject;
	bool failed;
};

/** How many of its tables have columns for people. */
size_t sc_document_shown(const sc_document *doc);
/** Cell of a row and column. */
const sc_cell *sc_grid_cell(const sc_grid *grid, size_t row, size_t column);
/** All that people see of a grid, as text: headings, then row by row, each made once. */
typedef struct sc_cells {
	const sc_grid *grid;
	sc_text text;  /**< one after the other, each with its '\0' */
	size_t *at;    /**< (1 + rows) × columns: where it begins */
	size_t *width; /**< of each column, in characters, its heading included */
	bool failed;   /**< out of memory */
} sc_cells;
enum { SC_HEADING = -1 };
/** Make them; release them in any case. */
void sc_cells_make(const sc_grid *grid, bool exact, sc_cells *out);
void sc_cells_release(sc_cells *cells);
/** One of a shown column; `row` may be SC_HEADING. */
const char *sc_cells_text(const sc_cells *cells, long row, size_t column);
/** How much room a table has, in characters, and how many stand between two columns. */
typedef struct sc_fit {
	size_t room, gap;
} sc_fit;
/** Letters in a line of a column of words: longer ones break. */
enum { SC_GRID_WORDS = 19 };
/** Of a table with `narrow`: its columns that fit, taken as it says, words broken, into `index` in
 * the table's order, then all others. Returns how many fit, 0 when one does not that it needs. */
size_t sc_cells_fit_narrow(sc_cells *cells, const sc_fit *fit, size_t *index);
/** Write the shown columns that fit into `index` (room for all), then those that are left out;
 * returns how many fit, at least one. The first to go are those that are the same in every row,
 * from the last, then numbers that are within a hundredth, then the last of the others.
 * `cells->failed` when out of memory. */
size_t sc_cells_fit(sc_cells *cells, const sc_fit *fit, size_t *index);
/** Does a table hold nothing but words? */
bool sc_grid_is_words(const sc_grid *grid);
/** Power of ten of a column's unit: 0, 3, 6, … by its largest value, 0 when `exact`. */
unsigned sc_grid_power(const sc_grid *grid, size_t column, bool exact);
/** A column's title with its unit, "params, M". */
void sc_grid_heading(const sc_grid *grid, size_t column, bool exact, sc_text *out);
/** A cell as people read it. */
void sc_grid_show(const sc_grid *grid, size_t row, size_t column, bool exact, sc_text *out);
/** A cell as programs read it: every digit; "" for nothing and unknown. */
void sc_grid_plain(const sc_grid *grid, size_t row, size_t column, sc_text *out);
bool sc_column_is_text(const sc_column *column);
/** Keep a line in an arena; `*failed` when out of memory. */
void sc_lines_add(sc_lines *lines, sc_arena *arena, bool *failed, const char *fmt, va_list args)
	__attribute__((format(printf, 4, 0)));

/** A document's tables as lists of records. */
struct json_t *sc_grids_json(const sc_document *doc);

#define FORMAT(name) extern const sc_format sc_format_##name;
#include "paper/formats.def"
#undef FORMAT

#endif
