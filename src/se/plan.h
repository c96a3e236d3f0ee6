/** \file
 * What a plan holds, and what a kernel row is: private to the room. */
#ifndef SC_SE_PLAN_H
#define SC_SE_PLAN_H

#include <stdint.h>

#include "se/halves.h"
#include "se/thread_pool.h"
#include "secost/se.h"

enum { SC_SE_ALIGN = 64 };

/** What is done with a block of samples, all of one before the next (body.h). */
typedef enum sc_se_step {
	SC_STEP_SQUEEZE_CHUNKS,	   /**< and their part of the first layer */
	SC_STEP_JOIN,		   /**< that layer's sums, where they are many */
	SC_STEP_GATE_CHUNKS,	   /**< second layer */
	SC_STEP_SCALE_CHUNKS,	   /**< second layer and scale */
	SC_STEP_SCALE_PIXELS,	   /**< scale alone */
	SC_STEP_SQUEEZE_STRETCHES, /**< stretch.h */
	SC_STEP_SCALE_STRETCHES,   /**< excite and scale */
} sc_se_step;

/** How y is written: where it is near; where it is not, its lines fetched before they are written,
 * for a store that waits holds up those behind it; past the caches. */
typedef enum sc_se_store { STORE_NEAR, STORE_FETCHED, STORE_PAST } sc_se_store;

/** One instruction set. A row other than `ref` packs weights in panels of `panel` outputs, the last
 * one cut to a multiple of `width`. */
typedef struct sc_se_row {
	const char *name, *text;
	unsigned need; /**< SC_CPU_* bits that must be present */
	size_t width;  /**< floats a vector */
	size_t panel;  /**< outputs a panel of weights */
	int whole;     /**< a sample is never split among threads */
	size_t group;  /**< of int8: terms of a sum that are multiplied at once */
	int offset;    /**< and what is added to each */
	/** A worker's share of a phase: when together, a phase is a step of a block and its parts
	 * are units; else there is one phase, and its parts are samples. */
	void (*run)(const sc_se_plan *plan, const sc_se_io *io, const sc_share *share);
} sc_se_row;

/** Where the parts of a workspace begin, in floats; shapes for `block` = b samples. */
typedef struct sc_se_space {
	size_t z;	/**< b × pooled × c_room: pooled; of stretches b × pieces × pooled ×
			     c_room */
	size_t own_z;	/**< of stretches: workers × b × pooled × c_room */
	size_t partial; /**< chunks (of stretches: workers) × b × pooled × d_room: dense layer 1 */
	size_t hidden; /**< workers × b × d_room */
	size_t gate;   /**< b × gate_room; of stretches, for each worker */
	size_t total;
} sc_se_space;

/** What a plan of int8 multiplies by and looks up; secost/se.h defines it. */
typedef struct sc_se_fixed {
	sc_se_quant quant;
	double mean, most; /**< of a sum and of a maximum less its zeros: times these, it is in
				units of `pooled` */
	int8_t act[256];   /**< by inner value + 128 */
	int16_t gate[256]; /**< by outer value + 128 */
	int bits;	   /**< of a gate, after the point */
	int shortcut;	   /**< what one is multiplied by, as by a gate */
	const double *times1, *times2; /**< d_room and c_room: of a layer's sums */
} sc_se_fixed;

struct sc_se_plan {
	sc_se_config config;
	const sc_se_row *row;
	size_t hw;     /**< pixels */
	size_t item;   /**< bytes of a number of the map */
	size_t pooled; /**< pooled vectors a sample: 2 for AVG_MAX */
	int by_pixel;  /**< the map is walked as NHWC */
	size_t chunk;  /**< channels that dense layer 1 sums at once */
	size_t chunks;
	int stretches; /**< units are stretches of a sample, not chunks of channels */
	size_t units;  /**< of a step; fixed by the shape, so that sums do not depend on threads */
	size_t group;  /**< channel by channel: channels a stretch of the squeeze has */
	size_t pieces; /**< in how many stretches' sums a channel comes */
	sc_se_step step[4];
	unsigned steps;
	int joins_apart;     /**< SC_STEP_JOIN is one of them */
	size_t c_room;	     /**< c, rounded up for vectors */
	size_t d_room;	     /**< squeezed, rounded up to `width` */
	size_t d_terms;	     /**< squeezed; of int8 rounded up to `group` */
	size_t gate_room;    /**< c_room; of int8 more: layers.h's sums, then the gates */
	size_t block;	     /**< samples that pass through all steps together, at most */
	size_t blocks;	     /**< when together: of n / blocks samples each */
	unsigned threads;    /**< workers, the caller included */
	int together;	     /**< all workers share each block; else each has its own samples */
	sc_se_store store;   /**< where y is apart from x and aligned */
	int64_t alone_ns;    /**< what a run with cold weights may take one thread */
	size_t l2, l3;	     /**< bytes of cache that the blocking was chosen for */
	size_t bytes;	     /**< of the allocation behind all pointers below */
	size_t weight_bytes; /**< of w1 and w2 */
	const void *w1;	     /**< packed: chunk, panel, channel in chunk, output in panel */
	const void *w2;	     /**< packed: panel, hidden, output in panel */
	const float *b1;     /**< d_room; of int8 whole numbers of 32 bits, that take the zero of
				  what the layer reads into account */
	const float *b2;     /**< c_room; twice the caller's for AVG_MAX */
	sc_se_fixed fixed;   /**< of int8 */
	float *space; /**< workspace, `space_each` floats a worker (or once, when together) */
	size_t space_each;
	sc_se_space at;
	unsigned tried; /**< ways that were tried out; 0 when the rules decided (tune.c) */
	int remembered; /**< or an earlier plan of the kind had been */
	double gain;	/**< time that the rules' way takes longer than the chosen one, a share */
	sc_thread_pool *thread_pool; /**< NULL with one thread */
	sc_se_io io;		     /**< of the run under way */
	void *memory;
};

