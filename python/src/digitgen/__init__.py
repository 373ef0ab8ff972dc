"""Images of handwritten digits, the same for the same seed on every machine.

>>> import digitgen
>>> sevens = digitgen.draw("7", count=16, seed=1)
>>> sevens.shape, sevens.dtype
((16, 28, 28), dtype('uint8'))

They are the pixels of ``digitgen 7 --count 16 --seed 1 --format raw``. `digitgen.torch` has data sets for PyTorch, and
`digitgen.parquet` writes files for Hugging Face's datasets.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable

import numpy
import numpy.typing

from ._images import Images, Line
from ._library import BundleError, library
from ._model import Digits, Model, Style, model_of

__all__ = ["BundleError", "Images", "Line", "Model", "draw", "find_hand", "keras_mnist", "line", "models", "numbers"]
__version__: str = library.digitgen_version().decode()


def draw(
    digits: Digits = None,
    count: int | None = None,
    *,
    seed: int | None = None,
    first: int = 0,
    style: int | None = None,
    vary: float | None = None,
    diverse: bool = False,
    slant: Style = None,
    thickness: Style = None,
    width: Style = None,
    size: int = 28,
    finish: str | None = None,
    model: Model | str | os.PathLike[str] | None = None,
    threads: int | None = None,
) -> Images:
    """Draws images of digits or numbers.

    Parameters
    ----------
    digits
        What the images show: a number on each as a string of 1 to 64 digits ("007"); a digit; an array of labels, one
        for each image; or None for the model's digits in turn.
    count
        The number of images; 1 by default. Given by an array of labels.
    seed
        Equal seeds give equal images; None for a new seed, which the result has as `seed`.
    first
        The number of the first image: image i of a seed is the same in every call.
    style
        The number of the hand that draws all images; by default, each has its own.
    vary
        How far each digit strays from its hand, from 0 to 1; None for as far as people's digits do. With models other
        than "ink", how far each image strays from `style`, and None for not at all.
    diverse
        Hands that vary more than people's do, to train readers of digits unlike MNIST's.
    slant, thickness, width
        The digits' lean in degrees, positive to the right; the width of their strokes, and their own, in parts of their
        height. Each a value or a range ``(from, to)``; None for what the hand gives. For models that obey a style.
    size
        Pixels along a side of a digit, 8 to 2048; other than 28 for models that draw ink.
    finish
        "mnist" for MNIST's preprocessing, "ink" for ink drawn at any size; by default, "mnist" at 28 pixels.
    model
        A `Model`, a name, or the path of a bundle.
    threads
        The number of threads; None for one on each processor. The images do not depend on it.

    Returns
    -------
    Images
        uint8 (count, size, size × digits), 0 for background and 255 for ink.

    Raises
    ------
    ValueError
        A request that makes no sense, or that the model cannot draw.
    TypeError
        An argument of another type.
    """
    return model_of(model).draw(
        digits, count, seed=seed, first=first, style=style, vary=vary, diverse=diverse, slant=slant, thickness=thickness,
        width=width, size=size, finish=finish, threads=threads)


def numbers(
    texts: Iterable[str | int],
    *,
    seed: int | None = None,
    first: int = 0,
    style: int | None = None,
    vary: float | None = None,
    diverse: bool = False,
    slant: Style = None,
    thickness: Style = None,
    width: Style = None,
    size: int = 28,
    finish: str | None = None,
    model: Model | str | os.PathLike[str] | None = None,
) -> list[Images]:
    """Draws numbers of any lengths, each in a hand of its own.

    Image i is image ``first + i`` of its number, so ``numbers(["42"] * 3, seed=1)`` are the images of
    ``draw("42", 3, seed=1)``. Other parameters are those of `draw`.

    Returns
    -------
    list of Images
        One uint8 array (size, size × digits) for each number.
    """
    seed = secrets.randbits(53) if seed is None else seed
    drawer = model_of(model)
    return [
        drawer.draw(
            str(text), 1, seed=seed, first=first + index, style=style, vary=vary, diverse=diverse, slant=slant,
            thickness=thickness, width=width, size=size, finish=finish, threads=1)[0]
        for index, text in enumerate(texts)
    ]


def line(
    text: str,
    *,
    seed: int | None = None,
    first: int = 0,
    style: int | None = None,
    vary: float | None = None,
    diverse: bool = False,
    slant: Style = None,
    thickness: Style = None,
    width: Style = None,
    height: int = 48,
    across: int | None = None,
    margin: int | None = None,
    spacing: int = 16,
    slope: int = 2,
    touch: int = 4,
    wander: int = 3,
    ink: int = 255,
    paper: int = 0,
    boxes: bool = False,
    model: Model | str | os.PathLike[str] | None = None,
) -> Line:
    """Draws a text as a person writes it: in one hand, on a line, at any height.

    The picture is that of ``digitgen TEXT --seed SEED --first FIRST``.

    Parameters
    ----------
    text
        1 to 100 digits, spaces and ``-.,/:+()``, such as "555-1234".
    seed
        Equal seeds give equal lines; None for a new seed, which the image has as `seed`.
    first
        The number of the line under its seed: lines 0, 1, 2 of a text are in other hands.
    style
        The number of the hand; by default, seed and number of the line decide.
    vary
        How far digits stray from the hand, from 0 to 1; None for as far as people's do.
    diverse, slant, thickness, width
        As of `draw`.
    height
        Pixels down the picture, 16 to 1024.
    across
        Pixels across, 16 to 65536, with paper on the right; None for as many as the text needs.
    margin
        Pixels of paper around the ink; None for a twelfth of the height.
    spacing
        The mean distance of neighbours, in percent of a digit's height, 0 to 200.
    slope
        How much lines rise or fall, in percent of their length, 0 to 20: the standard deviation between hands.
    touch
        Neighbouring digits that touch, in percent, 0 to 100.
    wander
        How far digits stray up and down, in percent of a digit's height, 0 to 50: the standard deviation.
    ink, paper
        Levels from 0 to 255, which differ; 0 and 255 for black on white.
    boxes
        A printed comb of boxes, as forms have, with a character in each.
    model
        As of `draw`; it must draw ink.

    Returns
    -------
    Line
        ``image, text, boxes``: uint8 (height, width); the text without spaces at its ends; and int32 (characters, 4)
        with x, y, width and height of the ink of each character that is not a space.

    Raises
    ------
    ValueError
        A text that cannot be drawn, a number out of its range, or a line wider than `across`.
    TypeError
        An argument of another type.
    """
    return model_of(model).line(
        text, seed=seed, first=first, style=style, vary=vary, diverse=diverse, slant=slant, thickness=thickness, width=width,
        height=height, across=across, margin=margin, spacing=spacing, slope=slope, touch=touch, wander=wander, ink=ink, paper=paper,
        boxes=boxes)


def find_hand(
    pictures: numpy.typing.ArrayLike,
    digits: Digits = None,
    *,
    model: Model | str | os.PathLike[str] | None = None,
) -> int:
    """Finds the hand, among the first 16,384, that writes most like somebody.

    >>> style = digitgen.find_hand(pictures)
    >>> digitgen.line("555-1234", style=style)

    Parameters
    ----------
    pictures
        uint8 (n, 28, 28), framed as MNIST's are, of which the first 20 with ink are looked at; or one (28, 28).
    digits
        What they show: a string, a digit or an array; None to recognize them, which goes wrong now and then.
    model
        As of `draw`; it must obey a style.

    Returns
    -------
    int
        The hand's number, for `style`.

    Raises
    ------
    ValueError
        Pictures of another shape or without ink, or a model that obeys no style.
    """
    return model_of(model).find_hand(pictures, digits)


def models() -> list[Model]:
    """Returns the models that come with digitgen, the default first."""
    names = [library.digitgen_model_name(index).decode() for index in range(library.digitgen_model_count())]
    return [model_of(name) for name in names]


def keras_mnist(
    *,
    seed: int = 0,
    count: int = 70_000,
    balanced: bool = False,
    model: Model | str | os.PathLike[str] | None = None,
) -> tuple[tuple[numpy.ndarray, numpy.ndarray], tuple[numpy.ndarray, numpy.ndarray]]:
    """Draws a stand-in for ``keras.datasets.mnist.load_data()``: ``(x_train, y_train), (x_test, y_test)``.

    The arrays are those of ``digitgen dataset --format npz``: shuffled labels, in other hands in both parts.

    Parameters
    ----------
    seed
        Equal seeds give equal data sets.
    count
        The number of images of both parts, at least 7; a seventh is for testing.
    balanced
        Equally many images of each digit instead of MNIST's proportions.
    model
        As of `draw`.

    Returns
    -------
    tuple
        Images, uint8 (60000, 28, 28) and (10000, 28, 28), and labels, uint8 (60000,) and (10000,).
    """
    drawer = model_of(model)
    labels = drawer.split_labels(count, seed=seed, balanced=balanced)
    images = numpy.asarray(drawer.draw(labels, seed=seed))
    train = count - count // 7
    return (images[:train], labels[:train]), (images[train:], labels[train:])
