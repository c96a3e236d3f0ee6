/* Where SE, or a relative of it, is attached to whatever comes next. Every layer that it makes has
 * role SC_ROLE_SE; that role is all that the rest of secost knows of it. */
#include "block/attention.h"

static const sc_attention *const table[] = {
#define ATTENTION(name, meaning) &sc_attention_##name,
#include "secost/attentions.def"
#undef ATTENTION
};

bool sc_se_same(const sc_se_block *a, const sc_se_block *b)
{
#define SE_MEMBER(type, name, from, meaning) a->name == b->name &&
	return
#include "secost/se_block.def"
		true;
#undef SE_MEMBER
}

bool sc_attention_replaces(sc_attention_kind attention)
{
	return table[attention]->replace != NULL;
}

static bool wants(const sc_builder *b, sc_placement here, bool replacing)
{
	return b->se.on && b->se.placement == here &&
	       (table[b->se.attention]->replace != NULL) == replacing;
}

static sc_status as_se(sc_builder *b, const sc_conv *conv, sc_err *err)
{
	const sc_attention *a = table[b->se.attention];
	sc_role role = b->role;
	uint32_t line = b->line, column = b->column;
	b->role = SC_ROLE_SE;
	b->line = b->se.line ? b->se.line : line;
	b->column = b->se.line ? b->se.column : column;
	sc_status s = conv ? a->replace(b, conv, err) : a->attach(b, err);
	b->role = role;
	b->line = line;
	b->column = column;
	return s;
}

static void note_place(sc_builder *b, sc_placement here)
{
	b->places |= 1u << here;
}

/* what replaces a convolution is told by sc_build_spatial that it has a place */
sc_status sc_build_se(sc_builder *b, sc_placement here, sc_err *err)
{
	if (b->se.on && table[b->se.attention]->replace)
		return SC_OK;
	note_place(b, here);
	return wants(b, here, false) ? as_se(b, NULL, err) : SC_OK;
}

sc_status sc_build_spatial(sc_builder *b, const sc_conv *conv, sc_err *err)
{
	if (!b->se.on || !table[b->se.attention]->replace)
		return sc_build_conv(b, conv, err);
	note_place(b, SC_PLACEMENT_standard);
	note_place(b, SC_PLACEMENT_inner);
	b->se.placement = SC_PLACEMENT_standard;
	return as_se(b, conv, err);
}
