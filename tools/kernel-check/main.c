// Compares every kernel tier linked into this program with the scalar tier, over random shapes.
//
//     kernel-check SEED ROUNDS
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

extern const dg_kernels dg_kernels_scalar;
#ifdef DG_CHECK_AVX2
extern const dg_kernels dg_kernels_avx2;
#endif
#ifdef DG_CHECK_AVXVNNI
extern const dg_kernels dg_kernels_avxvnni;
#endif
#ifdef DG_CHECK_AVX512VNNI
extern const dg_kernels dg_kernels_avx512vnni;
#endif
#ifdef DG_CHECK_NEON
extern const dg_kernels dg_kernels_neon;
#endif

static const dg_kernels *const tiers[] = {
    &dg_kernels_scalar,
#ifdef DG_CHECK_AVX2
    &dg_kernels_avx2,
#endif
#ifdef DG_CHECK_AVXVNNI
    &dg_kernels_avxvnni,
#endif
#ifdef DG_CHECK_AVX512VNNI
    &dg_kernels_avx512vnni,
#endif
#ifdef DG_CHECK_NEON
    &dg_kernels_neon,
#endif
};

static uint64_t state;

static uint32_t random_word(void) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

static int32_t between(int32_t low, int32_t high) { return low + (int32_t)(random_word() % (uint32_t)(high - low + 1)); }

static void *aligned(size_t bytes) {
    void *memory = aligned_alloc(64, (bytes + 127) / 64 * 64);
    if (!memory) abort();
    for (size_t index = 0; index < bytes; ++index) ((uint8_t *)memory)[index] = (uint8_t)random_word();
    return memory;
}

/// One random product: the codes and sums of a tier, in freshly filled memory.
typedef struct {
    uint8_t *codes;
    int32_t *sums;
    size_t code_count, sum_count;
} result;

static int check_gemm(void) {
    dg_gemm gemm = {0};
    gemm.positions = between(1, 12);
    gemm.taps = between(0, 6);
    gemm.depth = 4 * between(1, 20);
    gemm.columns = between(1, 100);
    gemm.padded_columns = (gemm.columns + DG_COLUMN_MULTIPLE - 1) / DG_COLUMN_MULTIPLE * DG_COLUMN_MULTIPLE;
    gemm.zero_point = between(0, 255);
    gemm.activation = (enum dg_activation)between(0, 2);
    const int32_t images = between(1, 5);
    const size_t input_stride = 2048, output_stride = (size_t)gemm.positions * 128;

    uint8_t *input = aligned(input_stride * images);
    int8_t *weights = aligned((size_t)gemm.columns * gemm.taps * gemm.depth);
    int32_t *starts = aligned(4 * gemm.padded_columns), *other_starts = aligned(4 * gemm.padded_columns);
    float *multipliers = aligned(4 * gemm.padded_columns), *offsets = aligned(4 * gemm.padded_columns);
    for (int32_t column = 0; column < gemm.padded_columns; ++column) {
        starts[column] = between(-100000, 100000);
        other_starts[column] = between(-100000, 100000);
        // Some values leave the codes' range by far, some hit halves exactly.
        multipliers[column] = between(0, 9) == 0 ? 40 : between(0, 9) == 0 ? 0.5f : (float)between(1, 1000) * 1e-6f;
        offsets[column] = between(0, 3) == 0 ? 0.5f : (float)between(-200, 200);
    }
    int32_t *input_offsets = aligned(4 * (gemm.positions * gemm.taps + 1)), *output_offsets = aligned(4 * gemm.positions);
    for (int32_t index = 0; index < gemm.positions * gemm.taps; ++index)
        input_offsets[index] = between(0, (int32_t)input_stride - gemm.depth);
    for (int32_t position = 0; position < gemm.positions; ++position) output_offsets[position] = 128 * position;
    gemm.starts = starts;
    gemm.multipliers = multipliers;
    gemm.offsets = offsets;
    gemm.input_offsets = input_offsets;
    gemm.output_offsets = output_offsets;
    const int32_t *image_starts[5];
    for (int32_t image = 0; image < images; ++image) image_starts[image] = between(0, 1) ? starts : other_starts;
    dg_batch batch = {input, input_stride, images, between(0, 1) ? image_starts : NULL};

    result expected = {0};
    int failures = 0;
    const size_t code_count = output_stride * images, sum_count = output_stride * images;
    for (size_t tier = 0; tier < sizeof tiers / sizeof tiers[0]; ++tier) {
        void *packed = aligned(tiers[tier]->packed_size(gemm.padded_columns, gemm.taps, gemm.depth) + 64);
        tiers[tier]->pack(weights, gemm.columns, gemm.padded_columns, gemm.taps, gemm.depth, packed);
        gemm.weights = packed;
        void *prepared = aligned(input_stride * images * tiers[tier]->input_bytes);
        if (tiers[tier]->prepare) tiers[tier]->prepare(input, input_stride * images, prepared);
        batch.input = tiers[tier]->prepare ? prepared : input;
        result found = {calloc(code_count, 1), calloc(sum_count, 4), code_count, sum_count};
        tiers[tier]->codes(&gemm, &batch, found.codes, output_stride);
        tiers[tier]->sums(&gemm, &batch, found.sums, output_stride);
        free(packed);
        free(prepared);
        if (tier == 0) {
            expected = found;
            continue;
        }
        if (memcmp(expected.codes, found.codes, code_count) || memcmp(expected.sums, found.sums, sum_count * 4)) {
            fprintf(stderr, "%s differs: %d positions, %d taps, depth %d, %d columns, %d images, zero point %d, activation %d\n",
                    tiers[tier]->name, gemm.positions, gemm.taps, gemm.depth, gemm.columns, images, gemm.zero_point,
                    (int)gemm.activation);
            ++failures;
        }
        free(found.codes);
        free(found.sums);
    }
    free(expected.codes);
    free(expected.sums);
    void *all[] = {input, weights, starts, other_starts, multipliers, offsets, input_offsets, output_offsets};
    for (size_t index = 0; index < sizeof all / sizeof all[0]; ++index) free(all[index]);
    return failures;
}

