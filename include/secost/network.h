/** \file
 * A whole network, run: every layer of a description in execution order on real buffers, with
 * random weights, through oneDNN; SE through this library's forward kernel, through oneDNN's
 * primitives as a framework does it, or not at all. So what SE adds to a network's time is measured
 * and not added up.
 *
 * Maps are 32-bit floats, channels last. Norms are folded into the convolutions before them and
 * activations run with what they follow. Buffers are used again once nobody reads them. One network
 * in one thread at a time. */
#ifndef SECOST_NETWORK_H
#define SECOST_NETWORK_H

#include "secost/cost.h"
#include "secost/timing.h"

/** How SE is run. */
typedef enum sc_network_se {
	SC_NETWORK_without, /**< not at all: what it would gate is read as it is */
	SC_NETWORK_kernel,  /**< by the forward kernel, in place where nobody else reads the map */
	SC_NETWORK_fused,   /**< the same, the addition and ReLU that follow in its last pass */
	SC_NETWORK_onednn,  /**< by oneDNN: pooling, two inner products, a product */
	SC_NETWORK__N
} sc_network_se;
/** "without", "kernel", "fused", "onednn"; NULL past the end. */
SC_API const char *sc_network_se_name(size_t se);
/** The same as a person reads it, "SE by oneDNN"; NULL past the end. */
SC_API const char *sc_network_se_words(size_t se);
/** Was the library built with oneDNN, and is it on this machine? */
SC_API bool sc_network_can_run(void);

/** What to run. */
typedef struct sc_network_options {
	uint32_t batch;	    /**< images, at least 1 */
	unsigned threads;   /**< of oneDNN and of the kernel, at least 1 */
	sc_network_se se;   /**< how SE is run */
	unsigned long seed; /**< of the weights and the input */
} sc_network_options;

/** A network ready to run. */
typedef struct sc_network sc_network;

/** Make a network of `layers`, which must outlive it. SC_EINVAL names the layer that can't be run,
 * and why; SC_ERANGE, SC_ENOMEM says how much memory was wanted; then `*out` is untouched. */
SC_API sc_status sc_network_new(
	const sc_layers *layers, const sc_network_options *options, sc_network **out, sc_err *err);
/** NULL is allowed. */
SC_API void sc_network_free(sc_network *network);

/** One forward pass. SC_EIO when a primitive fails. */
SC_API sc_status sc_network_run(sc_network *network, sc_err *err);
/** Bytes of buffers and weights. */
SC_API uint64_t sc_network_bytes(const sc_network *network);

/** What ran, in order: layers that are fused are one step. */
typedef struct sc_network_step {
	const sc_layer *layer; /**< the first of what runs here; borrowed */
	bool se;	       /**< a part of SE, or all of it, what it is fused with included */
	double ns;	       /**< of the last pass */
} sc_network_step;
/** Step `i`; false past the last. */
SC_API bool sc_network_step_at(const sc_network *network, size_t i, sc_network_step *out);

/** Run the network once and every step also by plain loops on what the step read: `*worst` is the
 * largest |difference| over the largest |value| of a step's result, `*where` (may be NULL) that
 * step's layer. For small inputs: the loops are slow. SC_EIO, SC_ENOMEM. */
SC_API sc_status sc_network_check(
	sc_network *network, double *worst, const sc_layer **where, sc_err *err);

/** A network to time. */
typedef struct sc_network_subject {
	const char *name;	 /**< borrowed */
	const sc_layers *layers; /**< borrowed */
	sc_network_se se;	 /**< which SE it runs with */
} sc_network_subject;

/** How to time. */
typedef struct sc_network_timing {
	uint32_t batch;	  /**< images in a pass, 1 or more */
	unsigned threads; /**< that a pass runs on, 1 or more */
	double seconds;	  /**< for everything, making included; every subject has a pass in every
			     round whatever it is */
	unsigned long seed;
	/** Called before each pass when not NULL; true ends the run, which keeps what it has. */
	bool (*stop)(void *context, double part_done);
	void *context; /**< what `stop` is given */
} sc_network_timing;

/** Times of one subject, in nanoseconds of a pass. */
typedef struct sc_network_times {
	char setup[128];  /**< name of the subject */
	sc_network_se se; /**< which SE it ran with */
	bool described;	  /**< the network as it is described, not a setup of it */
	double *ns;	  /**< passes, in order of time */
	size_t passes;	  /**< how many of them, over all rounds */
	size_t *end;	  /**< of round i: its passes lie before ns[end[i]] */
	double *round_ns; /**< median of each round */
	/** rounds × parts: SE's steps in the stem, each stage, the head, each step the median of
	 * its round; a step that SE is fused with counts whole */
	double *se_ns;
	double *rest_ns; /**< of each round: all other steps, each the median of its round */
} sc_network_times;

