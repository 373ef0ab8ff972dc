// Uses the C interface as a program would, from several threads. Exits with 1 after the first wrong result.
//
//     interface-tester                       checks what needs no reference
//     interface-tester DIGITS COUNT SEED     writes the pixels to standard output
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digitgen.h"

enum { side = 28, image_pixels = side * side, count = 300, thread_count = 4 };

#define EXPECT(condition)                                                            \
    do {                                                                             \
        if (!(condition)) {                                                          \
            fprintf(stderr, "%s:%d: expected %s\n", __FILE__, __LINE__, #condition); \
            exit(1);                                                                 \
        }                                                                            \
    } while (0)

static digitgen_model *open_model(const char *name) {
    digitgen_model *model;
    digitgen_error error;
    if (digitgen_open(name, &model, &error) != DIGITGEN_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(1);
    }
    return model;
}

static digitgen_request request_of(const char *digits, uint64_t images) {
    digitgen_request request = DIGITGEN_REQUEST;
    request.digits = digits;
    request.count = images;
    request.seed = 1;
    return request;
}

static void check_models(void) {
    EXPECT(strchr(digitgen_version(), '.'));
    EXPECT(digitgen_model_count() >= 1);
    EXPECT(!digitgen_model_name(digitgen_model_count()));
    digitgen_description description;
    for (size_t index = 0; index < digitgen_model_count(); index++) {
        digitgen_model *model = open_model(digitgen_model_name(index));
        digitgen_describe(model, &description);
        EXPECT(!strcmp(description.name, digitgen_model_name(index)));
        EXPECT(strlen(description.sha256) == 64 && !strcmp(description.digits, "0123456789"));
        digitgen_close(model);
    }
    digitgen_close(NULL);
}

static void expect_error(int status, int expected, const digitgen_error *error, const char *words) {
    if (status != expected || !strstr(error->message, words)) {
        fprintf(stderr, "expected %d and '%s'; got %d and '%s'\n", expected, words, status, error->message);
        exit(1);
    }
}

static void check_errors(void) {
    digitgen_model *model = NULL;
    digitgen_error error;
    expect_error(digitgen_open("picasso", &model, &error), DIGITGEN_USAGE, &error, "unknown model");
    EXPECT(!model);
    EXPECT(digitgen_open("picasso", &model, NULL) == DIGITGEN_USAGE);
    expect_error(digitgen_open(NULL, NULL, &error), DIGITGEN_USAGE, &error, "model is NULL");
    expect_error(digitgen_open_file("/nonexistent", &model, &error), DIGITGEN_NO_INPUT, &error, "/nonexistent");
    expect_error(digitgen_open_bytes((const uint8_t *)"no", 2, &model, &error), DIGITGEN_DATA, &error, "bundle");
    expect_error(digitgen_open_bytes((const uint8_t *)"", 0, &model, &error), DIGITGEN_DATA, &error, "bundle");

    static uint8_t pixels[2 * image_pixels];
    model = open_model("cdcgan");
    const struct {
        digitgen_request request;
        const char *words;
    } wrong[] = {
        {{0}, "structure_size"},
        {request_of("", 1), "invalid digits"},
        {request_of("x\xFF\n", 1), "invalid digits"},
        {request_of("7", 0), "count must be"},
        {request_of("7", UINT64_MAX), "count must be"},
        {request_of("7", UINT32_MAX), "the buffer has"},
        {request_of("7", 3), "the images need 2352 bytes; the buffer has 1568"},
        {request_of("777", 1), "the buffer has"},
    };
    for (size_t index = 0; index < sizeof wrong / sizeof wrong[0]; index++) {
        int status = digitgen_draw(model, &wrong[index].request, pixels, sizeof pixels, &error);
        expect_error(status, DIGITGEN_USAGE, &error, wrong[index].words);
    }
    for (size_t index = 0; index < sizeof pixels; index++) EXPECT(pixels[index] == 0);

    digitgen_request request = request_of("7", 1);
    request.first = UINT64_MAX;
    expect_error(digitgen_draw(model, &request, pixels, sizeof pixels, &error), 64, &error, "first must be");
    request = request_of("7", 1);
    request.vary = 0.5;
    expect_error(digitgen_draw(model, &request, pixels, sizeof pixels, &error), 64, &error, "vary needs style");
    request.vary = 1.0 / 0.0 - 1.0 / 0.0;
    expect_error(digitgen_draw(model, &request, pixels, sizeof pixels, &error), 64, &error, "vary must be");
    request = request_of("7", 1);
    request.size = 56;
    expect_error(digitgen_draw(model, &request, pixels, sizeof pixels, &error), 64, &error, "draws no ink");
    request.size = UINT32_MAX;
    expect_error(digitgen_draw(model, &request, pixels, sizeof pixels, &error), 64, &error, "size must be");
    const uint8_t labels[] = {3, 10};
    request = request_of(NULL, 2);
    request.labels = labels;
    expect_error(digitgen_draw(model, &request, pixels, sizeof pixels, &error), 64, &error, "not 10");
    expect_error(digitgen_draw(model, NULL, pixels, sizeof pixels, &error), 64, &error, "request is NULL");
    expect_error(digitgen_draw(NULL, &request, pixels, sizeof pixels, &error), 64, &error, "model is NULL");
    request = request_of("7", 1);
    expect_error(digitgen_draw(model, &request, NULL, 0, &error), 64, &error, "pixels is NULL");
    expect_error(digitgen_split_labels(model, 1, 6, 0, pixels, &error), 64, &error, "total must be");
    digitgen_close(model);
}

// Labels, parts and threads change nothing.
static void check_images(void) {
    static uint8_t whole[count * image_pixels], part[count * image_pixels];
    digitgen_model *model = open_model(NULL);
    digitgen_request request = request_of(NULL, count);
    EXPECT(digitgen_draw(model, &request, whole, sizeof whole, NULL) == DIGITGEN_OK);
    request.threads = 0;
    EXPECT(digitgen_draw(model, &request, part, sizeof part, NULL) == DIGITGEN_OK);
    EXPECT(!memcmp(whole, part, sizeof whole));

    static uint8_t labels[count];
    for (int index = 0; index < count; index++) labels[index] = index % 10;
    request.labels = labels;
    EXPECT(digitgen_draw(model, &request, part, sizeof part, NULL) == DIGITGEN_OK);
    EXPECT(!memcmp(whole, part, sizeof whole));

    request = request_of("3", 1);
    request.first = 13;
    EXPECT(digitgen_draw(model, &request, part, sizeof part, NULL) == DIGITGEN_OK);
    EXPECT(!memcmp(whole + 13 * image_pixels, part, image_pixels));

    request = request_of("007", 2);
    size_t height, width;
    EXPECT(digitgen_image_size(model, &request, &height, &width, NULL) == DIGITGEN_OK);
    EXPECT(height == side && width == 3 * side);

    digitgen_model *ink = open_model("ink");
    request = request_of("3", 1);
    request.size = 56;
    EXPECT(digitgen_image_size(ink, &request, &height, &width, NULL) == DIGITGEN_OK && height == 56);
    EXPECT(digitgen_draw(ink, &request, part, sizeof part, NULL) == DIGITGEN_OK);
    digitgen_close(ink);

    static uint8_t split[7000];
    EXPECT(digitgen_split_labels(model, 1, sizeof split, 1, split, NULL) == DIGITGEN_OK);
    int ones = 0;
    for (int index = 0; index < 6000; index++) ones += split[index] == 1;
    EXPECT(ones == 600);
    digitgen_close(model);
}

struct job {
    digitgen_model *model;
    uint8_t pixels[count * image_pixels];
};

static void *draw(void *context) {
    struct job *job = context;
    digitgen_request request = request_of("5", count);
    request.threads = 2;
    EXPECT(digitgen_draw(job->model, &request, job->pixels, sizeof job->pixels, NULL) == DIGITGEN_OK);
    digitgen_model *own = open_model("cgan");
    digitgen_close(own);
    return NULL;
}

static void check_threads(void) {
    static struct job jobs[thread_count];
    pthread_t threads[thread_count];
    digitgen_model *model = open_model(NULL);
    for (int index = 0; index < thread_count; index++) {
        jobs[index].model = model;
        EXPECT(!pthread_create(&threads[index], NULL, draw, &jobs[index]));
    }
    for (int index = 0; index < thread_count; index++) EXPECT(!pthread_join(threads[index], NULL));
    for (int index = 1; index < thread_count; index++) {
        EXPECT(!memcmp(jobs[0].pixels, jobs[index].pixels, sizeof jobs[0].pixels));
    }
    digitgen_close(model);
}

static int write_images(char **words) {
    digitgen_model *model = open_model(NULL);
    digitgen_request request = request_of(words[0], strtoull(words[1], NULL, 10));
    request.seed = strtoull(words[2], NULL, 10);
    size_t height, width;
    digitgen_error error;
    int status = digitgen_image_size(model, &request, &height, &width, &error);
    if (!status) {
        size_t capacity = request.count * height * width;
        uint8_t *pixels = malloc(capacity);
        EXPECT(pixels);
        status = digitgen_draw(model, &request, pixels, capacity, &error);
        if (!status) fwrite(pixels, 1, capacity, stdout);
        free(pixels);
    }
    if (status) fprintf(stderr, "%s\n", error.message);
    digitgen_close(model);
    return status;
}

int main(int argc, char **argv) {
    if (argc == 4) return write_images(argv + 1);
    check_models();
    check_errors();
    check_images();
    check_threads();
    return 0;
}
