"""Draws digitgen's latents by their definition: Philox4x32-10 and a table of normal quantiles."""

from statistics import NormalDist

import numpy

import bundle

# The code of each byte: 256 evenly spaced quantiles.
CODES = numpy.array(
    [bundle.LATENT_ZERO_POINT + round(44 * NormalDist().inv_cdf((byte + 0.5) / 256)) for byte in range(256)],
    dtype=numpy.uint8)


def table(steps):
    """The codes in so many steps a unit, rounded to the nearest, halves away from the middle."""
    distances = CODES.astype(numpy.int32) - bundle.LATENT_ZERO_POINT
    standard = bundle.STANDARD_LATENT_STEPS
    rounded = (2 * steps * numpy.abs(distances) + standard) // (2 * standard)
    return (bundle.LATENT_ZERO_POINT + numpy.sign(distances) * rounded).astype(numpy.uint8)


WORD = numpy.uint64(0xFFFFFFFF)
HALF = numpy.uint64(32)


def philox(counters, key):
    """Random blocks (…, 4) of counters (…, 4) under a key of two words; all words are 32 bits wide in uint64."""
    x0, x1, x2, x3 = (counters[..., word] for word in range(4))
    k0, k1 = key
    for _ in range(10):
        first, second = x0 * numpy.uint64(0xD2511F53), x2 * numpy.uint64(0xCD9E8D57)
        x0, x1 = (second >> HALF) ^ x1 ^ numpy.uint64(k0), second & WORD
        x2, x3 = (first >> HALF) ^ x3 ^ numpy.uint64(k1), first & WORD
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return numpy.stack([x0, x1, x2, x3], axis=-1)


def sample(seed, count, size, steps):
    """Codes (count, size) of the first latents of a seed, in so many steps a unit."""
    blocks = -(-size // 16)
    counters = numpy.zeros((count, blocks, 4), dtype=numpy.uint64)
    counters[..., 0] = numpy.arange(count)[:, None]
    counters[..., 2] = numpy.arange(blocks)
    words = philox(counters, (seed & 0xFFFFFFFF, seed >> 32)).astype("<u4")
    return table(steps)[words.view(numpy.uint8).reshape(count, blocks * 16)[:, :size]]


def inputs(generator, seed, count, labels=None):
    """The first layer's input as uint8 codes (count, latent + label). Labels are one-hot; by default they cycle through
    the digits."""
    codes = numpy.full((count, generator.input_size), bundle.LATENT_ZERO_POINT, dtype=numpy.uint8)
    codes[:, : generator.latent_size] = sample(
        seed, count, generator.latent_size, generator.latent_steps)
    if generator.class_count > 0:
        hot = numpy.arange(count) % generator.class_count if labels is None else numpy.asarray(labels)
        step = numpy.uint8(generator.latent_steps * generator.label_scale)
        codes[numpy.arange(count), generator.latent_size + hot] += step
    return codes


def values(generator, codes):
    """The dequantized codes in float32."""
    return (codes.astype(numpy.float32) - bundle.LATENT_ZERO_POINT) * generator.latent_scale
