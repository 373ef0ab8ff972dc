// Encodes 8-bit grayscale PNGs in memory with libpng.
//
// This shim exists because libpng reports errors by longjmp, which must not cross Swift frames: every jump
// begins and ends inside one of these functions.
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
    /// An iTXt chunk instead of tEXt.
    bool is_international;
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

/// Begins a picture, with `texts` ahead of the image data; one that was begun before is forgotten. A pixel is one
/// byte, its shade, or with `has_alpha` two, the shade and its opacity. Returns 0, or -1 with the reason in
/// cpng_message.
int cpng_begin(cpng_encoder *encoder, uint32_t width, uint32_t height, bool has_alpha, cpng_compression compression,
               const cpng_text *texts, size_t text_count);

/// Encodes the next `count` rows of the picture, which follow each other in `pixels` without gaps. Returns as
/// cpng_begin does; after -1 the picture is forgotten.
int cpng_rows(cpng_encoder *encoder, const uint8_t *pixels, uint32_t count);

/// Ends a picture all of whose rows are there. Returns as cpng_begin does.
int cpng_end(cpng_encoder *encoder);

/// The bytes encoded since cpng_begin or the last cpng_take, valid until the next call.
const uint8_t *cpng_bytes(const cpng_encoder *encoder);
size_t cpng_byte_count(const cpng_encoder *encoder);

/// The bytes so far are no longer needed.
void cpng_take(cpng_encoder *encoder);

/// Why the last call failed.
const char *cpng_message(const cpng_encoder *encoder);

/// Whether it failed for want of memory.
bool cpng_lacks_memory(const cpng_encoder *encoder);

#ifdef __cplusplus
}
#endif

#endif
