// Tap sums to pixels, written so that a compiler vectorizes it for the including tier.
#pragma once

#include <string.h>

#include "gemm.h"
#include "requantize.h"

/// The tier's, which tier.h lists.
static void dg_look_up(const uint8_t *table, uint8_t *bytes, size_t count);

/// One row of a kernel of 4 × 4.
typedef int32_t dg_four __attribute__((vector_size(16)));

static inline dg_four dg_load_four(const int32_t *source) {
    dg_four result;
    memcpy(&result, source, sizeof result);
    return result;
}

/// The image's sums by adding each position's taps where they belong.
DG_INLINE void dg_scatter(const dg_fold *fold, int32_t kernel, const int32_t *sums, int32_t *image) {
    const int32_t width = fold->columns * fold->stride + fold->kernel;
    const int32_t height = fold->rows * fold->stride + fold->kernel;
    for (int32_t index = 0; index < width * height; ++index) image[index] = 0;
    for (int32_t y = 0; y < fold->rows; ++y) {
        for (int32_t x = 0; x < fold->columns; ++x) {
            int32_t *target = image + (size_t)(y * fold->stride) * width + x * fold->stride;
            for (int32_t ky = 0; ky < kernel; ++ky)
                for (int32_t kx = 0; kx < kernel; ++kx) target[(size_t)ky * width + kx] += sums[ky * kernel + kx];
            sums += fold->sums_stride;
        }
    }
}

/// The same for a kernel of 4 and a stride of 2, where each sum is the sum of four taps: nothing is read that was just
/// written, which a processor would wait for.
///
/// A position's two left columns are complete once the two right ones of its left neighbour are added, and its two
/// upper rows once the two lower ones of its upper neighbour are.
DG_INLINE void dg_fold_4x4s2(const dg_fold *fold, const int32_t *sums, int32_t *image) {
    const int32_t rows = fold->rows, columns = fold->columns, stride = fold->sums_stride, width = columns * 2 + 4;
    const dg_four none = {0, 0, 0, 0};
    memset(image, 0, (size_t)width * 2 * sizeof *image);
    for (int32_t y = 0; y < rows; ++y, sums += (size_t)columns * stride, image += 2 * width) {
        dg_four before[4] = {none, none, none, none};
        // Two positions at a time, and one beyond the last, where only its left neighbour's columns arrive.
        for (int32_t x = 0; x <= columns; x += 2) {
            const int32_t *taps = sums + (size_t)x * stride;
            DG_UNROLL
            for (int32_t ky = 0; ky < 4; ++ky) {
                const dg_four first = x < columns ? dg_load_four(taps + 4 * ky) : none;
                const dg_four second = x + 1 < columns ? dg_load_four(taps + stride + 4 * ky) : none;
                // Two columns with the left neighbour's right ones, and two with the right neighbour's left ones.
                dg_four complete = first + __builtin_shufflevector(before[ky], second, 2, 3, 4, 5);
                before[ky] = second;
                int32_t *target = image + ky * width + x * 2;
                // The upper two rows were begun by the line of positions above.
                if (ky < 2) complete += dg_load_four(target);
                memcpy(target, &complete, sizeof complete);
            }
        }
    }
}

/// The rows of the matrix whose columns are four vectors.
DG_INLINE void dg_transpose_fours(const dg_four columns[4], dg_four rows[4]) {
    const dg_four low = __builtin_shufflevector(columns[0], columns[1], 0, 4, 1, 5);
    const dg_four next = __builtin_shufflevector(columns[2], columns[3], 0, 4, 1, 5);
    const dg_four high = __builtin_shufflevector(columns[0], columns[1], 2, 6, 3, 7);
    const dg_four last = __builtin_shufflevector(columns[2], columns[3], 2, 6, 3, 7);
    rows[0] = __builtin_shufflevector(low, next, 0, 1, 4, 5);
    rows[1] = __builtin_shufflevector(low, next, 2, 3, 6, 7);
    rows[2] = __builtin_shufflevector(high, last, 0, 1, 4, 5);
    rows[3] = __builtin_shufflevector(high, last, 2, 3, 6, 7);
}

