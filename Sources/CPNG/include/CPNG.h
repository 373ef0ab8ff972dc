// Encodes 8-bit grayscale PNGs in memory with libpng.
//
// This shim exists because libpng reports errors by longjmp, which must not cross Swift frames: every jump
// begins and ends inside cpng_encode.
#ifndef CPNG_H
#define CPNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A reusable encoder: keeps its output buffer from one picture to the next. For one thread at a time.
typedef struct cpng_encoder cpng_encoder;

/// One tEXt chunk: both strings Latin-1 and NUL-terminated; the keyword has 1 to 79 bytes.
typedef struct {
    const char *keyword;
    const char *text;
} cpng_text;

/// How the image data is compressed, in zlib's terms.
typedef struct {
    /// 0 to 9.
    int level;
    /// 1 to 9: the size of zlib's tables.
    int memory_level;
    /// Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE or Z_FIXED.
    int strategy;
    /// A mask of PNG_FILTER_NONE and its siblings; the encoder picks one of them for each row.
    int filters;
} cpng_compression;

/// Returns NULL when there is no memory.
cpng_encoder *cpng_encoder_create(void);
void cpng_encoder_destroy(cpng_encoder *encoder);

/// Encodes `height` rows of `width` pixels that follow each other without gaps, `texts` ahead of the image
/// data. A pixel is one byte, its shade, or with `has_alpha` two, the shade and its opacity. Returns 0, or -1
/// with the reason in cpng_message. The result is valid until the next call.
int cpng_encode(cpng_encoder *encoder, const uint8_t *pixels, uint32_t width, uint32_t height,
                bool has_alpha, cpng_compression compression, const cpng_text *texts, size_t text_count);

/// The bytes of the last picture encoded.
const uint8_t *cpng_bytes(const cpng_encoder *encoder);
size_t cpng_byte_count(const cpng_encoder *encoder);

/// Why the last call failed.
const char *cpng_message(const cpng_encoder *encoder);

#ifdef __cplusplus
}
#endif

#endif
