#include "bench/roof_body.h"

const sc_roof_row sc_roof_plain = {"plain", 0, read_all, copy_all, update_all, multiply};
