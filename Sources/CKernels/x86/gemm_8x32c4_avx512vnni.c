// gemm_8x32c4_avx512vnni
//
//     for tap, k by 4:  sums[8][32] += input[8][tap][k … k + 3] · weights[tap][k … k + 3][32]     (vpdpbusd)
//
// The instruction adds four products of unsigned and signed bytes to an int32 without saturating in between.
//
// Tile:     8 rows × 32 columns in 16 registers of 16 int32, or 4 rows in as many, two for each sum.
// Packing:  [panel][tap][k / 4][column][4] int8.
// Requires: AVX-512 F, BW, DQ, VL and VNNI. Uses VBMI where there is, for the table of pixels.
#if defined(__x86_64__) || defined(DG_EMULATED)

#pragma STDC FP_CONTRACT OFF

#if defined(DG_EMULATED)
#define DG_HAS_VBMI 1
#else
#include <immintrin.h>
#define DG_HAS_VBMI __builtin_cpu_supports("avx512vbmi")
#endif
#include <string.h>

#include "../generic/look_up.h"
#include "../generic/target.h"

DG_BEGIN_TARGET("avx512f,avx512bw,avx512vbmi")

/// 64 bytes at a time: an instruction looks seven bits up in two registers, the eighth chooses between two such.
static void dg_look_up_vbmi(const uint8_t *table, uint8_t *bytes, size_t count) {
    const __m512i first = _mm512_loadu_si512(table), second = _mm512_loadu_si512(table + 64);
    const __m512i third = _mm512_loadu_si512(table + 128), fourth = _mm512_loadu_si512(table + 192);
    size_t index = 0;
    for (; index + 64 <= count; index += 64) {
        const __m512i which = _mm512_loadu_si512(bytes + index);
        const __m512i low = _mm512_permutex2var_epi8(first, which, second);
        const __m512i high = _mm512_permutex2var_epi8(third, which, fourth);
        _mm512_storeu_si512(bytes + index, _mm512_mask_mov_epi8(low, _mm512_movepi8_mask(which), high));
    }
    dg_look_up_each(table, bytes + index, count - index);
}

DG_END_TARGET

DG_BEGIN_TARGET("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")

#define DG_INPUT_BYTES 1

#include "../generic/finish.h"
#include "../generic/fold.h"
#include "../generic/gemm.h"
#include "../generic/pack.h"

#define DG_TIER_NAME "avx512vnni"
#define DG_TIER_ROWS 8
#define DG_TIER_VECTORS 2
// Tiles of 4 rows are so short that a core multiplies the next one while it stores this one, but read weights twice as
// often, which pays only from the first-level cache.
#define DG_TIER_SHORT_ROWS 4
#define DG_TIER_IS_SHORT(gemm) ((gemm)->padded_columns > 16 && (gemm)->taps * (gemm)->depth <= DG_SHORT_PANEL)

enum {
    /// Elements of a column, taps of all positions together, up to which tiles of 4 rows are faster than of 8.
    DG_SHORT_PANEL = 2048,
};

/// round(value) of 16 columns, or round(max(value, slope · value)).
DG_INLINE __m512i dg_rounded(__m512i sums, __m512 multiplier, __m512 offset, bool is_leaky) {
    __m512 value = _mm512_mul_ps(_mm512_cvtepi32_ps(sums), multiplier);
    value = _mm512_add_ps(value, offset);
    if (is_leaky) value = _mm512_max_ps(value, _mm512_mul_ps(value, _mm512_set1_ps(dg_slope(DG_LEAKY_RELU))));
    return _mm512_cvtps_epi32(value);
}

/// The codes of two rows, one behind the other, from their sums.
///
/// - vectors: of 16 columns, 1 or 2; the codes of a second one that is not there are the first's.
DG_INLINE __m512i dg_pair_codes(const dg_gemm *gemm, int32_t column, int vectors, const __m512i first[2],
                                const __m512i second[2], bool is_leaky) {
    // A ReLU keeps the order, so it may as well follow the rounding.
    const __m512i least = _mm512_set1_epi16(gemm->activation == DG_RELU ? 0 : INT16_MIN);
    const __m512i zero_point = _mm512_set1_epi16((int16_t)gemm->zero_point);
    const float *multipliers = gemm->multipliers + column, *offsets = gemm->offsets + column;
    const __m512i *rows[2] = {first, second};
    __m512i words[2];
    DG_UNROLL
    for (int row = 0; row < 2; ++row) {
        __m512i halves[2];
        DG_UNROLL
        for (int vector = 0; vector < 2; ++vector) {
            const int index = vector < vectors ? vector : 0;
            halves[vector] = dg_rounded(rows[row][index], _mm512_loadu_ps(multipliers + 16 * index),
                                        _mm512_loadu_ps(offsets + 16 * index), is_leaky);
        }
        words[row] = _mm512_max_epi16(_mm512_packs_epi32(halves[0], halves[1]), least);
        words[row] = _mm512_adds_epi16(words[row], zero_point);
    }
    // Packing works within quarters of a register: each has 4 columns of the first row's low, its high, the second
    // row's low and its high.
    const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    return _mm512_permutexvar_epi32(order, _mm512_packus_epi16(words[0], words[1]));
}

