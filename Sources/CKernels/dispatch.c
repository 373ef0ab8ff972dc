// The one table of tiers, and what each needs of the processor.
#include "include/CKernels.h"

#if defined(__aarch64__) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#elif defined(__aarch64__) && defined(__APPLE__)
#include <sys/sysctl.h>
#endif

extern const dg_kernels dg_kernels_scalar;
#if defined(__x86_64__)
extern const dg_kernels dg_kernels_avx2;
extern const dg_kernels dg_kernels_avxvnni;
extern const dg_kernels dg_kernels_avx512vnni;
#elif defined(__aarch64__)
extern const dg_kernels dg_kernels_neon;
extern const dg_kernels dg_kernels_neoni8mm;
#endif

static const dg_kernels *const compiled[] = {
#if defined(__x86_64__)
    &dg_kernels_avx512vnni,
    &dg_kernels_avxvnni,
    &dg_kernels_avx2,
#elif defined(__aarch64__)
    &dg_kernels_neoni8mm,
    &dg_kernels_neon,
#endif
    &dg_kernels_scalar,
};

const dg_kernels *const *dg_compiled_kernels(size_t *count) {
    *count = sizeof compiled / sizeof compiled[0];
    return compiled;
}

#if defined(__aarch64__) && defined(__APPLE__)
static bool dg_has_feature(const char *name) {
    int32_t value = 0;
    size_t size = sizeof value;
    return sysctlbyname(name, &value, &size, NULL, 0) == 0 && value != 0;
}
#endif

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
#elif defined(__aarch64__) && defined(__linux__)
    if (kernels == &dg_kernels_neon) return getauxval(AT_HWCAP) & HWCAP_ASIMDDP;
    if (kernels == &dg_kernels_neoni8mm) return getauxval(AT_HWCAP2) & HWCAP2_I8MM;
#elif defined(__aarch64__) && defined(__APPLE__)
    if (kernels == &dg_kernels_neon) return dg_has_feature("hw.optional.arm.FEAT_DotProd");
    if (kernels == &dg_kernels_neoni8mm) return dg_has_feature("hw.optional.arm.FEAT_I8MM");
#endif
    return false;
}
