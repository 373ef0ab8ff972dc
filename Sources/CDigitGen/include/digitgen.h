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
/// An image depends only on the model, the seed, its number, its digits and the hand: the same bytes on every
/// processor, with any number of threads, and as the program `digitgen` writes with `--format raw`. There is no global
/// state. All functions may be called from several threads at once, also with the same model.
#pragma once

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
} digitgen_request;

/// One image of 28 × 28 pixels, of seed 0, on one thread.
#define DIGITGEN_REQUEST \
    { sizeof(digitgen_request), NULL, NULL, 1, 0, 0, 0, -1.0, 0, 28, 0, 1 }

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

/// Computes the labels of a data set in two parts, as `digitgen dataset --format mnist` shuffles them: one image in
/// seven is for testing, and these come last.
///
/// `labels` gets `total` labels. `balanced` is 0 for MNIST's proportions and 1 for equally many of each digit.
DIGITGEN_API int digitgen_split_labels(const digitgen_model *model, uint64_t seed, uint64_t total, uint32_t balanced,
                                       uint8_t *labels, digitgen_error *error);

#ifdef __cplusplus
}
#endif
