/* Feature maps that all cases of a bench share: the largest decides. */
#include "bench/run.h"

sc_maps sc_maps_for(const sc_bench_case *item, size_t count)
{
	sc_maps m = {.count = 2};
	for (size_t i = 0; i < count; i++) {
		size_t bytes = sc_stand_bytes(&item[i]);
		m.bytes = bytes > m.bytes ? bytes : m.bytes;
		if (item[i].config.epilogue != SC_SE_SCALE)
			m.count = 3;
	}
	return m;
}

sc_status sc_maps_new(sc_maps *m, gsl_rng *rng, sc_err *err)
{
	if (!sc_buffer_new(m->bytes, rng, &m->x) || !sc_buffer_new(m->bytes, rng, &m->y) ||
		(m->count == 3 && !sc_buffer_new(m->bytes, rng, &m->shortcut)))
		return sc_fail(err, SC_ENOMEM,
			"no memory for the feature maps: %zu MiB are wanted, %zu buffers of the "
			"largest map",
			(m->count * m->bytes + (1 << 20) - 1) >> 20, m->count);
	sc_stand_fill(m->x.at, m->bytes, 1);
	if (m->count == 3)
		sc_stand_fill(m->shortcut.at, m->bytes, 2);
	return SC_OK;
}

void sc_maps_release(sc_maps *m)
{
	sc_buffer_release(&m->x);
	sc_buffer_release(&m->y);
	sc_buffer_release(&m->shortcut);
}
