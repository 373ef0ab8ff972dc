#include "CTraining.h"

#include <string.h>

// Sums and products are rounded one by one: a processor with a fused multiply-add takes the same step as one without.
#pragma STDC FP_CONTRACT OFF

enum { lanes = 4 };
typedef float vector __attribute__((vector_size(lanes * sizeof(float))));

static inline vector load(const float *source, size_t count) {
    vector result = {0};
    memcpy(&result, source, count * sizeof(float));
    return result;
}

static inline void store(vector value, float *target, size_t count) { memcpy(target, &value, count * sizeof(float)); }

/// The first `count` of the elements, a vector at most.
static inline __attribute__((always_inline)) void update(struct dg_adam_step step, size_t count, float *weight,
                                                         float *gradient, float *first_moment, float *second_moment) {
    const vector slope = load(gradient, count);
    const vector first = step.beta1 * load(first_moment, count) + (1 - step.beta1) * slope;
    const vector second = step.beta2 * load(second_moment, count) + (1 - step.beta2) * slope * slope;
    const vector change = step.rate * first / (__builtin_elementwise_sqrt(second) + step.epsilon);
    store(load(weight, count) - change, weight, count);
    store((vector){0}, gradient, count);
    store(first, first_moment, count);
    store(second, second_moment, count);
}

void dg_adam_update(struct dg_adam_step step, size_t count, float *weight, float *gradient, float *first_moment,
                    float *second_moment) {
    size_t done = 0;
    for (; done + lanes <= count; done += lanes)
        update(step, lanes, weight + done, gradient + done, first_moment + done, second_moment + done);
    update(step, count - done, weight + done, gradient + done, first_moment + done, second_moment + done);
}
