// The loops around a tier's tiles, the same for all tiers. A tile computes the sums of a few rows and 16 or 32 columns
// and stores codes or sums.
#pragma once

#include "../include/CKernels.h"
#include "target.h"

/// The input and output of a tile.
typedef struct dg_tile {
    const dg_gemm *gemm;
    const dg_batch *batch;
    const dg_positions *positions;
    /// Panel of packed weights.
    const void *panel;
    /// First column of the panel.
    int32_t column;
    /// Input of each row but for the tap's offset, which counts elements of DG_INPUT_BYTES.
    const void *input[8];
    /// Offsets of each row's taps.
    const int32_t *taps[8];
    /// Accumulator starts of each row, at the panel's first column.
    const int32_t *starts[8];
    /// At the panel's first column: codes or sums.
    union {
        uint8_t *codes[8];
        int32_t *sums[8];
    };
} dg_tile;

typedef void (*dg_tile_function)(const dg_tile *tile);

typedef struct dg_tile_table {
    /// Rows and vectors of 16 columns of the largest tile, which is as wide as a panel.
    int32_t rows, vectors;
    /// [rows − 1][vectors − 1]
    dg_tile_function codes[8][2];
    dg_tile_function sums[8][2];
} dg_tile_table;

/// Calls a tile's function for all rows of some positions, at one panel.
DG_INLINE void dg_run_positions(dg_tile *tile, const dg_batch *batch, const dg_tile_table *table, int32_t tile_rows,
                                int32_t vectors, uint8_t *codes, int32_t *sums, size_t output_stride) {
    const dg_positions *positions = tile->positions;
    const int64_t rows = (int64_t)batch->images * positions->count;
    int32_t image = 0, position = 0;
    // Of the next row.
    const uint8_t *input = batch->input;
    const int32_t *taps = positions->input_offsets;
    size_t output = (size_t)tile->column;
    for (int64_t row = 0; row < rows; row += tile_rows) {
        const int32_t count = rows - row < tile_rows ? (int32_t)(rows - row) : tile_rows;
        if (count <= positions->count - position) {
            // All rows are of one image, as nearly always: no row has to look for the next image's.
            const int32_t *starts = (batch->starts ? batch->starts[image] : positions->starts) + tile->column;
            const int32_t *offsets = positions->output_offsets + position;
            for (int32_t index = 0; index < count; ++index) tile->input[index] = input;
            for (int32_t index = 0; index < count; ++index) tile->taps[index] = taps + index * positions->taps;
            for (int32_t index = 0; index < count; ++index) tile->starts[index] = starts;
            if (codes)
                for (int32_t index = 0; index < count; ++index) tile->codes[index] = codes + output + offsets[index];
            else
                for (int32_t index = 0; index < count; ++index) tile->sums[index] = sums + output + offsets[index];
            taps += count * positions->taps;
            position += count;
        } else {
            for (int32_t index = 0; index < count; ++index) {
                tile->input[index] = input;
                tile->taps[index] = taps;
                tile->starts[index] = (batch->starts ? batch->starts[image] : positions->starts) + tile->column;
                const size_t offset = output + (size_t)positions->output_offsets[position];
                if (codes) tile->codes[index] = codes + offset;
                else tile->sums[index] = sums + offset;
                taps += positions->taps;
                if (++position == positions->count) {
                    position = 0;
                    ++image;
                    input += batch->input_stride * DG_INPUT_BYTES;
                    taps = positions->input_offsets;
                    output += output_stride;
                }
            }
        }
        if (position == positions->count) {
            position = 0;
            ++image;
            input += batch->input_stride * DG_INPUT_BYTES;
            taps = positions->input_offsets;
            output += output_stride;
        }
        (codes ? table->codes : table->sums)[count - 1][vectors - 1](tile);
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
            dg_run_positions(&tile, batch, table, tile_rows, vectors, codes, sums, output_stride);
        }
    }
}
