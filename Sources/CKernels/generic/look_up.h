// Bytes to their table's entries, one by one.
#pragma once

#include <stddef.h>
#include <stdint.h>

static inline void dg_look_up_each(const uint8_t *table, uint8_t *bytes, size_t count) {
    for (size_t index = 0; index < count; ++index) bytes[index] = table[bytes[index]];
}
