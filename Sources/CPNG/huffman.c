#include "huffman.h"

#include <string.h>

/// A symbol that occurs. Its weight is its frequency; in the tree, the index of a parent, or a depth.
typedef struct {
    uint32_t weight;
    uint32_t symbol;
} node;

enum {
    /// No tree of fewer than 2^32 occurrences is deeper.
    DEPTHS = 48,
};

/// Sorts by weight, the smallest first, and equal ones by symbol: radix sort, a byte at a time.
static void sort(node *nodes, size_t count, uint32_t largest) {
    node sorted[CPNG_SYMBOLS];
    for (unsigned shift = 0; shift < 32 && largest >> shift != 0; shift += 8) {
        uint32_t starts[257] = {0};
        for (size_t i = 0; i < count; i++) starts[(nodes[i].weight >> shift & 255) + 1]++;
        for (size_t i = 0; i < 256; i++) starts[i + 1] += starts[i];
        for (size_t i = 0; i < count; i++) sorted[starts[nodes[i].weight >> shift & 255]++] = nodes[i];
        memcpy(nodes, sorted, count * sizeof *nodes);
    }
}

/// Counts the codes of each length in an optimal code of `count` ≥ 2 sorted nodes: A. Moffat and J. Katajainen,
/// "In-Place Calculation of Minimum-Redundancy Codes" (1995). The tree takes the place of the weights.
static void count_lengths(node *nodes, size_t count, uint32_t *lengths) {
    // Inner nodes, the lightest first: each takes the two lightest of the leaves and the inner nodes that are left.
    size_t root = 0, leaf = 0;
    for (size_t next = 0; next < count - 1; next++) {
        uint32_t weight = 0;
        for (int child = 0; child < 2; child++) {
            if (leaf >= count || (root < next && nodes[root].weight < nodes[leaf].weight)) {
                weight += nodes[root].weight;
                nodes[root++].weight = (uint32_t)next;
            } else {
                weight += nodes[leaf++].weight;
            }
        }
        nodes[next].weight = weight;
    }
    // Depths of the inner nodes, from the root down.
    nodes[count - 2].weight = 0;
    for (size_t i = count - 2; i-- > 0;) nodes[i].weight = nodes[nodes[i].weight].weight + 1;
    // At each depth, what is not an inner node is a leaf.
    size_t places = 1, inner = count - 1;
    for (uint32_t depth = 0; places > 0; depth++) {
        size_t here = 0;
        while (inner > 0 && nodes[inner - 1].weight == depth) {
            here++;
            inner--;
        }
        lengths[depth] = (uint32_t)(places - here);
        places = 2 * here;
    }
}

/// Shortens codes to `limit` bits, at the expense of the next shorter ones, so that the code remains complete.
static void limit_lengths(uint32_t *lengths, unsigned limit) {
    for (unsigned length = limit + 1; length < DEPTHS; length++) {
        lengths[limit] += lengths[length];
        lengths[length] = 0;
    }
    uint32_t used = 0;
    for (unsigned length = 1; length <= limit; length++) used += lengths[length] << (limit - length);
    for (; used > 1u << limit; used--) {
        unsigned shorter = limit - 1;
        while (lengths[shorter] == 0) shorter--;
        lengths[limit]--;
        lengths[shorter]--;
        lengths[shorter + 1] += 2;
    }
}

uint16_t cpng_reversed(uint16_t bits, unsigned count) {
    uint32_t value = bits;
    value = (value & 0x5555) << 1 | (value >> 1 & 0x5555);
    value = (value & 0x3333) << 2 | (value >> 2 & 0x3333);
    value = (value & 0x0F0F) << 4 | (value >> 4 & 0x0F0F);
    value = (value & 0x00FF) << 8 | value >> 8;
    return (uint16_t)(value >> (16 - count));
}

void cpng_code_assign(cpng_code *code, size_t count) {
    uint16_t next[CPNG_CODE_LIMIT + 2] = {0};
    for (size_t i = 0; i < count; i++) next[code->lengths[i] + 1]++;
    next[1] = 0;
    for (unsigned length = 1; length <= CPNG_CODE_LIMIT; length++) {
        // So far, the number of codes that are one bit shorter.
        next[length] = (uint16_t)(length == 1 ? 0 : (next[length - 1] + next[length]) << 1);
    }
    for (size_t i = 0; i < count; i++) {
        if (code->lengths[i] > 0) code->codes[i] = cpng_reversed(next[code->lengths[i]]++, code->lengths[i]);
    }
}

void cpng_code_build(cpng_code *code, const uint32_t *frequencies, size_t count, unsigned limit) {
    node nodes[CPNG_SYMBOLS];
    size_t used = 0;
    uint32_t largest = 0;
    memset(code->lengths, 0, count);
    for (size_t i = 0; i < count; i++) {
        if (frequencies[i] == 0) continue;
        if (frequencies[i] > largest) largest = frequencies[i];
        nodes[used++] = (node){frequencies[i], (uint32_t)i};
    }
    uint32_t lengths[DEPTHS] = {0, 1};
    if (used > 1) {
        sort(nodes, used, largest);
        count_lengths(nodes, used, lengths);
        limit_lengths(lengths, limit);
    }
    // The rarest get the longest codes.
    size_t next = 0;
    for (unsigned length = limit; length > 0; length--) {
        for (uint32_t i = 0; i < lengths[length]; i++) code->lengths[nodes[next++].symbol] = (uint8_t)length;
    }
    cpng_code_assign(code, count);
}
