"""Writes digits and lines as Parquet, as Hugging Face's datasets store images: `load_dataset(folder)` reads them."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy

try:
    import pyarrow
    import pyarrow.parquet
except ImportError as error:
    raise ImportError("digitgen.parquet needs pyarrow; pip install 'digitgen[parquet]'") from error

from ._images import png
from ._model import Model, model_of

__all__ = ["write", "write_lines"]

_ROWS = 10_000
_IMAGE = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])


def write(
    folder: str | os.PathLike[str],
    count: int = 70_000,
    *,
    seed: int = 0,
    balanced: bool = False,
    model: Model | str | os.PathLike[str] | None = None,
) -> None:
    """Writes a data set like MNIST's into a new or empty folder: ``train.parquet`` and ``test.parquet``.

    The digits are those of ``digitgen dataset --format mnist``. The columns are ``image``, a PNG, and ``label``.

    Parameters
    ----------
    folder
        Missing folders are created. Files appear when they are complete, ``README.md`` last.
    count, seed, balanced, model
        As of `digitgen.keras_mnist`.

    Raises
    ------
    FileExistsError
        The folder has files.
    """
    drawer = model_of(model)
    labels = drawer.split_labels(count, seed=seed, balanced=balanced)
    train = count - count // 7
    with _staged(folder) as stage:
        for name, first, end in (("train", 0, train), ("test", train, count)):
            _write(Path(stage, f"{name}.parquet"), drawer, labels, seed, range(first, end))
        Path(stage, "README.md").write_text(_card(
            drawer, f"{count} handwritten digits", seed, "image-classification", ["train", "test"], ["mnist"]))


def write_lines(
    folder: str | os.PathLike[str],
    texts: Iterable[str],
    *,
    seed: int = 0,
    model: Model | str | os.PathLike[str] | None = None,
    **options: Any,
) -> None:
    """Writes lines of text into a new or empty folder, as ``train.parquet``.

    The columns are ``image``, a PNG, ``text`` and ``boxes``, a list of ``[x, y, width, height]`` for each character
    that is not a space. Line i is ``digitgen.line(text, seed=seed, first=i)``.

    Parameters
    ----------
    folder
        As of `write`.
    texts
        The lines' texts, one after the other; they may be made as they are needed.
    seed, model, options
        As of `digitgen.line`, without `first`.

    Raises
    ------
    FileExistsError
        The folder has files.
    ValueError
        A text that cannot be drawn; nothing is written.
    TypeError
        `texts` is one string, or one of them is not a string.
    """
    if isinstance(texts, str):
        raise TypeError("texts must be an iterable of strings, not one string")
    drawer = model_of(model)
    boxes = pyarrow.list_(pyarrow.list_(pyarrow.int32()))
    schema = pyarrow.schema(
        [("image", _IMAGE), ("text", pyarrow.string()), ("boxes", boxes)],
        metadata={"huggingface": json.dumps({"info": {"features": {
            "image": {"_type": "Image"},
            "text": {"dtype": "string", "_type": "Value"},
            "boxes": {"feature": {"feature": {"dtype": "int32", "_type": "Value"}, "_type": "List"}, "_type": "List"},
        }}})})

    def row(index: int, text: str) -> dict[str, Any]:
        line = drawer.line(text, seed=seed, first=index, **options)
        image = {"bytes": png(line.image), "path": f"{index:08}.png"}
        return {"image": image, "text": line.text, "boxes": line.boxes.tolist()}

    with _staged(folder) as stage:
        numbered = enumerate(texts)
        count = 0
        with pyarrow.parquet.ParquetWriter(Path(stage, "train.parquet"), schema, compression="none") as writer:
            while rows := [row(index, text) for index, text in islice(numbered, _ROWS)]:
                writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
                count += len(rows)
        Path(stage, "README.md").write_text(_card(
            drawer, f"{count} handwritten numbers", seed, "image-to-text", ["train"]))


@contextlib.contextmanager
def _staged(folder: str | os.PathLike[str]) -> Iterator[str]:
    """Yields a folder whose files appear in a new or empty one when they are complete, README.md last."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(f"{target} is not empty")
    with tempfile.TemporaryDirectory(dir=target, prefix=".digitgen-", suffix=".partial") as stage:
        yield stage
        for path in sorted(Path(stage).iterdir(), key=lambda path: (path.name == "README.md", path.name)):
            os.replace(path, target / path.name)


def _write(path: Path, model: Model, labels: numpy.ndarray, seed: int, rows: range) -> None:
    features = {
        "image": {"_type": "Image"},
        "label": {"names": [str(digit) for digit in range(10)], "_type": "ClassLabel"},
    }
    schema = pyarrow.schema(
        [("image", _IMAGE), ("label", pyarrow.int64())],
        metadata={"huggingface": json.dumps({"info": {"features": features}})})
    # A PNG is compressed already.
    with pyarrow.parquet.ParquetWriter(path, schema, compression="none") as writer:
        for first in range(rows.start, rows.stop, _ROWS):
            piece = labels[first:min(first + _ROWS, rows.stop)]
            images = numpy.asarray(model.draw(piece, seed=seed, first=first))
            cells: list[dict[str, Any]] = [
                {"bytes": png(picture), "path": f"{first + index:08}.png"} for index, picture in enumerate(images)]
            columns = [pyarrow.array(cells, _IMAGE), pyarrow.array(piece.astype(numpy.int64))]
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema))


def _card(
    model: Model, content: str, seed: int, task: str, splits: list[str], tags: Sequence[str] = ()
) -> str:
    more = "".join(f"\n- {tag}" for tag in tags)
    files = "".join(f"\n  - split: {split}\n    path: {split}.parquet" for split in splits)
    return f"""---
license: apache-2.0
pretty_name: {content} by {model.name}
task_categories:
- {task}
tags:
- synthetic
- handwritten-digits{more}
configs:
- config_name: default
  data_files:{files}
---

# {content} by {model.name}

Synthetic: drawn by the model `{model.name}` of digitgen. No person wrote them.

- Model: `{model.name}`, SHA-256 `{model.sha256}`
- Seed: {seed}
"""
