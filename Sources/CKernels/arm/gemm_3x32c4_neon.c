// gemm_3x32c4_neon
//
//     for tap, k by 4:  sums[3][32] += (input[3][tap][k … k + 3] − 128) · weights[tap][k … k + 3][32]     (sdot)
//
// The instruction multiplies signed by signed bytes. So activations enter less 128, and starts make up for it.
//
// Tile:     3 rows × 32 columns in 24 registers of 4 int32.
// Packing:  [panel][tap][k / 4][column][4] int8.
// Requires: FEAT_DotProd (Armv8.2).
#if defined(__aarch64__)

#pragma STDC FP_CONTRACT OFF

#include <arm_neon.h>
#include <string.h>

#include "../generic/target.h"

DG_BEGIN_TARGET("dotprod")

#define DG_INPUT_BYTES 1

#include "rows_neon.h"
#include "look_up_neon.h"
#include "../generic/finish.h"
#include "../generic/fold.h"
#include "../generic/gemm.h"
#include "../generic/pack.h"

#define DG_TIER_NAME "neon"
#define DG_TIER_ROWS 3
#define DG_TIER_VECTORS 2
#define DG_INPUT_SHIFT 128

DG_INLINE void dg_tile_body(int rows, int vectors, bool codes, const dg_tile *tile) {
    const dg_gemm *gemm = tile->gemm;
    const dg_positions *positions = tile->positions;
    int32x4_t sums[3][8];
    DG_UNROLL
    for (int row = 0; row < rows; ++row) {
        DG_UNROLL
        for (int part = 0; part < 4 * vectors; ++part) sums[row][part] = vld1q_s32(dg_starts(tile, row) + 4 * part);
    }

    for (int32_t tap = 0; tap < positions->taps; ++tap) {
        const int8_t *weights =
            (const int8_t *)tile->panel + (size_t)positions->weight_taps[tap] * gemm->depth * 16 * vectors;
        const uint8_t *input[3];
        DG_UNROLL
        for (int row = 0; row < rows; ++row)
            input[row] = (const uint8_t *)dg_input(tile, row) + dg_taps(tile, row)[tap];
        for (int32_t k = 0; k < gemm->depth; k += 4, weights += 64 * vectors) {
            int8x16_t bytes[3];
            DG_UNROLL
            for (int row = 0; row < rows; ++row) {
                uint32_t four;
                memcpy(&four, input[row] + k, 4);
                bytes[row] = vreinterpretq_s8_u8(veorq_u8(vreinterpretq_u8_u32(vdupq_n_u32(four)), vdupq_n_u8(128)));
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
    for (int row = 0; row < rows; ++row) dg_store_row(tile, row, vectors, codes, sums[row]);
}

static inline size_t dg_column_bytes(int32_t taps, int32_t depth) { return (size_t)taps * depth; }

static void dg_pack_panel(const dg_weights *weights, int32_t first_column, int32_t width, void *panel) {
    dg_pack_fours(weights, first_column, width, panel);
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

#include "../generic/tiles.h"
#include "../generic/tier.h"

DG_KERNELS(dg_kernels_neon);

DG_END_TARGET

#endif
