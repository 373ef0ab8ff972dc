// The one table of tiers, and what each needs of the processor.
#include "include/CKernels.h"

#if defined(__aarch64__) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

extern const dg_kernels dg_kernels_scalar;
#if defined(__x86_64__)
extern const dg_kernels dg_kernels_avx2;
extern const dg_kernels dg_kernels_avxvnni;
extern const dg_kernels dg_kernels_avx512vnni;
#elif defined(__aarch64__)
extern const dg_kernels dg_kernels_neon;
#endif

static const dg_kernels *const compiled[] = {
#if defined(__x86_64__)
    &dg_kernels_avx512vnni,
    &dg_kernels_avxvnni,
    &dg_kernels_avx2,
#elif defined(__aarch64__)
    &dg_kernels_neon,
#endif
    &dg_kernels_scalar,
};

const dg_kernels *const *dg_compiled_kernels(size_t *count) {
    *count = sizeof compiled / sizeof compiled[0];
    return compiled;
}

bool dg_is_available(const dg_kernels *kernels) {
    if (kernels == &dg_kernels_scalar) return true;
#if defined(__x86_64__)
    // These checks include the operating system's part: whether it saves the wide registers.
    if (kernels == &dg_kernels_avx2) return __builtin_cpu_supports("avx2");
    if (kernels == &dg_kernels_avxvnni) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avxvnni");
    if (kernels == &dg_kernels_avx512vnni)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512vnni");
#elif defined(__aarch64__) && defined(__ARM_FEATURE_DOTPROD)
    // The compiler was told that every processor of this kind has the dot product, as Apple's do.
    if (kernels == &dg_kernels_neon) return true;
#elif defined(__aarch64__) && defined(__linux__)
    if (kernels == &dg_kernels_neon) return getauxval(AT_HWCAP) & HWCAP_ASIMDDP;
#endif
    return false;
}
