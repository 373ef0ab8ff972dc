// The instruction sets that a tier's file may use.
#pragma once

/// For the bodies of tiles: only inlined are a tile's rows and vectors constants.
#define DG_INLINE static inline __attribute__((always_inline))

/// For loops over a tile's rows and vectors: only unrolled in full do its accumulators stay in registers.
#define DG_UNROLL _Pragma("GCC unroll 32")

/// Functions between the two may use the features, which tiers.c requires of the processor. Emulated intrinsics need
/// none.
#if defined(DG_EMULATED)
#define DG_BEGIN_TARGET(features)
#define DG_END_TARGET
#else
#define DG_PRAGMA(text) _Pragma(#text)
#define DG_BEGIN_TARGET(features) \
    DG_PRAGMA(clang attribute push(__attribute__((target(features))), apply_to = function))
#define DG_END_TARGET _Pragma("clang attribute pop")
#endif
