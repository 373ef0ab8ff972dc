// What tiles whose sums lie in registers of 8 int32 have in common: how the sums start, how they are requantized and
// stored, and how the peak is measured.
#pragma once

#if !defined(DG_EMULATED)
#include <immintrin.h>
#endif
#include <string.h>

#include "../generic/gemm.h"
#include "../generic/requantize.h"

/// Each row's accumulator starts.
DG_INLINE void dg_load_starts(const dg_tile *tile, int rows, int vectors, __m256i sums[][4]) {
    DG_UNROLL
    for (int row = 0; row < rows; ++row) {
        DG_UNROLL
        for (int part = 0; part < 2 * vectors; ++part)
            sums[row][part] = _mm256_loadu_si256((const __m256i *)(dg_starts(tile, row) + 8 * part));
    }
}

/// round(value) of 8 columns, or round(max(value, slope · value)).
DG_INLINE __m256i dg_rounded(__m256i sums, const float *multiplier, const float *offset, bool is_leaky) {
    __m256 value = _mm256_mul_ps(_mm256_cvtepi32_ps(sums), _mm256_loadu_ps(multiplier));
    value = _mm256_add_ps(value, _mm256_loadu_ps(offset));
    if (is_leaky) value = _mm256_max_ps(value, _mm256_mul_ps(value, _mm256_set1_ps(dg_slope(DG_LEAKY_RELU))));
    return _mm256_cvtps_epi32(value);
}

/// A row's codes, `vectors` times 16 columns. The packing instructions clamp.
DG_INLINE __m256i dg_row_codes(const dg_tile *tile, int vectors, const __m256i *sums, bool is_leaky) {
    const dg_gemm *gemm = tile->gemm;
    const float *multipliers = gemm->multipliers + tile->column, *offsets = gemm->offsets + tile->column;
    // A ReLU keeps the order, so it may as well follow the rounding.
    const __m256i least = _mm256_set1_epi16(gemm->activation == DG_RELU ? 0 : INT16_MIN);
    const __m256i zero_point = _mm256_set1_epi16((int16_t)gemm->zero_point);
    __m256i words[2];
    DG_UNROLL
    for (int vector = 0; vector < vectors; ++vector) {
        const float *multiplier = multipliers + 16 * vector, *offset = offsets + 16 * vector;
        const __m256i low = dg_rounded(sums[2 * vector], multiplier, offset, is_leaky);
        const __m256i high = dg_rounded(sums[2 * vector + 1], multiplier + 8, offset + 8, is_leaky);
        words[vector] = _mm256_max_epi16(_mm256_packs_epi32(low, high), least);
        words[vector] = _mm256_adds_epi16(words[vector], zero_point);
    }
    // Packing works within halves of a register and leaves columns 0–3, 8–11, 16–19, … in its lower half.
    return _mm256_permutevar8x32_epi32(_mm256_packus_epi16(words[0], words[vectors - 1]),
                                       _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
}

/// Stores the codes or sums of all rows.
DG_INLINE void dg_store_rows(const dg_tile *tile, int rows, int vectors, bool codes, const __m256i sums[][4]) {
    if (!codes) {
        DG_UNROLL
        for (int row = 0; row < rows; ++row) {
            DG_UNROLL
            for (int part = 0; part < 2 * vectors; ++part)
                _mm256_storeu_si256((__m256i *)(dg_sums_of(tile, row) + 8 * part), sums[row][part]);
        }
        return;
    }
    __m256i bytes[8];
    // Two copies, so that the common one multiplies no slope in vain.
    if (tile->gemm->activation == DG_LEAKY_RELU) {
        DG_UNROLL
        for (int row = 0; row < rows; ++row) bytes[row] = dg_row_codes(tile, vectors, sums[row], true);
    } else {
        DG_UNROLL
        for (int row = 0; row < rows; ++row) bytes[row] = dg_row_codes(tile, vectors, sums[row], false);
    }
    const int32_t columns = tile->gemm->columns - tile->column;
    DG_UNROLL
    for (int row = 0; row < rows; ++row) {
        if (columns >= 16 * vectors) {
            if (vectors == 2) _mm256_storeu_si256((__m256i *)dg_codes_of(tile, row), bytes[row]);
            else _mm_storeu_si128((__m128i *)dg_codes_of(tile, row), _mm256_castsi256_si128(bytes[row]));
        } else {
            uint8_t all[32];
            _mm256_storeu_si256((__m256i *)all, bytes[row]);
            memcpy(dg_codes_of(tile, row), all, (size_t)columns);
        }
    }
}

/// Defines `dg_peak` as rounds of `STEP`, a new value of the register `sum` of 12, each `MACS` multiply-accumulates.
/// The register `factor` holds `SEED` in each lane; the compiler does not know it.
#define DG_PEAK(SEED, MACS, STEP)                                                                  \
    static uint64_t dg_peak(uint64_t iterations) {                                                 \
        __m256i sums[12];                                                                          \
        volatile int32_t seed = SEED;                                                              \
        const __m256i factor = _mm256_set1_epi32(seed);                                            \
        DG_UNROLL                                                                                  \
        for (int index = 0; index < 12; ++index) sums[index] = _mm256_set1_epi32(index);           \
        for (uint64_t round = 0; round < iterations; ++round) {                                    \
            DG_UNROLL                                                                              \
            for (int index = 0; index < 12; ++index) {                                             \
                const __m256i sum = sums[index];                                                   \
                sums[index] = STEP;                                                                \
            }                                                                                      \
        }                                                                                          \
        DG_UNROLL                                                                                  \
        for (int index = 1; index < 12; ++index) sums[0] = _mm256_add_epi32(sums[0], sums[index]); \
        seed = _mm256_extract_epi32(sums[0], 0);                                                   \
        return iterations * 12 * MACS;                                                             \
    }
