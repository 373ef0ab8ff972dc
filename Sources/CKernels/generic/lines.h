// The ink of a digit for lines of text, in integers, written so that a compiler vectorizes it for the including tier:
// its outline on a lattice of half pixels, and its points on a canvas of any size.
#pragma once

#include <string.h>

#include "../include/CKernels.h"
#include "finish.h"
#include "target.h"

enum {
    /// The numbers of a narrow field are below 2^14 in magnitude, so that three weighted ones fit into 32 bits.
    DG_NARROW_BITS = 14,
    /// Places in a pixel of the field; a place's weights add up to 2^15.
    DG_LINE_PLACES = 128,
    DG_WEIGHT_BITS = 15,
    /// Points that are drawn together: their lines of the field fit into a core's first cache.
    DG_STRIP = 256,
    /// Points of a vector.
    DG_CHUNK = 32,
};

/// A chunk's numbers, and a bit for each.
typedef int16_t dg_chunk __attribute__((vector_size(2 * DG_CHUNK)));
typedef int32_t dg_wide_chunk __attribute__((vector_size(4 * DG_CHUNK)));
typedef int16_t dg_half_chunk __attribute__((vector_size(DG_CHUNK)));
typedef int32_t dg_wide_half __attribute__((vector_size(2 * DG_CHUNK)));
typedef bool dg_chunk_bits __attribute__((ext_vector_type(DG_CHUNK)));

/// A bit for each number that is positive.
DG_INLINE uint32_t dg_positive_bits(const dg_wide_chunk *numbers) {
    const dg_chunk_bits positive = __builtin_convertvector(*numbers > 0, dg_chunk_bits);
    uint32_t bits;
    memcpy(&bits, &positive, sizeof bits);
    return bits;
}

/// Divides a field [28][DG_FIELD_STRIDE] by a power of two, rounded down, so that its numbers fit into a narrow one.
DG_INLINE void dg_narrow_field(const int32_t *field, int16_t *narrow) {
    uint32_t greatest = 0;
    for (int32_t index = 0; index < DG_FIELD * DG_FIELD_STRIDE; ++index)
        greatest |= field[index] < 0 ? -(uint32_t)field[index] : (uint32_t)field[index];
    const int32_t bits = greatest ? 32 - __builtin_clz(greatest) : 0;
    const int32_t shift = bits > DG_NARROW_BITS ? bits - DG_NARROW_BITS : 0, least = 1 - (1 << DG_NARROW_BITS);
    for (int32_t index = 0; index < DG_FIELD * DG_FIELD_STRIDE; ++index) {
        const int32_t number = field[index] >> shift;
        narrow[index] = (int16_t)(number < least ? least : number);
    }
}

/// The bits of a number at every other place, from bit 0 on.
static inline uint64_t dg_spread(uint32_t bits) {
    uint64_t spread = bits;
    spread = (spread | spread << 16) & 0x0000FFFF0000FFFF;
    spread = (spread | spread << 8) & 0x00FF00FF00FF00FF;
    spread = (spread | spread << 4) & 0x0F0F0F0F0F0F0F0F;
    spread = (spread | spread << 2) & 0x3333333333333333;
    return (spread | spread << 1) & 0x5555555555555555;
}

/// The rows of ink of a narrow field, enlarged twice by quadratic B-splines as `dg_find_square` does.
DG_INLINE void dg_find_rows(const int16_t *narrow, uint64_t rows[DG_INK]) {
    int32_t field[DG_FIELD * DG_FIELD_STRIDE], values[DG_INK][DG_FIELD_STRIDE + 2];
    for (int32_t index = 0; index < DG_FIELD * DG_FIELD_STRIDE; ++index) field[index] = narrow[index];
    dg_enlarge_lines(field, values);
    for (int32_t row = 0; row < DG_INK; ++row) {
        dg_wide_chunk before, middle, after;
        DG_LOAD(before, values[row]);
        DG_LOAD(middle, values[row] + 1);
        DG_LOAD(after, values[row] + 2);
        middle *= 22;
        const dg_wide_chunk even = before * 9 + middle + after, odd = before + middle + after * 9;
        const uint32_t inside = (1u << DG_FIELD) - 1;
        rows[row] = dg_spread(dg_positive_bits(&even) & inside) | dg_spread(dg_positive_bits(&odd) & inside) << 1;
    }
}

