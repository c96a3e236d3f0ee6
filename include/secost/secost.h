/** \file
 * All of libsecost. */
#ifndef SECOST_SECOST_H
#define SECOST_SECOST_H

#include "secost/base.h"
#include "secost/bench.h"
#include "secost/block.h"
#include "secost/chart.h"
#include "secost/cost.h"
#include "secost/model.h"
#include "secost/network.h"
#include "secost/paper.h"
#include "secost/plan.h"
#include "secost/report.h"
#include "secost/se.h"
#include "secost/study.h"
#include "secost/timing.h"

#endif
