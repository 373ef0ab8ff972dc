// The loops around a tier's tile, the same for all tiers. A tier defines before including this file:
//
//   DG_TILE_ROWS             rows of its largest tile
//   dg_tile(rows, vectors)   a function-like macro naming the tile for that many rows and 16-column vectors,
//                            void (const dg_tile_input *, int32_t k_groups per tap …): see DG_TILE_ARGUMENTS
//
// A tile computes the sums of up to DG_TILE_ROWS rows and 16 or 32 columns and stores codes or sums.
#pragma once

#include "../include/CKernels.h"

/// What a tile reads and where it writes.
typedef struct dg_tile {
    const dg_gemm *gemm;
    /// Panel of packed weights.
    const void *panel;
    /// First column of the panel.
    int32_t column;
    /// Input of each row but for the tap's offset.
    const uint8_t *input[8];
    /// Offsets of each row's taps.
    const int32_t *taps[8];
    /// Accumulator starts of each row, at the panel's first column.
    const int32_t *starts[8];
    /// One of the two is set; at the panel's first column.
    uint8_t *codes[8];
    int32_t *sums[8];
} dg_tile;

typedef void (*dg_tile_function)(const dg_tile *tile);

typedef struct dg_tile_table {
    int32_t rows;
    /// [rows − 1][vectors of 16 columns − 1]
    dg_tile_function functions[8][2];
} dg_tile_table;

static inline void dg_run_tiles(const dg_gemm *gemm, const dg_batch *batch, const dg_tile_table *table,
                                size_t column_bytes, uint8_t *codes, int32_t *sums, size_t output_stride) {
    const int64_t rows = (int64_t)batch->images * gemm->positions;
    for (int32_t column = 0; column < gemm->padded_columns; column += DG_PANEL_COLUMNS) {
        dg_tile tile;
        tile.gemm = gemm;
        tile.panel = (const uint8_t *)gemm->weights + (size_t)column * column_bytes;
        tile.column = column;
        const int32_t vectors = gemm->padded_columns - column >= DG_PANEL_COLUMNS ? 2 : 1;
        int32_t image = 0, position = 0;
        for (int64_t row = 0; row < rows; row += table->rows) {
            const int32_t count = rows - row < table->rows ? (int32_t)(rows - row) : table->rows;
            for (int32_t index = 0; index < count; ++index) {
                tile.input[index] = batch->input + (size_t)image * batch->input_stride;
                tile.taps[index] = gemm->input_offsets + (size_t)position * gemm->taps;
                tile.starts[index] = (batch->starts ? batch->starts[image] : gemm->starts) + column;
                const size_t offset = (size_t)image * output_stride + gemm->output_offsets[position] + column;
                tile.codes[index] = codes ? codes + offset : NULL;
                tile.sums[index] = sums ? sums + offset : NULL;
                if (++position == gemm->positions) {
                    position = 0;
                    ++image;
                }
            }
            table->functions[count - 1][vectors - 1](&tile);
        }
    }
}
