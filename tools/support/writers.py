"""MNIST's digits by their writers."""

import gzip
from pathlib import Path

import numpy


def crop(image):
    """The part of an image that has ink."""
    rows, columns = numpy.flatnonzero(image.any(1)), numpy.flatnonzero(image.any(0))
    return image[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]


def read_digits(folder, labels, part="t10k"):
    """The images of each writer, by digit: {writer: {digit: [(28, 28)]}}.

    folder has MNIST's files of the part, t10k or train (t10k-…-ubyte.gz); labels are QMNIST's extended labels of it, a
    .tsv.gz whose columns begin with digit, NIST series and writer.
    """
    with gzip.open(Path(folder, f"{part}-images-idx3-ubyte.gz")) as file:
        images = numpy.frombuffer(file.read(), numpy.uint8, offset=16).reshape(-1, 28, 28)
    writers = {}
    with gzip.open(labels, "rt") as file:
        for image, line in zip(images, file):
            digit, _, writer = line.split("\t")[:3]
            writers.setdefault(int(writer), {}).setdefault(int(digit), []).append(image)
    return writers
