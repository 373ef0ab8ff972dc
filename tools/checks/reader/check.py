"""Compares readers that learnt from digitgen's lines, from lines of real digits, and from numbers in cells."""

import argparse
import base64
import io
import itertools
import json
import subprocess
import tarfile
from pathlib import Path

import numpy
import torch
from PIL import Image

import crnn
import real_lines
from writers import read_digits

LENGTH, SIZE, TESTED = 5, (32, 160), 10_000
HEIGHTS = 20, 23, 26, 29, 32


def fitted(line, generator):
    """A line anywhere in SIZE, smaller if it is too wide."""
    height, width = line.shape
    if width > SIZE[1]:
        height, width = height * SIZE[1] // width, SIZE[1]
        line = numpy.asarray(Image.fromarray(line).resize((width, height), Image.Resampling.LANCZOS))
    result = numpy.zeros(SIZE, numpy.uint8)
    top, left = generator.integers(SIZE[0] - height + 1), generator.integers(SIZE[1] - width + 1)
    result[top:top + height, left:left + width] = line
    return result


def drawn_lines(digitgen, count, variants=([],)):
    """digitgen's lines, as many of each height in HEIGHTS with the options of each variant, anywhere in the picture:
    real lines are not all as tall."""
    generator = numpy.random.default_rng(1)
    images, labels = [], []
    sets = list(itertools.product(HEIGHTS, variants))
    for seed, (height, options) in enumerate(sets, start=1):
        archive = subprocess.run(
            [digitgen, "dataset", "--length", str(LENGTH), "--height", str(height), "--margin", "2",
             "--count", str(count // len(sets)), "--seed", str(seed), *options, "--format", "tar", "-o", "-"],
            check=True, stdout=subprocess.PIPE).stdout
        for entry in (tar := tarfile.open(fileobj=io.BytesIO(archive))):
            if entry.name.endswith(".png"):
                images.append(fitted(numpy.asarray(Image.open(tar.extractfile(entry))), generator))
            elif entry.name.endswith(".txt"):
                labels.append([int(digit) for digit in tar.extractfile(entry).read().decode().strip()])
    return numpy.stack(images), numpy.array(labels)


def cells(digitgen, count):
    """Numbers as digitgen draws them in cells of 28 × 28, the next digit's beside the last."""
    generator = numpy.random.default_rng(1)
    texts = generator.integers(0, 10, (count, LENGTH))
    requests = "".join(
        json.dumps({"digits": "".join(map(str, text)), "seed": index, "format": "raw"}) + "\n"
        for index, text in enumerate(texts))
    replies = subprocess.run([digitgen, "serve"], input=requests.encode(), check=True, stdout=subprocess.PIPE).stdout
    images = [
        numpy.frombuffer(base64.b64decode(json.loads(reply)["data"]), numpy.uint8).reshape(28, 28 * LENGTH)
        for reply in replies.splitlines()
    ]
    return numpy.stack([fitted(image, generator) for image in images]), texts


def writers(mnist, qmnist, part):
    names = {"train": "train", "test": "t10k"}
    return read_digits(mnist, Path(qmnist, f"qmnist-{part}-labels.tsv.gz"), names[part])


def main():
    parser = argparse.ArgumentParser(prog="tools/check reader")
    parser.add_argument("digitgen")
    parser.add_argument("mnist")
    parser.add_argument("qmnist")
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("part", nargs="*")
    options = parser.parse_intermixed_args()
    torch.set_num_threads(options.threads)
    sources = {
        "digitgen": lambda: drawn_lines(options.digitgen, options.lines),
        "diverse": lambda: drawn_lines(options.digitgen, options.lines, ([], ["--diverse"])),
        "real": lambda: real_lines.lines(
            writers(options.mnist, options.qmnist, "train"), options.lines, LENGTH, SIZE, real_lines.TRAINING, seed=1),
        "cells": lambda: cells(options.digitgen, options.lines),
    }
    if unknown := [part for part in options.part if part not in sources]:
        parser.error(f"unknown part '{unknown[0]}'; expected {', '.join(sources)}")
    tested = real_lines.lines(
        writers(options.mnist, options.qmnist, "test"), TESTED, LENGTH, SIZE, real_lines.TESTING, seed=2)
    for part in options.part or sources:
        lines, labels = sources[part]()
        reader = crnn.train(
            lines, labels, options.epochs, seed=1, report=lambda text: print(f"{part}: {text}", flush=True))
        print(f"{part}: {crnn.error(reader, *tested):.4f} of {TESTED} lines of real digits misread", flush=True)


if __name__ == "__main__":
    main()
