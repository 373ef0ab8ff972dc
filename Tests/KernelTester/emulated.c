#include <KernelTester.h>

#if __has_include(<simde/x86/avx512.h>)

extern const dg_kernels emulated_avx2, emulated_avxvnni, emulated_avx512vnni;

static const dg_kernels *const emulated[] = {&emulated_avx2, &emulated_avxvnni, &emulated_avx512vnni};

size_t kt_emulated_count(void) { return sizeof emulated / sizeof emulated[0]; }
const dg_kernels *kt_emulated(size_t index) { return emulated[index]; }

#else

size_t kt_emulated_count(void) { return 0; }
const dg_kernels *kt_emulated(size_t index) { return NULL; }

#endif
