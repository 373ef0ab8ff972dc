// gemm_12x32c2_avx512bf16
//
//     for k by 2:  sums[12][32] += a[12][k, k + 1] · b[k, k + 1][32]     (vdpbf16ps)
//
// The instruction adds two products of bfloat16 numbers to a float32: twice the multiplications of a float32 one.
//
// Tile:     12 rows × 32 columns in 24 registers of 16 sums.
// Blocks:   as in Goto and van de Geijn 2008. A panel of b, 32 columns, stays in the first-level cache while the rows
//           of a block of a, which stays in the second-level cache, pass by.
// Packing:  numbers are rounded to bfloat16, to nearest even, in pairs of consecutive k. b: [panel][k / 2][32][2].
//           a: [row][k] where it has its k side by side, otherwise [tile][k / 2][12][2]; sums read both by broadcasts.
// Requires: AVX-512 F, BW, VL and BF16.
#include "CTraining.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define DG_INLINE static inline __attribute__((always_inline))
/// Only unrolled in full do a tile's sums stay in registers.
#define DG_UNROLL _Pragma("GCC unroll 16")

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16"))), apply_to = function)

enum {
    lanes = 16,
    tile_rows = 12,
    vectors = 2,
    panel_columns = vectors * lanes,
    /// The most k of a block: a tile's operands, 27 KiB, fit the first-level cache.
    block_depth = 320,
    block_rows = 12 * tile_rows,
    block_columns = 24 * panel_columns,
};

struct workspace {
    alignas(64) uint16_t a[block_rows * block_depth];
    alignas(64) uint16_t b[block_columns * block_depth];
};

size_t dg_bfloat16_workspace(void) { return sizeof(struct workspace); }

bool dg_has_bfloat16(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bf16");
}

DG_INLINE size_t least(size_t a, size_t b) { return a < b ? a : b; }

/// The first `count` lanes, at most all.
DG_INLINE __mmask16 first(size_t count) { return count < lanes ? (__mmask16)((1u << count) - 1) : 0xFFFF; }

/// The first `count` numbers, zeros behind them.
DG_INLINE __m512 load(const float *source, size_t count) { return _mm512_maskz_loadu_ps(first(count), source); }

/// 32 numbers of a row, as many as there are.
DG_INLINE __m512i rounded_row(const float *source, size_t count) {
    const __m512 low = load(source, count), high = load(source + lanes, count > lanes ? count - lanes : 0);
    return (__m512i)_mm512_cvtne2ps_pbh(high, low);
}

/// 16 pairs of a number and the one below it.
DG_INLINE __m512i rounded_pairs(__m512 upper, __m512 lower) {
    const __m512i order = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6,
                                           21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
    return _mm512_permutexvar_epi16(order, (__m512i)_mm512_cvtne2ps_pbh(lower, upper));
}

/// Rows whose k are side by side: [row][k].
static void pack_rows(const float *source, size_t stride, size_t rows, size_t depth, uint16_t *target) {
    for (size_t row = 0; row < rows; ++row, source += stride, target += block_depth)
        for (size_t k = 0; k < depth; k += panel_columns)
            _mm512_storeu_si512(target + k, rounded_row(source + k, depth - k));
}

/// Lines of consecutive k, `count` numbers each, in groups of `width` numbers: [group][k / 2][width][2].
DG_INLINE void pack_lines(const float *source, size_t stride, size_t count, size_t depth, size_t width,
                          uint16_t *target) {
    const size_t pairs = (depth + 1) / 2;
    for (size_t pair = 0; pair < pairs; ++pair, source += 2 * stride) {
        const size_t lower = 2 * pair + 1 < depth ? stride : 0;
        uint16_t *group = target + pair * 2 * width;
        for (size_t start = 0; start < count; start += width, group += pairs * 2 * width) {
            const size_t used = least(width, count - start);
            for (size_t part = 0; part < used; part += lanes) {
                const float *numbers = source + start + part;
                const __m512 odd = lower ? load(numbers + lower, used - part) : _mm512_setzero_ps();
                _mm512_mask_storeu_epi32(group + 2 * part, first(width - part),
                                         rounded_pairs(load(numbers, used - part), odd));
            }
        }
    }
}

