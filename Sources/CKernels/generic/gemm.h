// The loops around a tier's tiles, the same for all tiers. A tile computes the sums of a few rows and 16 or 32 columns
// and stores codes or sums.
#pragma once

#include "../include/CKernels.h"
#include "target.h"

/// The input and output of a tile. Its rows are positions of one image, or one position of several images, so steps
/// from row to row tell them all: a core that still works on one tile has room for few stores of the next.
typedef struct dg_tile {
    const dg_gemm *gemm;
    const dg_batch *batch;
    const dg_positions *positions;
    /// Panel of packed weights.
    const void *panel;
    /// First column of the panel.
    int32_t column;
    /// Input of the first row but for the tap's offset, and the step to the next row's, in bytes.
    const uint8_t *input;
    size_t input_step;
    /// Offsets of the first row's taps, which count elements of DG_INPUT_BYTES.
    const int32_t *taps;
    int32_t tap_step;
    /// Accumulator starts of the first row.
    const int32_t *const *starts;
    int32_t start_step;
    /// Output of the first row but for its offset, at the panel's first column: codes or sums.
    union {
        uint8_t *codes;
        int32_t *sums;
    };
    size_t output_step;
    /// [row · offset_step]: where the row goes from there.
    const int32_t *offsets;
    int32_t offset_step;
} dg_tile;

/// Input of a row but for the tap's offset.
DG_INLINE const void *dg_input(const dg_tile *tile, int row) { return tile->input + row * tile->input_step; }

/// Offsets of a row's taps.
DG_INLINE const int32_t *dg_taps(const dg_tile *tile, int row) { return tile->taps + row * tile->tap_step; }

/// Accumulator starts of a row, at the panel's first column.
DG_INLINE const int32_t *dg_starts(const dg_tile *tile, int row) {
    return tile->starts[row * tile->start_step] + tile->column;
}

/// Place of a row's codes, or sums, at the panel's first column.
DG_INLINE uint8_t *dg_codes_of(const dg_tile *tile, int row) {
    return tile->codes + row * tile->output_step + tile->offsets[row * tile->offset_step];
}

DG_INLINE int32_t *dg_sums_of(const dg_tile *tile, int row) {
    return tile->sums + row * tile->output_step + tile->offsets[row * tile->offset_step];
}

typedef void (*dg_tile_function)(const dg_tile *tile);

typedef struct dg_tile_table {
    /// Rows and vectors of 16 columns of the largest tile, which is as wide as a panel.
    int32_t rows, vectors;
    /// [rows − 1][vectors − 1]
    dg_tile_function codes[8][2];
    dg_tile_function sums[8][2];
} dg_tile_table;

/// The part of tiles of `tile_rows` rows that `rows` of them, at least 1, would fill, in 256ths.
static inline int32_t dg_filled(int32_t rows, int32_t tile_rows) {
    return (int32_t)(256 * (int64_t)rows / ((rows + tile_rows - 1) / tile_rows * tile_rows));
}

/// Calls a tile's function for all rows of some positions, at one panel: for the positions of each image, or for each
/// position those of all images where that fills tiles much better.
DG_INLINE void dg_run_positions(dg_tile *tile, const dg_tile_table *table, int32_t tile_rows, int32_t vectors,
                                uint8_t *codes, int32_t *sums, size_t output_stride) {
    const dg_batch *batch = tile->batch;
    const dg_positions *positions = tile->positions;
    const dg_tile_function *functions = &(codes ? table->codes : table->sums)[0][vectors - 1];
    const size_t input_stride = batch->input_stride * DG_INPUT_BYTES;
    const bool by_images = 7 * dg_filled(batch->images, tile_rows) > 8 * dg_filled(positions->count, tile_rows);
    const int32_t lines = by_images ? positions->count : batch->images;
    const int32_t rows = by_images ? batch->images : positions->count;
    // All tiles of a line have as equal numbers of rows as possible.
    const int32_t tiles = (rows + tile_rows - 1) / tile_rows, share = (rows + tiles - 1) / tiles;
    tile->input_step = by_images ? input_stride : 0;
    tile->tap_step = by_images ? 0 : positions->taps;
    tile->start_step = by_images && batch->starts ? 1 : 0;
    tile->output_step = by_images ? output_stride : 0;
    tile->offset_step = by_images ? 0 : 1;
    for (int32_t line = 0; line < lines; ++line) {
        const int32_t image = by_images ? 0 : line, position = by_images ? line : 0;
        const size_t output = image * output_stride + (size_t)tile->column;
        tile->input = (const uint8_t *)batch->input + image * input_stride;
        tile->taps = positions->input_offsets + (size_t)position * positions->taps;
        tile->starts = batch->starts ? batch->starts + image : &positions->starts;
        tile->offsets = positions->output_offsets + position;
        if (codes) tile->codes = codes + output;
        else tile->sums = sums + output;
        for (int32_t row = 0; row < rows; row += share) {
            const int32_t count = rows - row < share ? rows - row : share;
            functions[2 * (count - 1)](tile);
            tile->input += count * tile->input_step;
            tile->taps += count * tile->tap_step;
            tile->starts += count * tile->start_step;
            tile->offsets += count * tile->offset_step;
            if (codes) tile->codes += count * tile->output_step;
            else tile->sums += count * tile->output_step;
        }
    }
}

/// Calls a tile's function for all rows and columns. `tile_rows` is at most the table's, `column_bytes` counts a packed
/// column. One of `codes` and `sums` is NULL.
DG_INLINE void dg_run_tiles(const dg_gemm *gemm, const dg_batch *batch, const dg_tile_table *table, int32_t tile_rows,
                            size_t column_bytes, uint8_t *codes, int32_t *sums, size_t output_stride) {
    const int32_t panel_columns = 16 * table->vectors;
    dg_tile tile;
    tile.gemm = gemm;
    tile.batch = batch;
    for (int32_t column = 0; column < gemm->padded_columns; column += panel_columns) {
        tile.panel = (const uint8_t *)gemm->weights + (size_t)column * column_bytes;
        tile.column = column;
        const int32_t vectors = gemm->padded_columns - column >= panel_columns ? table->vectors : 1;
        // All positions before the next panel: a panel fits a cache that all of them may not.
        for (int32_t index = 0; index < gemm->position_classes; ++index) {
            tile.positions = gemm->positions + index;
            dg_run_positions(&tile, table, tile_rows, vectors, codes, sums, output_stride);
        }
    }
}
