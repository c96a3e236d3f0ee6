#include "base/number.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *sc_number_exact(sc_digits *out, uint64_t n)
{
	char reversed[sizeof out->s];
	size_t length = 0, digits = 0;
	do {
		if (digits && digits % 3 == 0)
			reversed[length++] = ',';
		reversed[length++] = (char)('0' + n % 10);
		n /= 10;
		digits++;
	} while (n);
	for (size_t i = 0; i < length; i++)
		out->s[i] = reversed[length - 1 - i];
	out->s[length] = '\0';
	return out->s;
}

const char *sc_number_signed(sc_digits *out, int64_t n)
{
	sc_digits size;
	uint64_t magnitude = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	const char *sign = n < 0 ? "\xe2\x88\x92" : n > 0 ? "+" : "";
	snprintf(out->s, sizeof out->s, "%s%.40s", sign, sc_number_exact(&size, magnitude));
	return out->s;
}

static uint64_t ten_to_the(unsigned power)
{
	uint64_t n = 1;
	while (power--)
		n *= 10;
	return n;
}

const char *sc_number_scaled(sc_digits *out, uint64_t n, unsigned power, unsigned decimals)
{
	if (decimals > power)
		decimals = power;
	uint64_t step = ten_to_the(power - decimals), unit = ten_to_the(decimals);
	uint64_t steps = n / step + (n % step >= step - step / 2 && step > 1);
	sc_digits whole;
	sc_number_exact(&whole, steps / unit);
	if (decimals)
		snprintf(out->s, sizeof out->s, "%.32s.%0*" PRIu64, whole.s, (int)decimals,
			steps % unit);
	else
		*out = whole;
	return out->s;
}

unsigned sc_number_power(uint64_t n)
{
	unsigned power = 0;
	while (power < 12 && n >= 1000) {
		n /= 1000;
		power += 3;
	}
	return power;
}

const char *sc_number_prefix(unsigned power)
{
	static const char *const prefix[] = {"", "K", "M", "G", "T"};
	return power / 3 < sizeof prefix / sizeof *prefix ? prefix[power / 3] : "";
}
