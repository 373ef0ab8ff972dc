// gemm_2x32_scalar: plain C, the definition that the other tiers are held to.
//
//     for tap, k:  sums[2][32] += input[2][tap][k] · weights[tap][k][32]
//
// Tile:     2 rows × 32 columns.
// Packing:  [panel][tap][k][column] int8.
// Requires: nothing.
#pragma STDC FP_CONTRACT OFF

#define DG_INPUT_BYTES 1

#include "finish.h"
#include "fold.h"
#include "gemm.h"
#include "look_up.h"
#include "pack.h"

#define DG_TIER_NAME "scalar"
#define DG_TIER_ROWS 2
#define DG_TIER_VECTORS 2

DG_INLINE void dg_tile_body(int rows, int vectors, bool codes, const dg_tile *tile) {
    const dg_gemm *gemm = tile->gemm;
    const dg_positions *positions = tile->positions;
    const int width = 16 * vectors;
    const float slope = dg_slope(gemm->activation);
    for (int row = 0; row < rows; ++row) {
        int32_t sums[32];
        for (int column = 0; column < width; ++column) sums[column] = dg_starts(tile, row)[column];
        for (int32_t tap = 0; tap < positions->taps; ++tap) {
            const int8_t *weights =
                (const int8_t *)tile->panel + (size_t)positions->weight_taps[tap] * gemm->depth * width;
            const uint8_t *input = (const uint8_t *)dg_input(tile, row) + dg_taps(tile, row)[tap];
            for (int32_t k = 0; k < gemm->depth; ++k, weights += width)
                for (int column = 0; column < width; ++column) sums[column] += (int32_t)input[k] * weights[column];
        }
        if (!codes) {
            for (int column = 0; column < width; ++column) dg_sums_of(tile, row)[column] = sums[column];
            continue;
        }
        for (int column = 0; column < width && tile->column + column < gemm->columns; ++column)
            dg_codes_of(tile, row)[column] =
                dg_requantize(sums[column], gemm->multipliers[tile->column + column],
                              gemm->offsets[tile->column + column], slope, gemm->zero_point);
    }
}

static inline size_t dg_column_bytes(int32_t taps, int32_t depth) { return (size_t)taps * depth; }

static void dg_pack_panel(const dg_weights *weights, int32_t first_column, int32_t width, void *panel) {
    int8_t *target = panel;
    DG_EACH_FOUR(weights, first_column, width, place, four, {
        int8_t *lines = target + (place - (size_t)column) * 4 + column;
        for (int32_t index = 0; index < 4; ++index) lines[index * width] = four[index];
    })
}

static void dg_look_up(const uint8_t *table, uint8_t *bytes, size_t count) { dg_look_up_each(table, bytes, count); }

static uint64_t dg_peak(uint64_t iterations) {
    volatile int32_t factor = 3;
    int32_t sums[8] = {0};
    const int32_t value = factor;
    for (uint64_t index = 0; index < iterations; ++index)
        for (int lane = 0; lane < 8; ++lane) sums[lane] = (int32_t)((uint32_t)sums[lane] * (uint32_t)value + lane);
    for (int lane = 0; lane < 8; ++lane) factor = sums[lane];
    return iterations * 8;
}

#include "tiles.h"
#include "tier.h"

DG_KERNELS(dg_kernels_scalar);
