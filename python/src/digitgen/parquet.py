"""Writes digits as Parquet, as Hugging Face's datasets store images: `load_dataset(folder)` reads them."""

from __future__ import annotations

import json
import os
import tempfile
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

__all__ = ["write"]

_ROWS = 10_000


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
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(f"{target} is not empty")
    train = count - count // 7
    with tempfile.TemporaryDirectory(dir=target, prefix=".digitgen-", suffix=".partial") as stage:
        for name, first, end in (("train", 0, train), ("test", train, count)):
            _write(Path(stage, f"{name}.parquet"), drawer, labels, seed, range(first, end))
        Path(stage, "README.md").write_text(_card(drawer, count, seed))
        for name in ("train.parquet", "test.parquet", "README.md"):
            os.replace(Path(stage, name), target / name)


def _write(path: Path, model: Model, labels: numpy.ndarray, seed: int, rows: range) -> None:
    features = {
        "image": {"_type": "Image"},
        "label": {"names": [str(digit) for digit in range(10)], "_type": "ClassLabel"},
    }
    image = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
    schema = pyarrow.schema(
        [("image", image), ("label", pyarrow.int64())],
        metadata={"huggingface": json.dumps({"info": {"features": features}})})
    # A PNG is compressed already.
    with pyarrow.parquet.ParquetWriter(path, schema, compression="none") as writer:
        for first in range(rows.start, rows.stop, _ROWS):
            piece = labels[first:min(first + _ROWS, rows.stop)]
            images = numpy.asarray(model.draw(piece, seed=seed, first=first))
            cells: list[dict[str, Any]] = [
                {"bytes": png(picture), "path": f"{first + index:08}.png"} for index, picture in enumerate(images)]
            columns = [pyarrow.array(cells, image), pyarrow.array(piece.astype(numpy.int64))]
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema))


def _card(model: Model, count: int, seed: int) -> str:
    return f"""---
license: apache-2.0
pretty_name: {count} handwritten digits by {model.name}
task_categories:
- image-classification
tags:
- synthetic
- mnist
- handwritten-digits
configs:
- config_name: default
  data_files:
  - split: train
    path: train.parquet
  - split: test
    path: test.parquet
---

# {count} handwritten digits by {model.name}

Synthetic: drawn by the model `{model.name}` of digitgen. No person wrote these digits.

- Model: `{model.name}`, SHA-256 `{model.sha256}`
- Seed: {seed}
"""
