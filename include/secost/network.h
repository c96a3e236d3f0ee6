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

#endif
