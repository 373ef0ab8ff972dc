// gemm_3x16c2_simd128
//
//     for tap, k by 2:  sums[3][16] += input[3][tap][k … k + 1] · weights[tap][k … k + 1][16]     (i32x4.dot_i16x8_s)
//
// The instruction multiplies signed words and adds neighbours. So activations enter as words, which `prepare` makes of
// bytes, and weights are packed as words.
//
// Tile:     3 rows × 16 columns in 12 vectors of 4 int32.
// Packing:  [panel][tap][k / 2][column][2] int16.
// Requires: SIMD128, which the module is compiled for.
#if defined(__wasm_simd128__)

#pragma STDC FP_CONTRACT OFF

#include <string.h>
#include <wasm_simd128.h>

#include "../generic/target.h"

#define DG_INPUT_BYTES 2

#include "../generic/finish.h"
#include "../generic/fold.h"
#include "../generic/gemm.h"
#include "../generic/look_up.h"
#include "../generic/pack.h"

#define DG_TIER_NAME "simd128"
#define DG_TIER_ROWS 3
#define DG_TIER_VECTORS 1
#define DG_TIER_PREPARE dg_widen

static void dg_widen(const uint8_t *bytes, size_t count, void *input) {
    uint16_t *words = input;
    for (size_t index = 0; index < count; ++index) words[index] = bytes[index];
}

/// round(max(value, slope · value)) of 4 columns. What leaves 32 bits is cut off, and then 16 bits.
DG_INLINE v128_t dg_rounded(v128_t sums, const float *multiplier, const float *offset, float slope) {
    v128_t value = wasm_f32x4_mul(wasm_f32x4_convert_i32x4(sums), wasm_v128_load(multiplier));
    value = wasm_f32x4_add(value, wasm_v128_load(offset));
    value = wasm_f32x4_max(value, wasm_f32x4_mul(value, wasm_f32x4_splat(slope)));
    return wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_nearest(value));
}

/// A row's codes. The narrowing instructions clamp.
DG_INLINE void dg_store_codes(const dg_tile *tile, int row, const v128_t sums[4]) {
    const dg_gemm *gemm = tile->gemm;
    const float *multipliers = gemm->multipliers + tile->column, *offsets = gemm->offsets + tile->column;
    const float slope = dg_slope(gemm->activation);
    const v128_t zero_point = wasm_i16x8_splat((int16_t)gemm->zero_point);
    v128_t rounded[4], words[2];
    DG_UNROLL
    for (int part = 0; part < 4; ++part)
        rounded[part] = dg_rounded(sums[part], multipliers + 4 * part, offsets + 4 * part, slope);
    DG_UNROLL
    for (int half = 0; half < 2; ++half)
        words[half] = wasm_i16x8_add_sat(wasm_i16x8_narrow_i32x4(rounded[2 * half], rounded[2 * half + 1]), zero_point);
    const v128_t codes = wasm_u8x16_narrow_i16x8(words[0], words[1]);
    const int32_t columns = gemm->columns - tile->column;
    if (columns >= 16) {
        wasm_v128_store(dg_codes_of(tile, row), codes);
    } else {
        uint8_t all[16];
        wasm_v128_store(all, codes);
        memcpy(dg_codes_of(tile, row), all, (size_t)columns);
    }
}

DG_INLINE void dg_tile_body(int rows, int vectors, bool codes, const dg_tile *tile) {
    (void)vectors;
    const dg_gemm *gemm = tile->gemm;
    const dg_positions *positions = tile->positions;
    v128_t sums[3][4];
    DG_UNROLL
    for (int row = 0; row < rows; ++row) {
        DG_UNROLL
        for (int part = 0; part < 4; ++part) sums[row][part] = wasm_v128_load(dg_starts(tile, row) + 4 * part);
    }

    for (int32_t tap = 0; tap < positions->taps; ++tap) {
        const int16_t *weights = (const int16_t *)tile->panel + (size_t)positions->weight_taps[tap] * gemm->depth * 16;
        const uint16_t *input[3];
        DG_UNROLL
        for (int row = 0; row < rows; ++row)
            input[row] = (const uint16_t *)dg_input(tile, row) + dg_taps(tile, row)[tap];
        for (int32_t k = 0; k < gemm->depth; k += 2, weights += 32) {
            v128_t two[3];
            DG_UNROLL
            for (int row = 0; row < rows; ++row) two[row] = wasm_v128_load32_splat(input[row] + k);
            DG_UNROLL
            for (int part = 0; part < 4; ++part) {
                const v128_t columns = wasm_v128_load(weights + 8 * part);
                DG_UNROLL
                for (int row = 0; row < rows; ++row)
                    sums[row][part] = wasm_i32x4_add(sums[row][part], wasm_i32x4_dot_i16x8(two[row], columns));
            }
        }
    }
    DG_UNROLL
    for (int row = 0; row < rows; ++row) {
        if (codes) {
            dg_store_codes(tile, row, sums[row]);
        } else {
            DG_UNROLL
            for (int part = 0; part < 4; ++part) wasm_v128_store(dg_sums_of(tile, row) + 4 * part, sums[row][part]);
        }
    }
}

static inline size_t dg_column_bytes(int32_t taps, int32_t depth) { return 2 * (size_t)taps * depth; }

static void dg_pack_panel(const dg_weights *weights, int32_t first_column, int32_t width, void *panel) {
    int16_t *target = panel;
    DG_EACH_FOUR(weights, first_column, width, place, four, {
        // Two words of a column, and two more behind those of all columns.
        int16_t *pairs = target + (place - (size_t)column) * 4 + 2 * column;
        for (int32_t index = 0; index < 2; ++index) {
            pairs[index] = four[index];
            pairs[2 * width + index] = four[2 + index];
        }
    })
}

static void dg_look_up(const uint8_t *table, uint8_t *bytes, size_t count) { dg_look_up_each(table, bytes, count); }

static uint64_t dg_peak(uint64_t iterations) {
    v128_t sums[12];
    volatile int16_t seed = 3;
    const v128_t factor = wasm_i16x8_splat(seed);
    DG_UNROLL
    for (int index = 0; index < 12; ++index) sums[index] = wasm_i32x4_splat(index);
    for (uint64_t round = 0; round < iterations; ++round) {
        // The sum enters the product, or it would be computed once.
        DG_UNROLL
        for (int index = 0; index < 12; ++index)
            sums[index] = wasm_i32x4_add(sums[index], wasm_i32x4_dot_i16x8(factor, sums[index]));
    }
    DG_UNROLL
    for (int index = 1; index < 12; ++index) sums[0] = wasm_i32x4_add(sums[0], sums[index]);
    seed = (int16_t)wasm_i32x4_extract_lane(sums[0], 0);
    return iterations * 12 * 8;
}

#include "../generic/tiles.h"
#include "../generic/tier.h"

DG_KERNELS(dg_kernels_simd128);

#endif
