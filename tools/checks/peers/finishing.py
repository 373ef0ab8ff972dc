"""Makes pictures of ink's fields, as generic/specks.h and generic/finish.h do: MNIST's preprocessing after Yadav and
Bottou (2019, "Cold case: the lost MNIST digits"). Written for clarity, with matrices, in whole numbers."""

import numpy

# Sizes of the bitmap that ink is scanned to, by the sum of the latent's codes.
SOURCE_SIZES = [
    26, 28, 30, *[32] * 7, *[34] * 2, *[36] * 3, *[42] * 2, *[44] * 9, *[46] * 2, *[54] * 2, *[56] * 2]
FIELD, BOX, PICTURE = 28, 20, 28


def source_size(codes):
    return SOURCE_SIZES[int(codes.astype(int).sum()) % len(SOURCE_SIZES)]


def field(layer, values):
    """digitgen's integers for values of the field: accumulators of the last layer without their lowest bits."""
    bias = int(numpy.rint(layer.biases[0] / layer.output_scale))
    limit = abs(bias) + 255 * int(numpy.abs(layer.weights.astype(int)).sum())
    sums = numpy.rint(values.astype(numpy.float64) / layer.output_scale).astype(numpy.int64)
    return sums >> max(limit.bit_length() - 20, 0)


def picture(values, speck_size, size):
    """The picture of a field whose ink is scanned to a bitmap of `size` pixels along a side."""
    values = cleared(values, speck_size)
    enlarging = enlarging_matrix()
    ink = enlarging @ values @ enlarging.T > 0
    result = numpy.zeros((PICTURE, PICTURE), numpy.uint8)
    if not ink.any():
        return result
    bitmap = scanned(values, *square(ink), size)
    if not bitmap.any():
        return result
    row, column, side = square(bitmap)
    levels = covers(row, side, size) @ bitmap @ covers(column, side, size).T
    levels = (510 * levels + levels.max()) // (2 * levels.max())
    top, left = start(levels.sum(axis=1)), start(levels.sum(axis=0))
    result[top : top + BOX, left : left + BOX] = levels
    return result


def cleared(values, speck_size):
    """The field with the numbers of small pieces of ink negated, apart from those of the greatest piece."""
    rest, pieces = values > 0, []
    while rest.any():
        piece = numpy.zeros_like(rest)
        piece.flat[rest.argmax()] = True
        while True:
            near = numpy.pad(piece, 1)
            near = near[:-2] | near[1:-1] | near[2:]
            grown = (near[:, :-2] | near[:, 1:-1] | near[:, 2:]) & rest
            if (grown == piece).all():
                break
            piece = grown
        pieces.append(piece)
        rest &= ~piece
    greatest = max(pieces, key=numpy.count_nonzero, default=None)
    for piece in pieces:
        if piece is not greatest and numpy.count_nonzero(piece) <= speck_size:
            values = numpy.where(piece, -values, values)
    return values


def square(ink):
    """The row, column and side of the square around the box of ink."""
    (top, bottom), (left, right) = (numpy.flatnonzero(ink.any(axis=axis))[[0, -1]] for axis in (1, 0))
    height, width = bottom - top + 1, right - left + 1
    side = max(height, width)
    return top - (side - height) // 2, left - (side - width) // 2, side


def enlarging_matrix():
    """Quadratic B-splines at twice as many places, times 32: (56, 28). Beyond the field its edge goes on."""
    matrix = numpy.zeros((2 * FIELD, FIELD), numpy.int64)
    for pixel in range(FIELD):
        for half, weights in enumerate([(9, 22, 1), (1, 22, 9)]):
            add_spline(matrix[2 * pixel + half], pixel, weights)
    return matrix


def add_spline(line, pixel, weights):
    for neighbour, weight in zip((pixel - 1, pixel, pixel + 1), weights):
        line[min(max(neighbour, 0), FIELD - 1)] += weight


def scanned(values, row, column, side, size):
    """The ink of a square of the field as a bitmap."""
    down, inside_rows = scan_matrix(row, side, size)
    across, inside_columns = scan_matrix(column, side, size)
    lines = down @ (values >> 2) >> 11
    return (lines @ across.T > 0) & inside_rows[:, None] & inside_columns


def scan_matrix(start, side, size):
    """Quadratic B-splines at the places of a scan, times 2^11: (size, 28). And which of them lie in the field."""
    matrix, inside = numpy.zeros((size, FIELD), numpy.int64), numpy.zeros(size, bool)
    for index in range(size):
        place = 16 * start + (2 * index + 1) * side * 8 // size
        inside[index] = 0 <= place < 32 * FIELD
        if inside[index]:
            distance = place % 32 - 16
            add_spline(matrix[index], place // 32, (
                (16 - distance) ** 2, 1536 - 2 * distance**2, (16 + distance) ** 2))
    return matrix, inside


def covers(start, side, size):
    """The parts of 20 target pixels that those of a bitmap cover: (20, size). Source pixel i of m covers [2000 i,
    2000 i + 1980] of 100 m a target pixel; inside a single one, it counts for its whole pitch."""
    matrix, unit = numpy.zeros((BOX, size), numpy.int64), 100 * side
    for index in range(max(start, 0), min(start + side, size)):
        begin = 2000 * (index - start)
        end = begin + 1980
        first, last = begin // unit, (end - 1) // unit
        for target in range(first, last + 1):
            part = min(end, (target + 1) * unit) - max(begin, target * unit)
            matrix[target, index] = 2000 if first == last else part
    return matrix


def start(weights):
    """Where the box begins for its centre of mass to lie in the picture's middle, by whole pixels."""
    total, moment = int(weights.sum()), int((weights * (2 * numpy.arange(BOX) + 1)).sum())
    return min(max(int((30 * total - moment) / (2 * total)), 0), PICTURE - BOX)
