/// digitgen: images of handwritten digits.
///
///     digitgen_model *model;
///     digitgen_error error;
///     if (digitgen_open(NULL, &model, &error)) return puts(error.message);
///     digitgen_request request = DIGITGEN_REQUEST;
///     request.digits = "7";
///     request.count = 16;
///     static uint8_t pixels[16 * 28 * 28];
///     if (digitgen_draw(model, &request, pixels, sizeof pixels, &error)) return puts(error.message);
///     digitgen_close(model);
///
/// Numbers as people write them are lines: see `digitgen_draw_line`.
///
/// An image depends only on the model, the seed, its number, its digits and the hand: the same bytes on every
/// processor, with any number of threads, and as the program `digitgen` writes with `--format raw`. There is no global
/// state. All functions may be called from several threads at once, also with the same model.
#pragma once

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define DIGITGEN_API __attribute__((visibility("default")))
#else
#define DIGITGEN_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/// The result of a function: 0, or the reason of its failure, as in sysexits.h.
enum {
    DIGITGEN_OK = 0,
    /// A request that makes no sense, or that this model cannot draw.
    DIGITGEN_USAGE = 64,
    /// A bundle that breaks the rules of its format.
    DIGITGEN_DATA = 65,
    /// A file that cannot be read.
    DIGITGEN_NO_INPUT = 66,
};

/// The description of a failure: one line of UTF-8, cut to fit. Functions that succeed leave it alone.
typedef struct digitgen_error {
    char message[1024];
} digitgen_error;

/// A model that draws; see `digitgen_open`.
typedef struct digitgen_model digitgen_model;

/// Facts about a model.
typedef struct digitgen_description {
    /// Its name, such as "cdcgan".
    char name[64];
    /// SHA-256 of its bundle in hexadecimal digits: with the seed, it names an image for good.
    char sha256[65];
    /// The digits that it draws, in ascending order.
    char digits[11];
    /// 1 for a model that draws chosen digits.
    uint8_t conditional;
    /// 1 for a model that draws ink, at any size.
    uint8_t ink;
} digitgen_description;

/// A request for images. Begin with `DIGITGEN_REQUEST` and change what differs.
typedef struct digitgen_request {
    /// sizeof(digitgen_request): tells this version of the structure from later ones.
    size_t structure_size;
    /// The number to draw on every image: 1 to 64 digits, side by side. NULL: `labels`, or the model's digits in turn.
    const char *digits;
    /// The digit of each image, 0 to 9, `count` of them, if `digits` is NULL; may be NULL.
    const uint8_t *labels;
    /// The number of images, at least 1.
    uint64_t count;
    /// The number of the first image, at most 2^53 - 1.
    uint64_t first;
    /// The random seed.
    uint64_t seed;
    /// The hand that draws all images, if `has_style` is not 0; otherwise each image has its own.
    uint64_t style;
    /// How far each digit strays from its hand towards one of its own, from 0 to 1; -1 for as far as people's digits do
    /// with models that know how far, and otherwise not at all. Models other than `ink` need a style for it, from which
    /// images stray.
    double vary;
    uint32_t has_style;
    /// Pixels along a side of a digit, from 8 to 2048; other than 28 only for models that draw ink.
    uint32_t size;
    /// 1 draws ink without MNIST's preprocessing at 28 pixels, too.
    uint32_t ink;
    /// The number of threads that draw; 0 for one on each processor. The images do not depend on it.
    uint32_t threads;
    /// The style of the digits, from the first to the second value, each as probable; NAN where their hand decides. The
    /// lean in degrees, positive to the right; the width of strokes, and of the digit, in parts of the digit's height.
    /// Only for models that obey a style.
    double slant[2], thickness[2], width[2];
    /// 1 draws hands that vary more than people's do, to train readers of digits unlike MNIST's.
    uint32_t diverse;
} digitgen_request;

/// The digits' style as their hand gives it.
#define DIGITGEN_HAND_STYLE \
    {NAN, NAN}, {NAN, NAN}, { NAN, NAN }

/// One image of 28 × 28 pixels, of seed 0, on one thread.
#define DIGITGEN_REQUEST \
    { sizeof(digitgen_request), NULL, NULL, 1, 0, 0, 0, -1.0, 0, 28, 0, 1, DIGITGEN_HAND_STYLE, 0 }

/// A rectangle of pixels, from the upper left corner of the picture.
typedef struct digitgen_box {
    uint32_t x, y, width, height;
} digitgen_box;

