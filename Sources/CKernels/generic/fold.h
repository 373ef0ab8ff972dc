// Tap sums to pixels, written so that a compiler vectorizes it for the including tier.
#pragma once

#include "requantize.h"

static inline __attribute__((always_inline)) void dg_scatter(const dg_fold *fold, int32_t kernel, const int32_t *sums,
                                                             int32_t *image) {
    const int32_t width = fold->columns * fold->stride + fold->kernel;
    for (int32_t y = 0; y < fold->rows; ++y) {
        for (int32_t x = 0; x < fold->columns; ++x) {
            int32_t *target = image + (size_t)(y * fold->stride) * width + x * fold->stride;
            for (int32_t ky = 0; ky < kernel; ++ky)
                for (int32_t kx = 0; kx < kernel; ++kx) target[(size_t)ky * width + kx] += sums[ky * kernel + kx];
            sums += fold->sums_stride;
        }
    }
}

static inline __attribute__((always_inline)) void dg_fold_generic(const dg_fold *fold, const int32_t *sums,
                                                                  int32_t *scratch, uint8_t *pixels) {
    const int32_t width = fold->columns * fold->stride + fold->kernel;
    const int32_t height = fold->rows * fold->stride + fold->kernel;
    for (int32_t index = 0; index < width * height; ++index) scratch[index] = 0;
    // The common kernels by constants, so that their loops unroll.
    if (fold->kernel == 4) dg_scatter(fold, 4, sums, scratch);
    else if (fold->kernel == 5) dg_scatter(fold, 5, sums, scratch);
    else dg_scatter(fold, fold->kernel, sums, scratch);

    const int32_t output_width = fold->columns * fold->stride;
    for (int32_t y = 0; y < fold->rows * fold->stride; ++y) {
        const int32_t *line = scratch + (size_t)(y + fold->padding) * width + fold->padding;
        uint8_t *target = pixels + (size_t)y * output_width;
        for (int32_t x = 0; x < output_width; ++x)
            target[x] = dg_requantize(line[x], fold->multiplier, fold->offset, DG_IDENTITY, fold->zero_point);
        for (int32_t x = 0; x < output_width; ++x) target[x] = fold->pixels[target[x]];
    }
}