DG_INLINE bool dg_outline_generic(const int32_t *field, int16_t *narrow, dg_outline *outline) {
    dg_narrow_field(field, narrow);
    dg_find_rows(narrow, outline->rows);
    uint64_t columns = 0, above = 0;
    outline->top = DG_INK;
    outline->area = outline->crossings = 0;
    for (int32_t row = 0; row < DG_INK; ++row) {
        const uint64_t bits = outline->rows[row];
        outline->area += __builtin_popcountll(bits);
        outline->crossings += __builtin_popcountll(bits ^ bits << 1) + __builtin_popcountll(bits ^ above);
        above = bits;
        columns |= bits;
        if (!bits) continue;
        if (outline->top == DG_INK) outline->top = row;
        outline->bottom = row + 1;
    }
    if (!columns) return false;
    outline->left = __builtin_ctzll(columns);
    outline->right = 64 - __builtin_clzll(columns);
    return true;
}

/// The quotient, rounded down.
static inline int32_t dg_quotient(int32_t dividend, int32_t divisor) {
    const int32_t quotient = dividend / divisor;
    return dividend < 0 && quotient * divisor != dividend ? quotient - 1 : quotient;
}

/// Goes from point to point of a span and says where each point's centre is in the field, rounded down to a place:
/// first / 2 · places + (2 · (point − start) + 1) · count · places / (4 · points), without a division for each.
typedef struct dg_walk {
    int32_t position, rest, step, step_rest, divisor;
} dg_walk;

static inline dg_walk dg_walk_from(const dg_span *span, int32_t point) {
    const int32_t divisor = 4 * span->points, step = 2 * span->count * DG_LINE_PLACES;
    const int64_t distance = (2 * (int64_t)(point - span->start) + 1) * span->count * DG_LINE_PLACES;
    int64_t whole = distance / divisor, rest = distance % divisor;
    if (rest < 0) {
        whole -= 1;
        rest += divisor;
    }
    return (dg_walk){span->first * (DG_LINE_PLACES / 2) + (int32_t)whole, (int32_t)rest, step / divisor, step % divisor,
                     divisor};
}

/// Goes to the next point.
static inline void dg_next_point(dg_walk *walk) {
    walk->position += walk->step;
    walk->rest += walk->step_rest;
    if (walk->rest >= walk->divisor) {
        walk->position += 1;
        walk->rest -= walk->divisor;
    }
}

/// The pixel of the field at a place, and the weights of the number before, of that and of the one after. False outside
/// of the field, where there is paper.
static inline bool dg_weigh(int32_t position, int32_t *pixel, int16_t weights[3]) {
    if (position < 0 || position >= DG_FIELD * DG_LINE_PLACES) return false;
    const int32_t t = position % DG_LINE_PLACES, rest = DG_LINE_PLACES - t;
    *pixel = position / DG_LINE_PLACES;
    weights[0] = (int16_t)(rest * rest);
    weights[1] = (int16_t)(DG_LINE_PLACES * DG_LINE_PLACES + 2 * t * rest);
    weights[2] = (int16_t)(t * t);
    return true;
}

/// The points of a strip, across: their weights, and the runs of those that lie in one pixel of the field. Weights
/// outside of the field are 0.
typedef struct dg_strip {
    /// Chunks that have points.
    int32_t chunks;
    /// A run is computed in halves of a chunk, and goes beyond its end.
    int16_t weights[3][DG_STRIP + DG_CHUNK];
    int32_t runs;
    struct {
        int32_t pixel, start, end;
    } run[DG_FIELD];
} dg_strip;

static inline void dg_find_strip(const dg_span *across, int32_t first, int32_t points, dg_strip *strip) {
    memset(strip->weights, 0, sizeof strip->weights);
    strip->chunks = (points + DG_CHUNK - 1) / DG_CHUNK;
    strip->runs = 0;
    dg_walk walk = dg_walk_from(across, first);
    for (int32_t point = 0; point < points; ++point, dg_next_point(&walk)) {
        int32_t pixel;
        int16_t weights[3];
        if (!dg_weigh(walk.position, &pixel, weights)) continue;
        for (int32_t part = 0; part < 3; ++part) strip->weights[part][point] = weights[part];
        if (strip->runs == 0 || strip->run[strip->runs - 1].pixel != pixel) {
            strip->run[strip->runs].pixel = pixel;
            strip->run[strip->runs++].start = point;
        }
        strip->run[strip->runs - 1].end = point + 1;
    }
}

