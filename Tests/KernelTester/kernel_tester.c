// Random shapes for kernels, and their results on two tiers.
#include <KernelTester.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// The random generator's state: tests run on several threads.
static _Thread_local uint64_t state;

static uint32_t random_word(void) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

static int32_t between(int32_t low, int32_t high) {
    return low + (int32_t)(random_word() % (uint32_t)(high - low + 1));
}

static void *aligned(size_t bytes) {
    void *memory = aligned_alloc(64, (bytes + 127) / 64 * 64);
    if (!memory) abort();
    for (size_t index = 0; index < bytes; ++index) ((uint8_t *)memory)[index] = (uint8_t)random_word();
    return memory;
}

/// A random product over one or two classes of positions, and the images it runs on.
enum { MOST_CLASSES = 2, MOST_IMAGES = 5, INPUT_STRIDE = 2048, OUTPUT_STRIDE = 24 * 128 };

typedef struct {
    dg_gemm gemm;
    dg_weights weights;
    dg_positions positions[MOST_CLASSES];
    /// Without the part of a tier's input shift.
    int32_t *starts[MOST_CLASSES];
    int32_t *image_starts[MOST_IMAGES];
    bool has_image_starts;
    uint8_t *input;
    int32_t images;
} product;

static int32_t *random_numbers(int32_t count, int32_t low, int32_t high) {
    int32_t *numbers = aligned(4 * (size_t)count);
    for (int32_t index = 0; index < count; ++index) numbers[index] = between(low, high);
    return numbers;
}

static product random_product(void) {
    product made = {0};
    dg_gemm *gemm = &made.gemm;
    dg_weights *weights = &made.weights;
    weights->columns = gemm->columns = between(1, 100);
    weights->taps = gemm->taps = between(1, 6);
    weights->channels = gemm->channels = between(1, 150);
    weights->tap_stride = (size_t)weights->channels + (size_t)between(0, 3);
    weights->column_stride = weights->tap_stride * (size_t)weights->taps + (size_t)between(0, 9);
    weights->weights = aligned(weights->column_stride * (size_t)weights->columns);
    gemm->depth = (weights->channels + 3) / 4 * 4;
    gemm->padded_columns = (gemm->columns + DG_COLUMN_MULTIPLE - 1) / DG_COLUMN_MULTIPLE * DG_COLUMN_MULTIPLE;
    gemm->zero_point = between(0, 255);
    gemm->activation = (enum dg_activation)between(0, 2);
    made.images = between(1, MOST_IMAGES);
    made.input = aligned((size_t)INPUT_STRIDE * (size_t)made.images);

    float *multipliers = aligned(4 * (size_t)gemm->padded_columns);
    float *offsets = aligned(4 * (size_t)gemm->padded_columns);
    for (int32_t column = 0; column < gemm->padded_columns; ++column) {
        // Some values leave the codes' range by far, some hit halves exactly.
        multipliers[column] = between(0, 9) == 0 ? 40 : between(0, 9) == 0 ? 0.5f : (float)between(1, 1000) * 1e-6f;
        offsets[column] = between(0, 3) == 0 ? 0.5f : (float)between(-200, 200);
    }
    gemm->multipliers = multipliers;
    gemm->offsets = offsets;

    gemm->position_classes = between(1, MOST_CLASSES);
    int32_t output = 0;
    for (int32_t index = 0; index < gemm->position_classes; ++index) {
        dg_positions *positions = &made.positions[index];
        positions->count = between(1, 12);
        positions->taps = between(0, gemm->taps);
        positions->weight_taps = random_numbers(positions->taps, 0, gemm->taps - 1);
        int32_t *input_offsets =
            random_numbers(positions->count * positions->taps, 0, (INPUT_STRIDE - gemm->depth) / gemm->channels);
        for (int32_t tap = 0; tap < positions->count * positions->taps; ++tap) input_offsets[tap] *= gemm->channels;
        positions->input_offsets = input_offsets;
        int32_t *output_offsets = random_numbers(positions->count, 0, 0);
        for (int32_t position = 0; position < positions->count; ++position) output_offsets[position] = 128 * output++;
        positions->output_offsets = output_offsets;
        made.starts[index] = random_numbers(gemm->padded_columns, -100000, 100000);
    }
    made.has_image_starts = gemm->position_classes == 1 && between(0, 1);
    for (int32_t image = 0; image < made.images; ++image)
        made.image_starts[image] = random_numbers(gemm->padded_columns, -100000, 100000);
    return made;
}

