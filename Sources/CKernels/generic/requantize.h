// Scalar float32 arithmetic that every tier must agree with: each operation rounded once.
#pragma once

#include "../include/CKernels.h"

/// clamp(round(activation(sum · multiplier + offset)) + zero_point, 0, 255).
static inline uint8_t dg_requantize(int32_t sum, float multiplier, float offset, enum dg_activation activation,
                                    int32_t zero_point) {
    float value = (float)sum * multiplier;
    value = value + offset;
    if (activation == DG_RELU) value = value > 0 ? value : 0;
    if (activation == DG_LEAKY_RELU) {
        const float leaked = value * 0.2f;
        value = value > leaked ? value : leaked;
    }
    // Clamped while still a float, where nothing can overflow; the bounds are whole numbers, so that rounding
    // afterwards gives what rounding before would have given.
    const float low = (float)-zero_point, high = (float)(255 - zero_point);
    value = value > low ? value : low;
    value = value < high ? value : high;
    return (uint8_t)((int32_t)__builtin_rintf(value) + zero_point);
}
