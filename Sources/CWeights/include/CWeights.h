/// The bundles that ship with the program, compiled in.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct dg_shipped_bundle {
    /// As in the file's name, weights/NAME.safetensors.zst.
    const char *name;
    const uint8_t *bytes;
    size_t count;
} dg_shipped_bundle;

/// The shipped bundles, the default first; `count` receives their number.
const dg_shipped_bundle *dg_shipped_bundles(size_t *count);

/// weights/SHA256SUMS: a line "digest  name" for each of them, `count` bytes.
const char *dg_shipped_digests(size_t *count);
