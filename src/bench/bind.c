/* Binding to cores. A core's own cache is only reached from that core, so the thread moves from one
 * to the next. */
#include <hwloc.h>
#include <stdlib.h>
#include <string.h>

#include "bench/machine.h"

void sc_binding_begin(sc_binding *b)
{
	*b = (sc_binding){0};
	if (hwloc_topology_init(&b->topology)) {
		b->topology = NULL;
		return;
	}
	if (hwloc_topology_load(b->topology)) {
		hwloc_topology_destroy(b->topology);
		b->topology = NULL;
		return;
	}
	b->work = hwloc_bitmap_alloc();
	b->before = hwloc_bitmap_alloc();
	if (!b->work || !b->before ||
		hwloc_get_cpubind(b->topology, b->before, HWLOC_CPUBIND_THREAD))
		sc_binding_end(b);
}

void sc_binding_end(sc_binding *b)
{
	if (!b->topology)
		return;
	if (b->before && b->work) {
		hwloc_set_cpubind(b->topology, b->before, HWLOC_CPUBIND_THREAD);
	}
	if (b->before)
		hwloc_bitmap_free(b->before);
	if (b->work)
		hwloc_bitmap_free(b->work);
	hwloc_topology_destroy(b->topology);
	*b = (sc_binding){0};
}

/* one thread of core `i`; the last core stands for those that are not there */
static hwloc_obj_t core(const sc_binding *b, unsigned i)
{
	int n = hwloc_get_nbobjs_inside_cpuset_by_type(b->topology, b->before, HWLOC_OBJ_CORE);
	return n > 0 ? hwloc_get_obj_inside_cpuset_by_type(b->topology, b->before, HWLOC_OBJ_CORE,
			       i < (unsigned)n ? i : (unsigned)n - 1)
		     : NULL;
}

void sc_binding_first(sc_binding *b, unsigned n)
{
	if (!b->topology)
		return;
	hwloc_bitmap_zero(b->work);
	for (unsigned i = 0; i < n && core(b, i); i++)
		hwloc_bitmap_or(b->work, b->work, core(b, i)->cpuset);
	hwloc_bitmap_and(b->work, b->work, b->before);
	if (!hwloc_bitmap_iszero(b->work))
		hwloc_set_cpubind(b->topology, b->work, HWLOC_CPUBIND_THREAD);
}

void sc_binding_core(sc_binding *b, unsigned i)
{
	hwloc_obj_t o = b->topology ? core(b, i) : NULL;
	if (!o)
		return;
	hwloc_bitmap_and(b->work, o->cpuset, b->before);
	if (!hwloc_bitmap_iszero(b->work))
		hwloc_set_cpubind(b->topology, b->work, HWLOC_CPUBIND_THREAD);
}
