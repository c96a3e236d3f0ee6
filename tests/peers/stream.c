/* Streams and the FMA peak, one set of loops for every vector width (stream.inc); the widest that
 * this CPU has is used. Compiled with -ffp-contract=fast, or `a * b + c` would be two instructions.
 */
#include "peers.h"

#define PASTE_(a, b) a##_##b
#define PASTE(a, b) PASTE_(a, b)
#define WORD_(a) #a
#define WORD(a) WORD_(a)

enum { LINE = 16, AHEAD = 16 * LINE }; /* floats */
static volatile const float volatile_one = 1;
#define one_at_run_time volatile_one

#define NAME portable
#define VECTOR 16
#define TARGET
#define PAST(at, v) (*(__typeof__(v) *)(void *)(at) = (v))
#define FENCE() ((void)0)
#include "stream.inc"

#if defined(__x86_64__)
#include <immintrin.h>

#define NAME avx2
#define VECTOR 32
#define TARGET __attribute__((target("avx2,fma")))
#define PAST(at, v) _mm256_stream_ps((at), (__m256)(v))
#define FENCE() _mm_sfence()
#include "stream.inc"

#define NAME avx512
#define VECTOR 64
#define TARGET __attribute__((target("avx512f,avx512vl,avx512dq")))
#define PAST(at, v) _mm512_stream_ps((at), (__m512)(v))
#define FENCE() _mm_sfence()
#include "stream.inc"

const peer_stream *peer_stream_best(void)
{
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
		__builtin_cpu_supports("avx512dq"))
		return &stream_avx512;
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
		return &stream_avx2;
	return &stream_portable;
}
#else
const peer_stream *peer_stream_best(void)
{
	return &stream_portable;
}
#endif
