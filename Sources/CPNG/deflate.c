#include "deflate.h"

#include <string.h>

enum {
    /// The symbol that ends a block, and the first of those of lengths.
    END_OF_BLOCK = 256,
    FIRST_LENGTH = 257,
    /// Symbols that occur.
    LITERALS_AND_LENGTHS = 286,
    DISTANCES = 30,
    LENGTH_CODES = 29,
    SHORTEST = 3,
    LONGEST = 258,
    /// Blocks of up to so many bytes have the fixed code. For a picture of 28 × 28 it takes 4 % more than a code of its
    /// own, which must be written, too, and takes four times as long to find.
    FIXED_LIMIT = 1024,
};

/// A number that a symbol stands for, and the bits behind the symbol, which are added to it (section 3.2.5).
typedef struct {
    uint16_t base;
    uint8_t extra;
} range;

static const range lengths[LENGTH_CODES] = {
    {3, 0},  {4, 0},  {5, 0},  {6, 0},   {7, 0},   {8, 0},   {9, 0},   {10, 0},  {11, 1},  {13, 1},
    {15, 1}, {17, 1}, {19, 2}, {23, 2},  {27, 2},  {31, 2},  {35, 3},  {43, 3},  {51, 3},  {59, 3},
    {67, 4}, {83, 4}, {99, 4}, {115, 4}, {131, 5}, {163, 5}, {195, 5}, {227, 5}, {258, 0},
};

/// The place of a length in `lengths`.
static unsigned length_place(size_t length) {
    if (length == LONGEST) return LENGTH_CODES - 1;
    unsigned value = (unsigned)length - SHORTEST;
    if (value < 8) return value;
    // Four places for each power of two.
    unsigned power = 31 - (unsigned)__builtin_clz(value);
    return 4 * (power - 1) + (value >> (power - 2) & 3);
}

/// The same of a distance, of those of section 3.2.5.
static unsigned distance_place(size_t distance) {
    unsigned value = (unsigned)distance - 1;
    if (value < 4) return value;
    unsigned power = 31 - (unsigned)__builtin_clz(value);
    return 2 * power + (value >> (power - 1) & 1);
}

static inline void put(cpng_bits *bits, uint64_t value, unsigned count) {
    bits->bits |= value << bits->count;
    bits->count += count;
}

/// Writes the whole bytes, at least every 56 bits.
static inline void flush(cpng_bits *bits) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    uint64_t bytes = __builtin_bswap64(bits->bits);
#else
    uint64_t bytes = bits->bits;
#endif
    memcpy(bits->place, &bytes, sizeof bytes);
    bits->place += bits->count >> 3;
    bits->bits >>= bits->count & ~7u;
    bits->count &= 7;
}

void cpng_end_bits(cpng_bits *bits) {
    bits->count = (bits->count + 7) & ~7u;
    flush(bits);
}

static inline uint64_t load(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

/// The number of equal bytes at both places, at most `limit`.
static inline size_t common(const uint8_t *a, const uint8_t *b, size_t limit) {
    size_t count = 0;
    while (count < limit) {
        uint64_t difference = load(a + count) ^ load(b + count);
        if (difference != 0) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
            count += (size_t)__builtin_clzll(difference) >> 3;
#else
            count += (size_t)__builtin_ctzll(difference) >> 3;
#endif
            break;
        }
        count += 8;
    }
    return count < limit ? count : limit;
}

/// Symbols as numbers: a literal is its byte. A repetition has this bit, a lowest bit that says whether it is at the
/// row's distance instead of the pixel's, and its length from bit 16 on.
enum { REPETITION = 1 << 15 };

/// Turns bytes into symbols, taking at each place the longer of the repetitions of the pixel before and of the row
/// above. Returns their number, and counts them in `frequencies`.
///
/// Only near rows count, as in a picture of one digit: further ones take more bits than they save.
static size_t find_symbols(const uint8_t *bytes, size_t count, size_t history, cpng_distances distances,
                           uint32_t *symbols, uint32_t *frequencies) {
    bool has_rows = distances.row <= CPNG_HISTORY_SIZE;
    size_t found = 0;
    for (size_t i = 0; i < count;) {
        size_t limit = count - i < LONGEST ? count - i : LONGEST;
        size_t run = i + history >= distances.pixel ? common(bytes + i, bytes + i - distances.pixel, limit) : 0;
        size_t copy = has_rows && run < limit && i + history >= distances.row
                          ? common(bytes + i, bytes + i - distances.row, limit)
                          : 0;
        // A run's distance takes fewer bits.
        bool is_copy = copy > run + 1;
        size_t length = is_copy ? copy : run;
        if (length >= SHORTEST) {
            frequencies[FIRST_LENGTH + length_place(length)]++;
            symbols[found++] = (uint32_t)length << 16 | REPETITION | is_copy;
            i += length;
        } else {
            frequencies[bytes[i]]++;
            symbols[found++] = bytes[i++];
        }
    }
    frequencies[END_OF_BLOCK]++;
    return found;
}

static void put_symbols(cpng_bits *output, const uint32_t *symbols, size_t count, const cpng_block_code *code) {
    // A copy, which can stay in registers.
    cpng_bits bits = *output;
    for (size_t i = 0; i < count; i++) {
        uint32_t symbol = symbols[i];
        if (symbol < 256) {
            put(&bits, code->symbols.codes[symbol], code->symbols.lengths[symbol]);
        } else {
            size_t length = symbol >> 16;
            unsigned place = length_place(length);
            unsigned distance = symbol & 1;
            put(&bits, code->symbols.codes[FIRST_LENGTH + place], code->symbols.lengths[FIRST_LENGTH + place]);
            put(&bits, length - lengths[place].base, lengths[place].extra);
            flush(&bits);
            put(&bits, code->distance_bits[distance], code->distance_counts[distance]);
        }
        flush(&bits);
    }
    put(&bits, code->symbols.codes[END_OF_BLOCK], code->symbols.lengths[END_OF_BLOCK]);
    flush(&bits);
    *output = bits;
}

