// From a field to a finished picture, in integers, written so that a compiler vectorizes it for the including tier.
//
// The finishing is MNIST's preprocessing as Yadav and Bottou reconstructed it (2019, "Cold case: the lost MNIST
// digits"): the ink's box in a square of m pixels, area-resampled to 20 × 20, scaled to a greatest level of 255 and
// moved by whole pixels to its centre of mass.
#pragma once

#include <string.h>

#include "../include/CKernels.h"
#include "target.h"

enum {
    /// Pixels along a side of the field, the ink, the resampled box and the picture.
    DG_FIELD = 28,
    DG_INK = 2 * DG_FIELD,
    DG_BOX = 20,
    DG_PICTURE = 28,
    /// Where the odd columns of a line of ink begin; its even columns stand before them.
    DG_ODD = DG_FIELD_STRIDE,
};

/// Ink as 0 or −1, and the square around its box.
typedef struct dg_ink {
    int16_t lines[DG_INK][2 * DG_ODD];
    int32_t top, bottom, left, right;
    /// The square's first row and column, which may lie outside of the ink, and its side m.
    int32_t row, column, side;
} dg_ink;

/// The place of a column in a line of ink.
static inline int32_t dg_ink_place(int32_t column) { return (column & 1) * DG_ODD + column / 2; }

/// A line of the field, and half a line of ink.
typedef int32_t dg_values __attribute__((vector_size(4 * DG_FIELD_STRIDE)));
typedef int16_t dg_marks __attribute__((vector_size(2 * DG_FIELD_STRIDE)));

/// Macros, for a function that takes or returns such vectors would have another ABI on each tier.
#define DG_LOAD(vector, source) memcpy(&(vector), source, sizeof(vector))

/// The field's lines enlarged twice by quadratic B-splines, times 32: the new ones lie a quarter to either side of an
/// old one and weigh its neighbours and it by 9, 22 and 1 over 32. Outside of the field its edge goes on, also for the
/// columns, which begin at 1 in a line of `values`.
DG_INLINE void dg_enlarge_lines(const int32_t *field, int32_t values[DG_INK][DG_FIELD_STRIDE + 2]) {
    for (int32_t y = 0; y < DG_FIELD; ++y) {
        const int32_t above = y > 0 ? y - 1 : 0, below = y + 1 < DG_FIELD ? y + 1 : y;
        dg_values first, middle, last;
        DG_LOAD(first, field + above * DG_FIELD_STRIDE);
        DG_LOAD(middle, field + y * DG_FIELD_STRIDE);
        DG_LOAD(last, field + below * DG_FIELD_STRIDE);
        middle *= 22;
        const dg_values lines[2] = {first * 9 + middle + last, first + middle + last * 9};
        for (int32_t index = 0; index < 2; ++index) {
            int32_t *line = values[2 * y + index];
            memcpy(line + 1, &lines[index], sizeof lines[index]);
            line[0] = lines[index][0];
            line[DG_FIELD + 1] = lines[index][DG_FIELD - 1];
        }
    }
}

DG_INLINE bool dg_is_empty(const dg_marks *marks) {
    uint64_t parts[sizeof *marks / 8], any = 0;
    memcpy(parts, marks, sizeof *marks);
    for (size_t index = 0; index < sizeof *marks / 8; ++index) any |= parts[index];
    return any == 0;
}

/// Finds the ink, where the enlarged field is positive, and its box. False where there is none.
DG_INLINE bool dg_find_ink(const int32_t *field, dg_ink *ink) {
    int32_t values[DG_INK][DG_FIELD_STRIDE + 2];
    dg_enlarge_lines(field, values);
    dg_marks inside, columns[2] = {{0}, {0}};
    for (int32_t x = 0; x < DG_FIELD_STRIDE; ++x) inside[x] = x < DG_FIELD ? -1 : 0;
    ink->top = DG_INK;
    for (int32_t row = 0; row < DG_INK; ++row) {
        dg_values left, middle, right;
        DG_LOAD(left, values[row]);
        DG_LOAD(middle, values[row] + 1);
        DG_LOAD(right, values[row] + 2);
        middle *= 22;
        const dg_marks even = __builtin_convertvector(left * 9 + middle + right > 0, dg_marks) & inside;
        const dg_marks odd = __builtin_convertvector(left + middle + right * 9 > 0, dg_marks) & inside;
        memcpy(ink->lines[row], &even, sizeof even);
        memcpy(ink->lines[row] + DG_ODD, &odd, sizeof odd);
        columns[0] |= even;
        columns[1] |= odd;
        const dg_marks any = even | odd;
        if (dg_is_empty(&any)) continue;
        if (ink->top == DG_INK) ink->top = row;
        ink->bottom = row;
    }
    if (ink->top == DG_INK) return false;
    ink->left = 0;
    while (!columns[ink->left & 1][ink->left / 2]) ++ink->left;
    ink->right = DG_INK - 1;
    while (!columns[ink->right & 1][ink->right / 2]) --ink->right;
    const int32_t height = ink->bottom - ink->top + 1, width = ink->right - ink->left + 1;
    ink->side = height > width ? height : width;
    ink->row = ink->top - (ink->side - height) / 2;
    ink->column = ink->left - (ink->side - width) / 2;
    return true;
}