static int check_look_up(void) {
    const size_t count = (size_t)between(0, 300);
    uint8_t *table = aligned(256), *bytes = aligned(count), *expected = malloc(count + 1), *found = malloc(count + 1);
    int failures = 0;
    for (size_t tier = 0; tier < sizeof tiers / sizeof tiers[0]; ++tier) {
        uint8_t *result = tier == 0 ? expected : found;
        memcpy(result, bytes, count);
        result[count] = 42;
        tiers[tier]->look_up(table, result, count);
        if (result[count] != 42 || (tier > 0 && memcmp(expected, found, count))) {
            fprintf(stderr, "%s looks up %zu bytes differently\n", tiers[tier]->name, count);
            ++failures;
        }
    }
    free(table);
    free(bytes);
    free(expected);
    free(found);
    return failures;
}

static int check_fold(void) {
    dg_fold fold = {0};
    fold.rows = between(1, 14);
    fold.columns = between(1, 14);
    fold.stride = between(1, 2);
    fold.kernel = between(fold.stride, 6);
    fold.padding = (fold.kernel - fold.stride) / 2;
    fold.sums_stride = (fold.kernel * fold.kernel + 15) / 16 * 16;
    fold.multiplier = 0.001f * (float)between(1, 100);
    fold.offset = (float)between(-100, 100) * 0.25f;
    fold.zero_point = between(0, 255);
    uint8_t *pixels = aligned(256);
    fold.pixels = pixels;
    const int32_t positions = fold.rows * fold.columns;
    const size_t area = (size_t)positions * fold.stride * fold.stride;
    const size_t scratch_count = (size_t)(fold.rows * fold.stride + fold.kernel) * (fold.columns * fold.stride + fold.kernel);
    int32_t *sums = aligned((size_t)positions * fold.sums_stride * 4);
    for (int32_t index = 0; index < positions * fold.sums_stride; ++index) sums[index] = between(-20000, 20000);
    int32_t *scratch = aligned(scratch_count * 4);
    uint8_t *expected = malloc(area), *found = malloc(area);
    int failures = 0;
    for (size_t tier = 0; tier < sizeof tiers / sizeof tiers[0]; ++tier) {
        tiers[tier]->fold(&fold, sums, scratch, tier == 0 ? expected : found);
        if (tier > 0 && memcmp(expected, found, area)) {
            fprintf(stderr, "%s folds differently: %d x %d, kernel %d, stride %d\n", tiers[tier]->name, fold.rows,
                    fold.columns, fold.kernel, fold.stride);
            ++failures;
        }
    }
    free(pixels);
    free(sums);
    free(scratch);
    free(expected);
    free(found);
    return failures;
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: kernel-check SEED ROUNDS\n");
        return 64;
    }
    state = strtoull(arguments[1], NULL, 10) * 2 + 1;
    const long rounds = strtol(arguments[2], NULL, 10);
    int failures = 0;
    for (long round = 0; round < rounds; ++round) failures += check_gemm() + check_fold() + check_look_up();
    printf("kernel-check:");
    for (size_t tier = 0; tier < sizeof tiers / sizeof tiers[0]; ++tier) printf(" %s", tiers[tier]->name);
    printf(": %ld rounds from seed %s, %d differences\n", rounds, arguments[1], failures);
    return failures ? 1 : 0;
}
