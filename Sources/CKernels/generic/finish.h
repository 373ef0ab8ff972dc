// From a field to a finished picture, in integers, written so that a compiler vectorizes it for the including tier.
//
// The finishing is MNIST's preprocessing as Yadav and Bottou reconstructed it (2019, "Cold case: the lost MNIST
// digits"): the square around the ink's box, scanned to a bitmap of m × m pixels, area-resampled to 20 × 20, scaled to
// a greatest level of 255 and moved by whole pixels to its centre of mass. They round levels to the nearest; MNIST's
// are rounded down, and where m and the ink's greatest cover make a product short of 255, they end at 254.
#pragma once

#include <string.h>

#include "../include/CKernels.h"
#include "fold.h"
#include "target.h"

enum {
    /// Pixels along a side of the field, the ink that its box is found in, the resampled box and the picture.
    DG_FIELD = 28,
    DG_INK = 2 * DG_FIELD,
    DG_BOX = 20,
    DG_PICTURE = 28,
    /// The length of a line of a bitmap, for whole vectors.
    DG_BITMAP_STRIDE = 64,
    /// Places of a scan in a pixel of the field.
    DG_PLACES = 32,
};

/// The square around the ink's box, in halves of a pixel of the field: its first row and column, which may lie outside
/// of the field, and its side.
typedef struct dg_square {
    int32_t row, column, side;
} dg_square;

/// The square around a box, in its middle as far as whole numbers can be.
static inline dg_square dg_square_around(int32_t top, int32_t bottom, int32_t left, int32_t right) {
    const int32_t height = bottom - top + 1, width = right - left + 1, side = height > width ? height : width;
    return (dg_square){.row = top - (side - height) / 2, .column = left - (side - width) / 2, .side = side};
}

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

/// Finds the square around the box of the ink, where the enlarged field is positive, and the number of its points.
/// False where there is none.
DG_INLINE bool dg_find_square(const int32_t *field, dg_square *square, int32_t *count) {
    int32_t values[DG_INK][DG_FIELD_STRIDE + 2];
    dg_enlarge_lines(field, values);
    // Marks are −1, and a column of both has 112 of them at most.
    dg_marks inside, columns[2] = {{0}, {0}}, marks = {0};
    for (int32_t x = 0; x < DG_FIELD_STRIDE; ++x) inside[x] = x < DG_FIELD ? -1 : 0;
    int32_t top = DG_INK, bottom = 0, left = 0, right = DG_INK - 1;
    for (int32_t row = 0; row < DG_INK; ++row) {
        dg_values before, middle, after;
        DG_LOAD(before, values[row]);
        DG_LOAD(middle, values[row] + 1);
        DG_LOAD(after, values[row] + 2);
        middle *= 22;
        const dg_marks even = __builtin_convertvector(before * 9 + middle + after > 0, dg_marks) & inside;
        const dg_marks odd = __builtin_convertvector(before + middle + after * 9 > 0, dg_marks) & inside;
        columns[0] |= even;
        columns[1] |= odd;
        marks += even + odd;
        const dg_marks any = even | odd;
        if (dg_is_empty(&any)) continue;
        if (top == DG_INK) top = row;
        bottom = row;
    }
    if (top == DG_INK) return false;
    while (!columns[left & 1][left / 2]) ++left;
    while (!columns[right & 1][right / 2]) --right;
    *square = dg_square_around(top, bottom, left, right);
    *count = 0;
    for (int32_t x = 0; x < DG_FIELD; ++x) *count -= marks[x];
    return true;
}

/// The pixels along a side of the bitmap that ink is scanned to which covers `count` points of a square.
static inline int32_t dg_source_size(const dg_source *source, int32_t count, int32_t side) {
    const int32_t area = count * 6400 / (side * side);
    int32_t size = (source->base - source->slope * area + (1 << 15)) >> 16;
    // Folded back at the upper bound.
    if (size > DG_SOURCE_MOST) size = 2 * DG_SOURCE_MOST - size;
    return size < DG_SOURCE_LEAST ? DG_SOURCE_LEAST : size;
}

/// A place of a scan along an axis: the field's pixel that it lies in, that pixel's neighbours, and their weights of a
/// quadratic B-spline, which add up to 2^11.
typedef struct dg_place {
    int32_t before, pixel, after;
    int32_t weights[3];
} dg_place;

/// The centre of part `index` of `size` equal ones of a square's axis, rounded down to a place. False outside of the
/// field.
static inline bool dg_find_place(int32_t start, int32_t side, int32_t index, int32_t size, dg_place *place) {
    const int32_t position = DG_PLACES / 2 * start + (2 * index + 1) * side * (DG_PLACES / 4) / size;
    if (position < 0 || position >= DG_PLACES * DG_FIELD) return false;
    const int32_t pixel = position / DG_PLACES, distance = position % DG_PLACES - DG_PLACES / 2;
    place->pixel = pixel;
    place->before = pixel > 0 ? pixel - 1 : 0;
    place->after = pixel + 1 < DG_FIELD ? pixel + 1 : pixel;
    place->weights[0] = (16 - distance) * (16 - distance);
    place->weights[1] = 1536 - 2 * distance * distance;
    place->weights[2] = (16 + distance) * (16 + distance);
    return true;
}

