#if __has_include(<simde/x86/avx512.h>)

#include "emulated_x86.h"

#define dg_kernels_avx512vnni emulated_avx512vnni
#include "../../Sources/CKernels/x86/gemm_8x32c4_avx512vnni.c"

#endif
