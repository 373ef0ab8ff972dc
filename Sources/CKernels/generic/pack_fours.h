// The packing for instructions that sum four products of bytes: [tap][k / 4][column][4].
#pragma once

#include "pack.h"

static void dg_pack_fours(const dg_weights *weights, int32_t first_column, int32_t width, int8_t *target) {
    DG_EACH_FOUR(weights, first_column, width, place, four, memcpy(target + 4 * place, four, 4))
}
