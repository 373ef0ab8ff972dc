"""Arrays of images that notebooks show."""

from __future__ import annotations

import math
import struct
import zlib
from typing import Any, NamedTuple

import numpy


class Images(numpy.ndarray):
    """Images as an array, uint8 (count, height, width), 0 for background and 255 for ink.

    A notebook shows them as a grid, at most 400. Numpy's functions return plain arrays where the shape changes.
    """

    seed: int | None
    """The seed that drew the images; None for arrays computed from them."""

    def __array_finalize__(self, source: Any) -> None:
        self.seed = getattr(source, "seed", None)

    def _repr_png_(self) -> bytes | None:
        if self.dtype != numpy.uint8 or self.ndim not in (2, 3) or self.size == 0:
            return None
        return png(grid(self))


class Line(NamedTuple):
    """A line of text, as `digitgen.line` draws it; a notebook shows its picture."""

    image: Images
    """uint8 (height, width), row by row from the top."""
    text: str
    """The text without spaces at its ends."""
    boxes: numpy.ndarray
    """int32 (characters, 4): x, y, width and height in pixels, tight around the ink of each character that is not a
    space."""

    def _repr_png_(self) -> bytes | None:
        return self.image._repr_png_()


def grid(images: numpy.ndarray, limit: int = 400) -> numpy.ndarray:
    """Returns the first images, (count, height, width) or one image, side by side in a near-square picture."""
    if images.ndim == 2:
        return numpy.asarray(images)
    images = numpy.asarray(images[:limit])
    count, height, width = images.shape
    columns = max(1, min(count, round(math.sqrt(count * height / width))))
    rows = -(-count // columns)
    cells = numpy.zeros((rows * columns, height, width), numpy.uint8)
    cells[:count] = images
    return cells.reshape(rows, columns, height, width).swapaxes(1, 2).reshape(rows * height, columns * width)


def png(picture: numpy.ndarray) -> bytes:
    """Returns a grayscale picture, uint8 (height, width), as PNG."""
    height, width = picture.shape
    lines = numpy.zeros((height, width + 1), numpy.uint8)  # A filter byte before each line: none.
    lines[:, 1:] = picture

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    content = zlib.compress(lines.tobytes(), 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", content) + chunk(b"IEND", b"")