/// Starts that make up for what a tier subtracts from its input.
static int32_t *shifted(const product *made, const dg_positions *positions, const int32_t *starts, int32_t shift) {
    const dg_weights *weights = &made->weights;
    int32_t *result = aligned(4 * (size_t)made->gemm.padded_columns);
    memcpy(result, starts, 4 * (size_t)made->gemm.padded_columns);
    for (int32_t column = 0; column < weights->columns; ++column)
        for (int32_t tap = 0; tap < positions->taps; ++tap)
            for (int32_t k = 0; k < weights->channels; ++k)
                result[column] +=
                    shift * weights->weights[(size_t)column * weights->column_stride +
                                             (size_t)positions->weight_taps[tap] * weights->tap_stride + (size_t)k];
    return result;
}

static void run(const product *made, const dg_kernels *tier, uint8_t *codes, int32_t *sums) {
    dg_gemm gemm = made->gemm;
    void *packed = aligned(tier->packed_size(&made->weights));
    tier->pack(&made->weights, packed);
    gemm.weights = packed;
    const size_t elements = (size_t)INPUT_STRIDE * (size_t)made->images;
    void *prepared = aligned(elements * tier->input_bytes);
    if (tier->prepare) tier->prepare(made->input, elements, prepared);

    dg_positions positions[MOST_CLASSES];
    int32_t *starts[MOST_CLASSES], *image_starts[MOST_IMAGES];
    for (int32_t index = 0; index < gemm.position_classes; ++index) {
        positions[index] = made->positions[index];
        positions[index].starts = starts[index] =
            shifted(made, &made->positions[index], made->starts[index], tier->input_shift);
    }
    for (int32_t image = 0; image < made->images; ++image)
        image_starts[image] = shifted(made, &made->positions[0], made->image_starts[image], tier->input_shift);
    gemm.positions = positions;
    int32_t *scratch = tier->prepare ? aligned(4 * elements) : NULL;
    const dg_batch batch = {tier->prepare ? prepared : made->input, INPUT_STRIDE, made->images,
                            made->has_image_starts ? (const int32_t *const *)image_starts : NULL, scratch};
    tier->codes(&gemm, &batch, codes, OUTPUT_STRIDE);
    tier->sums(&gemm, &batch, sums, OUTPUT_STRIDE);
    free(packed);
    free(prepared);
    free(scratch);
    for (int32_t index = 0; index < gemm.position_classes; ++index) free(starts[index]);
    for (int32_t image = 0; image < made->images; ++image) free(image_starts[image]);
}

static void release(product *made) {
    free((void *)made->weights.weights);
    free((void *)made->gemm.multipliers);
    free((void *)made->gemm.offsets);
    free(made->input);
    for (int32_t index = 0; index < made->gemm.position_classes; ++index) {
        free((void *)made->positions[index].weight_taps);
        free((void *)made->positions[index].input_offsets);
        free((void *)made->positions[index].output_offsets);
        free(made->starts[index]);
    }
    for (int32_t image = 0; image < made->images; ++image) free(made->image_starts[image]);
}

/// Describes a difference, unless it is not the first.
#define DESCRIBE(...) (*difference ? 0 : snprintf(difference, size, __VA_ARGS__))

