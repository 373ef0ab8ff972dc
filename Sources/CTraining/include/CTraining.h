// Loops of the trainer that Swift's compiler leaves to one number at a time: it takes no square root of several, and
// multiplies no bfloat16 numbers.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A step of Adam (Kingma and Ba 2015) as the trainer takes it, see `Adam`.
struct dg_adam_step {
    float beta1;
    float beta2;
    /// The learning rate and ε, both corrected for the moments' bias.
    float rate;
    float epsilon;
};

/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − rate · m / (√v + ε), g ← 0, for `count` elements of each.
void dg_adam_update(struct dg_adam_step step, size_t count, float *weight, float *gradient, float *first_moment,
                    float *second_moment);

/// A row-major matrix that is read.
struct dg_matrix {
    const float *elements;
    /// The number of elements from one stored row to the next.
    size_t stride;
    /// True if the matrix is the transpose of what is stored.
    bool is_transposed;
};

/// Whether this processor has the instructions of `dg_multiply_bfloat16`.
bool dg_has_bfloat16(void);

/// The bytes of memory that `dg_multiply_bfloat16` works in.
size_t dg_bfloat16_workspace(void);

/// c ← a · b + beta · c, where a is rows × depth, b depth × columns, and c row-major. What is multiplied is rounded to
/// bfloat16, to nearest even; sums are float32. Numbers below 2⁻¹²⁶ count as 0.
///
/// - memory: `dg_bfloat16_workspace` bytes, aligned to 64; each thread needs its own.
/// - depth: at least 1.
void dg_multiply_bfloat16(size_t rows, size_t columns, size_t depth, struct dg_matrix a, struct dg_matrix b, float beta,
                          float *c, size_t stride, void *memory);
