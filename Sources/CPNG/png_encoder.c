#include "CPNG.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "deflate.h"

struct cpng_encoder {
    /// Bytes of a row of pixels, without the type of its filter ahead of them.
    size_t row_size;
    cpng_distances distances;
    /// Whether there was a row.
    bool has_rows;

    /// What to compress: bytes that were compressed already and may be repeated, a block, slack.
    uint8_t *raw;
    /// Bytes of the block that there is room for.
    size_t block_size;
    size_t history;
    /// Bytes of the block that is being filled.
    size_t filled;
    /// Scratch space: a number for each byte of a block.
    uint32_t *symbols;
    cpng_block_code code;
    cpng_bits bits;
    uLong checksum;

    uint8_t *bytes;
    size_t count;
    size_t capacity;
};

cpng_encoder *cpng_encoder_create(void) { return calloc(1, sizeof(cpng_encoder)); }

void cpng_encoder_destroy(cpng_encoder *encoder) {
    if (encoder == NULL) return;
    free(encoder->raw);
    free(encoder->symbols);
    free(encoder->bytes);
    free(encoder);
}

const uint8_t *cpng_bytes(const cpng_encoder *encoder) { return encoder->bytes; }
size_t cpng_byte_count(const cpng_encoder *encoder) { return encoder->count; }
void cpng_take(cpng_encoder *encoder) { encoder->count = 0; }

/// Makes room for `count` more bytes.
static bool reserve(cpng_encoder *encoder, size_t count) {
    if (count <= encoder->capacity - encoder->count) return true;
    size_t capacity = encoder->capacity < 4096 ? 4096 : encoder->capacity;
    while (count > capacity - encoder->count) {
        if (capacity > SIZE_MAX / 2) return false;
        capacity *= 2;
    }
    uint8_t *bytes = realloc(encoder->bytes, capacity);
    if (bytes == NULL) return false;
    encoder->bytes = bytes;
    encoder->capacity = capacity;
    return true;
}

static void append(cpng_encoder *encoder, const void *bytes, size_t count) {
    if (count > 0) memcpy(encoder->bytes + encoder->count, bytes, count);
    encoder->count += count;
}

/// The highest byte first.
static void store(uint8_t *place, uint32_t number) {
    for (int i = 0; i < 4; i++) place[i] = (uint8_t)(number >> (24 - 8 * i));
}

uint32_t cpng_checksum(const uint8_t *bytes, size_t count) { return (uint32_t)crc32_z(0, bytes, count); }

/// Bytes of a chunk around its content: length and type, checksum.
enum { CHUNK_HEAD = 8, CHUNK_TAIL = 4 };

/// Gives the chunk whose head begins at `start`, and whose content ends the output, its length and checksum.
static void end_chunk(cpng_encoder *encoder, size_t start) {
    size_t length = encoder->count - start - CHUNK_HEAD;
    store(encoder->bytes + start, (uint32_t)length);
    store(encoder->bytes + encoder->count, cpng_checksum(encoder->bytes + start + 4, length + 4));
    encoder->count += CHUNK_TAIL;
}

/// Begins a chunk and returns its place.
static size_t begin_chunk(cpng_encoder *encoder, const char *type) {
    size_t start = encoder->count;
    append(encoder, "\0\0\0\0", 4);
    append(encoder, type, 4);
    return start;
}

bool cpng_chunk(cpng_encoder *encoder, const char *type, const uint8_t *content, size_t count) {
    if (count > UINT32_MAX / 2 || !reserve(encoder, CHUNK_HEAD + count + CHUNK_TAIL)) return false;
    size_t start = begin_chunk(encoder, type);
    append(encoder, content, count);
    end_chunk(encoder, start);
    return true;
}

/// Room for blocks of `size` bytes.
static bool reserve_block(cpng_encoder *encoder, size_t size) {
    if (size <= encoder->block_size) return true;
    free(encoder->raw);
    free(encoder->symbols);
    encoder->block_size = 0;
    encoder->raw = malloc(CPNG_HISTORY_SIZE + size + CPNG_SLACK);
    encoder->symbols = malloc(size * sizeof *encoder->symbols);
    if (encoder->raw == NULL || encoder->symbols == NULL) return false;
    // Bytes behind a block are read, though they change nothing.
    memset(encoder->raw, 0, CPNG_HISTORY_SIZE + size + CPNG_SLACK);
    encoder->block_size = size;
    return true;
}

