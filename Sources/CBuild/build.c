#include "include/CBuild.h"

// tools/digitgen writes the file; a build without it knows no commit.
#if __has_embed("../../.build/commit")
static const char commit[] = {
#embed "../../.build/commit" if_empty(0)
};
enum { commit_bytes = sizeof commit };
#else
static const char commit[1];
enum { commit_bytes = 0 };
#endif

const char *dg_build_commit(size_t *count) {
    *count = commit_bytes;
    return commit;
}