/// 16 numbers, and as many marks.
typedef int32_t dg_sixteen __attribute__((vector_size(64)));
typedef int16_t dg_sixteen_marks __attribute__((vector_size(32)));

/// The square's bitmap of size × size pixels, −1 for ink and 0 for paper, column by column. The field is divided by 4
/// and its scanned lines by 2^11, both rounded down, so that weighted sums stay below 2^31.
DG_INLINE void dg_scan(const int32_t *field, const dg_square *square, int32_t size,
                       int16_t bitmap[DG_BITMAP_STRIDE][DG_BITMAP_STRIDE]) {
    // lines[row][x] of the field at the square's rows, paper beyond the field, and the same turned about.
    int32_t lines[DG_BITMAP_STRIDE][DG_FIELD_STRIDE], turned[DG_FIELD_STRIDE][DG_BITMAP_STRIDE];
    for (int32_t row = 0; row < DG_BITMAP_STRIDE; ++row) {
        dg_place place;
        dg_values line;
        if (row < size && dg_find_place(square->row, square->side, row, size, &place)) {
            dg_values before, after;
            DG_LOAD(before, field + place.before * DG_FIELD_STRIDE);
            DG_LOAD(line, field + place.pixel * DG_FIELD_STRIDE);
            DG_LOAD(after, field + place.after * DG_FIELD_STRIDE);
            line =
                ((before >> 2) * place.weights[0] + (line >> 2) * place.weights[1] + (after >> 2) * place.weights[2]) >>
                11;
        } else {
            line = (dg_values){0} - 1;
        }
        memcpy(lines[row], &line, sizeof line);
    }
    for (int32_t row = 0; row < DG_BITMAP_STRIDE; row += 4) {
        for (int32_t x = 0; x < DG_FIELD; x += 4) {
            dg_four columns[4], rows[4];
            for (int32_t index = 0; index < 4; ++index) columns[index] = dg_load_four(&lines[row + index][x]);
            dg_transpose_fours(columns, rows);
            for (int32_t index = 0; index < 4; ++index) memcpy(&turned[x + index][row], &rows[index], sizeof(dg_four));
        }
    }
    const int32_t end = (size + 15) / 16 * 16;
    for (int32_t column = 0; column < size; ++column) {
        dg_place place;
        if (!dg_find_place(square->column, square->side, column, size, &place)) {
            memset(bitmap[column], 0, sizeof bitmap[column]);
            continue;
        }
        for (int32_t row = 0; row < end; row += 16) {
            dg_sixteen before, middle, after;
            DG_LOAD(before, &turned[place.before][row]);
            DG_LOAD(middle, &turned[place.pixel][row]);
            DG_LOAD(after, &turned[place.after][row]);
            const dg_sixteen sums = before * place.weights[0] + middle * place.weights[1] + after * place.weights[2];
            const dg_sixteen_marks marks = __builtin_convertvector(sums > 0, dg_sixteen_marks);
            memcpy(&bitmap[column][row], &marks, sizeof marks);
        }
    }
}

/// Source pixel i of m on its way through them, in units of 1 / (100 m) of a target pixel: it covers [2000 i, 2000 i +
/// 1980], and one that lies wholly inside one target pixel counts for its whole pitch of 2000.
typedef struct dg_cover {
    /// The length of a target pixel, the first one that is covered and where in it that begins.
    int32_t unit, first, begin;
} dg_cover;

/// The cover of the first of m pixels.
static inline dg_cover dg_cover_of(int32_t m) { return (dg_cover){.unit = 100 * m}; }

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

/// The square around the box of a bitmap's ink, in its pixels: a speck that found a place in the first square may fall
/// between the places of a scan. False where there is no ink.
DG_INLINE bool dg_find_bitmap_square(int16_t bitmap[DG_BITMAP_STRIDE][DG_BITMAP_STRIDE], int32_t size,
                                     dg_square *square) {
    int16_t rows[DG_BITMAP_STRIDE] = {0};
    int32_t left = size, right = 0;
    for (int32_t x = 0; x < size; ++x) {
        int16_t any = 0;
        for (int32_t y = 0; y < DG_BITMAP_STRIDE; ++y) {
            const int16_t mark = y < size ? bitmap[x][y] : 0;
            rows[y] |= mark;
            any |= mark;
        }
        if (!any) continue;
        if (left == size) left = x;
        right = x;
    }
    if (left == size) return false;
    int32_t top = 0, bottom = size - 1;
    while (!rows[top]) ++top;
    while (!rows[bottom]) --bottom;
    *square = dg_square_around(top, bottom, left, right);
    return true;
}

