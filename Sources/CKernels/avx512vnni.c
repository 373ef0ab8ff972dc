// gemm_8x32c4_avx512vnni: 8 rows × 32 columns in 16 registers of 16 int32, 4 bytes of depth an instruction.
//
// `vpdpbusd` adds four products of unsigned and signed bytes to an int32 without saturating in between.
// Packing: [panel][k / 4][column][4] int8.
#if defined(__x86_64__)

#pragma STDC FP_CONTRACT OFF

#if defined(DG_EMULATE)
// tools/check-kernels runs this file on machines without AVX-512.
#include DG_EMULATE
#else
#include <immintrin.h>
#endif
#include <string.h>

#if defined(__clang__) && !defined(DG_EMULATE)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))), \
                             apply_to = function)
#endif

#include "generic/fold.h"
#include "generic/gemm.h"

#define DG_TIER_NAME "avx512vnni"
#define DG_TIER_ROWS 8
#define DG_WEIGHT_BYTES 1

static inline __attribute__((always_inline)) __m128i dg_rounded(__m512i sums, const float *multiplier,
                                                                 const float *offset, const dg_gemm *gemm) {
    __m512 value = _mm512_mul_ps(_mm512_cvtepi32_ps(sums), _mm512_loadu_ps(multiplier));
    value = _mm512_add_ps(value, _mm512_loadu_ps(offset));
    if (gemm->activation == DG_RELU) value = _mm512_max_ps(value, _mm512_setzero_ps());
    if (gemm->activation == DG_LEAKY_RELU)
        value = _mm512_max_ps(value, _mm512_mul_ps(value, _mm512_set1_ps(0.2f)));
    value = _mm512_max_ps(value, _mm512_set1_ps((float)-gemm->zero_point));
    value = _mm512_min_ps(value, _mm512_set1_ps((float)(255 - gemm->zero_point)));
    const __m512i rounded = _mm512_cvtps_epi32(value);
    return _mm512_cvtusepi32_epi8(_mm512_add_epi32(rounded, _mm512_set1_epi32(gemm->zero_point)));
}

static inline __attribute__((always_inline)) void dg_tile_body(int rows, int vectors, const dg_tile *tile) {
    const dg_gemm *gemm = tile->gemm;
    __m512i sums[8][2];
    DG_UNROLL
    for (int row = 0; row < rows; ++row)
        DG_UNROLL
        for (int vector = 0; vector < vectors; ++vector)
            sums[row][vector] = _mm512_loadu_si512(tile->starts[row] + 16 * vector);

    const int8_t *weights = tile->panel;
    for (int32_t tap = 0; tap < gemm->taps; ++tap) {
        const uint8_t *input[8];
        DG_UNROLL
        for (int row = 0; row < rows; ++row) input[row] = tile->input[row] + tile->taps[row][tap];
        for (int32_t k = 0; k < gemm->depth; k += 4, weights += 64 * vectors) {
            __m512i columns[2];
            DG_UNROLL
            for (int vector = 0; vector < vectors; ++vector)
                columns[vector] = _mm512_loadu_si512(weights + 64 * vector);
            DG_UNROLL
            for (int row = 0; row < rows; ++row) {
                int32_t four;
                memcpy(&four, input[row] + k, 4);
                const __m512i bytes = _mm512_set1_epi32(four);
                DG_UNROLL
                for (int vector = 0; vector < vectors; ++vector)
                    sums[row][vector] = _mm512_dpbusd_epi32(sums[row][vector], bytes, columns[vector]);
            }
        }
    }

    DG_UNROLL
    for (int row = 0; row < rows; ++row) {
        DG_UNROLL
        for (int vector = 0; vector < vectors; ++vector) {
            if (tile->sums[row]) {
                _mm512_storeu_si512(tile->sums[row] + 16 * vector, sums[row][vector]);
                continue;
            }
            const int32_t column = tile->column + 16 * vector;
            const int32_t count = gemm->columns - column;
            if (count <= 0) break;
            const __m128i codes =
                dg_rounded(sums[row][vector], gemm->multipliers + column, gemm->offsets + column, gemm);
            if (count >= 16) {
                _mm_storeu_si128((__m128i *)(tile->codes[row] + 16 * vector), codes);
            } else {
                uint8_t all[16];
                _mm_storeu_si128((__m128i *)all, codes);
                memcpy(tile->codes[row] + 16 * vector, all, (size_t)count);
            }
        }
    }
}

static void dg_pack_panel(const int8_t *weights, int32_t present, int32_t width, size_t length, void *panel) {
    int8_t *target = panel;
    for (size_t k = 0; k < length; k += 4, target += 4 * width) {
        for (int32_t column = 0; column < present; ++column)
            memcpy(target + 4 * column, weights + column * length + k, 4);
        memset(target + 4 * present, 0, (size_t)(4 * (width - present)));
    }
}

static uint64_t dg_peak(uint64_t iterations) {
    __m512i sums[16];
    volatile int32_t seed = 0x01010101;
    const __m512i factor = _mm512_set1_epi32(seed);
    for (int index = 0; index < 16; ++index) sums[index] = _mm512_set1_epi32(index);
    for (uint64_t round = 0; round < iterations; ++round)
        for (int index = 0; index < 16; ++index) sums[index] = _mm512_dpbusd_epi32(sums[index], factor, factor);
    for (int index = 1; index < 16; ++index) sums[0] = _mm512_add_epi32(sums[0], sums[index]);
    seed = _mm_cvtsi128_si32(_mm512_castsi512_si128(sums[0]));
    return iterations * 16 * 64;
}

#include "generic/tiles.h"
#include "generic/tier.h"

DG_KERNELS(dg_kernels_avx512vnni);

#if defined(__clang__) && !defined(DG_EMULATE)
#pragma clang attribute pop
#endif

#endif
