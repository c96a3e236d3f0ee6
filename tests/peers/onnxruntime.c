/* ONNX Runtime through the C interface of its library, which comes without a header: its functions
 * are a table whose order never changes, so the few that are needed are named by their place. The
 * environment variable ONNXRUNTIME_LIBRARY says where the library is. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "onnx_model.h"

enum {
	GET_ERROR_MESSAGE = 2,
	CREATE_ENV = 3,
	CREATE_SESSION_FROM_ARRAY = 8,
	RUN = 9,
	CREATE_SESSION_OPTIONS = 10,
	SET_GRAPH_OPTIMIZATION_LEVEL = 23,
	SET_INTRA_OP_THREADS = 24,
	SET_INTER_OP_THREADS = 25,
	CREATE_TENSOR_WITH_DATA = 49,
	CREATE_CPU_MEMORY_INFO = 69,
	RELEASE_STATUS = 93,
	RELEASE_MEMORY_INFO = 94,
	RELEASE_SESSION = 95,
	RELEASE_VALUE = 96,
	RELEASE_SESSION_OPTIONS = 100,
};
enum { LOG_ERRORS = 3, OPTIMIZE_ALL = 99, ARENA_ALLOCATOR = 1, FLOAT = 1 };

typedef void (*entry)(void);
typedef void *status; /* NULL when all is well */

typedef struct base {
	const entry *(*get_api)(uint32_t version);
	const char *(*version)(void);
} base;

typedef struct session {
	void *options, *session, *memory, *x, *y;
} session;

static const entry *api;
static const base *library;
static void *environment;

/* True when `s` is no error; else its text is in `why` */
static bool good(status s, char why[256])
{
	if (!s)
		return true;
	const char *text = ((const char *(*)(status))api[GET_ERROR_MESSAGE])(s);
	snprintf(why, 256, "%.255s", text);
	why[strcspn(why, "\n")] = 0;
	((void (*)(status))api[RELEASE_STATUS])(s);
	return false;
}

static bool load(char why[256])
{
	const char *path = getenv("ONNXRUNTIME_LIBRARY");
	if (api)
		return true;
	void *handle = dlopen(path && *path ? path : "libonnxruntime.so.1", RTLD_NOW | RTLD_LOCAL);
	const base *(*get)(void) = NULL;
	if (handle)
		*(void **)&get = dlsym(handle, "OrtGetApiBase");
	if (!get) {
		snprintf(why, 256, "its library can't be loaded: npm package onnxruntime-node");
		return false;
	}
	library = get();
	api = library->get_api(1);
	return good(((status(*)(int, const char *, void **))api[CREATE_ENV])(
			    LOG_ERRORS, "peers", &environment),
		why);
}

static void release(entry by, void *object)
{
	if (object)
		((void (*)(void *))by)(object);
}

static void close_session(void *state)
{
	session *s = state;
	release(api[RELEASE_VALUE], s->x);
	release(api[RELEASE_VALUE], s->y);
	release(api[RELEASE_MEMORY_INFO], s->memory);
	release(api[RELEASE_SESSION], s->session);
	release(api[RELEASE_SESSION_OPTIONS], s->options);
	free(s);
}

static bool set_options(session *s, unsigned threads, char why[256])
{
	typedef status (*set)(void *, int);
	return good(((status(*)(void **))api[CREATE_SESSION_OPTIONS])(&s->options), why) &&
	       good(((set)api[SET_GRAPH_OPTIMIZATION_LEVEL])(s->options, OPTIMIZE_ALL), why) &&
	       good(((set)api[SET_INTRA_OP_THREADS])(s->options, (int)threads), why) &&
	       good(((set)api[SET_INTER_OP_THREADS])(s->options, 1), why);
}

static bool start(session *s, const peer_data *data, bool gemm, char why[256])
{
	typedef status (*create)(void *, const void *, size_t, void *, void **);
	onnx_bytes model = onnx_model(data, gemm);
	bool ok = good(((create)api[CREATE_SESSION_FROM_ARRAY])(
			       environment, model.at, model.size, s->options, &s->session),
		why);
	free(model.at);
	return ok;
}

static bool bind(session *s, const peer_data *data, char why[256])
{
	typedef status (*wrap)(void *, void *, size_t, const int64_t *, size_t, int, void **);
	const peer_shape *p = &data->shape;
	const int64_t dim[] = {(int64_t)p->n, (int64_t)p->c, (int64_t)p->h, (int64_t)p->w};
	size_t bytes = data->elements * sizeof(float);
	wrap tensor = (wrap)api[CREATE_TENSOR_WITH_DATA];
	return good(((status(*)(int, int, void **))api[CREATE_CPU_MEMORY_INFO])(
			    ARENA_ALLOCATOR, 0, &s->memory),
		       why) &&
	       good(tensor(s->memory, data->x[NCHW], bytes, dim, 4, FLOAT, &s->x), why) &&
	       good(tensor(s->memory, data->y, bytes, dim, 4, FLOAT, &s->y), why);
}

static void *open_session(const peer_engine *engine, const peer_data *data, char why[256])
{
	if (!load(why))
		return NULL;
	session *s = calloc(1, sizeof *s);
	if (set_options(s, data->shape.threads, why) &&
		start(s, data, !strcmp(engine->option, "gemm"), why) && bind(s, data, why))
		return s;
	close_session(s);
	return NULL;
}

static void run(void *state)
{
	typedef status (*runner)(void *, const void *, const char *const *, void *const *, size_t,
		const char *const *, size_t, void **);
	session *s = state;
	char why[256];
	if (!good(((runner)api[RUN])(s->session, NULL, (const char *[]){"x"}, &s->x, 1,
			  (const char *[]){"y"}, 1, &s->y),
		    why))
		fprintf(stderr, "ONNX Runtime: %s\n", why);
}

static const char *version(void)
{
	return library ? library->version() : NULL;
}

extern const peer_adapter peer_adapter_onnxruntime;
const peer_adapter peer_adapter_onnxruntime = {
	version, open_session, run, NULL, NULL, close_session, NULL};
