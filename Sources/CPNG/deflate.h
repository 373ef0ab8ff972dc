// Deflate (RFC 1951) of rows of pixels.
#ifndef CPNG_DEFLATE_H
#define CPNG_DEFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "huffman.h"

enum {
    /// Bytes of a block, at most.
    CPNG_BLOCK_SIZE = 1 << 16,
    /// Bytes ahead of a block that it may repeat, at most.
    CPNG_HISTORY_SIZE = 32,
    /// Bytes behind a block that are read, whatever they are, and behind its output that are written.
    CPNG_SLACK = 8,
};

/// Bits on their way to a byte string.
typedef struct {
    /// The next byte.
    uint8_t *place;
    /// Bits that make no whole byte yet, the first in the lowest place, and their number: below 8 between blocks.
    uint64_t bits;
    unsigned count;
} cpng_bits;

/// Where the bytes of a picture repeat.
typedef struct {
    /// Bytes of a pixel: 1 or 2.
    size_t pixel;
    /// Bytes from a row to the next.
    size_t row;
} cpng_distances;

/// A code for literals and lengths, and the bits of the two distances.
typedef struct {
    cpng_code symbols;
    /// `symbols` is deflate's fixed code.
    bool is_fixed;
    uint32_t distance_bits[2];
    unsigned distance_counts[2];
} cpng_block_code;

/// The most bytes that a block of `count` bytes is compressed to, without CPNG_SLACK.
static inline size_t cpng_block_bound(size_t count) { return 2 * count + 512; }

/// Compresses `count` bytes, at most CPNG_BLOCK_SIZE, into one block.
///
/// `history` is the number of bytes ahead of `bytes` that decoders have seen. `symbols` is scratch space for `count`
/// numbers. `code` is zero at first, and then that of the last block.
void cpng_deflate_block(cpng_bits *bits, const uint8_t *bytes, size_t count, size_t history, cpng_distances distances,
                        bool is_last, uint32_t *symbols, cpng_block_code *code);

/// Adds zeros up to a whole byte.
void cpng_end_bits(cpng_bits *bits);

#endif
