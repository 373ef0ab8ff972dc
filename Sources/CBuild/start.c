// What lets the program start anywhere, also where there is no /proc, as in a bare chroot.
#include "include/CBuild.h"

// Before its first statement a Swift program looks for the tool that would explain a crash, swift-backtrace. Without
// /proc that ends the program. An executable of its own has no such tool beside it; whoever has one can still name it
// in SWIFT_BACKTRACE.
#if defined(__linux__)

// Stands in the place of the Swift runtime's own (swift/Runtime/Paths.h): says that there is no such file.
const char *swift_copyAuxiliaryExecutablePath(const char *folder, const char *name) {
    (void)folder;
    (void)name;
    return NULL;
}

static int argument_count;
static char **arguments;

// glibc hands the arguments to constructors. Swift reads them from /proc.
__attribute__((constructor)) static void keep_arguments(int count, char **values) {
    argument_count = count;
    arguments = values;
}

char *const *dg_arguments(int *count) {
    *count = argument_count;
    return arguments;
}

#else

char *const *dg_arguments(int *count) {
    *count = 0;
    return NULL;
}

#endif
