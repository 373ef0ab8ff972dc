"""Lines of real digits, each in one writer's hand, laid out by a program of its own: not by digitgen's."""

from dataclasses import dataclass

import numpy
from PIL import Image

from writers import crop


@dataclass(frozen=True)
class Layout:
    """How digits stand on a line. Lengths are in parts of a digit's height, and vary normally unless said."""

    digit: tuple  # least and greatest height of a line's digits, in parts of the line's, each as probable
    spacing: float  # mean distance of neighbours
    spacing_spread: float
    wander: float  # digits up and down
    size_spread: float  # digits' heights
    slope: float  # rise of a line, in parts of its length


# The reader learns from real digits laid out as people's lines mostly are, and is tested on others.
TRAINING = Layout(digit=(0.62, 0.8), spacing=0.16, spacing_spread=0.08, wander=0.03, size_spread=0.05, slope=0.02)
TESTING = Layout(digit=(0.5, 0.85), spacing=0.12, spacing_spread=0.12, wander=0.06, size_spread=0.08, slope=0.035)


def draw(digits, layout, size, generator):
    """A line [size] of cropped digits. What does not fit is made smaller."""
    height, width = size
    tall = generator.uniform(*layout.digit) * height
    line = numpy.zeros(size, numpy.uint8)
    x, baseline = 0.0, 0.5 * (height + tall)
    slope = generator.normal(0, layout.slope)
    placed = []
    for ink in digits:
        own_height = max(8, tall * (1 + generator.normal(0, layout.size_spread)))
        own_width = max(2, own_height * ink.shape[1] / ink.shape[0])
        rise = generator.normal(0, layout.wander) * tall - slope * x
        placed.append((ink, x, baseline + rise, own_width, own_height))
        gap = generator.normal(layout.spacing, layout.spacing_spread) * tall
        x += own_width + max(gap, -0.15 * tall)
    scale = min(1, (width - 4) / max(x, 1))
    left = generator.uniform(0, width - 2 - scale * x) + 1
    middle = slope * x / 2
    for ink, x, bottom, own_width, own_height in placed:
        columns, rows = max(2, round(own_width * scale)), max(6, round(own_height * scale))
        picture = numpy.asarray(Image.fromarray(ink).resize((columns, rows), Image.Resampling.LANCZOS))
        top = int(min(max(round(bottom + middle) - rows, 0), max(height - rows, 0)))
        start = int(min(max(round(left + scale * x), 0), width - columns))
        part = picture[:height - top]
        target = line[top:top + part.shape[0], start:start + columns]
        numpy.maximum(target, part, out=target)
    return line


def lines(writers, count, length, size, layout, seed):
    """count lines [count, size] of length digits and their labels [count, length]."""
    generator = numpy.random.default_rng(seed)
    # By writer: the cropped digits and what they are. A writer with too few digits writes no line.
    hands = [
        [(crop(image), digit) for digit, images in digits.items() for image in images] for digits in writers.values()
    ]
    hands = [hand for hand in hands if len(hand) >= length]
    images = numpy.zeros((count, *size), numpy.uint8)
    labels = numpy.zeros((count, length), numpy.int64)
    for index in range(count):
        hand = hands[generator.integers(len(hands))]
        # Digits are equally probable in a line, whatever the writer's are, as far as he has them.
        written = sorted({digit for _, digit in hand})
        wanted = generator.choice(written, length)
        chosen = [hand[generator.choice([i for i, (_, digit) in enumerate(hand) if digit == one])] for one in wanted]
        labels[index] = wanted
        images[index] = draw([ink for ink, _ in chosen], layout, size, generator)
    return images, labels
