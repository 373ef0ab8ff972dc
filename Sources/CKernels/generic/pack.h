// Walking through a model's weights when they are packed.
#pragma once

#include <string.h>

#include "../include/CKernels.h"

/// `count` rounded up.
static inline int32_t dg_padded(int32_t count, int32_t multiple) {
    return (count + multiple - 1) / multiple * multiple;
}

/// Four weights of a column from channel k, zeros for what is not there.
static inline void dg_four_weights(const dg_weights *weights, int32_t column, int32_t tap, int32_t k, int8_t four[4]) {
    memset(four, 0, 4);
    if (column >= weights->columns) return;
    const int8_t *source = weights->weights + column * weights->column_stride + tap * weights->tap_stride + k;
    const int32_t left = weights->channels - k;
    if (left >= 4) memcpy(four, source, 4);
    else memcpy(four, source, (size_t)left);
}

/// Calls `store(four, target)` for each four weights of a panel of `width` columns, whose place among the panel's fours
/// is [tap][k / 4][column]. In blocks of depth, so that what is read and what is written both stay in the cache.
#define DG_EACH_FOUR(weights, first_column, width, place, four, store)                                      \
    for (int32_t tap = 0; tap < (weights)->taps; ++tap)                                                     \
        for (int32_t block = 0; block < (weights)->channels; block += 64)                                   \
            for (int32_t column = 0; column < (width); ++column)                                            \
                for (int32_t k = block; k < (weights)->channels && k < block + 64; k += 4) {                \
                    const size_t place =                                                                    \
                        ((size_t)tap * (dg_padded((weights)->channels, 4) / 4) + k / 4) * (width) + column; \
                    int8_t four[4];                                                                         \
                    dg_four_weights(weights, (first_column) + column, tap, k, four);                        \
                    store;                                                                                  \
                }

/// Packs a panel for instructions that sum four products of bytes: [tap][k / 4][column][4].
static inline void dg_pack_fours(const dg_weights *weights, int32_t first_column, int32_t width, int8_t *target) {
    DG_EACH_FOUR(weights, first_column, width, place, four, memcpy(target + 4 * place, four, 4))
}