/// Sets the bits of a distance: those of its code and of what is added to the code's base.
static void set_distance(cpng_block_code *code, unsigned index, size_t distance, uint32_t bits, unsigned count) {
    unsigned place = distance_place(distance);
    unsigned extra = place < 4 ? 0 : place / 2 - 1;
    uint32_t added = (uint32_t)(distance - 1) & ((1u << extra) - 1);
    code->distance_bits[index] = bits | added << count;
    code->distance_counts[index] = count + extra;
}

/// A near distance, in place of one that never occurs.
static size_t near_distance(size_t distance) { return distance <= CPNG_HISTORY_SIZE ? distance : CPNG_HISTORY_SIZE; }

/// Sets the code of section 3.2.6; that of symbols only if it is not there already.
static void set_fixed(cpng_block_code *code, cpng_distances distances) {
    if (!code->is_fixed) {
        for (size_t i = 0; i < CPNG_SYMBOLS; i++)
            code->symbols.lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
        cpng_code_assign(&code->symbols, CPNG_SYMBOLS);
        code->is_fixed = true;
    }
    size_t both[2] = {distances.pixel, near_distance(distances.row)};
    for (unsigned i = 0; i < 2; i++)
        set_distance(code, i, both[i], cpng_reversed((uint16_t)distance_place(both[i]), 5), 5);
}

/// Lengths of codes as section 3.2.7 writes them: symbols of their own, with extra bits from bit 8 on.
typedef struct {
    uint16_t symbols[LITERALS_AND_LENGTHS + DISTANCES];
    size_t count;
    uint32_t frequencies[19];
} packed_lengths;

static void add(packed_lengths *packed, unsigned symbol, size_t extra) {
    packed->symbols[packed->count++] = (uint16_t)(symbol | extra << 8);
    packed->frequencies[symbol]++;
}

static void pack(packed_lengths *packed, const uint8_t *lengths, size_t count) {
    for (size_t i = 0; i < count;) {
        size_t run = 1;
        while (i + run < count && lengths[i + run] == lengths[i]) run++;
        uint8_t length = lengths[i];
        i += run;
        if (length > 0) {
            add(packed, length, 0);
            run--;
        }
        while (run >= 3) {
            // 16 repeats a length, 17 and 18 zeros.
            unsigned symbol = length > 0 ? 16 : run <= 10 ? 17 : 18;
            size_t least = symbol == 18 ? 11 : 3, most = symbol == 16 ? 6 : symbol == 17 ? 10 : 138;
            size_t part = run < most ? run : most;
            add(packed, symbol, part - least);
            run -= part;
        }
        while (run-- > 0) add(packed, length, 0);
    }
}

/// Finds the best code for symbols of these frequencies and writes it. The two distances have a bit each.
static void put_code(cpng_bits *bits, cpng_block_code *code, const uint32_t *frequencies, cpng_distances distances) {
    static const uint8_t order[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    code->is_fixed = false;
    cpng_code_build(&code->symbols, frequencies, LITERALS_AND_LENGTHS, CPNG_CODE_LIMIT);
    size_t count = LITERALS_AND_LENGTHS;
    while (count > FIRST_LENGTH && code->symbols.lengths[count - 1] == 0) count--;
    uint8_t all[LITERALS_AND_LENGTHS + DISTANCES] = {0};
    memcpy(all, code->symbols.lengths, count);
    // Pixels are nearer than rows.
    size_t row = near_distance(distances.row);
    set_distance(code, 0, distances.pixel, 0, 1);
    set_distance(code, 1, row, 1, 1);
    size_t distance_count = distance_place(row) + 1;
    all[count + distance_place(distances.pixel)] = 1;
    all[count + distance_place(row)] = 1;

    packed_lengths packed = {.count = 0};
    pack(&packed, all, count + distance_count);
    cpng_code code_of_lengths;
    cpng_code_build(&code_of_lengths, packed.frequencies, 19, 7);
    size_t orders = 19;
    while (orders > 4 && code_of_lengths.lengths[order[orders - 1]] == 0) orders--;
    put(bits, count - FIRST_LENGTH, 5);
    put(bits, distance_count - 1, 5);
    put(bits, orders - 4, 4);
    flush(bits);
    for (size_t i = 0; i < orders; i++) {
        put(bits, code_of_lengths.lengths[order[i]], 3);
        flush(bits);
    }
    for (size_t i = 0; i < packed.count; i++) {
        unsigned symbol = packed.symbols[i] & 255;
        put(bits, code_of_lengths.codes[symbol], code_of_lengths.lengths[symbol]);
        if (symbol >= 16) put(bits, packed.symbols[i] >> 8, symbol == 16 ? 2 : symbol == 17 ? 3 : 7);
        flush(bits);
    }
}

void cpng_deflate_block(cpng_bits *bits, const uint8_t *bytes, size_t count, size_t history, cpng_distances distances,
                        bool is_last, uint32_t *symbols, cpng_block_code *code) {
    uint32_t frequencies[CPNG_SYMBOLS] = {0};
    size_t found = find_symbols(bytes, count, history, distances, symbols, frequencies);
    bool is_fixed = count <= FIXED_LIMIT;
    put(bits, is_last | (is_fixed ? 1u : 2u) << 1, 3);
    if (is_fixed) {
        set_fixed(code, distances);
    } else {
        put_code(bits, code, frequencies, distances);
    }
    put_symbols(bits, symbols, found, code);
}
