// The packing for instructions that sum four products of bytes: [k / 4][column][4].
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline size_t dg_column_bytes(size_t length) { return length; }

static void dg_pack_panel(const int8_t *weights, int32_t present, int32_t width, size_t length, void *panel) {
    int8_t *target = panel;
    for (size_t k = 0; k < length; k += 4, target += 4 * width) {
        for (int32_t column = 0; column < present; ++column)
            memcpy(target + 4 * column, weights + column * length + k, 4);
        memset(target + 4 * present, 0, (size_t)(4 * (width - present)));
    }
}
