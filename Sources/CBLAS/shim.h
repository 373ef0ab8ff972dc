#include <cblas.h>
#include <stddef.h>

// LAPACK's part of OpenBLAS, whose Fortran functions have no header in its package. A Fortran compiler adds the lengths
// of the strings at the end.
void dsyevd_(const char *jobz, const char *uplo, const blasint *n, double *a, const blasint *lda, double *w,
             double *work, const blasint *lwork, blasint *iwork, const blasint *liwork, blasint *info,
             size_t jobz_length, size_t uplo_length);
