// gemm_3x32c4_avxvnni
//
//     for tap, k by 4:  sums[3][32] += input[3][tap][k … k + 3] · weights[tap][k … k + 3][32]     (vpdpbusd)
//
// The instruction of gemm_8x32c4_avx512vnni on the 256-bit registers of processors without AVX-512.
//
// Tile:     3 rows × 32 columns in 12 registers of 8 int32.
// Packing:  [panel][tap][k / 4][column][4] int8.
// Requires: AVX2, AVX-VNNI.
#if defined(__x86_64__) || defined(DG_EMULATED)

#pragma STDC FP_CONTRACT OFF

#if !defined(DG_EMULATED)
#include <immintrin.h>
#endif
#include <string.h>

#include "../generic/target.h"

DG_BEGIN_TARGET("avx2,avxvnni")

#define DG_INPUT_BYTES 1

#include "../generic/finish.h"
#include "../generic/fold.h"
#include "../generic/gemm.h"
#include "../generic/look_up.h"
#include "../generic/pack.h"
#include "rows_avx2.h"

#define DG_TIER_NAME "avxvnni"
#define DG_TIER_ROWS 3
#define DG_TIER_VECTORS 2

DG_INLINE void dg_tile_body(int rows, int vectors, bool codes, const dg_tile *tile) {
    const dg_gemm *gemm = tile->gemm;
    const dg_positions *positions = tile->positions;
    __m256i sums[3][4];
    dg_load_starts(tile, rows, vectors, sums);
    for (int32_t tap = 0; tap < positions->taps; ++tap) {
        const __m256i *weights =
            (const __m256i *)tile->panel + (size_t)positions->weight_taps[tap] * (gemm->depth / 4) * 2 * vectors;
        const uint8_t *input[3];
        DG_UNROLL
        for (int row = 0; row < rows; ++row)
            input[row] = (const uint8_t *)dg_input(tile, row) + dg_taps(tile, row)[tap];
        for (int32_t k = 0; k < gemm->depth; k += 4, weights += 2 * vectors) {
            __m256i bytes[3];
            DG_UNROLL
            for (int row = 0; row < rows; ++row) {
                int32_t four;
                memcpy(&four, input[row] + k, 4);
                bytes[row] = _mm256_set1_epi32(four);
            }
            DG_UNROLL
            for (int part = 0; part < 2 * vectors; ++part) {
                const __m256i columns = _mm256_load_si256(weights + part);
                DG_UNROLL
                for (int row = 0; row < rows; ++row)
                    sums[row][part] = _mm256_dpbusd_avx_epi32(sums[row][part], bytes[row], columns);
            }
        }
    }
    dg_store_rows(tile, rows, vectors, codes, sums);
}

static inline size_t dg_column_bytes(int32_t taps, int32_t depth) { return (size_t)taps * depth; }

static void dg_pack_panel(const dg_weights *weights, int32_t first_column, int32_t width, void *panel) {
    dg_pack_fours(weights, first_column, width, panel);
}

static void dg_look_up(const uint8_t *table, uint8_t *bytes, size_t count) { dg_look_up_each(table, bytes, count); }

DG_PEAK(0x01010101, 32, _mm256_dpbusd_avx_epi32(sum, factor, factor))

#include "../generic/tiles.h"
#include "../generic/tier.h"

DG_KERNELS(dg_kernels_avxvnni);

DG_END_TARGET

#endif
