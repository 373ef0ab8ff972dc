#if __has_include(<simde/x86/avx512.h>)

#include "emulated_x86.h"

#define dg_kernels_avx2 emulated_avx2
#include "../../Sources/CKernels/x86/gemm_6x16c2_avx2.c"

#endif
