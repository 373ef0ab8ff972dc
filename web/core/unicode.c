// Unicode's tables, left out: what they are for here, comparing texts and taking them apart, goes by scalars.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

const uint8_t *const _swift_stdlib_nfd_decompositions = NULL;

/// 0: the scalar is what it is in every normal form.
uint16_t _swift_stdlib_getNormData(uint32_t scalar) {
    (void)scalar;
    return 0;
}

uint32_t _swift_stdlib_getDecompositionEntry(uint32_t scalar) {
    (void)scalar;
    return UINT32_MAX;
}

/// UINT32_MAX: two scalars stay two.
uint32_t _swift_stdlib_getComposition(uint32_t first, uint32_t second) {
    (void)first, (void)second;
    return UINT32_MAX;
}

/// 0xFF: no scalar joins another.
uint8_t _swift_stdlib_getGraphemeBreakProperty(uint32_t scalar) {
    (void)scalar;
    return 0xFF;
}

bool _swift_stdlib_isExtendedPictographic(uint32_t scalar) {
    (void)scalar;
    return false;
}

bool _swift_stdlib_isInCB_Consonant(uint32_t scalar) {
    (void)scalar;
    return false;
}
