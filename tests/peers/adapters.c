/* Finds adapters: those of this program, and those in shared objects beside it, which need a
 * library that this machine may lack. PEERS_FOLDER says where they are. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peers.h"

extern const peer_adapter peer_adapter_secost, peer_adapter_floor, peer_adapter_torch,
	peer_adapter_onnxruntime;

static struct known {
	const char *name;
	const peer_adapter *adapter;
	char why[256];
} known[] = {
	{"secost", &peer_adapter_secost, ""},
	{"floor", &peer_adapter_floor, ""},
	{"torch", &peer_adapter_torch, ""},
	{"onnxruntime", &peer_adapter_onnxruntime, ""},
	{"onednn", NULL, ""},
	{"xnnpack", NULL, ""},
};

static void load(struct known *k)
{
	char path[4096], symbol[64];
	const char *folder = getenv("PEERS_FOLDER");
	snprintf(path, sizeof path, "%s/%s.so", folder ? folder : ".", k->name);
	snprintf(symbol, sizeof symbol, "peer_adapter_%s", k->name);
	void *handle = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
	k->adapter = handle ? dlsym(handle, symbol) : NULL;
	if (!k->adapter)
		snprintf(k->why, sizeof k->why, "%s.so could not be built or loaded", k->name);
}

const peer_adapter *peer_adapter_named(const char *name, char why[256])
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (!strcmp(known[i].name, name)) {
			if (!known[i].adapter && !*known[i].why)
				load(&known[i]);
			snprintf(why, 256, "%s", known[i].why);
			return known[i].adapter;
		}
	snprintf(why, 256, "no such adapter");
	return NULL;
}
