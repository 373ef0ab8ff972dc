// gemm_6x16c2_avx2 and gemm_4x16c4_avx2
//
//     for tap, k by 2:  sums[6][16] += input[6][tap][k … k + 1] · weights[tap][k … k + 1][16]     (vpmaddwd)
//
// `vpmaddubsw` would saturate at 255 · 127 · 2. So activations are widened to 16 bits before a product, weights when
// they are packed. Additions are cheaper than products, for they run on more of a core's ports. So where the depth is
// at least 96, tiles of 4 rows save half of the products (Winograd 1968, "A new algorithm for inner product"):
//
//     a0·w0 + a2·w2 = (a0 + w2) · (a2 + w0) − a0·a2 − w0·w2
//
// and likewise for a1 and a3. The terms of the activations alone are summed once per product, those of the weights
// when they are packed. Sums wrap around at 32 bits, so the result is exact.
//
// Tile:     6 rows × 16 columns in 12 registers of 8 int32, or 4 rows in 8.
// Packing:  [panel][tap]: [column] int32, Σ w0·w2 + w1·w3; then [k / 2][column][2] int16.
// Requires: AVX2.
#if defined(__x86_64__) || defined(DG_EMULATED)

#pragma STDC FP_CONTRACT OFF

#if !defined(DG_EMULATED)
#include <immintrin.h>
#endif
#include <string.h>

#include "../generic/target.h"

DG_BEGIN_TARGET("avx2")

#define DG_INPUT_BYTES 2

#include "../generic/finish.h"
#include "../generic/fold.h"
#include "../generic/gemm.h"
#include "../generic/look_up.h"
#include "../generic/pack.h"
#include "rows_avx2.h"

#define DG_TIER_NAME "avx2"
#define DG_TIER_ROWS 6
#define DG_TIER_VECTORS 1
#define DG_TIER_PREPARE dg_widen
#define DG_TIER_BEGIN dg_write_run_terms
#define DG_TIER_SHORT_ROWS 4
#define DG_TIER_BATCH_ROWS 12
#define DG_TIER_IS_SHORT(gemm) dg_saves_products(gemm)

static void dg_widen(const uint8_t *bytes, size_t count, void *input) {
    uint16_t *words = input;
    for (size_t index = 0; index < count; ++index) words[index] = bytes[index];
}

/// A column's packed bytes for a tap.
static inline size_t dg_tap_column_bytes(int32_t depth) { return 4 + 2 * (size_t)depth; }

/// The packed weights of the tap at `index` of a tile's positions.
static inline const __m256i *dg_tap_panel(const dg_tile *tile, int32_t index) {
    const size_t bytes = 16 * dg_tap_column_bytes(tile->gemm->depth);
    return (const __m256i *)((const uint8_t *)tile->panel + tile->positions->weight_taps[index] * bytes);
}

/// True where the products that are saved outweigh the terms that must be subtracted.
static inline bool dg_saves_products(const dg_gemm *gemm) { return gemm->depth >= 96; }

/// Σ a0·a2 + a1·a3 over `depth` elements.
static inline int32_t dg_run_term(const uint16_t *words, int32_t depth) {
    __m256i sums = _mm256_setzero_si256();
    int32_t k = 0;
    for (; k + 16 <= depth; k += 16) {
        const __m256i fours = _mm256_loadu_si256((const __m256i *)(words + k));
        sums = _mm256_add_epi32(sums, _mm256_madd_epi16(fours, _mm256_srli_epi64(fours, 32)));
    }
    __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    for (; k < depth; k += 4) {
        const __m128i four = _mm_loadl_epi64((const __m128i *)(words + k));
        half = _mm_add_epi32(half, _mm_madd_epi16(four, _mm_srli_epi64(four, 32)));
    }
    return _mm_cvtsi128_si32(_mm_add_epi32(half, _mm_unpackhi_epi64(half, half)));
}

/// The shift from a run's first element to its term's index: runs begin `channels` elements apart, so their indices
/// differ without this many bits.
static inline int32_t dg_run_shift(const dg_gemm *gemm) { return 31 - __builtin_clz((uint32_t)gemm->channels); }

/// Writes the terms of all runs of elements that taps may read.
static void dg_write_run_terms(const dg_gemm *gemm, const dg_batch *batch) {
    if (!dg_saves_products(gemm)) return;
    const int32_t shift = dg_run_shift(gemm);
    for (int32_t image = 0; image < batch->images; ++image) {
        const size_t start = (size_t)image * batch->input_stride;
        const uint16_t *words = (const uint16_t *)batch->input + start;
        for (size_t run = 0; run + (size_t)gemm->depth <= batch->input_stride; run += (size_t)gemm->channels)
            batch->scratch[start + (run >> shift)] = dg_run_term(words + run, gemm->depth);
    }
}

/// The sum of the surplus terms of each row's taps.
DG_INLINE void dg_sum_row_terms(const dg_tile *tile, int rows, int32_t terms[4]) {
    const dg_batch *batch = tile->batch;
    const int32_t shift = dg_run_shift(tile->gemm);
    DG_UNROLL
    for (int row = 0; row < rows; ++row) {
        const int32_t *runs = batch->scratch + ((const uint16_t *)dg_input(tile, row) - (const uint16_t *)batch->input);
        terms[row] = 0;
        for (int32_t tap = 0; tap < tile->positions->taps; ++tap) terms[row] += runs[dg_taps(tile, row)[tap] >> shift];
    }
}

