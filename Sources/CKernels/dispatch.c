// The one table of tiers, and what each needs of the processor.
#include <string.h>

#include "include/CKernels.h"

extern const dg_kernels dg_kernels_scalar;
#if defined(__x86_64__)
extern const dg_kernels dg_kernels_avx2;
extern const dg_kernels dg_kernels_avx512vnni;
#endif

static const dg_kernels *const compiled[] = {
#if defined(__x86_64__)
    &dg_kernels_avx512vnni,
    &dg_kernels_avx2,
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
    if (kernels == &dg_kernels_avx512vnni)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512vnni");
#endif
    return false;
}