/// Source pixel i of m on its way through them, in units of 1 / (100 m) of a target pixel: it covers [2000 i, 2000 i +
/// 1980], and one that lies wholly inside one target pixel counts for its whole pitch of 2000.
typedef struct dg_cover {
    /// The length of a target pixel, the first one that is covered and where in it that begins.
    int32_t unit, first, begin;
} dg_cover;

/// The cover of pixel i.
static inline dg_cover dg_cover_at(int32_t i, int32_t m) {
    const int32_t unit = 100 * m;
    return (dg_cover){.unit = unit, .first = 2000 * i / unit, .begin = 2000 * i % unit};
}

/// From one source pixel to the next.
static inline void dg_advance(dg_cover *cover) {
    cover->begin += 2000;
    while (cover->begin >= cover->unit) {
        cover->begin -= cover->unit;
        ++cover->first;
    }
}

/// The parts of the target pixels that are covered, from the first on; returns their number.
static inline int32_t dg_covered_parts(const dg_cover *cover, int16_t parts[DG_BOX]) {
    int32_t left = 1980, count = 1, room = cover->unit - cover->begin;
    if (left <= room) {
        parts[0] = 2000;
        return 1;
    }
    for (parts[0] = (int16_t)room; (left -= room) > 0; ++count) {
        room = cover->unit;
        parts[count] = (int16_t)(left < room ? left : room);
    }
    return count;
}

/// A box line of target columns is this long, for whole vectors.
enum { DG_BOX_STRIDE = 32 };

/// levels[column][row], in units of 1 / (100 m)²: 2^25 at most.
DG_INLINE void dg_resample(const dg_ink *ink, int32_t levels[DG_BOX][DG_BOX_STRIDE]) {
    int16_t rows[DG_BOX][2 * DG_ODD], parts[DG_BOX];
    memset(rows, 0, sizeof rows);
    dg_cover cover = dg_cover_at(ink->top - ink->row, ink->side);
    for (int32_t y = ink->top; y <= ink->bottom; ++y, dg_advance(&cover)) {
        const int32_t count = dg_covered_parts(&cover, parts);
        for (int32_t index = 0; index < count; ++index) {
            int16_t *target = rows[cover.first + index];
            for (int32_t x = 0; x < 2 * DG_ODD; ++x) target[x] += ink->lines[y][x] & parts[index];
        }
    }
    memset(levels, 0, DG_BOX * sizeof levels[0]);
    cover = dg_cover_at(ink->left - ink->column, ink->side);
    for (int32_t x = ink->left; x <= ink->right; ++x, dg_advance(&cover)) {
        int32_t line[DG_BOX_STRIDE] = {0};
        for (int32_t row = 0; row < DG_BOX; ++row) line[row] = rows[row][dg_ink_place(x)];
        const int32_t count = dg_covered_parts(&cover, parts);
        for (int32_t index = 0; index < count; ++index) {
            int32_t *target = levels[cover.first + index];
            for (int32_t row = 0; row < DG_BOX_STRIDE; ++row) target[row] += parts[index] * line[row];
        }
    }
}

/// Levels to 0…255, halves rounded up: ⌊(510 level + greatest) / (2 greatest)⌋. The quotient in float64 is at most 1
/// from that, and what corrects it is exact.
DG_INLINE void dg_scale_levels(int32_t levels[DG_BOX][DG_BOX_STRIDE]) {
    int32_t *values = levels[0], greatest = 1;
    for (int32_t index = 0; index < DG_BOX * DG_BOX_STRIDE; ++index)
        greatest = values[index] > greatest ? values[index] : greatest;
    const double divisor = 2.0 * greatest, factor = 1 / divisor;
    for (int32_t index = 0; index < DG_BOX * DG_BOX_STRIDE; ++index) {
        const double dividend = 510.0 * values[index] + greatest;
        const int32_t quotient = (int32_t)(dividend * factor);
        const double remainder = dividend - quotient * divisor;
        values[index] = quotient + (remainder >= divisor) - (remainder < 0);
    }
}

/// Where the box begins for a centre of mass near the picture's middle: trunc(15 − Σ level · (place + ½) / Σ level).
static inline int32_t dg_shift_to_middle(int32_t total, int32_t moment) {
    const int32_t shift = (30 * total - moment) / (2 * total), free = DG_PICTURE - DG_BOX;
    return shift < 0 ? 0 : shift > free ? free : shift;
}

DG_INLINE void dg_finish_generic(const int32_t *field, uint8_t *picture) {
    dg_ink ink;
    memset(picture, 0, DG_PICTURE * DG_PICTURE);
    if (!dg_find_ink(field, &ink)) return;
    int32_t levels[DG_BOX][DG_BOX_STRIDE];
    dg_resample(&ink, levels);
    dg_scale_levels(levels);
    // Σ level, and Σ level · (2 place + 1) in both directions.
    int32_t total = 0, rows = 0, columns = 0;
    for (int32_t column = 0; column < DG_BOX; ++column) {
        int32_t sum = 0;
        for (int32_t row = 0; row < DG_BOX; ++row) {
            sum += levels[column][row];
            rows += levels[column][row] * (2 * row + 1);
        }
        total += sum;
        columns += sum * (2 * column + 1);
    }
    uint8_t *target = picture + dg_shift_to_middle(total, rows) * DG_PICTURE + dg_shift_to_middle(total, columns);
    for (int32_t row = 0; row < DG_BOX; ++row)
        for (int32_t column = 0; column < DG_BOX; ++column)
            target[row * DG_PICTURE + column] = (uint8_t)levels[column][row];
}
