// Clears specks from a field: pieces of ink so small that no pen leaves them, which finishing hides in the picture but
// for the box, which they move, and which large pictures show.
#pragma once

#include <string.h>

#include "../include/CKernels.h"
#include "target.h"

enum {
    /// Lines of a field, and numbers in one.
    DG_SPECK_LINES = 28,
};

/// The parts of `ink` that hang together with `some` of it along a line (Kogge and Stone 1973: doubling steps).
static inline uint32_t dg_fill_line(uint32_t some, uint32_t ink) {
    uint32_t up = some & ink, down = up, rising = ink, falling = ink;
    for (int32_t step = 1; step < 32; step *= 2) {
        up |= rising & (up << step);
        down |= falling & (down >> step);
        rising &= rising << step;
        falling &= falling >> step;
    }
    return up | down;
}

/// Moves the piece of ink that the first bit of `rest` belongs to from there to `piece`, with eight neighbours a bit,
/// and returns how many bits it has. Both have an empty line before and after those of the field; `first` is the line
/// with the first bit.
DG_INLINE int32_t dg_take_piece(uint32_t rest[DG_SPECK_LINES + 2], int32_t first, uint32_t piece[DG_SPECK_LINES + 2]) {
    memset(piece, 0, (DG_SPECK_LINES + 2) * sizeof *piece);
    piece[first] = dg_fill_line(rest[first] & -rest[first], rest[first]);
    // Down and up again until nothing is added: a stroke turns few times.
    for (bool grows = true; grows;) {
        grows = false;
        for (int32_t pass = 0; pass < 2; ++pass) {
            for (int32_t index = first; index <= DG_SPECK_LINES; ++index) {
                const int32_t line = pass == 0 ? index : DG_SPECK_LINES + first - index;
                const uint32_t near = piece[line - 1] | piece[line] | piece[line + 1];
                const uint32_t touched = (near | near << 1 | near >> 1) & rest[line];
                if ((touched & ~piece[line]) == 0) continue;
                piece[line] = dg_fill_line(touched, rest[line]);
                grows = true;
            }
        }
    }
    int32_t count = 0;
    for (int32_t line = first; line <= DG_SPECK_LINES; ++line) {
        rest[line] &= ~piece[line];
        count += __builtin_popcount(piece[line]);
    }
    return count;
}

/// Negates the numbers of specks: pieces of at most `most` positive numbers, which touch by a side or a corner,
/// apart from the greatest piece, the first of equal ones.
DG_INLINE void dg_clear_specks_generic(int32_t *field, int32_t most) {
    uint32_t rest[DG_SPECK_LINES + 2] = {0}, specks[DG_SPECK_LINES + 2] = {0}, greatest[DG_SPECK_LINES + 2] = {0};
    uint32_t piece[DG_SPECK_LINES + 2];
    for (int32_t line = 0; line < DG_SPECK_LINES; ++line) {
        uint32_t bits = 0;
        for (int32_t x = 0; x < DG_SPECK_LINES; ++x) bits |= (uint32_t)(field[line * DG_FIELD_STRIDE + x] > 0) << x;
        rest[line + 1] = bits;
    }
    int32_t record = 0, cleared = 0;
    for (int32_t line = 1; line <= DG_SPECK_LINES; ++line) {
        while (rest[line] != 0) {
            const int32_t count = dg_take_piece(rest, line, piece);
            // Of a piece and the greatest so far, the smaller one is a speck if it is small.
            uint32_t *smaller = piece;
            int32_t size = count;
            if (count > record) {
                smaller = greatest;
                size = record;
            }
            if (size <= most) {
                for (int32_t index = 0; index < DG_SPECK_LINES + 2; ++index) specks[index] |= smaller[index];
                cleared += size;
            }
            if (count > record) {
                record = count;
                memcpy(greatest, piece, sizeof greatest);
            }
        }
    }
    if (cleared == 0) return;
    for (int32_t line = 0; line < DG_SPECK_LINES; ++line) {
        for (uint32_t bits = specks[line + 1]; bits != 0; bits &= bits - 1) {
            int32_t *number = field + line * DG_FIELD_STRIDE + __builtin_ctz(bits);
            *number = -*number;
        }
    }
}
