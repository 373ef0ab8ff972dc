// Loops of the trainer that Swift's compiler leaves to one number at a time: it takes no square root of several.
#pragma once

#include <stddef.h>

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
