// gemm_2x32c4_avx2: 2 rows × 32 columns in 8 registers of 8 int32.
//
// `maddubs` would saturate at 255 · 127 · 2, so bytes are widened to 16 bits: of each 4 bytes of a row the even and the
// odd two, against weights stored as int16 pairs.
// Packing: [panel][k / 4][even, odd][column][pair] int16.
#if defined(__x86_64__)

#pragma STDC FP_CONTRACT OFF

#include <immintrin.h>
#include <string.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#endif

#include "generic/codes_avx2.h"
#include "generic/fold.h"
#include "generic/gemm.h"
#include "generic/look_up.h"

#define DG_TIER_NAME "avx2"
#define DG_TIER_ROWS 2

static inline __attribute__((always_inline)) void dg_tile_body(int rows, int vectors, bool codes, const dg_tile *tile) {
    const dg_gemm *gemm = tile->gemm;
    __m256i sums[2][4];
    DG_UNROLL
    for (int row = 0; row < rows; ++row)
        DG_UNROLL
        for (int part = 0; part < 2 * vectors; ++part)
            sums[row][part] = _mm256_loadu_si256((const __m256i *)(tile->starts[row] + 8 * part));

    const __m256i *weights = tile->panel;
    for (int32_t tap = 0; tap < gemm->taps; ++tap) {
        const uint8_t *input[2];
        DG_UNROLL
        for (int row = 0; row < rows; ++row) input[row] = tile->input[row] + tile->taps[row][tap];
        for (int32_t k = 0; k < gemm->depth; k += 4, weights += 4 * vectors) {
            __m256i even[2], odd[2];
            DG_UNROLL
            for (int row = 0; row < rows; ++row) {
                int32_t four;
                memcpy(&four, input[row] + k, 4);
                const __m256i bytes = _mm256_set1_epi32(four);
                even[row] = _mm256_and_si256(bytes, _mm256_set1_epi16(0x00FF));
                odd[row] = _mm256_srli_epi16(bytes, 8);
            }
            DG_UNROLL
            for (int part = 0; part < 2 * vectors; ++part) {
                const __m256i first = _mm256_load_si256(weights + part);
                const __m256i second = _mm256_load_si256(weights + 2 * vectors + part);
                DG_UNROLL
                for (int row = 0; row < rows; ++row) {
                    sums[row][part] = _mm256_add_epi32(sums[row][part], _mm256_madd_epi16(even[row], first));
                    sums[row][part] = _mm256_add_epi32(sums[row][part], _mm256_madd_epi16(odd[row], second));
                }
            }
        }
    }
    dg_store_rows(tile, rows, vectors, codes, sums);
}

static inline size_t dg_column_bytes(size_t length) { return 2 * length; }

/// Two weights, each widened to 16 bits, in one word.
static inline int32_t dg_pair(int16_t low, int16_t high) {
    return (int32_t)((uint32_t)(uint16_t)low | (uint32_t)(uint16_t)high << 16);
}

static void dg_pack_panel(const int8_t *weights, int32_t present, int32_t width, size_t length, void *panel) {
    int32_t *target = panel;
    for (size_t k = 0; k < length; k += 4, target += 2 * width) {
        for (int32_t column = 0; column < present; ++column) {
            const int8_t *four = weights + column * length + k;
            target[column] = dg_pair(four[0], four[2]);
            target[width + column] = dg_pair(four[1], four[3]);
        }
        for (int32_t column = present; column < width; ++column) target[column] = target[width + column] = 0;
    }
}

static void dg_look_up(const uint8_t *table, uint8_t *bytes, size_t count) { dg_look_up_each(table, bytes, count); }

static uint64_t dg_peak(uint64_t iterations) {
    __m256i sums[12];
    volatile int32_t seed = 0x00010001;
    const __m256i factor = _mm256_set1_epi32(seed);
    DG_UNROLL
    for (int index = 0; index < 12; ++index) sums[index] = _mm256_set1_epi32(index);
    for (uint64_t round = 0; round < iterations; ++round) {
        DG_UNROLL
        for (int index = 0; index < 12; ++index)
            sums[index] = _mm256_add_epi32(sums[index], _mm256_madd_epi16(factor, sums[index]));
    }
    DG_UNROLL
    for (int index = 1; index < 12; ++index) sums[0] = _mm256_add_epi32(sums[0], sums[index]);
    seed = _mm256_extract_epi32(sums[0], 0);
    return iterations * 12 * 16;
}

#include "generic/tiles.h"
#include "generic/tier.h"

DG_KERNELS(dg_kernels_avx2);

#if defined(__clang__)
#pragma clang attribute pop
#endif

#endif
