// gemm_6x16c2_avx2: 6 rows × 16 columns in 12 registers of 8 int32.
//
// `maddubs` would saturate at 255 · 127 · 2. So activations are widened to 16 bits before a product, weights when
// they are packed, and `madd` adds two of their products to an int32.
// Packing: [panel][tap][k / 2][column][2] int16.
#if defined(__x86_64__)

#pragma STDC FP_CONTRACT OFF

#include <immintrin.h>
#include <string.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#endif

#define DG_INPUT_BYTES 2

#include "generic/fold.h"
#include "generic/gemm.h"
#include "generic/look_up.h"
#include "generic/pack.h"
#include "generic/sums_avx2.h"

#define DG_TIER_NAME "avx2"
#define DG_TIER_ROWS 6
#define DG_TIER_VECTORS 1
#define DG_TIER_PREPARE dg_widen

static void dg_widen(const uint8_t *bytes, size_t count, void *input) {
    uint16_t *words = input;
    for (size_t index = 0; index < count; ++index) words[index] = bytes[index];
}

static inline __attribute__((always_inline)) void dg_tile_body(int rows, int vectors, bool codes, const dg_tile *tile) {
    const dg_gemm *gemm = tile->gemm;
    const dg_positions *positions = tile->positions;
    __m256i sums[6][4];
    dg_load_starts(tile, rows, vectors, sums);
    for (int32_t tap = 0; tap < positions->taps; ++tap) {
        const __m256i *weights =
            (const __m256i *)tile->panel + (size_t)positions->weight_taps[tap] * (gemm->depth / 2) * 2 * vectors;
        const uint16_t *input[6];
        DG_UNROLL
        for (int row = 0; row < rows; ++row) input[row] = (const uint16_t *)tile->input[row] + tile->taps[row][tap];
        for (int32_t k = 0; k < gemm->depth; k += 4) {
            DG_UNROLL
            for (int half = 0; half < 2; ++half, weights += 2 * vectors) {
                __m256i columns[4];
                DG_UNROLL
                for (int part = 0; part < 2 * vectors; ++part) columns[part] = _mm256_load_si256(weights + part);
                DG_UNROLL
                for (int row = 0; row < rows; ++row) {
                    int32_t two;
                    memcpy(&two, input[row] + k + 2 * half, 4);
                    const __m256i words = _mm256_set1_epi32(two);
                    DG_UNROLL
                    for (int part = 0; part < 2 * vectors; ++part)
                        sums[row][part] =
                            _mm256_add_epi32(sums[row][part], _mm256_madd_epi16(words, columns[part]));
                }
            }
        }
    }
    dg_store_rows(tile, rows, vectors, codes, sums);
}

static inline size_t dg_column_bytes(int32_t taps, int32_t depth) { return 2 * (size_t)taps * depth; }

/// Two weights, each widened to 16 bits, in one word.
static inline int32_t dg_pair(int16_t low, int16_t high) {
    return (int32_t)((uint32_t)(uint16_t)low | (uint32_t)(uint16_t)high << 16);
}

static void dg_pack_panel(const dg_weights *weights, int32_t first_column, int32_t width, void *panel) {
    int32_t *target = panel;
    DG_EACH_FOUR(weights, first_column, width, place, four, {
        // The first two and, a line of columns later, the last two.
        int32_t *pairs = target + (place - (size_t)column) * 2 + column;
        pairs[0] = dg_pair(four[0], four[1]);
        pairs[width] = dg_pair(four[2], four[3]);
    })
}

static void dg_look_up(const uint8_t *table, uint8_t *bytes, size_t count) { dg_look_up_each(table, bytes, count); }

DG_PEAK(0x00010001, 16, _mm256_add_epi32(sum, _mm256_madd_epi16(factor, sum)))

#include "generic/tiles.h"
#include "generic/tier.h"

DG_KERNELS(dg_kernels_avx2);

#if defined(__clang__)
#pragma clang attribute pop
#endif

#endif