/// Subtracts the terms of each row and column.
DG_INLINE void dg_subtract_terms(const dg_tile *tile, int rows, const int32_t row_terms[4], __m256i sums[][4]) {
    DG_UNROLL
    for (int part = 0; part < 2; ++part) {
        __m256i column_terms = _mm256_setzero_si256();
        for (int32_t tap = 0; tap < tile->positions->taps; ++tap)
            column_terms = _mm256_add_epi32(column_terms, dg_tap_panel(tile, tap)[part]);
        DG_UNROLL
        for (int row = 0; row < rows; ++row) {
            const __m256i terms = _mm256_add_epi32(column_terms, _mm256_set1_epi32(row_terms[row]));
            sums[row][part] = _mm256_sub_epi32(sums[row][part], terms);
        }
    }
}

/// Keeps the first two of some registers as they are at this point: the compiler neither computes them later nor again.
#if defined(DG_EMULATED)
#define DG_HOLD(registers)
#else
#define DG_HOLD(registers) __asm__ volatile("" : "+x"((registers)[0]), "+x"((registers)[1]))
#endif

static inline __m256i dg_two_words(const uint16_t *words) {
    int32_t two;
    memcpy(&two, words, 4);
    return _mm256_set1_epi32(two);
}

/// Adds four elements of each row. `weights` are the columns' pairs for the first two of them, then for the last two.
DG_INLINE void dg_add_four(int rows, const uint16_t *const input[6], int32_t k, const __m256i *weights,
                           __m256i sums[][4]) {
    DG_UNROLL
    for (int half = 0; half < 2; ++half) {
        // Held, or the compiler would read them again for each row: more than the load ports can do.
        __m256i columns[2] = {weights[2 * half], weights[2 * half + 1]};
        DG_HOLD(columns);
        DG_UNROLL
        for (int row = 0; row < rows; ++row) {
            const __m256i two = dg_two_words(input[row] + k + 2 * half);
            // Both products before both additions: in turn, they are 3 % slower on Zen 4.
            __m256i products[2] = {_mm256_madd_epi16(two, columns[0]), _mm256_madd_epi16(two, columns[1])};
            DG_HOLD(products);
            DG_UNROLL
            for (int part = 0; part < 2; ++part) sums[row][part] = _mm256_add_epi32(sums[row][part], products[part]);
            DG_HOLD(sums[row]);
        }
    }
}

/// The same with half of the products.
DG_INLINE void dg_add_four_saving(int rows, const uint16_t *const input[6], int32_t k, const __m256i *weights,
                                  __m256i sums[][4]) {
    DG_UNROLL
    for (int row = 0; row < rows; ++row) {
        const __m256i low = dg_two_words(input[row] + k), high = dg_two_words(input[row] + k + 2);
        DG_UNROLL
        for (int part = 0; part < 2; ++part) {
            const __m256i first = _mm256_add_epi16(low, weights[2 + part]);
            const __m256i second = _mm256_add_epi16(high, weights[part]);
            sums[row][part] = _mm256_add_epi32(sums[row][part], _mm256_madd_epi16(first, second));
        }
    }
}

DG_INLINE void dg_add_taps(const dg_tile *tile, int rows, bool saves_products, __m256i sums[][4]) {
    for (int32_t tap = 0; tap < tile->positions->taps; ++tap) {
        const __m256i *weights = dg_tap_panel(tile, tap) + 2;
        const uint16_t *input[6];
        DG_UNROLL
        for (int row = 0; row < rows; ++row)
            input[row] = (const uint16_t *)dg_input(tile, row) + dg_taps(tile, row)[tap];
        for (int32_t k = 0; k < tile->gemm->depth; k += 4, weights += 4) {
            if (saves_products) dg_add_four_saving(rows, input, k, weights, sums);
            else dg_add_four(rows, input, k, weights, sums);
        }
    }
}

DG_INLINE void dg_tile_body(int rows, int vectors, bool codes, const dg_tile *tile) {
    __m256i sums[6][4];
    dg_load_starts(tile, rows, vectors, sums);
    if (rows <= 4 && dg_saves_products(tile->gemm)) {
        int32_t row_terms[4];
        dg_sum_row_terms(tile, rows, row_terms);
        dg_add_taps(tile, rows, true, sums);
        dg_subtract_terms(tile, rows, row_terms, sums);
    } else {
        dg_add_taps(tile, rows, false, sums);
    }
    dg_store_rows(tile, rows, vectors, codes, sums);
}

static inline size_t dg_column_bytes(int32_t taps, int32_t depth) { return (size_t)taps * dg_tap_column_bytes(depth); }

/// Two weights, each widened to 16 bits, in one word.
static inline int32_t dg_pair(int16_t low, int16_t high) {
    return (int32_t)((uint32_t)(uint16_t)low | (uint32_t)(uint16_t)high << 16);
}

static void dg_pack_panel(const dg_weights *weights, int32_t first_column, int32_t width, void *panel) {
    int32_t *target = panel;
    const size_t tap_words = width * dg_tap_column_bytes(dg_padded(weights->channels, 4)) / 4;
    DG_EACH_FOUR(weights, first_column, width, place, four, {
        int32_t *term = target + tap * tap_words + column;
        *term = (k > 0 ? *term : 0) + four[0] * four[2] + four[1] * four[3];
        // The first two and, a line of columns later, the last two; behind the terms of this tap and those before.
        int32_t *pairs = target + (size_t)(tap + 1) * width + (place - (size_t)column) * 2 + column;
        pairs[0] = dg_pair(four[0], four[1]);
        pairs[width] = dg_pair(four[2], four[3]);
    })
}

static void dg_look_up(const uint8_t *table, uint8_t *bytes, size_t count) { dg_look_up_each(table, bytes, count); }

DG_PEAK(0x00010001, 32,
        _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_add_epi16(factor, sum), _mm256_sub_epi16(factor, sum))))

#include "../generic/tiles.h"
#include "../generic/tier.h"

DG_KERNELS(dg_kernels_avx2);

DG_END_TARGET

#endif
