#if __has_include(<simde/x86/avx512.h>)

#include "emulated_x86.h"

#define dg_kernels_avxvnni emulated_avxvnni
#include "../../Sources/CKernels/x86/gemm_3x32c4_avxvnni.c"

#endif