/** Row `i` of the table, or NULL. */
const sc_se_row *sc_se_row_at(size_t i);
/** The row called `name`, or the best for NULL; NULL with a message when there is none. */
const sc_se_row *sc_se_row_find(const char *name, sc_err *err);

/** SC_OK, or SC_EINVAL with a message. */
sc_status sc_se_check(const sc_se_config *config, const sc_se_weights *weights, sc_err *err);
/** SC_OK, or SC_EINVAL with a message. */
sc_status sc_se_check_io(const sc_se_plan *plan, const sc_se_io *io, sc_err *err);

/** A plan of `config`, which was checked, for `row`, without memory or threads. */
sc_se_plan sc_se_draw_up(const sc_se_config *config, const sc_se_row *row);
/** Pick units, blocks, the thread split and stores, from the config, the row and the caches. */
void sc_se_choose(sc_se_plan *plan);
/** Let at most `block` samples, no more than the workspace has room for, pass together. */
void sc_se_cut_blocks(sc_se_plan *plan, size_t block);
/** Bytes of `plan`'s packed weights, biases and workspaces; 0 when that overflows. */
size_t sc_se_measure(sc_se_plan *plan);
/** Lay the weights out for the row in `memory`, of `plan->bytes`, aligned to SC_SE_ALIGN. */
void sc_se_pack(sc_se_plan *plan, const sc_se_weights *weights, char *memory);
/** The same of int8, whose biases and factors follow the weights. */
void sc_se_pack_int8(sc_se_plan *plan, const sc_se_weights *weights, char *memory);
/** The next `bytes` of `*memory`, which moves on, still aligned. */
void *sc_se_cut(char **memory, size_t bytes);

/** Tables and factors of int8 but for the layers'. SC_OK, or SC_EINVAL with a message. */
sc_status sc_se_fix(
	const sc_se_config *config, const sc_se_quant *quant, sc_se_fixed *out, sc_err *err);
/** The functions themselves. */
double sc_se_act_of(sc_se_act act, double x);
double sc_se_gate_of(sc_se_gate gate, double x);
/** Row `ref` of int8. */
void sc_se_ref_int8(const sc_se_plan *plan, const sc_se_io *io, size_t sample, double *space);

/** sat(zero + [v]) of secost/se.h, for any v but NaN. The sum with 1.5 · 2^52 has no room for
 * what is behind the point. */
static inline int sc_se_whole(double v, int zero)
{
	const double shift = 0x1.8p52, low = -128 - zero, high = 127 - zero;
	v = v < low ? low : v;
	v = v > high ? high : v;
	return (int)(v + shift - shift) + zero;
}

/** Numbers that are whole cache lines; 32 of floats for the same bits of any type. */
static inline size_t sc_se_cut_of(const sc_se_plan *p)
{
	return p->config.map == SC_SE_INT8 ? 64 : 32;
}

/** Pooled vectors a sample, each of which passes the first layer. */
static inline size_t sc_se_passes(sc_se_pool pool)
{
	switch (pool) {
	case SC_SE_AVG:
	case SC_SE_MAX:
		return 1;
	case SC_SE_AVG_MAX:
		return 2;
	}
	return 0;
}

/** Bytes of a number. */
static inline size_t sc_se_size_of(sc_se_dtype type)
{
	switch (type) {
	case SC_SE_F32:
		return 4;
	case SC_SE_BF16:
	case SC_SE_F16:
		return 2;
	case SC_SE_INT8:
		return 1;
	}
	return 0;
}

#endif
