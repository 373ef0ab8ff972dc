// AVX2, AVX-VNNI and AVX-512 in plain C, for machines without them: SIMDe, and what its older releases lack.
#pragma clang diagnostic ignored "-Wpsabi"

#define DG_EMULATED
#define SIMDE_NO_NATIVE
#define SIMDE_ENABLE_NATIVE_ALIASES
// SIMDe reads operands that need no alignment through pointers to aligned types.
#pragma clang attribute push(__attribute__((no_sanitize("alignment"))), apply_to = function)
#include <simde/x86/avx512.h>
#pragma clang attribute pop

#include <math.h>
#include <string.h>

typedef simde__mmask32 __mmask32;

static inline __m512 emulated_cvtepi32_ps(__m512i integers) {
    int32_t from[16];
    float to[16];
    memcpy(from, &integers, 64);
    for (int lane = 0; lane < 16; ++lane) to[lane] = (float)from[lane];
    __m512 result;
    memcpy(&result, to, 64);
    return result;
}

static inline __m512i emulated_cvtps_epi32(__m512 floats) {
    float from[16];
    int32_t to[16];
    memcpy(from, &floats, 64);
    for (int lane = 0; lane < 16; ++lane) to[lane] = (int32_t)rintf(from[lane]);
    __m512i result;
    memcpy(&result, to, 64);
    return result;
}

static inline __m128i emulated_cvtusepi32_epi8(__m512i integers) {
    uint32_t from[16];
    uint8_t to[16];
    memcpy(from, &integers, 64);
    for (int lane = 0; lane < 16; ++lane) to[lane] = from[lane] > 255 ? 255 : (uint8_t)from[lane];
    __m128i result;
    memcpy(&result, to, 16);
    return result;
}

#undef _mm512_cvtepi32_ps
#undef _mm512_cvtps_epi32
#undef _mm512_cvtusepi32_epi8
#define _mm512_cvtepi32_ps emulated_cvtepi32_ps
#define _mm512_cvtps_epi32 emulated_cvtps_epi32
#define _mm512_cvtusepi32_epi8 emulated_cvtusepi32_epi8

static inline __m256i emulated_dpbusd_avx_epi32(__m256i sums, __m256i bytes, __m256i weights) {
    int32_t sum[8];
    uint8_t unsigned_bytes[32];
    int8_t signed_bytes[32];
    memcpy(sum, &sums, 32);
    memcpy(unsigned_bytes, &bytes, 32);
    memcpy(signed_bytes, &weights, 32);
    for (int index = 0; index < 32; ++index) sum[index / 4] += unsigned_bytes[index] * signed_bytes[index];
    __m256i result;
    memcpy(&result, sum, 32);
    return result;
}

static inline void emulated_mask_storeu_epi8(void *target, uint32_t mask, __m256i bytes) {
    uint8_t all[32];
    memcpy(all, &bytes, 32);
    for (int index = 0; index < 32; ++index)
        if (mask >> index & 1) ((uint8_t *)target)[index] = all[index];
}

#undef _mm256_mask_storeu_epi8
#define _mm256_mask_storeu_epi8 emulated_mask_storeu_epi8
#undef _mm256_dpbusd_avx_epi32
#define _mm256_dpbusd_avx_epi32 emulated_dpbusd_avx_epi32
