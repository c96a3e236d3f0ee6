#include "se/plan.h"
#include "se/memory.h"

#include <stdlib.h>

static size_t up(size_t n, size_t to)
{
	return (n + to - 1) / to * to;
}

sc_se_plan sc_se_draw_up(const sc_se_config *config, const sc_se_row *row)
{
	sc_se_plan p = {.config = *config, .row = row, .hw = config->h * config->w};
	size_t number = sc_se_size_of(config->weights);
	p.config.row = row->name;
	p.config.quant = NULL;
	p.item = sc_se_size_of(config->map);
	p.pooled = sc_se_passes(config->pool);
	p.by_pixel = (config->layout == SC_SE_NHWC && config->c > 1) || p.hw == 1;
	p.c_room = up(config->c, 2 * row->width < 16 ? 16 : 2 * row->width);
	p.d_room = up(config->squeezed, row->width);
	p.d_terms = config->squeezed;
	p.gate_room = p.c_room;
	size_t c_terms = config->c;
	if (config->map == SC_SE_INT8) {
		p.d_terms = up(config->squeezed, row->group);
		p.gate_room += up((p.c_room + 64) / 2, 16);
		c_terms = up(config->c, row->group);
	}
	p.weight_bytes = (c_terms * p.d_room + p.c_room * p.d_terms) * number;
	sc_se_choose(&p);
	return p;
}

static sc_status furnish(sc_se_plan *p, const sc_se_weights *weights, sc_err *err)
{
	p->bytes = sc_se_measure(p);
	char *memory = p->bytes ? sc_se_memory_new(p->bytes, &p->memory) : NULL;
	if (!memory)
		return sc_fail(err, SC_ENOMEM,
			"no memory for the weights and the workspace of %zu × %zu × %zu × %zu",
			p->config.n, p->config.c, p->config.h, p->config.w);
	sc_se_pack(p, weights, memory);
	if (p->threads == 1)
		return SC_OK;
	p->thread_pool =
		sc_thread_pool_new(p->threads, (unsigned)(p->together ? p->units : p->config.n));
	if (!p->thread_pool)
		return sc_fail(err, SC_ENOMEM, "can't start %u threads", p->threads);
	return SC_OK;
}

sc_status sc_se_plan_new(
	const sc_se_config *config, const sc_se_weights *weights, sc_se_plan **out, sc_err *err)
{
	if (!out)
		return sc_fail(err, SC_EINVAL, "'out' is NULL");
	sc_status status = sc_se_check(config, weights, err);
	if (status)
		return status;
	const sc_se_row *row = sc_se_row_find(config->row, err);
	if (!row)
		return SC_EINVAL;
	sc_se_plan *p = malloc(sizeof *p);
	if (!p)
		return sc_fail(err, SC_ENOMEM, "no memory for a plan");
	*p = sc_se_draw_up(config, row);
	if (config->map == SC_SE_INT8)
		status = sc_se_fix(config, config->quant, &p->fixed, err);
	if (!status)
		status = furnish(p, weights, err);
	if (status)
		sc_se_plan_free(p);
	else
		*out = p;
	return status;
}

void sc_se_plan_free(sc_se_plan *p)
{
	if (!p)
		return;
	sc_thread_pool_free(p->thread_pool);
	free(p->memory);
	free(p);
}

static void work(void *arg, const sc_share *share)
{
	const sc_se_plan *plan = arg;
	plan->row->run(plan, &plan->io, share);
}

sc_status sc_se_run(sc_se_plan *plan, const sc_se_io *io, sc_err *err)
{
	sc_status status = sc_se_check_io(plan, io, err);
	if (status)
		return status;
	plan->io = *io;
	if (plan->thread_pool)
		sc_thread_pool_run(plan->thread_pool,
			&(sc_job){.run = work,
				.arg = plan,
				.phases = plan->together ? plan->steps * (unsigned)plan->blocks : 1,
				.alone_ns = plan->alone_ns});
	else
		work(plan, &(sc_share){.to = (unsigned)plan->config.n, .first = 1});
	return SC_OK;
}
