// The last steps of a row whose sums lie in registers of 4 int32: requantization and the storing of codes.
#pragma once

#include <arm_neon.h>
#include <string.h>

#include "../generic/gemm.h"
#include "../generic/requantize.h"

/// round(max(value, slope · value)) of 4 columns, clamped to 16 bits.
DG_INLINE int16x4_t dg_rounded(int32x4_t sums, const float *multiplier, const float *offset, float slope) {
    float32x4_t value = vmulq_f32(vcvtq_f32_s32(sums), vld1q_f32(multiplier));
    value = vaddq_f32(value, vld1q_f32(offset));
    value = vmaxq_f32(value, vmulq_n_f32(value, slope));
    return vqmovn_s32(vcvtnq_s32_f32(value));
}

/// A row's codes, 16 columns at a time. The narrowing instructions clamp.
DG_INLINE void dg_store_codes(const dg_tile *tile, int row, int vectors, const int32x4_t *sums) {
    const dg_gemm *gemm = tile->gemm;
    const float *multipliers = gemm->multipliers + tile->column, *offsets = gemm->offsets + tile->column;
    const float slope = dg_slope(gemm->activation);
    const int16x8_t zero_point = vdupq_n_s16((int16_t)gemm->zero_point);
    uint8_t all[32];
    const int32_t columns = gemm->columns - tile->column;
    uint8_t *target = columns >= 16 * vectors ? dg_codes_of(tile, row) : all;
    DG_UNROLL
    for (int eight = 0; eight < 2 * vectors; ++eight) {
        const int column = 8 * eight;
        const int16x8_t words =
            vcombine_s16(dg_rounded(sums[2 * eight], multipliers + column, offsets + column, slope),
                         dg_rounded(sums[2 * eight + 1], multipliers + column + 4, offsets + column + 4, slope));
        vst1_u8(target + column, vqmovun_s16(vqaddq_s16(words, zero_point)));
    }
    if (target == all) memcpy(dg_codes_of(tile, row), all, (size_t)columns);
}

/// Stores a row's codes or sums.
DG_INLINE void dg_store_row(const dg_tile *tile, int row, int vectors, bool codes, const int32x4_t *sums) {
    if (codes) {
        dg_store_codes(tile, row, vectors, sums);
        return;
    }
    DG_UNROLL
    for (int part = 0; part < 4 * vectors; ++part) vst1q_s32(dg_sums_of(tile, row) + 4 * part, sums[part]);
}
