"""Data sets for PyTorch that are drawn instead of read.

>>> from torch.utils.data import DataLoader
>>> from digitgen.torch import Digits
>>> loader = DataLoader(Digits(count=60_000, seed=1, batch_size=128), batch_size=None, num_workers=2)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import numpy

try:
    import torch
    from torch.utils.data import Dataset, IterableDataset, get_worker_info
except ImportError as error:
    raise ImportError("digitgen.torch needs PyTorch; see https://pytorch.org/get-started") from error

from ._library import library  # noqa: F401  (fails early if the library is missing)
from ._model import Model, model_of

__all__ = ["MNIST", "Digits"]


class Digits(IterableDataset[tuple[Any, Any]]):
    """Labelled digits, drawn in blocks of consecutive samples.

    Sample i depends on the seed and on i alone. The blocks go round the workers of all ranks, so that each sample is
    drawn once; with the loader's batch size as `block`, batches are the same with any number of workers.

    Parameters
    ----------
    digits
        The digits that occur; the model's by default.
    count
        The number of samples; None for no end.
    seed
        Equal seeds give equal samples.
    start
        The first sample, to resume after `start` others.
    block
        Samples that are drawn at a time.
    batch_size
        None for single samples; otherwise samples come in batches, blocks of this size, for a
        ``DataLoader(batch_size=None)``, which saves collating them.
    shuffle
        Labels in random order instead of in turn.
    transform
        Applied to each image, or batch of images.
    model
        As of `digitgen.draw`.
    rank, world_size
        The place of this process among several; by default, that of ``torch.distributed``.

    Yields
    ------
    tuple
        Image, float32 (1, 28, 28) from 0 to 1, and label, int; or batches of them, (n, 1, 28, 28) and int64 (n,).
    """

    def __init__(
        self,
        digits: str | None = None,
        count: int | None = None,
        *,
        seed: int = 0,
        start: int = 0,
        block: int = 256,
        batch_size: int | None = None,
        shuffle: bool = True,
        transform: Callable[[torch.Tensor], Any] | None = None,
        model: Model | str | os.PathLike[str] | None = None,
        rank: int | None = None,
        world_size: int | None = None,
    ) -> None:
        super().__init__()
        drawer = model_of(model)
        self._model = model
        self._digits = numpy.array([int(digit) for digit in (drawer.digits if digits is None else digits)], numpy.uint8)
        if len(self._digits) == 0 or (rank is None) != (world_size is None):
            raise ValueError("digits must not be empty, and rank and world_size belong together")
        for name, value, least in (("count", count, 0), ("start", start, 0), ("block", batch_size or block, 1)):
            if value is not None and value < least:
                raise ValueError(f"{name} must be at least {least}")
        if rank is not None and world_size is not None and not 0 <= rank < world_size:
            raise ValueError("rank must be from 0 to world_size - 1")
        drawer.draw(self._digits, seed=seed)  # Digits that the model does not draw are an error here.
        self.count, self.seed, self.start = count, seed, start
        self.block = block if batch_size is None else batch_size
        self.batched = batch_size is not None
        self.shuffle, self.transform = shuffle, transform
        self._place = None if rank is None else (rank, world_size)

    def __len__(self) -> int:
        if self.count is None:
            raise TypeError("these digits have no end")
        rank, world_size = self._place or _distributed_place()
        firsts = range(self.start + rank * self.block, self.count, world_size * self.block)
        if self.batched or not firsts:
            return len(firsts)
        return (len(firsts) - 1) * self.block + min(self.block, self.count - firsts[-1])

    def labels(self, first: int, count: int) -> numpy.ndarray:
        """Returns the labels of samples `first` …, int64 (count,)."""
        if not self.shuffle:
            return self._digits[numpy.arange(first, first + count) % len(self._digits)].astype(numpy.int64)
        # A permutation of the digits for each turn, so that every turn is balanced.
        size = len(self._digits)
        turns = range(first // size, -(-(first + count) // size))
        orders = [numpy.random.default_rng((self.seed, turn)).permutation(self._digits) for turn in turns]
        begin = first - turns.start * size
        return numpy.concatenate(orders)[begin:begin + count].astype(numpy.int64)

    def state_dict(self) -> dict[str, int]:
        """Returns where the samples begin, for `load_state_dict`."""
        return {"seed": self.seed, "start": self.start}

    def load_state_dict(self, state: dict[str, int]) -> None:
        """Begins where another data set of the same seed ended."""
        self.seed, self.start = state["seed"], state["start"]

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        rank, world_size = self._place or _distributed_place()
        worker = get_worker_info()
        own, shards = (0, 1) if worker is None else (worker.id, worker.num_workers)
        # Blocks go to the ranks first, then to the workers of each.
        step = self.block * world_size * shards
        first = self.start + self.block * (own * world_size + rank)
        model = model_of(self._model)
        while self.count is None or first < self.count:
            count = self.block if self.count is None else min(self.block, self.count - first)
            labels = self.labels(first, count)
            drawn = numpy.asarray(model.draw(labels, seed=self.seed, first=first, threads=1))
            images = torch.from_numpy(drawn).unsqueeze(1).to(torch.float32).div_(255)
            if self.batched:
                yield (images if self.transform is None else self.transform(images)), torch.from_numpy(labels)
            else:
                for image, label in zip(images, labels.tolist()):
                    yield (image if self.transform is None else self.transform(image)), label
            first += step


class MNIST(Dataset[tuple[Any, Any]]):
    """Stands in for ``torchvision.datasets.MNIST``, with drawn digits; needs neither files nor a network.

    The images are those of ``digitgen dataset --format mnist``: 60,000 for training, 10,000 for testing.

    Parameters
    ----------
    root, download
        Ignored, so that a program needs no other change.
    train
        The training part, or the part for testing.
    transform, target_transform
        As in torchvision: of a PIL image, which needs Pillow, and of a label.
    seed, count, balanced, model
        As of `digitgen.keras_mnist`.

    Attributes
    ----------
    data
        uint8 (60000, 28, 28), or (10000, 28, 28).
    targets
        int64 (60000,), or (10000,).
    """

    classes = [f"{digit} - {name}" for digit, name in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))]

    def __init__(
        self,
        root: str | os.PathLike[str] | None = None,
        train: bool = True,
        transform: Callable[[Any], Any] | None = None,
        target_transform: Callable[[int], Any] | None = None,
        download: bool = False,
        *,
        seed: int = 0,
        count: int = 70_000,
        balanced: bool = False,
        model: Model | str | os.PathLike[str] | None = None,
    ) -> None:
        self.train, self.transform, self.target_transform = train, transform, target_transform
        drawer = model_of(model)
        labels = drawer.split_labels(count, seed=seed, balanced=balanced)
        boundary = count - count // 7
        first, end = (0, boundary) if train else (boundary, count)
        images = numpy.asarray(drawer.draw(labels[first:end], seed=seed, first=first))
        self.data = torch.from_numpy(images)
        self.targets = torch.from_numpy(labels[first:end].astype(numpy.int64))

    @property
    def class_to_idx(self) -> dict[str, int]:
        """The names of the classes and their labels."""
        return {name: index for index, name in enumerate(self.classes)}

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, index: int) -> tuple[Any, Any]:
        try:
            from PIL import Image
        except ImportError as error:
            raise ImportError("digitgen.torch.MNIST returns PIL images; pip install pillow, or use .data") from error
        image: Any = Image.fromarray(self.data[index].numpy())
        target: Any = int(self.targets[index])
        if self.transform is not None:
            image = self.transform(image)
        if self.target_transform is not None:
            target = self.target_transform(target)
        return image, target

    def __repr__(self) -> str:
        return f"{type(self).__name__}(train={self.train}, count={len(self)})"


def _distributed_place() -> tuple[int, int]:
    if torch.distributed.is_available() and torch.distributed.is_initialized():
        return torch.distributed.get_rank(), torch.distributed.get_world_size()
    return 0, 1
