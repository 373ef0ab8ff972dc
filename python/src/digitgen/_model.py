"""Models, and the requests that they draw."""

from __future__ import annotations

import ctypes
import functools
import math
import operator
import os
import secrets
import weakref
from collections.abc import Sequence
from typing import Any, SupportsIndex

import numpy
import numpy.typing

from ._images import Images, Line
from ._library import Description, LineRequest, LineSize, Request, call, library

Digits = str | SupportsIndex | Sequence[int] | numpy.typing.NDArray[numpy.integer[Any]] | None
"""What images show: a number as a string, a digit, one label per image, or None for all digits in turn."""

Style = float | tuple[float, float] | None
"""A measure of the digits' style: a value, a range of them, or None for what the hand gives."""


class Model:
    """A model that draws digits. Models may be used from several threads, and pickled.

    Parameters
    ----------
    name
        The name of a model that comes with digitgen (see `models`), or the path of a bundle,
        ``NAME.safetensors.zst``. None is the default model.

    Raises
    ------
    ValueError
        No model has this name. `BundleError`, a ValueError, if the file is no valid bundle.
    OSError
        The file cannot be read.
    """

    name: str
    """The model's name, such as "cdcgan"."""
    sha256: str
    """SHA-256 of the bundle: with the seed, it names an image for good."""
    digits: str
    """The digits that the model draws, "0123456789" or fewer."""
    conditional: bool
    """True for a model that draws chosen digits."""
    ink: bool
    """True for a model that draws ink, at any size."""

    def __init__(self, name: str | os.PathLike[str] | None = None) -> None:
        self._source = name
        self._pointer = ctypes.c_void_p()
        text = None if name is None else os.fsencode(name)
        if text is not None and b"\0" in text:
            raise ValueError("the model's name contains a null character")
        is_file = isinstance(name, os.PathLike) or text is not None and (b"/" in text or text.endswith(b".zst"))
        call("open_file" if is_file else "open", text, ctypes.byref(self._pointer))
        # The process's end frees it, too, and then Python may have forgotten the library.
        weakref.finalize(self, library.digitgen_close, self._pointer).atexit = False
        description = Description()
        library.digitgen_describe(self._pointer, ctypes.byref(description))
        self.name = description.name.decode()
        self.sha256 = description.sha256.decode()
        self.digits = description.digits.decode()
        self.conditional = bool(description.conditional)
        self.ink = bool(description.ink)

    def __reduce__(self) -> tuple[type[Model], tuple[Any]]:
        return Model, (self._source,)

    def __repr__(self) -> str:
        return f"digitgen.Model({self.name!r})"

    def draw(
        self,
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
        threads: int | None = None,
    ) -> Images:
        """Draws images; see `digitgen.draw`."""
        seed = secrets.randbits(53) if seed is None else _whole("seed", seed, 2**64 - 1)
        request = Request(structure_size=ctypes.sizeof(Request), seed=seed, diverse=diverse)
        _ask_for_style(request, slant, thickness, width)
        labels = None
        if isinstance(digits, str):
            if "\0" in digits:
                raise ValueError("digits contain a null character")
            request.digits = digits.encode(errors="surrogatepass")
        elif digits is not None:
            labels = _labels(digits)
            if labels.ndim == 0:
                request.digits, labels = str(int(labels)).encode(), None
            elif count is not None and count != len(labels):
                raise ValueError(f"count is {count}, but there are {len(labels)} labels; omit count")
            else:
                request.labels, count = labels.ctypes.data, len(labels)
        request.count = _whole("count", 1 if count is None else count, 2**64 - 1)
        request.first = _whole("first", first, 2**64 - 1)
        request.vary = _vary(vary)
        if style is not None:
            request.has_style, request.style = 1, _whole("style", style, 2**64 - 1)
        request.size = _whole("size", size, 2**32 - 1)
        if finish not in (None, "mnist", "ink"):
            raise ValueError(f"unknown finish {finish!r}; expected 'mnist' or 'ink'")
        if finish == "mnist" and size != 28:
            raise ValueError("size must be 28 with finish 'mnist'")
        request.ink = finish == "ink"
        request.threads = 0 if threads is None else _whole("threads", threads, 2**32 - 1)

        height, width = ctypes.c_size_t(), ctypes.c_size_t()
        call("image_size", self._pointer, ctypes.byref(request), ctypes.byref(height), ctypes.byref(width))
        pixels = numpy.empty((request.count, height.value, width.value), numpy.uint8)
        call("draw", self._pointer, ctypes.byref(request), pixels.ctypes.data, pixels.nbytes)
        images = pixels.view(Images)
        images.seed = seed
        return images

    def line(
        self,
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
    ) -> Line:
        """Draws a line; see `digitgen.line`."""
        if not isinstance(text, str):
            raise TypeError(f"text must be a string, not {type(text).__name__}")
        if "\0" in text:
            raise ValueError("the text contains a null character")
        seed = secrets.randbits(53) if seed is None else _whole("seed", seed, 2**64 - 1)
        request = LineRequest(
            structure_size=ctypes.sizeof(LineRequest), text=text.encode(errors="surrogatepass"), seed=seed,
            first=_whole("first", first, 2**64 - 1), vary=_vary(vary), boxes=boxes, diverse=diverse,
            margin=-1 if margin is None else _whole("margin", margin, 2**31 - 1),
            across=0 if across is None else _whole("across", across, 2**32 - 1, least=1))
        _ask_for_style(request, slant, thickness, width)
        if style is not None:
            request.has_style, request.style = 1, _whole("style", style, 2**64 - 1)
        numbers = {
            "height": height, "spacing": spacing, "slope": slope, "touch": touch, "wander": wander, "ink": ink,
            "paper": paper}
        for name, value in numbers.items():
            setattr(request, name, _whole(name, value, 2**32 - 1))

        size = LineSize()
        # Hardly a line is wider for each character; one that is will be drawn again.
        pixels = numpy.empty(min(request.height * request.height * (len(text) + 1), 1 << 24), numpy.uint8)
        places = numpy.empty((len(text), 4), numpy.uint32)

        def draw() -> None:
            call(
                "draw_line", self._pointer, ctypes.byref(request), pixels.ctypes.data, pixels.nbytes,
                places.ctypes.data, len(places), ctypes.byref(size))

        try:
            draw()
        except ValueError:
            if size.height * size.width <= len(pixels):
                raise
            pixels = numpy.empty(size.height * size.width, numpy.uint8)
            draw()
        # A copy, so that the picture does not keep the whole buffer.
        image = pixels[:size.height * size.width].reshape(size.height, size.width).copy().view(Images)
        image.seed = seed
        return Line(image, text.strip(" "), places[:size.box_count].astype(numpy.int32))

    def find_hand(self, pictures: numpy.typing.ArrayLike, digits: Digits = None) -> int:
        """Finds the hand that writes most like somebody; see `digitgen.find_hand`."""
        images = numpy.ascontiguousarray(pictures)
        if images.dtype != numpy.uint8 or images.ndim not in (2, 3) or images.shape[-2:] != (28, 28):
            raise ValueError(
                f"pictures must be uint8 (n, 28, 28), not {images.dtype} {images.shape}")
        images = images.reshape(-1, 28, 28)
        labels = None
        if digits is not None:
            labels = numpy.atleast_1d(_labels([int(digit) for digit in digits] if isinstance(digits, str) else digits))
            if len(labels) != len(images):
                raise ValueError(f"there are {len(labels)} digits for {len(images)} pictures")
        style = ctypes.c_uint64()
        call(
            "find_hand", self._pointer, images.ctypes.data, None if labels is None else labels.ctypes.data, len(images),
            ctypes.byref(style))
        return style.value

    def split_labels(self, total: int = 70_000, *, seed: int, balanced: bool = False) -> numpy.ndarray:
        """Returns the labels, uint8 (total,), of ``digitgen dataset --format mnist``; the last seventh is for
        testing."""
        labels = numpy.empty(_whole("total", total, 2**32 - 1), numpy.uint8)
        call(
            "split_labels", self._pointer, _whole("seed", seed, 2**64 - 1), len(labels), int(balanced),
            labels.ctypes.data)
        return labels