/// Computes a line of the field at the points of a strip.
DG_INLINE void dg_interpolate(const int16_t *numbers, const dg_strip *strip, int16_t line[DG_STRIP + DG_CHUNK]) {
    memset(line, 0, sizeof(int16_t) * (size_t)strip->chunks * DG_CHUNK);
    for (int32_t index = 0; index < strip->runs; ++index) {
        const int32_t pixel = strip->run[index].pixel;
        const int32_t before = numbers[pixel > 0 ? pixel - 1 : 0], here = numbers[pixel];
        const int32_t after = numbers[pixel + 1 < DG_FIELD ? pixel + 1 : pixel];
        for (int32_t point = strip->run[index].start; point < strip->run[index].end; point += DG_CHUNK / 2) {
            dg_half_chunk first, middle, last;
            DG_LOAD(first, strip->weights[0] + point);
            DG_LOAD(middle, strip->weights[1] + point);
            DG_LOAD(last, strip->weights[2] + point);
            const dg_wide_half sum = __builtin_convertvector(first, dg_wide_half) * before +
                                     __builtin_convertvector(middle, dg_wide_half) * here +
                                     __builtin_convertvector(last, dg_wide_half) * after;
            const dg_half_chunk values =
                __builtin_convertvector((sum + (1 << (DG_WEIGHT_BITS - 1))) >> DG_WEIGHT_BITS, dg_half_chunk);
            memcpy(line + point, &values, sizeof values);
        }
    }
}

/// The chunks of a strip in which any of three lines has a positive number, as bits: all others are paper.
DG_INLINE uint32_t dg_live_chunks(const int16_t lines[3][DG_STRIP + DG_CHUNK], int32_t chunks) {
    uint32_t live = 0;
    for (int32_t chunk = 0; chunk < chunks; ++chunk) {
        dg_chunk first, middle, last;
        DG_LOAD(first, lines[0] + chunk * DG_CHUNK);
        DG_LOAD(middle, lines[1] + chunk * DG_CHUNK);
        DG_LOAD(last, lines[2] + chunk * DG_CHUNK);
        const dg_chunk_bits positive = __builtin_convertvector((first > 0) | (middle > 0) | (last > 0), dg_chunk_bits);
        uint32_t bits;
        memcpy(&bits, &positive, sizeof bits);
        if (bits) live |= 1u << chunk;
    }
    return live;
}

/// The points of a chunk that are ink between three lines.
DG_INLINE uint32_t dg_ink_bits(const int16_t lines[3][DG_STRIP + DG_CHUNK], int32_t point, const int16_t weights[3]) {
    dg_chunk first, middle, last;
    DG_LOAD(first, lines[0] + point);
    DG_LOAD(middle, lines[1] + point);
    DG_LOAD(last, lines[2] + point);
    const dg_wide_chunk sum = __builtin_convertvector(first, dg_wide_chunk) * weights[0] +
                              __builtin_convertvector(middle, dg_wide_chunk) * weights[1] +
                              __builtin_convertvector(last, dg_wide_chunk) * weights[2];
    return dg_positive_bits(&sum);
}