/// A request for a line of text. Begin with `DIGITGEN_LINE_REQUEST` and change what differs.
typedef struct digitgen_line_request {
    /// sizeof(digitgen_line_request): tells this version of the structure from later ones.
    size_t structure_size;
    /// 1 to 100 digits, spaces and -.,/:+() in ASCII.
    const char *text;
    /// The number of the line under its seed, at most 2^53 - 1.
    uint64_t first;
    /// The random seed.
    uint64_t seed;
    /// The hand that writes, if `has_style` is not 0; otherwise the seed and the line's number decide.
    uint64_t style;
    /// How far each digit strays from the hand, from 0 to 1; -1 for as far as people's digits do.
    double vary;
    uint32_t has_style;
    /// Pixels down the picture, 16 to 1024.
    uint32_t height;
    /// Pixels across, 16 to 65536, with paper on the right; 0 for as many as the text needs. A text that needs more
    /// than that is a mistake of usage.
    uint32_t across;
    /// Pixels of paper around the ink, 0 to 512; -1 for a twelfth of the height.
    int32_t margin;
    /// The mean distance of neighbours, in percent of a digit's height, 0 to 200.
    uint32_t spacing;
    /// How much lines rise or fall, in percent of their length, 0 to 20: the standard deviation between hands.
    uint32_t slope;
    /// Neighbouring digits that touch, in percent, 0 to 100.
    uint32_t touch;
    /// How far digits stray up and down, in percent of a digit's height, 0 to 50: the standard deviation.
    uint32_t wander;
    /// Levels of ink and paper, 0 to 255, which differ.
    uint32_t ink, paper;
    /// 1 draws a printed comb of boxes, with a character in each.
    uint32_t boxes;
    /// The style of the digits, as in a `digitgen_request`.
    double slant[2], thickness[2], width[2];
    /// 1 writes in hands that vary more than people's do.
    uint32_t diverse;
} digitgen_line_request;

/// A line 48 pixels high, white on black, of seed 0.
#define DIGITGEN_LINE_REQUEST \
    { sizeof(digitgen_line_request), NULL, 0, 0, 0, -1.0, 0, 48, 0, -1, 16, 2, 4, 3, 255, 0, 0, DIGITGEN_HAND_STYLE, 0 }

/// The size of a line.
typedef struct digitgen_line {
    /// Pixels down and across.
    size_t height, width;
    /// The number of boxes: one for each character of the text that is not a space.
    size_t box_count;
} digitgen_line;

/// The library's version, such as "0.1.0".
DIGITGEN_API const char *digitgen_version(void);

/// The number of models that come with the library.
DIGITGEN_API size_t digitgen_model_count(void);

/// The name of a model that comes with the library, the default first; NULL if `index` is out of range.
DIGITGEN_API const char *digitgen_model_name(size_t index);

/// Opens the model called `name` of those that come with the library; NULL for the default. `error` may be NULL.
DIGITGEN_API int digitgen_open(const char *name, digitgen_model **model, digitgen_error *error);

/// Opens the bundle in a file, `NAME.safetensors.zst`.
DIGITGEN_API int digitgen_open_file(const char *path, digitgen_model **model, digitgen_error *error);

/// Opens a bundle in memory, which is copied.
DIGITGEN_API int digitgen_open_bytes(const uint8_t *bytes, size_t count, digitgen_model **model, digitgen_error *error);

/// Closes a model that no other thread uses any more; NULL is allowed.
DIGITGEN_API void digitgen_close(digitgen_model *model);

/// Describes a model.
DIGITGEN_API void digitgen_describe(const digitgen_model *model, digitgen_description *description);

/// Computes the size of the images of a request, in pixels.
DIGITGEN_API int digitgen_image_size(const digitgen_model *model, const digitgen_request *request, size_t *height,
                                     size_t *width, digitgen_error *error);

/// Draws images into `pixels`, (count, height, width), row by row from the top, 0 for background and 255 for ink.
///
/// `capacity` is the number of bytes at `pixels`. If they are too few, or the request is invalid, none is written.
DIGITGEN_API int digitgen_draw(const digitgen_model *model, const digitgen_request *request, uint8_t *pixels,
                               size_t capacity, digitgen_error *error);

/// Draws a line of text into `pixels`, (height, width), row by row from the top; its model must draw ink.
///
/// `boxes` gets the boxes tight around the ink of the characters that are not spaces, in the order of the text; one
/// without ink is 0 wide. `capacity` is the number of bytes at `pixels`, and `box_capacity` the number of boxes at
/// `boxes`. How wide a line becomes is known when it is drawn: `line` gets its size, also if `pixels` or `boxes` is
/// NULL, which is then left out, or if a capacity is too small, which is an error. Nothing is written after other
/// errors.
DIGITGEN_API int digitgen_draw_line(const digitgen_model *model, const digitgen_line_request *request, uint8_t *pixels,
                                    size_t capacity, digitgen_box *boxes, size_t box_capacity, digitgen_line *line,
                                    digitgen_error *error);

/// Finds the hand, among the first 16,384 numbers, whose digits are most like given ones: a `style` for requests.
///
/// `pictures` are `count` digits, (count, 28, 28), as MNIST's are: 0 for background and 255 for ink. Those without ink
/// are left out, as are those after the first 20 with ink. `labels` tells what they show, 0 to 9; NULL to recognize
/// them, which goes wrong now and then. The model must obey a style.
DIGITGEN_API int digitgen_find_hand(const digitgen_model *model, const uint8_t *pictures, const uint8_t *labels,
                                    size_t count, uint64_t *style, digitgen_error *error);

/// Computes the labels of a data set in two parts, as `digitgen dataset --format mnist` shuffles them: one image in
/// seven is for testing, and these come last.
///
/// `labels` gets `total` labels. `balanced` is 0 for MNIST's proportions and 1 for equally many of each digit.
DIGITGEN_API int digitgen_split_labels(const digitgen_model *model, uint64_t seed, uint64_t total, uint32_t balanced,
                                       uint8_t *labels, digitgen_error *error);

#ifdef __cplusplus
}
#endif