/** The stem, a stage or the head. */
typedef struct sc_network_part {
	char name[64];	    /**< of the stage, "stem" or "head" */
	uint32_t se_blocks; /**< blocks of it that have SE, as described */
} sc_network_part;

enum { SC_PEERS_MAX = 8 };

/** The same network without SE and with it through another library, on the same machine. */
typedef struct sc_network_peer {
	char name[96];		    /**< of the library and how it ran, "PyTorch eager (1.13)" */
	double without_ns, with_ns; /**< of a pass */
	double over;		    /**< what SE adds, as a part of a pass without it */
	sc_interval over95;	    /**< 95 % interval of that part */
} sc_network_peer;

/** What was measured. */
typedef struct sc_network_result {
	char network[128]; /**< name; "" until somebody says it */
	char machine[192]; /**< the same, for people */
	char fingerprint[17], version[32],
		date[32];      /**< of the machine, of this library, when it began (UTC) */
	uint32_t batch;	       /**< images in a pass */
	unsigned threads;      /**< that a pass ran on */
	double seconds;	       /**< that it took */
	uint64_t bytes;	       /**< of the largest subject's buffers and weights */
	size_t rounds, parts;  /**< that were run; stem, stages and head */
	sc_network_part *part; /**< parts: stages + 2; without names until somebody gives them */
	sc_network_times *of;  /**< one for each subject; owned */
	size_t count;	       /**< how many of them */
	sc_drift drift;	       /**< what all subjects share, with enough rounds */
	bool interrupted;      /**< true when it was stopped before its end */
	struct {
		double ns;	   /**< of SE's steps in a pass, from a profile; 0 for none */
		sc_interval ci95;  /**< 95 % interval, nanoseconds */
		char profile[192]; /**< that it was made from */
	} forecast;
	sc_network_peer peer[SC_PEERS_MAX]; /**< measured by others beside it */
	size_t peers;			    /**< how many of them, 0 for none */
} sc_network_result;

/** Time subjects of equal numbers of stages against each other: in every round each is made anew,
 * with new buffers and plans, and passes of all take turns in random order. The layers of the first
 * are the network as described. As sc_network_new; SC_EINVAL for nothing to time. Release the
 * result. */
SC_API sc_status sc_network_time(const sc_network_subject *subject, size_t n,
	const sc_network_timing *timing, sc_network_result *out, sc_err *err);
SC_API void sc_network_result_release(sc_network_result *result);

/** The first subject that runs the network as described with SE so; `count` when there is none. */
SC_API size_t sc_network_subject_of(const sc_network_result *result, sc_network_se se);
/** Time of a pass of subject `a`, over rounds. SC_EINVAL with fewer than SC_ROUNDS_MIN rounds, as
 * for all that follow. */
SC_API sc_status sc_network_pass(
	const sc_network_result *result, size_t a, sc_estimate *out, sc_err *err);
/** Time of a pass of subject `a` less one of `b`, round by round; `relative` to b's. */
SC_API sc_status sc_network_difference(const sc_network_result *result, size_t a, size_t b,
	bool relative, sc_estimate *out, sc_err *err);
/** Time of SE's steps of subject `a` in a part; in all parts when `part` is `parts`. */
SC_API sc_status sc_network_se_part(
	const sc_network_result *result, size_t a, size_t part, sc_estimate *out, sc_err *err);
/** Time of all other steps of subject `a`, less that of `b`: what SE does to its neighbours. */
SC_API sc_status sc_network_rest(
	const sc_network_result *result, size_t a, size_t b, sc_estimate *out, sc_err *err);
/** What the steps of `a` take more than those of `b`, `relative` to b's: as the difference of
 * passes, but a short disturbance, which hits most passes somewhere and few steps, has no part in
 * it. */
SC_API sc_status sc_network_added(const sc_network_result *result, size_t a, size_t b,
	bool relative, sc_estimate *out, sc_err *err);

/** A record of the result as JSON, `secost.network/1`; NULL when out of memory. */
SC_API struct json_t *sc_network_json(const sc_network_result *result);
/** Read one; what follows from it is computed again. SC_EIO; SC_EPARSE, SC_ESCHEMA with the place
 * in the file. */
SC_API sc_status sc_network_load(const char *path, sc_network_result *out, sc_err *err);

#endif