static int compare_products(const dg_kernels *tier, const dg_kernels *scalar, char *difference, size_t size) {
    product made = random_product();
    const size_t count = (size_t)OUTPUT_STRIDE * (size_t)made.images;
    uint8_t *expected_codes = calloc(count, 1), *found_codes = calloc(count, 1);
    int32_t *expected_sums = calloc(count, 4), *found_sums = calloc(count, 4);
    run(&made, scalar, expected_codes, expected_sums);
    run(&made, tier, found_codes, found_sums);
    const bool differs = memcmp(expected_codes, found_codes, count) || memcmp(expected_sums, found_sums, count * 4);
    if (differs)
        DESCRIBE("product: %d classes of positions, %d taps, %d channels, %d columns, %d images, zero point %d, "
                 "activation %d",
                 made.gemm.position_classes, made.gemm.taps, made.weights.channels, made.gemm.columns, made.images,
                 made.gemm.zero_point, (int)made.gemm.activation);
    free(expected_codes);
    free(expected_sums);
    free(found_codes);
    free(found_sums);
    release(&made);
    return differs;
}

static int compare_look_ups(const dg_kernels *tier, const dg_kernels *scalar, char *difference, size_t size) {
    const size_t count = (size_t)between(0, 300);
    uint8_t *table = aligned(256), *bytes = aligned(count), *expected = malloc(count + 1), *found = malloc(count + 1);
    memcpy(expected, bytes, count);
    memcpy(found, bytes, count);
    // The byte after the last must stay.
    expected[count] = found[count] = 42;
    scalar->look_up(table, expected, count);
    tier->look_up(table, found, count);
    const bool differs = memcmp(expected, found, count + 1) != 0 || found[count] != 42;
    if (differs) DESCRIBE("look-up of %zu bytes", count);
    free(table);
    free(bytes);
    free(expected);
    free(found);
    return differs;
}

static int compare_folds(const dg_kernels *tier, const dg_kernels *scalar, char *difference, size_t size) {
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
    const size_t scratch_count =
        (size_t)(fold.rows * fold.stride + fold.kernel) * (fold.columns * fold.stride + fold.kernel);
    int32_t *sums = random_numbers(positions * fold.sums_stride, -20000, 20000);
    int32_t *scratch = aligned(scratch_count * 4);
    uint8_t *expected = malloc(area), *found = malloc(area);
    scalar->fold(&fold, sums, scratch, expected);
    tier->fold(&fold, sums, scratch, found);
    const bool differs = memcmp(expected, found, area) != 0;
    if (differs) DESCRIBE("fold: %d x %d, kernel %d, stride %d", fold.rows, fold.columns, fold.kernel, fold.stride);
    free(pixels);
    free(sums);
    free(scratch);
    free(expected);
    free(found);
    return differs;
}

/// A field of random numbers, of random blobs or of almost nothing.
static void random_field(int32_t *field) {
    const int32_t range = 1 << between(1, 21), bias = between(-range, range / 2), smooth = between(0, 2);
    for (int32_t index = 0; index < 28 * DG_FIELD_STRIDE; ++index) {
        const int32_t left = index % DG_FIELD_STRIDE ? field[index - 1] : 0;
        const int32_t fresh = between(-range, range) / 2 + bias / 2;
        field[index] = index % DG_FIELD_STRIDE >= 28 ? 0 : smooth ? (left * 3 + fresh) / 4 : fresh;
    }
}

static int compare_specks(const dg_kernels *tier, const dg_kernels *scalar, char *difference, size_t size) {
    const size_t bytes = 28 * DG_FIELD_STRIDE * sizeof(int32_t);
    int32_t *expected = aligned(bytes), *found = aligned(bytes);
    random_field(expected);
    memcpy(found, expected, bytes);
    const int32_t most = between(0, 12);
    scalar->clear_specks(expected, most);
    tier->clear_specks(found, most);
    const bool differs = memcmp(expected, found, bytes) != 0;
    if (differs) DESCRIBE("specks of at most %d numbers", most);
    free(expected);
    free(found);
    return differs;
}