/// levels[row][column] of the bitmap's square, in units of 1 / (100 m)² with its side m: 2^25 at most.
DG_INLINE void dg_resample(int16_t bitmap[DG_BITMAP_STRIDE][DG_BITMAP_STRIDE], int32_t size, const dg_square *square,
                           int32_t levels[DG_BOX][DG_BOX_STRIDE]) {
    // columns[target][y]
    int16_t columns[DG_BOX][DG_BITMAP_STRIDE], parts[DG_BOX];
    memset(columns, 0, sizeof columns);
    dg_cover cover = dg_cover_of(square->side);
    for (int32_t x = square->column; x < square->column + square->side; ++x, dg_advance(&cover)) {
        if (x < 0 || x >= size) continue;
        const int32_t count = dg_covered_parts(&cover, parts);
        for (int32_t index = 0; index < count; ++index) {
            int16_t *target = columns[cover.first + index];
            for (int32_t y = 0; y < DG_BITMAP_STRIDE; ++y) target[y] += bitmap[x][y] & parts[index];
        }
    }
    memset(levels, 0, DG_BOX * sizeof levels[0]);
    cover = dg_cover_of(square->side);
    for (int32_t y = square->row; y < square->row + square->side; ++y, dg_advance(&cover)) {
        if (y < 0 || y >= size) continue;
        int32_t line[DG_BOX_STRIDE] = {0};
        for (int32_t column = 0; column < DG_BOX; ++column) line[column] = columns[column][y];
        const int32_t count = dg_covered_parts(&cover, parts);
        for (int32_t index = 0; index < count; ++index) {
            int32_t *target = levels[cover.first + index];
            for (int32_t column = 0; column < DG_BOX_STRIDE; ++column) target[column] += parts[index] * line[column];
        }
    }
}

/// Levels to 0…255, halves rounded up, ⌊(510 level + greatest) / (2 greatest)⌋, or all down. The quotient in float64 is
/// at most 1 from that, and what corrects it is exact.
DG_INLINE void dg_scale_levels(int32_t levels[DG_BOX][DG_BOX_STRIDE], bool rounds_down, int32_t most) {
    int32_t *values = levels[0], greatest = 1;
    for (int32_t index = 0; index < DG_BOX * DG_BOX_STRIDE; ++index)
        greatest = values[index] > greatest ? values[index] : greatest;
    const double divisor = 2.0 * greatest, factor = 1 / divisor, rounding = rounds_down ? 0 : greatest;
    for (int32_t index = 0; index < DG_BOX * DG_BOX_STRIDE; ++index) {
        const double dividend = 510.0 * values[index] + rounding;
        const int32_t quotient = (int32_t)(dividend * factor);
        const double remainder = dividend - quotient * divisor;
        const int32_t level = quotient + (remainder >= divisor) - (remainder < 0);
        values[index] = level < most ? level : most;
    }
}

/// Where the box begins for a centre of mass near the picture's middle: trunc(15 − Σ level · (place + ½) / Σ level).
static inline int32_t dg_shift_to_middle(int32_t total, int32_t moment) {
    const int32_t shift = (30 * total - moment) / (2 * total), free = DG_PICTURE - DG_BOX;
    return shift < 0 ? 0 : shift > free ? free : shift;
}

DG_INLINE void dg_finish_generic(const int32_t *field, const dg_source *source, uint8_t *picture) {
    dg_square square;
    int32_t count;
    memset(picture, 0, DG_PICTURE * DG_PICTURE);
    if (!dg_find_square(field, &square, &count)) return;
    const int32_t size = dg_source_size(source, count, square.side);
    int16_t bitmap[DG_BITMAP_STRIDE][DG_BITMAP_STRIDE];
    dg_scan(field, &square, size, bitmap);
    if (!dg_find_bitmap_square(bitmap, size, &square)) return;
    int32_t levels[DG_BOX][DG_BOX_STRIDE];
    dg_resample(bitmap, size, &square, levels);
    const bool is_lowered = source->lowered >> (size - DG_SOURCE_LEAST) & 1;
    dg_scale_levels(levels, source->rounds_down, is_lowered ? 254 : 255);
    // Σ level, and Σ level · (2 place + 1) in both directions.
    int32_t total = 0, rows = 0, columns = 0;
    for (int32_t row = 0; row < DG_BOX; ++row) {
        int32_t sum = 0;
        for (int32_t column = 0; column < DG_BOX; ++column) {
            sum += levels[row][column];
            columns += levels[row][column] * (2 * column + 1);
        }
        total += sum;
        rows += sum * (2 * row + 1);
    }
    uint8_t *target = picture + dg_shift_to_middle(total, rows) * DG_PICTURE + dg_shift_to_middle(total, columns);
    for (int32_t row = 0; row < DG_BOX; ++row)
        for (int32_t column = 0; column < DG_BOX; ++column)
            target[row * DG_PICTURE + column] = (uint8_t)levels[row][column];
}
