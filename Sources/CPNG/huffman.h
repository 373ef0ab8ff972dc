// Huffman codes as deflate has them (RFC 1951, section 3.2.2).
#ifndef CPNG_HUFFMAN_H
#define CPNG_HUFFMAN_H

#include <stddef.h>
#include <stdint.h>

enum {
    /// Symbols of literals and lengths, with the two that never occur but have codes.
    CPNG_SYMBOLS = 288,
    /// The longest code of literals and lengths.
    CPNG_CODE_LIMIT = 15,
};

/// A prefix code. Codes are stored in the order in which their bits are written, the first in the lowest bit.
typedef struct {
    /// 0 for a symbol without a code.
    uint8_t lengths[CPNG_SYMBOLS];
    uint16_t codes[CPNG_SYMBOLS];
} cpng_code;

/// The shortest code for symbols that occur `frequencies[0 ..< count]` times, except that no code has more than `limit`
/// bits. Only symbols that occur get one. At least one must; if it is alone, its code has one bit.
void cpng_code_build(cpng_code *code, const uint32_t *frequencies, size_t count, unsigned limit);

/// The codes that follow from `code->lengths[0 ..< count]`.
void cpng_code_assign(cpng_code *code, size_t count);

/// The lowest `count` bits of `bits`, the first of them last.
uint16_t cpng_reversed(uint16_t bits, unsigned count);

#endif
