// SHA-256's compression function by the processor's own instructions.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// True if this processor has instructions for SHA-256 that this file supports: x86's SHA extensions.
bool dg_sha256_is_available(void);

/// FIPS 180-4, section 6.2.2, for `count` blocks of 64 bytes one after the other. Call it only where
/// `dg_sha256_is_available`.
///
/// - state: the eight words H.
/// - constants: the 64 words K of section 4.2.2.
void dg_sha256_compress(uint32_t state[8], const uint32_t constants[64], const uint8_t *blocks, size_t count);
