// Encodes 8-bit grayscale PNGs in memory.
//
// Small pictures, of which data sets consist, take libpng and zlib seven times as long as this encoder, which knows
// where digits repeat: in runs along a row and, if that is near, in the row above.
#ifndef CPNG_H
#define CPNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A reusable encoder: keeps its buffers from one picture to the next. For one thread at a time.
typedef struct cpng_encoder cpng_encoder;

/// Returns NULL when there is no memory.
cpng_encoder *cpng_encoder_create(void);
void cpng_encoder_destroy(cpng_encoder *encoder);

/// Begins a picture; one that was begun before is forgotten. Sides are 1 to 2^31 - 1. A pixel is one byte, its shade,
/// or with `has_alpha` two, the shade and its opacity. Returns false when there is no memory, as all functions below
/// do; then the picture is forgotten.
bool cpng_begin(cpng_encoder *encoder, uint32_t width, uint32_t height, bool has_alpha);

/// Adds a chunk of `count` bytes. `type` has four letters. Chunks come between cpng_begin and the first row.
bool cpng_chunk(cpng_encoder *encoder, const char *type, const uint8_t *content, size_t count);

/// Encodes the next `count` rows of the picture, which follow each other in `pixels` without gaps.
bool cpng_rows(cpng_encoder *encoder, const uint8_t *pixels, size_t count);

/// Ends a picture all of whose rows are there.
bool cpng_end(cpng_encoder *encoder);

/// The bytes encoded since cpng_begin or the last cpng_take, valid until the next call.
const uint8_t *cpng_bytes(const cpng_encoder *encoder);
size_t cpng_byte_count(const cpng_encoder *encoder);

/// The bytes so far are no longer needed.
void cpng_take(cpng_encoder *encoder);

/// The checksum at the end of a chunk: of its type and content, which are at `bytes`.
uint32_t cpng_checksum(const uint8_t *bytes, size_t count);

#ifdef __cplusplus
}
#endif

#endif
