// The C library that Embedded Swift and the kernels need: memory and byte functions.
#include <stddef.h>
#include <stdint.h>

enum {
    /// The smallest block, and the alignment of all of them.
    SMALLEST = 64,
    PAGE = 65536,
    CLASSES = 26,
};

extern unsigned char __heap_base;

/// The free blocks of each size: SMALLEST · 2^i bytes.
static struct block { struct block *next; } * free_blocks[CLASSES];
static uintptr_t heap_end;

static int class_of(size_t size) {
    int class = 0;
    while (((size_t)SMALLEST << class) < size) ++class;
    return class;
}

/// Blocks of a power of two, each with its class in the SMALLEST bytes before it. A freed block waits for the next
/// request of its class: what is drawn again and again takes no new memory.
void *malloc(size_t size) {
    if (size > (1u << 30)) return NULL;
    const int class = class_of(size);
    struct block *found = free_blocks[class];
    if (found) {
        free_blocks[class] = found->next;
        return found;
    }
    if (!heap_end) heap_end = ((uintptr_t)&__heap_base + SMALLEST - 1) / SMALLEST * SMALLEST;
    const uintptr_t block = heap_end + SMALLEST, end = block + ((size_t)SMALLEST << class);
    // Addresses end at 4 GiB.
    if (end < heap_end) return NULL;
    const uintptr_t available = __builtin_wasm_memory_size(0) * PAGE;
    if (end > available && __builtin_wasm_memory_grow(0, (end - available + PAGE - 1) / PAGE) == (size_t)-1)
        return NULL;
    heap_end = end;
    *(int *)(block - SMALLEST) = class;
    return (void *)block;
}

void free(void *memory) {
    if (!memory) return;
    const int class = *(int *)((uintptr_t)memory - SMALLEST);
    struct block *block = memory;
    block->next = free_blocks[class];
    free_blocks[class] = block;
}

/// Swift's memory. Swift does not look whether it got any, and would write to address 0, which is memory here: trap.
int posix_memalign(void **memory, size_t alignment, size_t size) {
    if (alignment > SMALLEST) return 22;
    *memory = malloc(size);
    if (!*memory) __builtin_trap();
    return 0;
}

/// Engines call a function of theirs for the instruction that copies, which takes longer than a few bytes do.
enum { FEW = 128 };

void *memcpy(void *restrict target, const void *restrict source, size_t count) {
    if (count > FEW) return __builtin_memcpy(target, source, count);
    unsigned char *to = target;
    const unsigned char *from = source;
    for (; count >= 8; count -= 8, to += 8, from += 8) {
        uint64_t eight;
        __builtin_memcpy(&eight, from, 8);
        __builtin_memcpy(to, &eight, 8);
    }
    for (; count > 0; --count) *to++ = *from++;
    return target;
}

void *memmove(void *target, const void *source, size_t count) { return __builtin_memmove(target, source, count); }

void *memset(void *target, int byte, size_t count) { return __builtin_memset(target, byte, count); }

int memcmp(const void *left, const void *right, size_t count) {
    const unsigned char *a = left, *b = right;
    for (; count > 0; --count, ++a, ++b)
        if (*a != *b) return *a - *b;
    return 0;
}

size_t strlen(const char *text) {
    size_t length = 0;
    while (text[length]) ++length;
    return length;
}

/// Seeds the hash tables: nothing that is drawn depends on it, and nobody chooses their keys.
void arc4random_buf(void *bytes, size_t count) { __builtin_memset(bytes, 42, count); }

/// The product of two numbers of 128 bits, which checked products of 64 bits are made of.
__int128 __multi3(__int128 left, __int128 right) {
    const uint64_t a = (uint64_t)left, b = (uint64_t)right;
    const uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    const uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (uint32_t)middle;
    const uint64_t high =
        a1 * b1 + (middle >> 32) + (other >> 32) + (uint64_t)(left >> 64) * b + a * (uint64_t)(right >> 64);
    return (__int128)((unsigned __int128)high << 64 | other << 32 | (uint32_t)low);
}

/// The value before a function's return address that buffers must not overwrite, and what happens if one did.
uintptr_t __stack_chk_guard = 0x5A17C0DE;

_Noreturn void __stack_chk_fail(void) { __builtin_trap(); }

/// The nearest whole number, halves away from zero.
double round(double value) {
    const double whole = __builtin_trunc(value);
    return __builtin_fabs(value - whole) < 0.5 ? whole : whole + __builtin_copysign(1, value);
}

/// Reads the number at the start of a JSON text, right to a few units in the last place: it is for the metrics of a
/// bundle, which nothing is drawn from. Returns where the number ends.
const char *_swift_stdlib_strtod_clocale(const char *text, double *result) {
    const double sign = *text == '-' ? -1 : 1;
    if (*text == '-') ++text;
    double value = 0;
    int exponent = 0, written = 0, written_sign = 1;
    for (; *text >= '0' && *text <= '9'; ++text) value = value * 10 + (*text - '0');
    if (*text == '.')
        for (++text; *text >= '0' && *text <= '9'; ++text, --exponent) value = value * 10 + (*text - '0');
    if (*text == 'e' || *text == 'E') {
        ++text;
        if (*text == '-') written_sign = -1;
        if (*text == '-' || *text == '+') ++text;
        for (; *text >= '0' && *text <= '9'; ++text)
            if (written < 1000) written = written * 10 + (*text - '0');
    }
    for (exponent += written_sign * written; exponent > 0; --exponent) value *= 10;
    for (; exponent < 0; ++exponent) value /= 10;
    *result = sign * value;
    return text;
}
