/** \file
 * What measuring and reporting share: the shapes and the form of the CSV. */
#ifndef PEERS_BENCH_H
#define PEERS_BENCH_H

#include "peers.h"

enum { ROUNDS_MIN = 5, ROUNDS_MAX = 25, ASIDE_ROUNDS = 3, SEED = 20170905 };

#define BENCH_HEADER \
	"c,h,w,ratio,squeezed,n,threads,weights,engine,peer,layout,form,count,q1_us,median_us,q3_" \
	"us," \
	"over_floor,floor_us,note"

/** A square map and a reduction ratio. */
typedef struct bench_shape {
	size_t c, h;
	unsigned ratio;
} bench_shape;

/** Shape i, NULL past the end. */
const bench_shape *bench_shape_at(size_t i);
/** Is shape i one of SE-ResNet-50's? */
bool bench_is_resnet(size_t i);
/** A quick run takes some only. */
bool bench_is_wanted(size_t i, bool quick);

/** Write README.md, peers.gp and peers.dat into `folder` from a CSV; 0, or an exit code. */
int bench_table(const char *csv, const char *folder);
/** Write a page that compares the machines of so many CSVs to stdout; 0, or an exit code. */
int bench_compare(char *const *csv, int count);
/** Print the name of the machine of a CSV; 0, or an exit code. */
int bench_fingerprint(const char *csv);

#endif
