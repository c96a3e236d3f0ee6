#include "secost/cost.h"

static const char *name_at(const char *const *names, size_t n, size_t i)
{
	return i < n ? names[i] : NULL;
}
#define NAME_AT(names, i) name_at(names, sizeof names / sizeof *names, i)

const char *sc_count_name(size_t kind)
{
	static const char *const names[] = {
#define COUNT(name, meaning) #name,
#include "secost/counts.def"
#undef COUNT
	};
	return NAME_AT(names, kind);
}

const char *sc_class_name(size_t cls)
{
	static const char *const names[] = {
#define CLASS(name, cause, meaning) #name,
#include "secost/classes.def"
#undef CLASS
	};
	return NAME_AT(names, cls);
}

const char *sc_cause_label(size_t cause)
{
	static const char *const labels[] = {
#define CAUSE(name, label, meaning) label,
#include "secost/causes.def"
#undef CAUSE
	};
	return NAME_AT(labels, cause);
}

const char *sc_cause_name(size_t cause)
{
	static const char *const names[] = {
#define CAUSE(name, label, meaning) #name,
#include "secost/causes.def"
#undef CAUSE
	};
	return NAME_AT(names, cause);
}

const char *sc_function_name(size_t function)
{
	static const char *const names[] = {
#define FUNCTION(name, counted, kept, act, gate, meaning) #name,
#include "secost/functions.def"
#undef FUNCTION
	};
	return NAME_AT(names, function);
}

const char *sc_role_name(size_t role)
{
	static const char *const names[] = {
		[SC_ROLE_MAIN] = "main",
		[SC_ROLE_SE] = "se",
		[SC_ROLE_SHORTCUT] = "shortcut",
		[SC_ROLE_STEM] = "stem",
		[SC_ROLE_HEAD] = "head",
	};
	return NAME_AT(names, role);
}

const char *sc_quantity_name(size_t quantity)
{
	static const char *const names[] = {
		[SC_QUANTITY_params] = "params",
		[SC_QUANTITY_macs] = "macs",
		[SC_QUANTITY_flops] = "flops",
		[SC_QUANTITY_activations] = "activations",
	};
	return NAME_AT(names, quantity);
}

const char *sc_norm_name(size_t norm)
{
	static const char *const names[] = {
#define NORM(name, affine, statistics, passes, meaning) #name,
#include "secost/norms.def"
#undef NORM
	};
	return NAME_AT(names, norm);
}

const char *sc_rounding_name(size_t rounding)
{
	static const char *const names[] = {
#define ROUNDING(name, words) #name,
#include "secost/roundings.def"
#undef ROUNDING
	};
	return NAME_AT(names, rounding);
}

const char *sc_rounding_words(size_t rounding)
{
	static const char *const words[] = {
#define ROUNDING(name, words) words,
#include "secost/roundings.def"
#undef ROUNDING
	};
	return NAME_AT(words, rounding);
}

static const struct {
	const char *name;
	uint32_t n;
} optimizers[] =
	{
#define OPTIMIZER(name, states, meaning) {#name, states},
#include "secost/optimizers.def"
#undef OPTIMIZER
},
  elements[] = {
#define ELEMENT(name, bytes) {#name, bytes},
#include "secost/element_types.def"
#undef ELEMENT
};

const char *sc_optimizer_name(size_t i)
{
	return i < sizeof optimizers / sizeof *optimizers ? optimizers[i].name : NULL;
}

uint32_t sc_optimizer_states(size_t i)
{
	return optimizers[i].n;
}

const char *sc_element_name(size_t i)
{
	return i < sizeof elements / sizeof *elements ? elements[i].name : NULL;
}

uint32_t sc_element_bytes(size_t i)
{
	return elements[i].n;
}
