/* What a description says that is allowed and probably not meant. */
#include <inttypes.h>
#include <stdio.h>

#include "secost/model.h"

static void tell_groups(const sc_model *m, const sc_stage *st, sc_model_tell *tell, void *user)
{
	const sc_block_spec *s = &st->spec;
	const sc_mark at = sc_field_mark("stage", &st->given, "groups");
	uint32_t inner = sc_bottleneck_inner(s), planes = inner / s->groups;
	sc_err err = {0};
	sc_fail(&err, SC_OK,
		"'groups: %u' without a width makes the inner convolution %u channels wide, %.3g "
		"times the %u that leave the block: channels / expansion × group_width / 64 × "
		"groups. For %u channels in %u groups say 'inner_channels: %u'",
		s->groups, inner, (double)inner / s->channels, s->channels, planes, s->groups,
		planes);
	snprintf(err.file, sizeof err.file, "%s", m->file);
	err.line = (int)at.line;
	err.column = (int)at.column;
	tell(user, &err);
}

/* a width that was asked for is meant */
static bool is_wide_by_default(const sc_stage *st)
{
	const sc_block_spec *s = &st->spec;
	return st->kind == sc_block_kind_named("bottleneck") && s->groups > 1 &&
	       !s->inner_channels && !s->group_width && sc_bottleneck_inner(s) > s->channels;
}

void sc_model_warnings(const sc_model *model, sc_model_tell *tell, void *user)
{
	for (size_t i = 0; i < model->stages.count; i++)
		if (is_wide_by_default(&model->stages.item[i]))
			tell_groups(model, &model->stages.item[i], tell, user);
}
