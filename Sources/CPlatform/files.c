#define _GNU_SOURCE
#include "include/CPlatform.h"

#include <errno.h>
#include <unistd.h>

// Swift does not see syncfs, which is GNU's. Unlike sync, it reports what could not be written.
int dg_synchronize_file_system(int descriptor) {
#ifdef __linux__
    if (syncfs(descriptor) == 0) return 0;
    if (errno != ENOSYS) return -1;
#else
    (void)descriptor;
#endif
    sync();
    return 0;
}
