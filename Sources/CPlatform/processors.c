// sched_getaffinity(2), which Swift does not see.
#define _GNU_SOURCE
#include "include/CPlatform.h"

#if defined(__linux__)
#include <errno.h>
#include <sched.h>

int dg_bound_processors(void) {
    // The kernel refuses a set that is smaller than its own.
    for (int processors = 1024; processors <= 1 << 18; processors *= 4) {
        cpu_set_t *set = CPU_ALLOC(processors);
        if (!set) return 0;
        const size_t size = CPU_ALLOC_SIZE(processors);
        const int status = sched_getaffinity(0, size, set);
        const int count = status == 0 ? CPU_COUNT_S(size, set) : 0;
        const int error = status == 0 ? 0 : errno;
        CPU_FREE(set);
        if (error != EINVAL) return count;
    }
    return 0;
}

#else

int dg_bound_processors(void) { return 0; }

#endif
