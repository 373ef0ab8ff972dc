// Scalar float32 arithmetic that every tier must agree with: each operation rounded once.
#pragma once

#include "../include/CKernels.h"

/// The activation as max(x, slope · x): no branch in a kernel's last steps. Values are finite, so 0 · x is 0.
static inline float dg_slope(enum dg_activation activation) {
    switch (activation) {
        case DG_RELU: return 0;
        case DG_LEAKY_RELU: return 0.2f;
        case DG_IDENTITY: break;
    }
    return 1;
}

/// clamp(round(max(value, slope · value)) + zero_point, 0, 255) of value = sum · multiplier + offset.
static inline uint8_t dg_requantize(int32_t sum, float multiplier, float offset, float slope, int32_t zero_point) {
    float value = (float)sum * multiplier;
    value = value + offset;
    const float sloped = value * slope;
    value = value > sloped ? value : sloped;
    int32_t code = (int32_t)__builtin_rintf(value) + zero_point;
    code = code > 0 ? code : 0;
    return (uint8_t)(code < 255 ? code : 255);
}
