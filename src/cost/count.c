#include "secost/cost.h"

#include <string.h>

#include "base/checked.h"
#include "cost/op.h"

sc_class sc_layer_class(const sc_layer *layer)
{
	sc_class cls = layer->op->cls;
	if (cls == SC_CLASS_global_pool && layer->role == SC_ROLE_SE)
		return SC_CLASS_squeeze;
	return cls == SC_CLASS_linear && layer->role == SC_ROLE_HEAD ? SC_CLASS_classifier : cls;
}

void sc_layer_terms(const sc_layer *layer, sc_terms *out)
{
	out->count = 0;
	layer->op->terms(layer, out);
}

/* a product that left 64 bits on its way to 0 is 0 */
static sc_status too_large(const sc_term *term, uint64_t *out, sc_err *err)
{
	for (unsigned i = 0; i < term->count; i++)
		if (!term->factor[i].value) {
			*out = 0;
			return SC_OK;
		}
	return sc_fail(err, SC_ERANGE, "its %s do not fit in 64 bits", sc_count_name(term->kind));
}

sc_status sc_term_value(const sc_term *term, uint64_t *out, sc_err *err)
{
	uint64_t product = 1;
	for (unsigned i = 0; i < term->count; i++)
		if (!sc_mul(&product, term->factor[i].value))
			return too_large(term, out, err);
	*out = product;
	return SC_OK;
}

bool sc_filter_matches(const sc_filter *f, const sc_layer *l)
{
	return (f->stage == SC_ANY || f->stage == l->stage) &&
	       (f->block == SC_ANY || f->block == l->block) &&
	       (f->role == SC_ANY || f->role == l->role) && (!f->op || f->op == l->op);
}

static sc_status add_layer(const sc_layer *l, sc_cost *sum, sc_err *err)
{
	sc_terms terms;
	sc_layer_terms(l, &terms);
	sc_class cls = sc_layer_class(l);
	for (size_t i = 0; i < terms.count; i++) {
		uint64_t n;
		sc_status s = sc_term_value(&terms.item[i], &n, err);
		if (s)
			return s;
		if (!sc_add(&sum->n[cls][terms.item[i].kind], n))
			return sc_fail(err, SC_ERANGE,
				"the sum of %s up to here does not fit in 64 bits",
				sc_count_name(terms.item[i].kind));
	}
	return SC_OK;
}

/* a failure of one layer, told with its name and the line that asked for it */
static sc_status name_layer(const sc_layer *l, sc_status status, sc_err *err)
{
	if (!err)
		return status;
	sc_layer_path path;
	sc_err cause = *err;
	sc_fail(err, status, "layer '%s': %s", sc_layer_full_name(l, &path), cause.message);
	err->line = (int)l->line;
	err->column = l->column;
	return status;
}

sc_status sc_count_layer(const sc_layer *layer, sc_cost *out, sc_err *err)
{
	sc_cost cost = {0};
	sc_status s = add_layer(layer, &cost, err);
	if (s)
		return name_layer(layer, s, err);
	*out = cost;
	return SC_OK;
}

sc_status sc_count(const sc_layers *layers, const sc_filter *filter, sc_cost *out, sc_err *err)
{
	bool one = filter->stage != SC_ANY;
	size_t i = one ? sc_layers_stage_start(layers, (uint32_t)filter->stage) : 0;
	sc_cost sum = {0};
	for (; i < layers->count && (!one || layers->item[i].stage == filter->stage); i++) {
		const sc_layer *l = &layers->item[i];
		sc_status s = sc_filter_matches(filter, l) ? add_layer(l, &sum, err) : SC_OK;
		if (s)
			return name_layer(l, s, err);
	}
	*out = sum;
	return SC_OK;
}

sc_status sc_cost_sum(const sc_cost *cost, sc_count_kind kind, uint64_t *out, sc_err *err)
{
	uint64_t sum = 0;
	for (size_t c = 0; c < SC_CLASS__N; c++)
		if (!sc_add(&sum, cost->n[c][kind]))
			return sc_fail(err, SC_ERANGE, "the sum of %s does not fit in 64 bits",
				sc_count_name(kind));
	*out = sum;
	return SC_OK;
}