/// The same for a kernel of 3 and a stride of 1, without the image's border of one, which is cropped. A position's taps
/// stand column by column with a fourth, empty row, so that a vector is a column of the kernel.
DG_INLINE void dg_fold_3x3s1(const dg_fold *fold, const int32_t *sums, int32_t *image) {
    const int32_t rows = fold->rows, columns = fold->columns, stride = fold->sums_stride, width = columns + 3;
    const dg_four none = {0, 0, 0, 0};
    memset(image, 0, (size_t)width * (rows + 3) * sizeof *image);
    for (int32_t y = 0; y < rows; ++y, sums += (size_t)columns * stride, image += width) {
        for (int32_t first = 1; first <= columns; first += 4) {
            dg_four complete[4], lines[4];
            DG_UNROLL
            for (int32_t index = 0; index < 4; ++index) {
                const int32_t x = first + index;
                const int32_t *taps = sums + (size_t)x * stride;
                complete[index] = none;
                if (x < columns) complete[index] += dg_load_four(taps);
                if (x <= columns) complete[index] += dg_load_four(taps - stride + 4);
                if (x > 1 && x <= columns + 1) complete[index] += dg_load_four(taps - 2 * stride + 8);
            }
            dg_transpose_fours(complete, lines);
            // Beyond the last column is the border, which nothing reads, and room for what the vector adds to it.
            const int32_t left = columns + 1 - first;
            DG_UNROLL
            for (int32_t ky = 0; ky < 3; ++ky) {
                int32_t *target = image + ky * width + first;
                if (left >= 3) {
                    lines[ky] += dg_load_four(target);
                    memcpy(target, &lines[ky], sizeof lines[ky]);
                } else {
                    for (int32_t index = 0; index < left; ++index) target[index] += lines[ky][index];
                }
            }
        }
    }
}

/// Adds up the taps of all positions in `scratch`, whose lines are columns · stride + kernel long.
DG_INLINE void dg_fold_taps(const dg_fold *fold, const int32_t *sums, int32_t *scratch) {
    // The common kernels by constants, so that their loops unroll.
    if (fold->kernel == 4 && fold->stride == 2) dg_fold_4x4s2(fold, sums, scratch);
    else if (fold->kernel == 3 && fold->stride == 1) dg_fold_3x3s1(fold, sums, scratch);
    else if (fold->kernel == 5) dg_scatter(fold, 5, sums, scratch);
    else dg_scatter(fold, fold->kernel, sums, scratch);
}

/// The pixels of a line of MNIST's size. Such a line is computed as if it had DG_FIELD_STRIDE, in whole vectors, or its
/// last four pixels would be computed one by one. `scratch` has room: what follows a line is its border, or the next
/// line.
enum { DG_LINE = 28 };

/// The field of an ink generator: its lines are DG_FIELD_STRIDE long and end in zeros.
DG_INLINE void dg_fold_field_generic(const dg_fold *fold, const int32_t *sums, int32_t *scratch, int32_t *field) {
    dg_fold_taps(fold, sums, scratch);
    const int32_t width = fold->columns * fold->stride + fold->kernel;
    const int32_t output_width = fold->columns * fold->stride;
    for (int32_t y = 0; y < fold->rows * fold->stride; ++y, field += DG_FIELD_STRIDE) {
        const int32_t *line = scratch + (size_t)(y + fold->padding) * width + fold->padding;
        if (output_width == DG_LINE)
            for (int32_t x = 0; x < DG_FIELD_STRIDE; ++x) field[x] = (line[x] + fold->bias) >> fold->shift;
        else
            for (int32_t x = 0; x < output_width; ++x) field[x] = (line[x] + fold->bias) >> fold->shift;
        for (int32_t x = output_width; x < DG_FIELD_STRIDE; ++x) field[x] = 0;
    }
}

DG_INLINE uint8_t dg_fold_code(const dg_fold *fold, int32_t sum) {
    return dg_requantize(sum, fold->multiplier, fold->offset, 1, fold->zero_point);
}

DG_INLINE void dg_fold_generic(const dg_fold *fold, const int32_t *sums, int32_t *scratch, uint8_t *pixels) {
    dg_fold_taps(fold, sums, scratch);
    const int32_t width = fold->columns * fold->stride + fold->kernel;
    const int32_t output_width = fold->columns * fold->stride;
    for (int32_t y = 0; y < fold->rows * fold->stride; ++y) {
        const int32_t *line = scratch + (size_t)(y + fold->padding) * width + fold->padding;
        uint8_t *target = pixels + (size_t)y * output_width;
        if (output_width == DG_LINE) {
            uint8_t codes[DG_FIELD_STRIDE];
            for (int32_t x = 0; x < DG_FIELD_STRIDE; ++x) codes[x] = dg_fold_code(fold, line[x]);
            memcpy(target, codes, DG_LINE);
        } else {
            for (int32_t x = 0; x < output_width; ++x) target[x] = dg_fold_code(fold, line[x]);
        }
    }
    dg_look_up(fold->pixels, pixels, (size_t)(fold->rows * fold->stride) * output_width);
}
