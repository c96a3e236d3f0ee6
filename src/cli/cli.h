/** \file
 * The command: arguments to library calls, results to stdout, everything else to stderr. */
#ifndef SC_CLI_CLI_H
#define SC_CLI_CLI_H

#include "secost/bench.h"
#include "secost/report.h"

/** Exit codes, a contract. */
enum { EXIT_DONE = 0, EXIT_CHECK_FAILED = 1, EXIT_USAGE = 2, EXIT_MEASUREMENT = 3 };

/** Arguments as given. Lists end with NULL and may be NULL when empty. */
typedef struct sc_options {
	char *by, *columns, *format, *output, *color, *gnuplot, *batch, *charts;
	char *ratios, *threads, *layout, *dtype, *isa, *squeeze, *gate, *optimizer, *fused, *cache;
	char *filter, *precision, *time, *max_time, *seed, *save, *replay;
	char *per, *choices, *gain, *maximise;
	char *front, *shard, *resume, *baseline;
	char **budgets, **sweeps, **maxima;
	char **setups, **ablate, **rules, **sets, **profiles;
	int exact, wide, paper, require_charts, quiet, verbose, version, in_place, quick,
		extrapolate, chain, network;
	const char **args; /**< what is left */
	size_t arg_count;
} sc_options;

/** A row of commands.def. */
typedef struct sc_command {
	const char *name, *arguments, *options, *meaning;
	int (*run)(const sc_options *options);
} sc_command;

const sc_command *command_at(size_t i);

/** A row of options.def, as people see it. */
typedef struct sc_option_info {
	const char *name, *argument; /**< argument NULL for a flag */
	char letter;		     /**< 0 for none */
	char meaning[192];
} sc_option_info;
/** Value `i` of an option, by its name, as values.def has it; NULL past the last. A sc_word_at. */
const char *value_word(const void *option, size_t i);
/** Option i of those that a command takes; false past the last. */
bool option_at(const sc_command *command, size_t i, sc_option_info *out);

/** Parse what follows the command's name. Returns true to go on; else `*code` is the exit code. */
bool options_parse(const sc_command *command, int argc, char **argv, sc_options *out, int *code);
void options_release(sc_options *options);
/** Print what `secost COMMAND --help` says. */
void help_print(const sc_command *command);
size_t texts_count(char *const *list);

/** Print an error with its place, the line of the file and a caret; returns EXIT_USAGE. `set` is
 * the override or the path that the error is about, or NULL. */
int tell(const sc_err *err, const char *set);
int tell_all(const sc_errs *errs);
/** Print a warning with its place; for sc_model_warnings. */
void tell_warning(void *unused, const sc_err *warning);
/** Print "secost: message"; returns EXIT_USAGE. */
int complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** Print a document as the options ask, or write it to the output file. Frees it. Returns `code`,
 * or EXIT_USAGE when it could not be written. */
int finish(const sc_options *options, sc_document *doc, int code);
/** Format and style by the options; false when told an error. */
bool pick_format(const sc_options *options, const sc_format **format);
/** Is colour wanted on this stream? */
bool wants_color(const sc_options *options, int fd);

/** A model with the options' overrides applied. Returns 0, or the exit code after telling. */
int load_model(const sc_options *options, const char *path, sc_model **out);
/** The options' rules over the default ones; false when told an error. "all" is for the caller. */
bool pick_rules(const sc_options *options, sc_rules *out, bool *all);
/** A number 1 … `most`; false when told an error, with `what` as its name. */
bool whole_number(const char *what, const char *text, unsigned long most, unsigned *out);
/** 1 when not given; false when told an error. */
bool pick_batch(const sc_options *options, uint32_t *out);

/** A file that is read: nothing may be written over it. Anything that is no regular file may. */
void input_add(const char *path);
/** False, after telling, when the file there (or that a link there leads to) was read. */
bool may_write(const char *path);
/** Write a file that was not read. Returns `code`, or EXIT_USAGE after telling. */
int write_file(const char *path, const char *text, size_t n, int code);
void inputs_release(void);

/** Output i that 'schema' describes; NULL past the last. */
const char *output_word(const void *unused, size_t i);
/** Kind i that 'list' can show; NULL past the last. */
const char *list_word(const void *unused, size_t i);

#define COMMAND(name, arguments, options, meaning) int run_##name(const sc_options *);
#include "cli/commands.def"
#undef COMMAND

#endif