/// Exchanges rows and columns of 16 × 16 numbers of 32 bits.
DG_INLINE void transpose(__m512i rows[lanes]) {
    __m512i other[lanes];
    DG_UNROLL for (int row = 0; row < lanes; row += 2) {
        other[row] = _mm512_unpacklo_epi32(rows[row], rows[row + 1]);
        other[row + 1] = _mm512_unpackhi_epi32(rows[row], rows[row + 1]);
    }
    DG_UNROLL for (int row = 0; row < lanes; row += 4) {
        DG_UNROLL for (int part = 0; part < 2; ++part) {
            rows[row + 2 * part] = _mm512_unpacklo_epi64(other[row + part], other[row + 2 + part]);
            rows[row + 2 * part + 1] = _mm512_unpackhi_epi64(other[row + part], other[row + 2 + part]);
        }
    }
    DG_UNROLL for (int row = 0; row < lanes; row += 8) {
        DG_UNROLL for (int part = 0; part < 4; ++part) {
            other[row + part] = _mm512_shuffle_i32x4(rows[row + part], rows[row + 4 + part], 0x88);
            other[row + 4 + part] = _mm512_shuffle_i32x4(rows[row + part], rows[row + 4 + part], 0xDD);
        }
    }
    DG_UNROLL for (int part = 0; part < 8; ++part) {
        rows[part] = _mm512_shuffle_i32x4(other[part], other[8 + part], 0x88);
        rows[8 + part] = _mm512_shuffle_i32x4(other[part], other[8 + part], 0xDD);
    }
}

/// Columns whose k are side by side, in panels: [panel][k / 2][32][2].
static void pack_columns(const float *source, size_t stride, size_t columns, size_t depth, uint16_t *target) {
    const size_t pairs = (depth + 1) / 2;
    for (size_t column = 0; column < columns; column += lanes) {
        uint16_t *group = target + column / panel_columns * pairs * 2 * panel_columns + 2 * (column % panel_columns);
        const size_t used = least(lanes, columns - column);
        for (size_t pair = 0; pair < pairs; pair += lanes) {
            __m512i block[lanes];
            DG_UNROLL for (size_t line = 0; line < lanes; ++line) {
                block[line] = line < used ? rounded_row(source + (column + line) * stride + 2 * pair, depth - 2 * pair)
                                          : _mm512_setzero_si512();
            }
            transpose(block);
            const size_t count = least(lanes, pairs - pair);
            for (size_t line = 0; line < count; ++line)
                _mm512_storeu_si512(group + (pair + line) * 2 * panel_columns, block[line]);
        }
    }
}

/// c[rows][columns] ← a · b + beta · c for a part of a tile; `rows`, `width` (vectors) and the steps between a's rows
/// and pairs are constants where it is inlined.
DG_INLINE void multiply_rows(int rows, int width, size_t row_step, size_t pair_step, size_t pairs, const uint16_t *a,
                             const uint16_t *b, float beta, float *c, size_t stride, size_t columns) {
    __m512 sums[tile_rows][vectors];
    DG_UNROLL for (int row = 0; row < rows; ++row) {
        DG_UNROLL for (int part = 0; part < width; ++part) {
            sums[row][part] = _mm512_setzero_ps();
            _mm_prefetch((const char *)(c + row * stride + part * lanes), _MM_HINT_T0);
        }
    }
    for (size_t pair = 0; pair < pairs; ++pair, a += pair_step, b += 2 * panel_columns) {
        __m512bh right[vectors];
        DG_UNROLL for (int part = 0; part < width; ++part) right[part] =
            (__m512bh)_mm512_load_si512(b + 2 * lanes * part);
        DG_UNROLL for (int row = 0; row < rows; ++row) {
            int two;
            __builtin_memcpy(&two, a + row * row_step, sizeof two);
            const __m512bh left = (__m512bh)_mm512_set1_epi32(two);
            DG_UNROLL for (int part = 0; part < width; ++part) sums[row][part] =
                _mm512_dpbf16_ps(sums[row][part], left, right[part]);
        }
    }
    const __m512 factor = _mm512_set1_ps(beta);
    DG_UNROLL for (int row = 0; row < rows; ++row) {
        DG_UNROLL for (int part = 0; part < width; ++part) {
            const __mmask16 used = first(columns - part * lanes);
            float *place = c + row * stride + part * lanes;
            __m512 value = sums[row][part];
            // What c held need not be a number where beta is 0.
            if (beta != 0) value = _mm512_fmadd_ps(factor, _mm512_maskz_loadu_ps(used, place), value);
            _mm512_mask_storeu_ps(place, used, value);
        }
    }
}