@functools.lru_cache(maxsize=16)
def shared_model(name: str | os.PathLike[str] | None) -> Model:
    """Returns a model that is opened once."""
    return Model(name)


def model_of(model: Model | str | os.PathLike[str] | None) -> Model:
    """Returns the model that an argument names."""
    return model if isinstance(model, Model) else shared_model(model)


def _vary(vary: float | None) -> float:
    if vary is not None and not 0 <= vary <= 1:
        raise ValueError(f"vary must be from 0 to 1, not {vary}")
    return -1.0 if vary is None else vary


def _ask_for_style(request: Request | LineRequest, slant: Style, thickness: Style, width: Style) -> None:
    for name, value in (("slant", slant), ("thickness", thickness), ("width", width)):
        ends = value if isinstance(value, tuple) else (value, value)
        if len(ends) != 2:
            raise ValueError(f"{name} must be a number or two, not {len(ends)}")
        if value is not None and any(not math.isfinite(end) for end in ends):
            raise ValueError(f"{name} must be finite")
        setattr(request, name, (ctypes.c_double * 2)(*(math.nan if end is None else end for end in ends)))


def _whole(name: str, value: SupportsIndex, limit: int, least: int = 0) -> int:
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, not {type(value).__name__}") from None
    if not least <= number <= limit:
        raise ValueError(f"{name} must be from {least} to {limit}")
    return number


def _labels(digits: Any) -> numpy.ndarray:
    labels = numpy.asarray(digits)
    if labels.size == 0:
        raise ValueError("there are no labels")
    if labels.ndim > 1 or labels.dtype.kind not in "ui":
        raise TypeError("digits must be a string, a digit, or whole numbers in one dimension")
    if labels.min() < 0 or labels.max() > 9:
        raise ValueError("labels must be from 0 to 9; give a number with more digits as a string")
    return numpy.ascontiguousarray(labels, numpy.uint8) if labels.ndim else labels
