#include "study.h"

#include <criterion/criterion.h>

study_files study_read(const char *path)
{
	study_files f = {0};
	sc_errs errs = {0};
	cr_assert(!sc_study_spec_load(path, &f.spec, &errs), "%s", errs.item[0].message);
	cr_assert(!sc_study_open(f.spec, &f.model, &f.study, &errs), "%s", errs.item[0].message);
	return f;
}

void study_release(study_files *files)
{
	sc_study_free(files->study);
	sc_model_free(files->model);
	sc_study_spec_free(files->spec);
	*files = (study_files){0};
}