/// All rows of a block of a with a panel of b.
DG_INLINE void multiply_panel(int width, size_t row_step, size_t pair_step, size_t tile_step, size_t rows, size_t pairs,
                              const uint16_t *a, const uint16_t *b, float beta, float *c, size_t stride,
                              size_t columns) {
    for (; rows >= tile_rows; rows -= tile_rows, a += tile_step, c += tile_rows * stride)
        multiply_rows(tile_rows, width, row_step, pair_step, pairs, a, b, beta, c, stride, columns);
#define DG_REST(count)                                                                           \
    if (rows & count) {                                                                          \
        multiply_rows(count, width, row_step, pair_step, pairs, a, b, beta, c, stride, columns); \
        a += count * row_step;                                                                   \
        c += count * stride;                                                                     \
    }
    DG_REST(8)
    DG_REST(4)
    DG_REST(2)
    DG_REST(1)
#undef DG_REST
}

static void multiply_block(bool a_is_transposed, size_t rows, size_t pairs, const uint16_t *a, const uint16_t *b,
                           float beta, float *c, size_t stride, size_t columns) {
    const size_t tile = pairs * 2 * tile_rows;
    if (a_is_transposed && columns > lanes)
        multiply_panel(2, 2, 2 * tile_rows, tile, rows, pairs, a, b, beta, c, stride, columns);
    else if (a_is_transposed) multiply_panel(1, 2, 2 * tile_rows, tile, rows, pairs, a, b, beta, c, stride, columns);
    else if (columns > lanes)
        multiply_panel(2, block_depth, 2, tile_rows * block_depth, rows, pairs, a, b, beta, c, stride, columns);
    else multiply_panel(1, block_depth, 2, tile_rows * block_depth, rows, pairs, a, b, beta, c, stride, columns);
}

/// The length of the blocks that `total` is divided into: as few as can be, about as long as each other, and, but for
/// the last, a multiple of `unit`.
static size_t block_length(size_t total, size_t most, size_t unit) {
    const size_t blocks = (total + most - 1) / most;
    const size_t length = (total + blocks - 1) / blocks;
    return (length + unit - 1) / unit * unit;
}

void dg_multiply_bfloat16(size_t rows, size_t columns, size_t depth, struct dg_matrix a, struct dg_matrix b, float beta,
                          float *c, size_t stride, void *memory) {
    struct workspace *packed = memory;
    const size_t a_row = a.is_transposed ? 1 : a.stride, a_depth = a.is_transposed ? a.stride : 1;
    const size_t b_column = b.is_transposed ? b.stride : 1, b_depth = b.is_transposed ? 1 : b.stride;
    const size_t depth_step = block_length(depth, block_depth, 2);
    const size_t row_step = block_length(rows, block_rows, tile_rows);
    for (size_t column = 0; column < columns; column += block_columns) {
        const size_t width = least(block_columns, columns - column);
        for (size_t k = 0; k < depth; k += depth_step) {
            const size_t length = least(depth_step, depth - k), pairs = (length + 1) / 2;
            const float *b_start = b.elements + column * b_column + k * b_depth;
            if (b.is_transposed) pack_columns(b_start, b.stride, width, length, packed->b);
            else pack_lines(b_start, b.stride, width, length, panel_columns, packed->b);
            for (size_t row = 0; row < rows; row += row_step) {
                const size_t height = least(row_step, rows - row);
                const float *a_start = a.elements + row * a_row + k * a_depth;
                if (a.is_transposed) pack_lines(a_start, a.stride, height, length, tile_rows, packed->a);
                else pack_rows(a_start, a.stride, height, length, packed->a);
                for (size_t panel = 0; panel < width; panel += panel_columns)
                    multiply_block(a.is_transposed, height, pairs, packed->a, packed->b + panel * 2 * pairs,
                                   k == 0 ? beta : 1, c + row * stride + column + panel, stride,
                                   least(panel_columns, width - panel));
            }
        }
    }
}

#pragma clang attribute pop

#else

bool dg_has_bfloat16(void) { return false; }
size_t dg_bfloat16_workspace(void) { return 0; }
void dg_multiply_bfloat16(size_t rows, size_t columns, size_t depth, struct dg_matrix a, struct dg_matrix b, float beta,
                          float *c, size_t stride, void *memory) {
    __builtin_trap();
}

#endif
