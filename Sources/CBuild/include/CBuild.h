/// What is known of the build and of the start of the program.
#pragma once

#include <stddef.h>

/// The commit that was built, as `git describe --always --dirty` names it, without an end; `count` receives its
/// bytes, 0 where nobody has said it.
const char *dg_build_commit(size_t *count);

/// The arguments of the program, its name first; NULL where only the Swift runtime knows them.
char *const *dg_arguments(int *count);
