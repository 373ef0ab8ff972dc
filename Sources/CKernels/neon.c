// gemm_3x32c4_neon: 3 rows × 32 columns in 24 registers of 4 int32, by the dot product of Armv8.2.
//
// `sdot` multiplies signed by signed bytes. So activations x enter as x − 128, and starts make up for it.
// Packing: [panel][tap][k / 4][column][4] int8.
#if defined(__aarch64__)

#pragma STDC FP_CONTRACT OFF

#include <arm_neon.h>
#include <string.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#endif

#define DG_INPUT_BYTES 1

#include "generic/fold.h"
#include "generic/gemm.h"
#include "generic/look_up.h"
#include "generic/pack_fours.h"
#include "generic/requantize.h"

#define DG_TIER_NAME "neon"
#define DG_TIER_ROWS 3
#define DG_TIER_VECTORS 2
#define DG_INPUT_SHIFT 128

/// round(max(value, slope · value)) of 4 columns, clamped to 16 bits.
static inline __attribute__((always_inline)) int16x4_t dg_rounded(int32x4_t sums, const float *multiplier,
                                                                  const float *offset, float slope) {
    float32x4_t value = vmulq_f32(vcvtq_f32_s32(sums), vld1q_f32(multiplier));
    value = vaddq_f32(value, vld1q_f32(offset));
    value = vmaxq_f32(value, vmulq_n_f32(value, slope));
    return vqmovn_s32(vcvtnq_s32_f32(value));
}

/// Stores a row's codes, 16 columns at a time. The narrowing instructions clamp.
static inline __attribute__((always_inline)) void dg_store_codes(const dg_tile *tile, int row, int vectors,
                                                                 const int32x4_t *sums) {
    const dg_gemm *gemm = tile->gemm;
    const float *multipliers = gemm->multipliers + tile->column, *offsets = gemm->offsets + tile->column;
    const float slope = dg_slope(gemm->activation);
    const int16x8_t zero_point = vdupq_n_s16((int16_t)gemm->zero_point);
    uint8_t all[32];
    const int32_t columns = gemm->columns - tile->column;
    uint8_t *target = columns >= 16 * vectors ? tile->codes[row] : all;
    DG_UNROLL
    for (int eight = 0; eight < 2 * vectors; ++eight) {
        const int column = 8 * eight;
        const int16x8_t words =
            vcombine_s16(dg_rounded(sums[2 * eight], multipliers + column, offsets + column, slope),
                         dg_rounded(sums[2 * eight + 1], multipliers + column + 4, offsets + column + 4, slope));
        vst1_u8(target + column, vqmovun_s16(vqaddq_s16(words, zero_point)));
    }
    if (target == all) memcpy(tile->codes[row], all, (size_t)columns);
}

static inline __attribute__((always_inline)) void dg_tile_body(int rows, int vectors, bool codes, const dg_tile *tile) {
    const dg_gemm *gemm = tile->gemm;
    const dg_positions *positions = tile->positions;
    int32x4_t sums[3][8];
    DG_UNROLL
    for (int row = 0; row < rows; ++row)
        DG_UNROLL
        for (int part = 0; part < 4 * vectors; ++part) sums[row][part] = vld1q_s32(tile->starts[row] + 4 * part);

    for (int32_t tap = 0; tap < positions->taps; ++tap) {
        const int8_t *weights =
            (const int8_t *)tile->panel + (size_t)positions->weight_taps[tap] * gemm->depth * 16 * vectors;
        const uint8_t *input[3];
        DG_UNROLL
        for (int row = 0; row < rows; ++row) input[row] = (const uint8_t *)tile->input[row] + tile->taps[row][tap];
        for (int32_t k = 0; k < gemm->depth; k += 4, weights += 64 * vectors) {
            int8x16_t bytes[3];
            DG_UNROLL
            for (int row = 0; row < rows; ++row) {
                uint32_t four;
                memcpy(&four, input[row] + k, 4);
                bytes[row] = vreinterpretq_s8_u8(
                    veorq_u8(vreinterpretq_u8_u32(vdupq_n_u32(four)), vdupq_n_u8(128)));
            }
            DG_UNROLL
            for (int part = 0; part < 4 * vectors; ++part) {
                const int8x16_t columns = vld1q_s8(weights + 16 * part);
                DG_UNROLL
                for (int row = 0; row < rows; ++row) sums[row][part] = vdotq_s32(sums[row][part], bytes[row], columns);
            }
        }
    }
    DG_UNROLL
    for (int row = 0; row < rows; ++row) {
        if (codes) {
            dg_store_codes(tile, row, vectors, sums[row]);
            continue;
        }
        DG_UNROLL
        for (int part = 0; part < 4 * vectors; ++part) vst1q_s32(tile->sums[row] + 4 * part, sums[row][part]);
    }
}

static inline size_t dg_column_bytes(size_t length) { return length; }

static void dg_pack_panel(const dg_weights *weights, int32_t first_column, int32_t width, void *panel) {
    dg_pack_fours(weights, first_column, width, panel);
}

/// 16 bytes at a time: an instruction looks up in 64 entries and gives 0, or leaves what is there, beyond them.
static void dg_look_up(const uint8_t *table, uint8_t *bytes, size_t count) {
    const uint8x16x4_t first = vld1q_u8_x4(table), second = vld1q_u8_x4(table + 64);
    const uint8x16x4_t third = vld1q_u8_x4(table + 128), fourth = vld1q_u8_x4(table + 192);
    size_t index = 0;
    for (; index + 16 <= count; index += 16) {
        const uint8x16_t which = vld1q_u8(bytes + index);
        uint8x16_t found = vqtbl4q_u8(first, which);
        found = vqtbx4q_u8(found, second, vsubq_u8(which, vdupq_n_u8(64)));
        found = vqtbx4q_u8(found, third, vsubq_u8(which, vdupq_n_u8(128)));
        found = vqtbx4q_u8(found, fourth, vsubq_u8(which, vdupq_n_u8(192)));
        vst1q_u8(bytes + index, found);
    }
    dg_look_up_each(table, bytes + index, count - index);
}

static uint64_t dg_peak(uint64_t iterations) {
    int32x4_t sums[24];
    volatile uint32_t seed = 0x01010101;
    const int8x16_t factor = vreinterpretq_s8_u32(vdupq_n_u32(seed));
    DG_UNROLL
    for (int index = 0; index < 24; ++index) sums[index] = vdupq_n_s32(index);
    for (uint64_t round = 0; round < iterations; ++round) {
        DG_UNROLL
        for (int index = 0; index < 24; ++index) sums[index] = vdotq_s32(sums[index], factor, factor);
    }
    DG_UNROLL
    for (int index = 1; index < 24; ++index) sums[0] = vaddq_s32(sums[0], sums[index]);
    seed = (uint32_t)vgetq_lane_s32(sums[0], 0);
    return iterations * 24 * 16;
}

#include "generic/tiles.h"
#include "generic/tier.h"

DG_KERNELS(dg_kernels_neon);

#if defined(__clang__)
#pragma clang attribute pop
#endif

#endif