bool cpng_begin(cpng_encoder *encoder, uint32_t width, uint32_t height, bool has_alpha) {
    static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    encoder->row_size = (size_t)width * (has_alpha ? 2 : 1);
    encoder->distances = (cpng_distances){.pixel = has_alpha ? 2 : 1, .row = encoder->row_size + 1};
    encoder->has_rows = false;
    encoder->history = encoder->filled = encoder->count = 0;
    encoder->bits = (cpng_bits){.count = 0};
    encoder->checksum = adler32_z(0, NULL, 0);
    size_t rows = CPNG_BLOCK_SIZE / encoder->distances.row;
    bool is_small = height <= rows;
    if (!reserve_block(encoder, is_small ? height * encoder->distances.row : CPNG_BLOCK_SIZE)) return false;
    if (!reserve(encoder, sizeof signature)) return false;
    append(encoder, signature, sizeof signature);
    // Eight bits a sample; gray, or gray and alpha; deflate, the five filters, not interlaced.
    uint8_t header[13] = {[8] = 8, [9] = has_alpha ? 4 : 0};
    store(header, width);
    store(header + 4, height);
    return cpng_chunk(encoder, "IHDR", header, sizeof header);
}

/// Compresses the block into a chunk.
static bool end_block(cpng_encoder *encoder, bool is_last) {
    // zlib's header and checksum take 6 bytes.
    size_t bound = cpng_block_bound(encoder->filled) + CPNG_SLACK + 6;
    if (!reserve(encoder, CHUNK_HEAD + bound + CHUNK_TAIL)) return false;
    const uint8_t *block = encoder->raw + encoder->history;
    encoder->checksum = adler32_z(encoder->checksum, block, encoder->filled);
    size_t start = begin_chunk(encoder, "IDAT");
    // A window of 32 KiB, compressed fast (RFC 1950).
    if (!encoder->has_rows) append(encoder, "\x78\x01", 2);
    encoder->has_rows = true;
    encoder->bits.place = encoder->bytes + encoder->count;
    cpng_deflate_block(&encoder->bits, block, encoder->filled, encoder->history, encoder->distances, is_last,
                       encoder->symbols, &encoder->code);
    if (is_last) cpng_end_bits(&encoder->bits);
    encoder->count = (size_t)(encoder->bits.place - encoder->bytes);
    if (is_last) {
        store(encoder->bytes + encoder->count, (uint32_t)encoder->checksum);
        encoder->count += 4;
    }
    end_chunk(encoder, start);
    // The next block may repeat the end of this one.
    size_t end = encoder->history + encoder->filled;
    encoder->history = end < CPNG_HISTORY_SIZE ? end : CPNG_HISTORY_SIZE;
    memmove(encoder->raw, encoder->raw + end - encoder->history, encoder->history);
    encoder->filled = 0;
    return true;
}

/// Adds bytes to the block, and ends it when more come than it has room for.
static bool fill(cpng_encoder *encoder, const uint8_t *bytes, size_t count) {
    while (count > 0) {
        if (encoder->filled == encoder->block_size && !end_block(encoder, false)) return false;
        size_t room = encoder->block_size - encoder->filled;
        size_t part = count < room ? count : room;
        memcpy(encoder->raw + encoder->history + encoder->filled, bytes, part);
        encoder->filled += part;
        bytes += part;
        count -= part;
    }
    return true;
}

bool cpng_rows(cpng_encoder *encoder, const uint8_t *pixels, size_t count) {
    for (size_t row = 0; row < count; row++) {
        // No filter.
        if (!fill(encoder, (const uint8_t *)"", 1)) return false;
        if (!fill(encoder, pixels + row * encoder->row_size, encoder->row_size)) return false;
    }
    return true;
}

bool cpng_end(cpng_encoder *encoder) { return end_block(encoder, true) && cpng_chunk(encoder, "IEND", NULL, 0); }
