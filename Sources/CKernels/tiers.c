// The one table of tiers: the instruction sets that each requires, and which of them this processor has.
#include "include/CKernels.h"

#if defined(__aarch64__) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#elif defined(__aarch64__) && defined(__APPLE__)
#include <sys/sysctl.h>
#endif

/// Instruction sets beyond what the program is compiled for, as bits of a mask.
enum instruction_set {
    AVX2 = 1 << 0,
    AVX_VNNI = 1 << 1,
    AVX512F = 1 << 2,
    AVX512BW = 1 << 3,
    AVX512DQ = 1 << 4,
    AVX512VL = 1 << 5,
    AVX512_VNNI = 1 << 6,
    NEON_DOTPROD = 1 << 7,
    NEON_I8MM = 1 << 8,
};

extern const dg_kernels dg_kernels_scalar;
#if defined(__x86_64__)
extern const dg_kernels dg_kernels_avx2, dg_kernels_avxvnni, dg_kernels_avx512vnni;
#elif defined(__aarch64__)
extern const dg_kernels dg_kernels_neon, dg_kernels_neoni8mm;
#elif defined(__wasm_simd128__)
extern const dg_kernels dg_kernels_simd128;
#endif

static const struct {
    const dg_kernels *kernels;
    uint32_t required;
} tiers[] = {
#if defined(__x86_64__)
    {&dg_kernels_avx512vnni, AVX512F | AVX512BW | AVX512DQ | AVX512VL | AVX512_VNNI},
    {&dg_kernels_avxvnni, AVX2 | AVX_VNNI},
    {&dg_kernels_avx2, AVX2},
#elif defined(__aarch64__)
    {&dg_kernels_neoni8mm, NEON_I8MM},
    {&dg_kernels_neon, NEON_DOTPROD},
#elif defined(__wasm_simd128__)
    // A module with instructions that an engine lacks does not load.
    {&dg_kernels_simd128, 0},
#endif
// A module for one instruction set, which must be small, does without.
#if !defined(DG_FIRST_TIER_ONLY)
    {&dg_kernels_scalar, 0},
#endif
};

/// The instruction sets of this processor that the operating system supports, too: it must save wide registers.
static uint32_t detected(void) {
    uint32_t sets = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) sets |= AVX2;
    if (__builtin_cpu_supports("avxvnni")) sets |= AVX_VNNI;
    if (__builtin_cpu_supports("avx512f")) sets |= AVX512F;
    if (__builtin_cpu_supports("avx512bw")) sets |= AVX512BW;
    if (__builtin_cpu_supports("avx512dq")) sets |= AVX512DQ;
    if (__builtin_cpu_supports("avx512vl")) sets |= AVX512VL;
    if (__builtin_cpu_supports("avx512vnni")) sets |= AVX512_VNNI;
#elif defined(__aarch64__) && defined(__linux__)
    if (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) sets |= NEON_DOTPROD;
    if (getauxval(AT_HWCAP2) & HWCAP2_I8MM) sets |= NEON_I8MM;
#elif defined(__aarch64__) && defined(__APPLE__)
    static const struct {
        const char *name;
        uint32_t set;
    } features[] = {{"hw.optional.arm.FEAT_DotProd", NEON_DOTPROD}, {"hw.optional.arm.FEAT_I8MM", NEON_I8MM}};
    for (size_t index = 0; index < sizeof features / sizeof features[0]; ++index) {
        int32_t value = 0;
        size_t size = sizeof value;
        if (sysctlbyname(features[index].name, &value, &size, NULL, 0) == 0 && value) sets |= features[index].set;
    }
#endif
    return sets;
}

size_t dg_tier_count(void) { return sizeof tiers / sizeof tiers[0]; }

const dg_kernels *dg_tier(size_t index) { return tiers[index].kernels; }

bool dg_is_available(size_t index) { return (tiers[index].required & ~detected()) == 0; }
