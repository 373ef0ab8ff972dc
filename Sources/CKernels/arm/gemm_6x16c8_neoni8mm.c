// gemm_6x16c8_neoni8mm
//
//     for tap, k by 8:  sums[6][16] += input[6][tap][k … k + 7] · weights[tap][k … k + 7][16]     (usmmla)
//
// The instruction multiplies 2 rows × 8 unsigned bytes by 8 × 2 columns of signed ones: twice what `sdot` does.
//
// Tile:     6 rows × 16 columns in 24 registers of 2 rows × 2 columns.
// Packing:  [panel][tap][k / 8][column / 2][2][8] int8, the depth of a tap filled up to a multiple of 8 with zeros.
// Requires: FEAT_I8MM (Armv8.6).
#if defined(__aarch64__)

#pragma STDC FP_CONTRACT OFF

#include <arm_neon.h>
#include <string.h>

#include "../generic/target.h"

DG_BEGIN_TARGET("i8mm")

#define DG_INPUT_BYTES 1

#include "rows_neon.h"
#include "../generic/finish.h"
#include "../generic/fold.h"
#include "../generic/gemm.h"
#include "look_up_neon.h"
#include "../generic/pack.h"

#define DG_TIER_NAME "neoni8mm"
#define DG_TIER_ROWS 6
#define DG_TIER_VECTORS 1

/// 8 bytes of each of two rows. Where a tap's depth ends after 4, weights of 0 meet the rest.
DG_INLINE uint8x16_t dg_two_rows(const uint8_t *first, const uint8_t *second) {
    return vcombine_u8(vld1_u8(first), vld1_u8(second));
}

DG_INLINE void dg_tile_body(int rows, int vectors, bool codes, const dg_tile *tile) {
    const dg_gemm *gemm = tile->gemm;
    const dg_positions *positions = tile->positions;
    const int pairs = (rows + 1) / 2;
    const size_t tap_bytes = (size_t)dg_padded(gemm->depth, 8) * 16;
    // [pair of rows][pair of columns]: the first row's two columns, then the second's. An odd last row is its own
    // partner.
    int32x4_t sums[3][8];
    DG_UNROLL
    for (int pair = 0; pair < pairs; ++pair) {
        const int second = 2 * pair + 1 < rows ? 2 * pair + 1 : 2 * pair;
        DG_UNROLL
        for (int part = 0; part < 8; ++part)
            sums[pair][part] = vcombine_s32(vld1_s32(dg_starts(tile, 2 * pair) + 2 * part),
                                            vld1_s32(dg_starts(tile, second) + 2 * part));
    }

    for (int32_t tap = 0; tap < positions->taps; ++tap) {
        const int8_t *weights = (const int8_t *)tile->panel + positions->weight_taps[tap] * tap_bytes;
        const uint8_t *input[6];
        DG_UNROLL
        for (int row = 0; row < rows; ++row)
            input[row] = (const uint8_t *)dg_input(tile, row) + dg_taps(tile, row)[tap];
        for (int32_t k = 0; k < gemm->depth; k += 8, weights += 128) {
            uint8x16_t bytes[3];
            DG_UNROLL
            for (int pair = 0; pair < pairs; ++pair)
                bytes[pair] =
                    dg_two_rows(input[2 * pair] + k, input[2 * pair + 1 < rows ? 2 * pair + 1 : 2 * pair] + k);
            DG_UNROLL
            for (int part = 0; part < 8; ++part) {
                const int8x16_t columns = vld1q_s8(weights + 16 * part);
                DG_UNROLL
                for (int pair = 0; pair < pairs; ++pair)
                    sums[pair][part] = vusmmlaq_s32(sums[pair][part], bytes[pair], columns);
            }
        }
    }
    DG_UNROLL
    for (int row = 0; row < rows; ++row) {
        int32x4_t line[4];
        DG_UNROLL
        for (int part = 0; part < 4; ++part) {
            const int32x4_t left = sums[row / 2][2 * part], right = sums[row / 2][2 * part + 1];
            line[part] = row % 2 == 0 ? vcombine_s32(vget_low_s32(left), vget_low_s32(right))
                                      : vcombine_s32(vget_high_s32(left), vget_high_s32(right));
        }
        dg_store_row(tile, row, vectors, codes, line);
    }
}

static inline size_t dg_column_bytes(int32_t taps, int32_t depth) { return (size_t)taps * dg_padded(depth, 8); }

static void dg_pack_panel(const dg_weights *weights, int32_t first_column, int32_t width, void *panel) {
    const int32_t depth = dg_padded(weights->channels, 4);
    // The second half of a last eight that is not there.
    if (depth % 8 != 0) memset(panel, 0, width * dg_column_bytes(weights->taps, depth));
    DG_EACH_FOUR(weights, first_column, width, place, four, {
        int8_t *eight = (int8_t *)panel + (size_t)tap * dg_padded(depth, 8) * width + (size_t)(k / 8) * 8 * width;
        (void)place;
        memcpy(eight + 8 * column + k % 8, four, 4);
    })
}

static uint64_t dg_peak(uint64_t iterations) {
    int32x4_t sums[24];
    volatile uint32_t seed = 0x01010101;
    const uint8x16_t bytes = vreinterpretq_u8_u32(vdupq_n_u32(seed));
    const int8x16_t columns = vreinterpretq_s8_u8(bytes);
    DG_UNROLL
    for (int index = 0; index < 24; ++index) sums[index] = vdupq_n_s32(index);
    for (uint64_t round = 0; round < iterations; ++round) {
        DG_UNROLL
        for (int index = 0; index < 24; ++index) sums[index] = vusmmlaq_s32(sums[index], bytes, columns);
    }
    DG_UNROLL
    for (int index = 1; index < 24; ++index) sums[0] = vaddq_s32(sums[0], sums[index]);
    seed = (uint32_t)vgetq_lane_s32(sums[0], 0);
    return iterations * 24 * 32;
}

#include "../generic/tiles.h"
#include "../generic/tier.h"

DG_KERNELS(dg_kernels_neoni8mm);

DG_END_TARGET

#endif