/// Marks the ink of a strip, whose first pixel is `column`, and notes what it marked in each pixel and in which rows.
DG_INLINE void dg_draw_strip(const int16_t *narrow, const dg_strip *strip, const dg_span *down, const dg_canvas *canvas,
                             int32_t column, uint8_t marked[DG_STRIP / 8], int32_t *top, int32_t *bottom) {
    // The field's lines that can be seen, and one beyond at each end: there the edge is repeated.
    int16_t lines[DG_FIELD + 2][DG_STRIP + DG_CHUNK];
    uint32_t live[DG_FIELD];
    const int32_t seen = down->first / 2 - 2, first = seen > 0 ? seen : 0;
    const int32_t end = (down->first + down->count) / 2 + 2, last = end < DG_FIELD ? end : DG_FIELD - 1;
    for (int32_t row = first; row <= last; ++row) dg_interpolate(narrow + row * DG_FIELD_STRIDE, strip, lines[row + 1]);
    const size_t bytes = sizeof(int16_t) * (size_t)strip->chunks * DG_CHUNK;
    memcpy(lines[first], lines[first + 1], bytes);
    memcpy(lines[last + 2], lines[last + 1], bytes);
    for (int32_t row = first; row <= last; ++row) live[row] = dg_live_chunks(&lines[row], strip->chunks);

    const int32_t beyond = down->points / down->count + 1;
    const int32_t begin = down->start - beyond > 0 ? down->start - beyond : 0;
    const int32_t stop = down->start + down->points + beyond;
    dg_walk walk = dg_walk_from(down, begin);
    for (int32_t row = begin; row < stop && row < canvas->rows; ++row, dg_next_point(&walk)) {
        int32_t pixel;
        int16_t weights[3];
        if (!dg_weigh(walk.position, &pixel, weights) || pixel < first || pixel > last) continue;
        uint8_t *target = canvas->bits + (size_t)row * canvas->stride + column;
        uint32_t any = 0;
        for (uint32_t left = live[pixel]; left; left &= left - 1) {
            const int32_t chunk = __builtin_ctz(left);
            const uint32_t bits = dg_ink_bits(&lines[pixel], chunk * DG_CHUNK, weights);
            uint32_t old, seen_before;
            memcpy(&old, target + chunk * 4, 4);
            memcpy(&seen_before, marked + chunk * 4, 4);
            old |= bits;
            seen_before |= bits;
            memcpy(target + chunk * 4, &old, 4);
            memcpy(marked + chunk * 4, &seen_before, 4);
            any |= bits;
        }
        if (!any) continue;
        const int32_t y = row / canvas->rows_per_pixel;
        if (y < *top) *top = y;
        if (y >= *bottom) *bottom = y + 1;
    }
}

DG_INLINE bool dg_draw_generic(const int16_t *narrow, const dg_span *across, const dg_span *down,
                               const dg_canvas *canvas, dg_box *box) {
    const int32_t beyond = across->points / across->count + 1;
    int32_t column = dg_quotient(across->start - beyond, 8);
    int32_t end = dg_quotient(across->start + across->points + beyond, 8) + 1;
    if (column < 0) column = 0;
    if (end > canvas->width) end = canvas->width;
    int32_t left = canvas->width, right = 0, top = canvas->rows, bottom = 0;
    for (; column < end; column += DG_STRIP / 8) {
        const int32_t pixels = end - column < DG_STRIP / 8 ? end - column : DG_STRIP / 8;
        dg_strip strip;
        uint8_t marked[DG_STRIP / 8] = {0};
        dg_find_strip(across, column * 8, pixels * 8, &strip);
        dg_draw_strip(narrow, &strip, down, canvas, column, marked, &top, &bottom);
        for (int32_t pixel = 0; pixel < pixels; ++pixel) {
            if (!marked[pixel]) continue;
            if (column + pixel < left) left = column + pixel;
            right = column + pixel + 1;
        }
    }
    *box = (dg_box){left, top, right - left, bottom - top};
    return right > 0;
}

/// The bits of each byte, counted.
typedef uint8_t dg_pixels __attribute__((vector_size(DG_CHUNK)));

DG_INLINE void dg_count_bits(dg_pixels *bytes) {
    *bytes -= *bytes >> 1 & 0x55;
    *bytes = (*bytes & 0x33) + (*bytes >> 2 & 0x33);
    *bytes = (*bytes + (*bytes >> 4)) & 0x0F;
}

/// The number of each pixel's points that are ink.
DG_INLINE void dg_shares_generic(const dg_canvas *canvas, uint8_t *shares) {
    const int32_t width = canvas->width, height = canvas->rows / canvas->rows_per_pixel;
    for (int32_t y = 0; y < height; ++y, shares += width) {
        const uint8_t *line = canvas->bits + (size_t)y * canvas->rows_per_pixel * canvas->stride;
        for (int32_t x = 0; x < width; x += DG_CHUNK) {
            // The last vector of a line goes beyond it, where the next line follows or there is room.
            dg_pixels sum = {0};
            for (int32_t row = 0; row < canvas->rows_per_pixel; ++row) {
                dg_pixels bytes;
                DG_LOAD(bytes, line + (size_t)row * canvas->stride + x);
                dg_count_bits(&bytes);
                sum += bytes;
            }
            memcpy(shares + x, &sum, sizeof sum);
        }
    }
}