/// Stores the codes of all rows, two at a time. The packing instructions clamp.
///
/// - columns: 16 · vectors, or fewer where there are no more.
DG_INLINE void dg_store_codes(const dg_tile *tile, int rows, int vectors, const __m512i sums[8][2], int32_t columns,
                              bool is_leaky) {
    DG_UNROLL
    for (int row = 0; row < rows; row += 2) {
        const int next = row + 1 < rows ? row + 1 : row;
        const __m512i bytes = dg_pair_codes(tile->gemm, tile->column, vectors, sums[row], sums[next], is_leaky);
        const __m256i first = _mm512_castsi512_si256(bytes), second = _mm512_extracti64x4_epi64(bytes, 1);
        if (columns == 32) {
            _mm256_storeu_si256((__m256i *)dg_codes_of(tile, row), first);
            if (next != row) _mm256_storeu_si256((__m256i *)dg_codes_of(tile, next), second);
        } else {
            const __mmask32 present = ((__mmask32)1 << columns) - 1;
            _mm256_mask_storeu_epi8(dg_codes_of(tile, row), present, first);
            if (next != row) _mm256_mask_storeu_epi8(dg_codes_of(tile, next), present, second);
        }
    }
}

/// Adds the products of four elements of each row.
DG_INLINE void dg_add_four(int rows, int vectors, const uint8_t *const input[8], int32_t k, const int8_t *weights,
                           __m512i sums[8][2]) {
    __m512i columns[2];
    DG_UNROLL
    for (int vector = 0; vector < vectors; ++vector) columns[vector] = _mm512_loadu_si512(weights + 64 * vector);
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

DG_INLINE void dg_tile_body(int rows, int vectors, bool codes, const dg_tile *tile) {
    const dg_gemm *gemm = tile->gemm;
    const dg_positions *positions = tile->positions;
    // Few sums are two each, of every other four elements: an addition waits for the one before.
    const int parts = rows * vectors <= 8 ? 2 : 1;
    __m512i sums[2][8][2];
    DG_UNROLL
    for (int row = 0; row < rows; ++row) {
        DG_UNROLL
        for (int vector = 0; vector < vectors; ++vector) {
            sums[0][row][vector] = _mm512_loadu_si512(dg_starts(tile, row) + 16 * vector);
            sums[1][row][vector] = _mm512_setzero_si512();
        }
    }

    for (int32_t tap = 0; tap < positions->taps; ++tap) {
        const int8_t *weights =
            (const int8_t *)tile->panel + (size_t)positions->weight_taps[tap] * gemm->depth * 16 * vectors;
        const uint8_t *input[8];
        DG_UNROLL
        for (int row = 0; row < rows; ++row)
            input[row] = (const uint8_t *)dg_input(tile, row) + dg_taps(tile, row)[tap];
        int32_t k = 0;
        for (; parts == 2 && k + 8 <= gemm->depth; k += 8, weights += 128 * vectors) {
            dg_add_four(rows, vectors, input, k, weights, sums[0]);
            dg_add_four(rows, vectors, input, k + 4, weights + 64 * vectors, sums[1]);
        }
        for (; k < gemm->depth; k += 4, weights += 64 * vectors) dg_add_four(rows, vectors, input, k, weights, sums[0]);
    }
    DG_UNROLL
    for (int row = 0; row < rows; ++row) {
        DG_UNROLL
        for (int vector = 0; vector < vectors; ++vector)
            if (parts == 2) sums[0][row][vector] = _mm512_add_epi32(sums[0][row][vector], sums[1][row][vector]);
    }
    const int32_t columns = gemm->columns - tile->column;
    if (codes) {
        // Three copies, so that the common ones store whole registers and multiply no slope in vain.
        const bool is_leaky = gemm->activation == DG_LEAKY_RELU;
        if (columns < 16 * vectors) dg_store_codes(tile, rows, vectors, sums[0], columns, is_leaky);
        else if (is_leaky) dg_store_codes(tile, rows, vectors, sums[0], 16 * vectors, true);
        else dg_store_codes(tile, rows, vectors, sums[0], 16 * vectors, false);
        return;
    }
    DG_UNROLL
    for (int row = 0; row < rows; ++row) {
        DG_UNROLL
        for (int vector = 0; vector < vectors; ++vector)
            _mm512_storeu_si512(dg_sums_of(tile, row) + 16 * vector, sums[0][row][vector]);
    }
}

static inline size_t dg_column_bytes(int32_t taps, int32_t depth) { return (size_t)taps * depth; }

static void dg_pack_panel(const dg_weights *weights, int32_t first_column, int32_t width, void *panel) {
    dg_pack_fours(weights, first_column, width, panel);
}

static void dg_look_up(const uint8_t *table, uint8_t *bytes, size_t count) {
    if (DG_HAS_VBMI) dg_look_up_vbmi(table, bytes, count);
    else dg_look_up_each(table, bytes, count);
}

static uint64_t dg_peak(uint64_t iterations) {
    __m512i sums[16];
    volatile int32_t seed = 0x01010101;
    const __m512i factor = _mm512_set1_epi32(seed);
    DG_UNROLL
    for (int index = 0; index < 16; ++index) sums[index] = _mm512_set1_epi32(index);
    for (uint64_t round = 0; round < iterations; ++round) {
        DG_UNROLL
        for (int index = 0; index < 16; ++index) sums[index] = _mm512_dpbusd_epi32(sums[index], factor, factor);
    }
    DG_UNROLL
    for (int index = 1; index < 16; ++index) sums[0] = _mm512_add_epi32(sums[0], sums[index]);
    seed = _mm_cvtsi128_si32(_mm512_castsi512_si128(sums[0]));
    return iterations * 16 * 64;
}

#include "../generic/tiles.h"
#include "../generic/tier.h"

DG_KERNELS(dg_kernels_avx512vnni);

DG_END_TARGET

#endif
