// Uses the C interface as a program would, from several threads. Exits with 1 after the first wrong result.
//
//     interface-tester                       checks what needs no reference
//     interface-tester DIGITS COUNT SEED     writes the pixels to standard output
//     interface-tester TEXT SEED             writes those of a line 400 pixels wide
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
    request.slant[0] = 10;
    expect_error(digitgen_draw(model, &request, pixels, sizeof pixels, &error), 64, &error,
                 "slant must be two numbers");
    request.slant[1] = 90;
    expect_error(digitgen_draw(model, &request, pixels, sizeof pixels, &error), 64, &error, "slant");
    request.slant[1] = 20;
    expect_error(digitgen_draw(model, &request, pixels, sizeof pixels, &error), 64, &error, "obeys no style");
    uint64_t hand = 7;
    expect_error(digitgen_find_hand(model, pixels, NULL, 1, &hand, &error), 64, &error, "obeys no style");
    expect_error(digitgen_find_hand(model, pixels, NULL, 0, &hand, &error), 64, &error, "count must be");
    expect_error(digitgen_find_hand(model, NULL, NULL, 1, &hand, &error), 64, &error, "pictures is NULL");
    EXPECT(hand == 7);
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

    // Labels keep the style that is asked for, and a hand is found by its digits.
    request = request_of(NULL, count);
    request.slant[0] = 0, request.slant[1] = 10;
    EXPECT(digitgen_draw(ink, &request, whole, sizeof whole, NULL) == DIGITGEN_OK);
    request.labels = labels;
    EXPECT(digitgen_draw(ink, &request, part, sizeof part, NULL) == DIGITGEN_OK);
    EXPECT(!memcmp(whole, part, sizeof whole));
    uint64_t hand = UINT64_MAX;
    EXPECT(digitgen_find_hand(ink, part, labels, count, &hand, NULL) == DIGITGEN_OK && hand < 16384);
    digitgen_close(ink);

    static uint8_t split[7000];
    EXPECT(digitgen_split_labels(model, 1, sizeof split, 1, split, NULL) == DIGITGEN_OK);
    int ones = 0;
    for (int index = 0; index < 6000; index++) ones += split[index] == 1;
    EXPECT(ones == 600);
    digitgen_close(model);
}

static digitgen_line_request line_of(const char *text) {
    digitgen_line_request request = DIGITGEN_LINE_REQUEST;
    request.text = text;
    request.seed = 1;
    return request;
}

static void check_lines(void) {
    static uint8_t pixels[64 * 1024];
    digitgen_box boxes[8];
    digitgen_line size, line;
    digitgen_error error;
    digitgen_model *model = open_model("ink");
    digitgen_line_request request = line_of(" 12.5 (3)");
    EXPECT(digitgen_draw_line(model, &request, NULL, 0, NULL, 0, &size, NULL) == DIGITGEN_OK);
    EXPECT(size.height == 48 && size.width > 48 && size.box_count == 7);
    EXPECT(digitgen_draw_line(model, &request, pixels, sizeof pixels, boxes, 8, &line, NULL) == DIGITGEN_OK);
    EXPECT(!memcmp(&size, &line, sizeof size));
    for (size_t index = 0; index < line.box_count; index++) {
        digitgen_box box = boxes[index];
        EXPECT(box.width && box.height && box.x + box.width <= line.width && box.y + box.height <= line.height);
        int ink = 0;
        for (uint32_t x = 0; x < box.width; x++) ink |= pixels[box.y * line.width + box.x + x];
        EXPECT(ink);
    }

    memset(pixels, 0, sizeof pixels);
    size = (digitgen_line){0};
    int status = digitgen_draw_line(model, &request, pixels, 9, boxes, 8, &size, &error);
    expect_error(status, 64, &error, "bytes; the buffer has 9");
    EXPECT(size.width == line.width);
    status = digitgen_draw_line(model, &request, pixels, sizeof pixels, boxes, 6, NULL, &error);
    expect_error(status, 64, &error, "the line needs 7 boxes; the buffer has 6");
    const struct {
        digitgen_line_request request;
        int status;
        const char *words;
    } wrong[] = {
        {{0}, 64, "structure_size"},  {line_of(NULL), 64, "text is NULL"}, {line_of("12 EUR"), 64, "'E' at"},
        {line_of("  "), 64, "empty"}, {line_of("\xFF"), 64, "position 1"},
    };
    for (size_t index = 0; index < sizeof wrong / sizeof wrong[0]; index++) {
        status = digitgen_draw_line(model, &wrong[index].request, pixels, sizeof pixels, NULL, 0, &size, &error);
        expect_error(status, wrong[index].status, &error, wrong[index].words);
    }
    request = line_of("12345");
    request.across = 48;
    status = digitgen_draw_line(model, &request, pixels, sizeof pixels, NULL, 0, &size, &error);
    expect_error(status, DIGITGEN_USAGE, &error, "its picture has 48");
    request.across = 0;
    request.height = 4000000000;
    status = digitgen_draw_line(model, &request, pixels, sizeof pixels, NULL, 0, &size, &error);
    expect_error(status, 64, &error, "height must be");
    request = line_of("1");
    request.first = UINT64_MAX;
    status = digitgen_draw_line(model, &request, pixels, sizeof pixels, NULL, 0, &size, &error);
    expect_error(status, 64, &error, "first must be");
    for (size_t index = 0; index < sizeof pixels; index++) EXPECT(pixels[index] == 0);
    digitgen_close(model);

    model = open_model("cdcgan");
    request = line_of("1");
    status = digitgen_draw_line(model, &request, pixels, sizeof pixels, NULL, 0, &size, &error);
    expect_error(status, 64, &error, "ink");
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
    digitgen_line_request line = line_of("555-1234");
    digitgen_line size;
    EXPECT(digitgen_draw_line(job->model, &line, NULL, 0, NULL, 0, &size, NULL) == DIGITGEN_OK);
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

static int write_line(char **words) {
    static uint8_t pixels[48 * 400];
    digitgen_model *model = open_model("ink");
    digitgen_line_request request = line_of(words[0]);
    request.seed = strtoull(words[1], NULL, 10);
    request.across = 400;
    digitgen_error error;
    int status = digitgen_draw_line(model, &request, pixels, sizeof pixels, NULL, 0, NULL, &error);
    if (status) {
        fprintf(stderr, "%s\n", error.message);
    } else {
        fwrite(pixels, 1, sizeof pixels, stdout);
    }
    digitgen_close(model);
    return status;
}

int main(int argc, char **argv) {
    if (argc == 3) return write_line(argv + 1);
    if (argc == 4) return write_images(argv + 1);
    check_models();
    check_errors();
    check_images();
    check_lines();
    check_threads();
    return 0;
}
