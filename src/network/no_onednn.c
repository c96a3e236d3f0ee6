/* Where the library was built without oneDNN's headers: there is nothing to run a network with. */
#include "network/program.h"

bool sc_network_can_run(void)
{
	return false;
}

sc_status engine_open(unsigned threads, struct engine **out, sc_err *err)
{
	(void)threads, (void)out;
	return sc_fail(err, SC_EIO,
		"this secost was built without oneDNN; install libdnnl-dev ('make deps') and build "
		"again");
}

void engine_close(struct engine *engine)
{
	(void)engine;
}

sc_status engine_make(struct engine *engine, const program *p, step *s, sc_err *err)
{
	(void)p, (void)s;
	return engine_open(0, &engine, err);
}

sc_status engine_run(struct engine *engine, const step *s, sc_err *err)
{
	(void)s;
	return engine_open(0, &engine, err);
}

void engine_unmake(struct engine *engine, step *s)
{
	(void)engine, (void)s;
}