static dg_span random_span(const int32_t *ends, int32_t most) {
    dg_span span = {between(-most, most), between(1, most), ends[0], ends[1] - ends[0]};
    if (between(0, 3) == 0) span.points = between(1, 20);
    return span;
}

static int compare_lines(const dg_kernels *tier, const dg_kernels *scalar, char *difference, size_t size) {
    int32_t *field = aligned(28 * DG_FIELD_STRIDE * sizeof *field);
    int16_t *expected_narrow = aligned(28 * DG_FIELD_STRIDE * 2), *narrow = aligned(28 * DG_FIELD_STRIDE * 2);
    random_field(field);
    dg_outline expected, outline;
    memset(&expected, 0, sizeof expected);
    memset(&outline, 0, sizeof outline);
    const bool has_ink = scalar->outline(field, expected_narrow, &expected);
    bool differs = tier->outline(field, narrow, &outline) != has_ink || memcmp(&expected, &outline, sizeof outline) ||
                   memcmp(narrow, expected_narrow, 28 * DG_FIELD_STRIDE * 2);
    if (differs) DESCRIBE("outline of a field");

    dg_canvas canvas = {.width = between(1, 90), .rows_per_pixel = between(1, 4)};
    canvas.rows = canvas.rows_per_pixel * between(1, 40);
    canvas.stride = (canvas.width + 7) / 8 * 8;
    const size_t bytes = (size_t)canvas.stride * canvas.rows + DG_CANVAS_ROOM;
    const size_t pixels = (size_t)canvas.width * (canvas.rows / canvas.rows_per_pixel);
    uint8_t *expected_bits = aligned(bytes), *bits = aligned(bytes);
    memcpy(bits, expected_bits, bytes);
    dg_box expected_box = {0}, box = {0};
    if (has_ink) {
        const dg_span across = random_span((int32_t[]){outline.left, outline.right}, 800);
        const dg_span down = random_span((int32_t[]){outline.top, outline.bottom}, 160);
        canvas.bits = expected_bits;
        const bool is_drawn = scalar->draw(narrow, &across, &down, &canvas, &expected_box);
        canvas.bits = bits;
        const bool drawn = tier->draw(narrow, &across, &down, &canvas, &box);
        if (drawn != is_drawn || memcmp(bits, expected_bits, bytes) ||
            (drawn && memcmp(&box, &expected_box, sizeof box)))
            differs = true;
        if (differs)
            DESCRIBE("drawing of %d x %d points on %d x %d", across.points, down.points, canvas.width * 8, canvas.rows);
    }
    uint8_t *expected_shares = aligned(pixels + DG_CANVAS_ROOM), *shares = aligned(pixels + DG_CANVAS_ROOM);
    canvas.bits = bits;
    scalar->shares(&canvas, expected_shares);
    tier->shares(&canvas, shares);
    if (memcmp(shares, expected_shares, pixels)) {
        differs = true;
        DESCRIBE("shares of %d x %d pixels", canvas.width, canvas.rows / canvas.rows_per_pixel);
    }
    free(field);
    free(expected_narrow);
    free(narrow);
    free(expected_bits);
    free(bits);
    free(expected_shares);
    free(shares);
    return differs;
}

int kt_compare(const dg_kernels *tier, const dg_kernels *scalar, uint64_t seed, int rounds, char *difference,
               size_t size) {
    state = seed * 2 + 1;
    *difference = 0;
    int differences = 0;
    for (int round = 0; round < rounds; ++round)
        differences += compare_products(tier, scalar, difference, size) +
                       compare_folds(tier, scalar, difference, size) +
                       compare_look_ups(tier, scalar, difference, size) +
                       compare_specks(tier, scalar, difference, size) + compare_lines(tier, scalar, difference, size);
    return differences;
}
