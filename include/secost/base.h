/** \file
 * Status codes and the error reports that every fallible call can fill.
 *
 * A call that can fail returns `sc_status` (what a program branches on) and fills a caller-owned
 * `sc_err` (what a person reads). On failure every other out-parameter is untouched. */
#ifndef SECOST_BASE_H
#define SECOST_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SC_VERSION "0.1.0"
#define SC_RELEASED "2026-11-24" /**< day of that version */
/* Where a comment says `= {0}` of a record, C++ writes `= {}`. */
/** Before every function: seen outside the library, with C's linkage for C++ too. */
#ifdef __cplusplus
#define SC_API extern "C" __attribute__((visibility("default")))
#else
#define SC_API __attribute__((visibility("default")))
#endif

/** The same before a variable. */
#define SC_API_DATA extern __attribute__((visibility("default")))

/** Outcome of a call. Zero is success, so `if (status)` reads as "if it failed". */
typedef enum sc_status {
	SC_OK = 0,
	SC_ENOMEM,  /**< an allocation failed */
	SC_EIO,	    /**< a file could not be read or written */
	SC_EPARSE,  /**< not well-formed YAML */
	SC_ESCHEMA, /**< well-formed, but not a valid description */
	SC_ERANGE,  /**< a count does not fit in 64 bits */
	SC_EINVAL,  /**< the caller broke the contract */
} sc_status;

/** What went wrong and where. Caller-owned, no heap, always NUL-terminated. `= {0}` is "no error".
 */
typedef struct sc_err {
	sc_status status;  /**< SC_OK for "no error" */
	char file[256];	   /**< "" when no file is involved */
	int line, column;  /**< 1-based; 0 when unknown */
	char message[512]; /**< one sentence, lower case, no full stop, no newline */
} sc_err;

enum { SC_ERRS_MAX = 20 };

/** The independent errors of one file, in file order: at most SC_ERRS_MAX are kept, `total` counts
 * them all. `= {0}` is the empty list. */
typedef struct sc_errs {
	sc_err item[SC_ERRS_MAX]; /**< the first ones */
	size_t count;		  /**< how many of them are kept */
	size_t total;		  /**< how many there are */
} sc_errs;

/** A place in a file, 1-based; {0, 0} when there is none. */
typedef struct sc_mark {
	uint32_t line;	 /**< 1-based; 0 for none */
	uint32_t column; /**< in characters, 1-based; 0 for none */
} sc_mark;

/** What a description said of a record: the first member of everything that is read from a file.
 * `= {0}` for a record filled by hand. */
typedef struct sc_given {
	uint64_t bits; /**< bit i: field i of the record's table was given */
	uint64_t bad;  /**< bit i: it was given, but not as it must be; 0 once a file is loaded */
	const sc_mark
		*mark; /**< place of each given field, NULL when nothing was read from a file */
	sc_mark at;    /**< place of the record */
} sc_given;

/** Fixed text for a status, e.g. "out of memory". Never NULL. */
SC_API const char *sc_status_text(sc_status status);

/** Fill `err` (may be NULL) with a message and no place; return `status`, so that a failing path is
 * one line. Control characters in the message are shown as '?'. */
SC_API sc_status sc_fail(sc_err *err, sc_status status, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/** Append a copy of `err` to `errs` (may be NULL); return its status. */
SC_API sc_status sc_errs_add(sc_errs *errs, const sc_err *err);

/** A string that grows. `= {0}` is a valid empty one; release it when done. Running out of memory
 * is remembered in `failed` and makes later appends do nothing, so that a writer checks once, at
 * the end. */
typedef struct sc_text {
	char *s;       /**< NUL-terminated once anything was appended, else NULL */
	size_t length; /**< bytes, without the NUL */
	size_t room;   /**< bytes allocated */
	bool failed;   /**< out of memory at some time: `s` is not all of it */
} sc_text;

SC_API void sc_text_add(sc_text *t, const char *s);
SC_API void sc_text_add_bytes(sc_text *t, const char *s, size_t n);
SC_API void sc_text_addf(sc_text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/** The text so far, "" when empty. Valid until the next append. */
SC_API const char *sc_text_get(const sc_text *t);
/** Free the memory; the text is empty and usable again. */
SC_API void sc_text_release(sc_text *t);

#endif
