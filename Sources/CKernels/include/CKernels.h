/// Kernels of the int8 forward pass, one implementation for each instruction set tier.
///
/// All of them compute the same integers and round the same floats: a tier's bytes are the scalar tier's.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The multiple that columns are padded to.
enum { DG_COLUMN_MULTIPLE = 16 };

/// The function applied to an accumulator in float32 before it is rounded.
enum dg_activation { DG_IDENTITY = 0, DG_RELU = 1, DG_LEAKY_RELU = 2 };

/// Output positions of a layer to which the same taps of its kernel contribute. Inputs outside the layer's volume are
/// zero and left out, so positions at its borders have fewer taps.
typedef struct dg_positions {
    int32_t count;
    int32_t taps;
    /// [taps]: which of the packed taps.
    const int32_t *weight_taps;
    /// [count][taps]
    const int32_t *input_offsets;
    /// [count]
    const int32_t *output_offsets;
    /// [padded_columns]: the input's zero point multiplied out over these taps; see `dg_kernels.input_shift`.
    const int32_t *starts;
} dg_positions;

/// sum(row, c) = start(c) + Σ_tap Σ_k input(row, tap, k) · weight(c, tap, k), exact in int32, and
/// code = clamp(round(activation(sum · multiplier(c) + offset(c))) + zero_point, 0, 255).
///
/// Magnitudes of sum · multiplier + offset stay below 2^30, so that kernels may clamp after rounding to int32
/// (models are checked for it).
///
/// A row is one output position of one image. Its input for a tap is `depth` elements at
/// `input + image · input_stride + input_offsets[position][tap]`, bytes or what `prepare` made of them (kernels may
/// read up to 4 elements more, and multiply them by 0); its output goes to
/// `output + image · output_stride + output_offsets[position]`.
typedef struct dg_gemm {
    /// From `pack`, in panels of as many columns as the tier's tiles have.
    const void *weights;
    /// [padded_columns] each; unused by `sums`.
    const float *multipliers;
    const float *offsets;
    const dg_positions *positions;
    int32_t position_classes;
    /// Taps of the packed weights.
    int32_t taps;
    /// Elements a tap: `input_offsets` are multiples of it.
    int32_t channels;
    /// The same rounded up to a multiple of 4.
    int32_t depth;
    int32_t columns;
    /// `columns` rounded up to a multiple of 16.
    int32_t padded_columns;
    int32_t zero_point;
    enum dg_activation activation;
} dg_gemm;

/// Weights as a model stores them: weight(c, tap, k) = weights[c · column_stride + tap · tap_stride + k].
typedef struct dg_weights {
    const int8_t *weights;
    size_t column_stride;
    size_t tap_stride;
    int32_t columns;
    int32_t taps;
    /// Elements a tap; packing fills it up to a multiple of 4 with zeros.
    int32_t channels;
} dg_weights;

/// The images that a call works on.
typedef struct dg_batch {
    /// Bytes, or what `prepare` made of them, and how many of them an image has.
    const void *input;
    size_t input_stride;
    int32_t images;
    /// One array of `padded_columns` starts for each image instead of those of its positions, or NULL.
    const int32_t *const *starts;
    /// Room for a number for each element of the input where the tier prepares it; else NULL.
    int32_t *scratch;
} dg_batch;

/// The folding of tap sums into an image of one channel, cropped by `padding` at the top and left:
/// sum(y·stride + ky, x·stride + kx) += sums(y, x, ky · kernel + kx).
///
/// For a kernel of 3 and a stride of 1 it is sums(y, x, 4 · kx + ky), and sums(y, x, 4 · kx + 3) is 0.
typedef struct dg_fold {
    /// Positions that taps are summed at.
    int32_t rows;
    int32_t columns;
    int32_t kernel;
    int32_t stride;
    int32_t padding;
    /// Sums a position: kernel² rounded up to a multiple of 16.
    int32_t sums_stride;
    /// For pixels.
    float multiplier;
    float offset;
    int32_t zero_point;
    /// [256]: the pixel of each code.
    const uint8_t *pixels;
    /// For a field: (sum + bias) >> shift, whose magnitude stays below 2^21.
    int32_t bias;
    int32_t shift;
} dg_fold;

/// The length of a line of a field.
enum { DG_FIELD_STRIDE = 32 };

/// The least and the most pixels along a side of the bitmap that ink is scanned to.
enum { DG_SOURCE_LEAST = 20, DG_SOURCE_MOST = 64 };

/// The scan that a field is taken for.
typedef struct dg_source {
    /// The pixels along a side of its square: base − slope · area in units of 2^-16, rounded, folded back at the upper
    /// bound, at least the lower one. The area of the ink is in sixteenths of a pixel of a box of 20 × 20. At most 2^23
    /// and 2^14.
    int32_t base, slope;
    /// Whether levels are rounded down, not to the nearest.
    bool rounds_down;
    /// Bit i is 1 if levels end at 254 with DG_SOURCE_LEAST + i pixels.
    uint64_t lowered;
} dg_source;

