/// Holds kernel tiers to the scalar tier's bytes, over random shapes.
#pragma once

#include <CKernels.h>

/// Runs random products, folds, look-ups, clearings of specks and drawings of lines on both tiers. Returns the number
/// of them whose results differ, and describes the first in `difference`, of `size` bytes.
int kt_compare(const dg_kernels *tier, const dg_kernels *scalar, uint64_t seed, int rounds, char *difference,
               size_t size);

/// The number of tiers that are compiled in with their instructions emulated in plain C, whatever this processor has;
/// 0 where SIMDe is not installed.
size_t kt_emulated_count(void);

/// The kernels of an emulated tier.
const dg_kernels *kt_emulated(size_t index);
