// The entry points of a tier, over its tiles and packing. The tier has included tiles.h and defines
//
//     DG_TIER_NAME                   as in DIGITGEN_ISA
//     DG_INPUT_BYTES                 bytes of an element of a tile's input; more than 1 with DG_TIER_PREPARE
//     DG_TIER_PREPARE                makes these elements of bytes (optional)
//     DG_INPUT_SHIFT                 what products subtract from their input (optional)
//     DG_TIER_BEGIN(gemm, batch)     runs ahead of a product (optional)
//     DG_TIER_SHORT_ROWS             rows of the tiles of products that DG_TIER_IS_SHORT(gemm) says, instead of
//                                    DG_TIER_ROWS (optional)
//     DG_TIER_BATCH_ROWS             the multiple that batches do best with, where not DG_TIER_ROWS (optional)
//     dg_column_bytes(taps, depth)   bytes of a packed column
//     dg_pack_panel, dg_look_up, dg_peak
#include "lines.h"
#include "specks.h"

#if !defined(DG_TIER_PREPARE)
#define DG_TIER_PREPARE NULL
#endif
#if !defined(DG_TIER_BEGIN)
#define DG_TIER_BEGIN(gemm, batch)
#endif
#if !defined(DG_TIER_SHORT_ROWS)
#define DG_TIER_SHORT_ROWS DG_TIER_ROWS
#define DG_TIER_IS_SHORT(gemm) false
#endif
#if !defined(DG_TIER_BATCH_ROWS)
#define DG_TIER_BATCH_ROWS DG_TIER_ROWS
#endif
#if !defined(DG_INPUT_SHIFT)
#define DG_INPUT_SHIFT 0
#endif

static size_t dg_packed_column_bytes(const dg_weights *weights) {
    return dg_column_bytes(weights->taps, dg_padded(weights->channels, 4));
}

static size_t dg_packed_size(const dg_weights *weights) {
    return (size_t)dg_padded(weights->columns, DG_COLUMN_MULTIPLE) * dg_packed_column_bytes(weights);
}

static void dg_pack(const dg_weights *weights, void *packed) {
    const int32_t padded_columns = dg_padded(weights->columns, DG_COLUMN_MULTIPLE);
    for (int32_t column = 0; column < padded_columns; column += 16 * DG_TIER_VECTORS) {
        const int32_t left = padded_columns - column;
        dg_pack_panel(weights, column, left < 16 * DG_TIER_VECTORS ? left : 16 * DG_TIER_VECTORS,
                      (uint8_t *)packed + column * dg_packed_column_bytes(weights));
    }
}

/// The product, with a constant number of rows a tile.
DG_INLINE void dg_run(const dg_gemm *gemm, const dg_batch *batch, uint8_t *codes, int32_t *sums, size_t output_stride) {
    const size_t column_bytes = dg_column_bytes(gemm->taps, gemm->depth);
    DG_TIER_BEGIN(gemm, batch);
    if (DG_TIER_IS_SHORT(gemm))
        dg_run_tiles(gemm, batch, &dg_tiles, DG_TIER_SHORT_ROWS, column_bytes, codes, sums, output_stride);
    else dg_run_tiles(gemm, batch, &dg_tiles, DG_TIER_ROWS, column_bytes, codes, sums, output_stride);
}

static void dg_codes(const dg_gemm *gemm, const dg_batch *batch, uint8_t *output, size_t output_stride) {
    dg_run(gemm, batch, output, NULL, output_stride);
}

static void dg_sums(const dg_gemm *gemm, const dg_batch *batch, int32_t *output, size_t output_stride) {
    dg_run(gemm, batch, NULL, output, output_stride);
}

static void dg_fold_tier(const dg_fold *fold, const int32_t *sums, int32_t *scratch, uint8_t *pixels) {
    dg_fold_generic(fold, sums, scratch, pixels);
}

static void dg_clear_specks_tier(int32_t *field, int32_t most) { dg_clear_specks_generic(field, most); }

static void dg_fold_field_tier(const dg_fold *fold, const int32_t *sums, int32_t *scratch, int32_t *field) {
    dg_fold_field_generic(fold, sums, scratch, field);
}

static void dg_finish_tier(const int32_t *field, const dg_source *source, uint8_t *picture) {
    dg_finish_generic(field, source, picture);
}

static bool dg_outline_tier(const int32_t *field, int16_t *narrow, dg_outline *outline) {
    return dg_outline_generic(field, narrow, outline);
}

static bool dg_draw_tier(const int16_t *narrow, const dg_span *across, const dg_span *down, const dg_canvas *canvas,
                         dg_box *box) {
    return dg_draw_generic(narrow, across, down, canvas, box);
}

static void dg_shares_tier(const dg_canvas *canvas, uint8_t *shares) { dg_shares_generic(canvas, shares); }

#define DG_KERNELS(symbol)                    \
    const dg_kernels symbol = {               \
        .name = DG_TIER_NAME,                 \
        .peak = dg_peak,                      \
        .tile_rows = DG_TIER_BATCH_ROWS,      \
        .input_bytes = DG_INPUT_BYTES,        \
        .prepare = DG_TIER_PREPARE,           \
        .input_shift = DG_INPUT_SHIFT,        \
        .packed_size = dg_packed_size,        \
        .pack = dg_pack,                      \
        .codes = dg_codes,                    \
        .sums = dg_sums,                      \
        .fold = dg_fold_tier,                 \
        .fold_field = dg_fold_field_tier,     \
        .clear_specks = dg_clear_specks_tier, \
        .finish = dg_finish_tier,             \
        .outline = dg_outline_tier,           \
        .draw = dg_draw_tier,                 \
        .shares = dg_shares_tier,             \
        .look_up = dg_look_up,                \
    }
