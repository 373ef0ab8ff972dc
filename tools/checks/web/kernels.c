// The kernel tester as a WebAssembly module: it compares the module's first tier with the scalar one.
#include <KernelTester.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *calloc(size_t count, size_t size) {
    void *memory = malloc(count * size);
    if (memory) memset(memory, 0, count * size);
    return memory;
}

/// The module's blocks lie on multiples of 64.
void *aligned_alloc(size_t alignment, size_t size) {
    if (alignment > 64) abort();
    return malloc(size);
}

_Noreturn void abort(void) { __builtin_trap(); }

/// Writes the format alone, which tells which kernel differs.
int snprintf(char *text, size_t size, const char *format, ...) {
    const size_t length = strlen(format) < size ? strlen(format) : size - 1;
    memcpy(text, format, length);
    text[length] = 0;
    return (int)length;
}

/// The last difference, and the name of the tier that is compared.
char difference[256];

const char *tier_name(void) { return dg_tier(0)->name; }

/// The number of random products, folds and look-ups whose results differ.
int compare(uint32_t seed, int rounds) {
    return kt_compare(dg_tier(0), dg_tier(dg_tier_count() - 1), seed, rounds, difference, sizeof difference);
}
