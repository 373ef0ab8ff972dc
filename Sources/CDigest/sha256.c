#include "include/CDigest.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#define DG_SHA __attribute__((target("sha,ssse3,sse4.1")))
#define DG_UNROLL _Pragma("GCC unroll 16")

bool dg_sha256_is_available(void) {
    unsigned eax, ebx, ecx, edx;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & bit_SSSE3) || !(ecx & bit_SSE4_1)) return false;
    return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (ebx & bit_SHA);
}

/// The 64 rounds of one block. The instructions want the words as ABEF and CDGH.
DG_SHA static inline void dg_rounds(__m128i state[2], const uint32_t *constants, const uint8_t *block) {
    const __m128i big_endian = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
    __m128i abef = state[0], cdgh = state[1], words[4];
    DG_UNROLL
    for (int group = 0; group < 16; ++group) {
        // Four words of the message schedule: as they come, then made of the 16 before them.
        __m128i *four = &words[group % 4];
        if (group < 4) {
            *four = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)block + group), big_endian);
        } else {
            const __m128i last = words[(group + 3) % 4], before = words[(group + 2) % 4];
            *four =
                _mm_add_epi32(_mm_sha256msg1_epu32(*four, words[(group + 1) % 4]), _mm_alignr_epi8(last, before, 4));
            *four = _mm_sha256msg2_epu32(*four, last);
        }
        const __m128i sums = _mm_add_epi32(*four, _mm_loadu_si128((const __m128i *)constants + group));
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sums);
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sums, 0x0E));
    }
    state[0] = _mm_add_epi32(state[0], abef);
    state[1] = _mm_add_epi32(state[1], cdgh);
}

DG_SHA void dg_sha256_compress(uint32_t state[8], const uint32_t constants[64], const uint8_t *blocks, size_t count) {
    __m128i *halves = (__m128i *)state;
    const __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128(halves), 0xB1);
    const __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128(halves + 1), 0x1B);
    __m128i words[2] = {_mm_alignr_epi8(badc, hgfe, 8), _mm_blend_epi16(hgfe, badc, 0xF0)};
    for (size_t block = 0; block < count; ++block) dg_rounds(words, constants, blocks + 64 * block);
    const __m128i abef = _mm_shuffle_epi32(words[0], 0x1B), cdgh = _mm_shuffle_epi32(words[1], 0xB1);
    _mm_storeu_si128(halves, _mm_blend_epi16(abef, cdgh, 0xF0));
    _mm_storeu_si128(halves + 1, _mm_alignr_epi8(cdgh, abef, 8));
}

#else

bool dg_sha256_is_available(void) { return false; }

void dg_sha256_compress(uint32_t state[8], const uint32_t constants[64], const uint8_t *blocks, size_t count) {
    (void)state, (void)constants, (void)blocks, (void)count;
    __builtin_trap();
}

#endif
