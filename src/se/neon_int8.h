/** \file
 * Vectors of int8 with NEON; what each name means stands in lone_int8.h. */
#ifndef SC_SE_NEON_INT8_H
#define SC_SE_NEON_INT8_H

enum { VBYTES = 16, HWIDTH = 8, GROUP = 2, OFFSET = 0 };
typedef int8x16_t vb;
typedef int16x8_t vh;
typedef uint32x4_t vsum;
typedef int16_t vterm;

static inline vb b_set(int a)
{
	return vdupq_n_s8((int8_t)a);
}
static inline vb b_load(const int8_t *p)
{
	return vld1q_s8(p);
}
static inline vb b_load_part(const int8_t *p, size_t n)
{
	int8_t part[16];
	memset(part, -128, sizeof part);
	memcpy(part, p, n);
	return vld1q_s8(part);
}
static inline void b_store(int8_t *p, vb a)
{
	vst1q_s8(p, a);
}
static inline void b_store_part(int8_t *p, vb a, size_t n)
{
	int8_t part[16];
	vst1q_s8(part, a);
	memcpy(p, part, n);
}
static inline void b_stream(int8_t *p, vb a)
{
	vst1q_s8(p, a);
}
static inline vb b_last(size_t n, vb a)
{
	static const int8_t lane[16] = {15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
	return vbslq_s8(vcgtq_s8(b_set((int)n), vld1q_s8(lane)), a, b_set(-128));
}
static inline vb b_max(vb a, vb b)
{
	return vmaxq_s8(a, b);
}
static inline int b_top(vb a)
{
	return vmaxvq_s8(a);
}
static inline vsum b_no_sum(void)
{
	return vdupq_n_u32(0);
}
static inline vsum b_sum(vsum a, vb x)
{
	uint8x16_t u = veorq_u8(vreinterpretq_u8_s8(x), vdupq_n_u8(128));
	return vpadalq_u16(a, vpaddlq_u8(u));
}
static inline uint32_t b_total(vsum a)
{
	return vaddvq_u32(a);
}
static inline void b_widen(vb x, int up, vh *low, vh *high)
{
	const int16x8_t by = vdupq_n_s16((int16_t)up);
	*low = vshlq_s16(vmovl_s8(vget_low_s8(x)), by);
	*high = vshlq_s16(vmovl_high_s8(x), by);
}
static inline vb b_narrow(vh low, vh high)
{
	return vqmovn_high_s16(vqmovn_s16(low), high);
}
static inline vh h_set(int a)
{
	return vdupq_n_s16((int16_t)a);
}
static inline void h_load_two(const int16_t *p, vh *low, vh *high)
{
	*low = vld1q_s16(p);
	*high = vld1q_s16(p + 8);
}
static inline vh h_load(const int8_t *p)
{
	return vmovl_s8(vld1_s8(p));
}
static inline vh h_max(vh a, vh b)
{
	return vmaxq_s16(a, b);
}
static inline void h_add_to(int32_t *to, vh a)
{
	vst1q_s32(to, vaddw_s16(vld1q_s32(to), vget_low_s16(a)));
	vst1q_s32(to + 4, vaddw_high_s16(vld1q_s32(to + 4), a));
}
static inline void h_max_to(int32_t *to, vh a)
{
	vst1q_s32(to, vmaxq_s32(vld1q_s32(to), vmovl_s16(vget_low_s16(a))));
	vst1q_s32(to + 4, vmaxq_s32(vld1q_s32(to + 4), vmovl_high_s16(a)));
}
static inline vh h_sub(vh a, vh b)
{
	return vsubq_s16(a, b);
}
static inline vh h_add(vh a, vh b)
{
	return vqaddq_s16(a, b);
}
static inline vh h_times(vh a, vh b)
{
	return vqrdmulhq_s16(a, b);
}
static inline vh h_mix(vh a, vh b, vh c, vh d, int bits)
{
	const int32x4_t down = vdupq_n_s32(-bits);
	int32x4_t low = vmull_s16(vget_low_s16(a), vget_low_s16(b));
	int32x4_t high = vmull_high_s16(a, b);
	low = vrshlq_s32(vmlal_s16(low, vget_low_s16(c), vget_low_s16(d)), down);
	high = vrshlq_s32(vmlal_high_s16(high, c, d), down);
	return vqmovn_high_s32(vqmovn_s32(low), high);
}

static inline vf q_add(vf a, vf b)
{
	return vreinterpretq_f32_s32(vaddq_s32(vreinterpretq_s32_f32(a), vreinterpretq_s32_f32(b)));
}
static inline vf q_weights(const int8_t *p)
{
	return vreinterpretq_f32_s16(vmovl_s8(vld1_s8(p)));
}
static inline vf q_dot(vf a, vf terms, vf weights)
{
	int16x8_t t = vreinterpretq_s16_f32(terms), w = vreinterpretq_s16_f32(weights);
	int32x4_t low = vmull_s16(vget_low_s16(t), vget_low_s16(w));
	return q_add(a, vreinterpretq_f32_s32(vpaddq_s32(low, vmull_high_s16(t, w))));
}

#endif
