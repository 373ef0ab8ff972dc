// Bytes to their table's entries, 16 at a time: an instruction looks up in 64 entries and gives 0, or leaves what is
// there, beyond them.
#pragma once

#include <arm_neon.h>

#include "../generic/look_up.h"

static void dg_look_up(const uint8_t *table, uint8_t *bytes, size_t count) {
    const uint8x16x4_t first = vld1q_u8_x4(table), second = vld1q_u8_x4(table + 64);
    const uint8x16x4_t third = vld1q_u8_x4(table + 128), fourth = vld1q_u8_x4(table + 192);
    size_t index = 0;
    for (; index + 16 <= count; index += 16) {
        const uint8x16_t which = vld1q_u8(bytes + index);
        uint8x16_t found = vqtbl4q_u8(first, which);
        found = vqtbx4q_u8(found, second, vsubq_u8(which, vdupq_n_u8(64)));
        found = vqtbx4q_u8(found, third, vsubq_u8(which, vdupq_n_u8(128)));
        found = vqtbx4q_u8(found, fourth, vsubq_u8(which, vdupq_n_u8(192)));
        vst1q_u8(bytes + index, found);
    }
    dg_look_up_each(table, bytes + index, count - index);
}
