"""The C library, as digitgen.h declares it."""

from __future__ import annotations

import ctypes
import os
from ctypes import POINTER, c_char, c_char_p, c_double, c_int, c_int32, c_size_t, c_uint8, c_uint32, c_uint64, c_void_p
from pathlib import Path


class BundleError(ValueError):
    """A file that is no valid weight bundle."""


class Error(ctypes.Structure):
    _fields_ = [("message", c_char * 1024)]


class Description(ctypes.Structure):
    _fields_ = [
        ("name", c_char * 64),
        ("sha256", c_char * 65),
        ("digits", c_char * 11),
        ("conditional", c_uint8),
        ("ink", c_uint8),
    ]


_STYLE = [(name, c_double * 2) for name in ("slant", "thickness", "width")]


class Request(ctypes.Structure):
    _fields_ = [
        ("structure_size", c_size_t),
        ("digits", c_char_p),
        ("labels", c_void_p),
        ("count", c_uint64),
        ("first", c_uint64),
        ("seed", c_uint64),
        ("style", c_uint64),
        ("vary", c_double),
        ("has_style", c_uint32),
        ("size", c_uint32),
        ("ink", c_uint32),
        ("threads", c_uint32),
        *_STYLE,
        ("diverse", c_uint32),
    ]


class Box(ctypes.Structure):
    _fields_ = [(name, c_uint32) for name in ("x", "y", "width", "height")]


class LineRequest(ctypes.Structure):
    _fields_ = [
        ("structure_size", c_size_t),
        ("text", c_char_p),
        ("first", c_uint64),
        ("seed", c_uint64),
        ("style", c_uint64),
        ("vary", c_double),
        ("has_style", c_uint32),
        ("height", c_uint32),
        ("across", c_uint32),
        ("margin", c_int32),
        ("spacing", c_uint32),
        ("slope", c_uint32),
        ("touch", c_uint32),
        ("wander", c_uint32),
        ("ink", c_uint32),
        ("paper", c_uint32),
        ("boxes", c_uint32),
        *_STYLE,
        ("diverse", c_uint32),
    ]


class LineSize(ctypes.Structure):
    _fields_ = [("height", c_size_t), ("width", c_size_t), ("box_count", c_size_t)]


def _load() -> ctypes.CDLL:
    path = Path(__file__).with_name("libdigitgen.so")
    try:
        library = ctypes.CDLL(os.fspath(path))
    except OSError as error:
        raise ImportError(f"cannot load digitgen's library: {error}; install the wheel again") from error
    model, error = c_void_p, POINTER(Error)
    library.digitgen_version.restype = c_char_p
    library.digitgen_model_count.restype = c_size_t
    library.digitgen_model_name.restype = c_char_p
    library.digitgen_model_name.argtypes = [c_size_t]
    library.digitgen_open.argtypes = [c_char_p, POINTER(model), error]
    library.digitgen_open_file.argtypes = [c_char_p, POINTER(model), error]
    library.digitgen_close.argtypes = [model]
    library.digitgen_close.restype = None
    library.digitgen_describe.argtypes = [model, POINTER(Description)]
    library.digitgen_describe.restype = None
    library.digitgen_image_size.argtypes = [model, POINTER(Request), POINTER(c_size_t), POINTER(c_size_t), error]
    library.digitgen_draw.argtypes = [model, POINTER(Request), c_void_p, c_size_t, error]
    library.digitgen_draw_line.argtypes = [
        model, POINTER(LineRequest), c_void_p, c_size_t, c_void_p, c_size_t, POINTER(LineSize), error]
    library.digitgen_find_hand.argtypes = [model, c_void_p, c_void_p, c_size_t, POINTER(c_uint64), error]
    library.digitgen_split_labels.argtypes = [model, c_uint64, c_uint64, c_uint32, c_void_p, error]
    for name in ("open", "open_file", "image_size", "draw", "draw_line", "find_hand", "split_labels"):
        getattr(library, f"digitgen_{name}").restype = c_int
    return library


library = _load()

_DATA, _NO_INPUT = 65, 66


def call(name: str, *arguments: object) -> None:
    """Calls a function of the library that returns a status; raises the exception of a failure."""
    error = Error()
    status = getattr(library, f"digitgen_{name}")(*arguments, ctypes.byref(error))
    if status == 0:
        return
    message = error.message.decode(errors="replace")
    raise {_DATA: BundleError, _NO_INPUT: OSError}.get(status, ValueError)(message)