/// The ink of a digit on a lattice of 56 × 56 points, half a pixel of the field apart: that of MNIST's preprocessing,
/// so it is the same as in the finished picture.
typedef struct dg_outline {
    /// From the top; bit i is column i.
    uint64_t rows[56];
    /// The ink's box: its first row and column, and those after the last.
    int32_t top, bottom, left, right;
    /// The points that are ink, and how often the outline crosses the lattice's lines.
    int32_t area, crossings;
} dg_outline;

/// A range of a field's columns or rows, from `first` on, in halves of a pixel, and the points of a canvas that it
/// takes from `start` on.
typedef struct dg_span {
    int32_t start, points, first, count;
} dg_span;

/// Bytes that kernels of lines may touch behind a canvas, and behind shares.
enum { DG_CANVAS_ROOM = 32 };

/// The ink of a picture at several points a pixel: eight across, the bits of a byte, and `rows_per_pixel` down.
typedef struct dg_canvas {
    /// [rows][stride], with DG_CANVAS_ROOM bytes more at the end.
    uint8_t *bits;
    int32_t stride;
    /// Pixels across, and rows of points.
    int32_t width;
    int32_t rows;
    int32_t rows_per_pixel;
} dg_canvas;

/// A rectangle of pixels.
typedef struct dg_box {
    int32_t x, y, width, height;
} dg_box;

typedef struct dg_kernels {
    /// The name for DIGITGEN_ISA.
    const char *name;
    /// The peak rate of the tier's inner loop: runs its multiplying instructions `iterations` times over
    /// independent registers, touching no memory, and returns the multiply-accumulates done.
    uint64_t (*peak)(uint64_t iterations);
    /// Batches do best with a multiple of it: rows that a product computes at once.
    int32_t tile_rows;
    /// Bytes of one element of a product's input: 1, or more where `prepare` makes it of the activation's bytes.
    size_t input_bytes;
    /// Writes `count` elements of a product's input; NULL where the bytes themselves are it.
    void (*prepare)(const uint8_t *bytes, size_t count, void *input);
    /// The number that products subtract from each element of their input. Starts make up for it: they are
    /// (input_shift − zero point of the input) · Σ weights.
    int32_t input_shift;
    /// Bytes that `pack` writes.
    size_t (*packed_size)(const dg_weights *weights);
    void (*pack)(const dg_weights *weights, void *packed);
    /// Codes of `columns` channels a row.
    void (*codes)(const dg_gemm *gemm, const dg_batch *batch, uint8_t *output, size_t output_stride);
    /// `padded_columns` sums a row; `output_offsets` and `output_stride` count int32.
    void (*sums)(const dg_gemm *gemm, const dg_batch *batch, int32_t *output, size_t output_stride);
    /// Pixels [rows·stride][columns·stride] of one image from its tap sums. `scratch` has
    /// (rows·stride + kernel) · (columns·stride + kernel) elements.
    void (*fold)(const dg_fold *fold, const int32_t *sums, int32_t *scratch, uint8_t *pixels);
    /// The field [28][DG_FIELD_STRIDE] of one image from its tap sums, in place of pixels; lines end in zeros.
    void (*fold_field)(const dg_fold *fold, const int32_t *sums, int32_t *scratch, int32_t *field);
    /// Negates the numbers of a field's specks: pieces of at most `most` positive numbers, which touch by a side or a
    /// corner, apart from the greatest piece.
    void (*clear_specks)(int32_t *field, int32_t most);
    /// The finished picture [28][28] of a field's ink; see generic/finish.h.
    void (*finish)(const int32_t *field, const dg_source *source, uint8_t *picture);
    /// The outline of a field's ink, and the field [28][DG_FIELD_STRIDE] in fewer bits, of which `draw` makes lines.
    /// False without ink.
    bool (*outline)(const int32_t *field, int16_t *narrow, dg_outline *outline);
    /// Adds the ink of a narrow field to a canvas. False where no point is ink; otherwise `box` is that of the pixels
    /// in which it has one.
    bool (*draw)(const int16_t *narrow, const dg_span *across, const dg_span *down, const dg_canvas *canvas,
                 dg_box *box);
    /// The number of each pixel's points that are ink, [height][width], with room for DG_CANVAS_ROOM more.
    void (*shares)(const dg_canvas *canvas, uint8_t *shares);
    /// Replaces each of `count` bytes by its entry in the table of 256.
    void (*look_up)(const uint8_t *table, uint8_t *bytes, size_t count);
} dg_kernels;

/// The number of tiers compiled in.
size_t dg_tier_count(void);

/// The kernels of a tier; the fastest tier has index 0.
const dg_kernels *dg_tier(size_t index);

/// True if this processor and its operating system can run the tier.
bool dg_is_available(size_t index);
