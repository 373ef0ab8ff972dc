"""Checks of loaders, as generators that yield findings and raise AssertionError on a failure."""

import csv
import subprocess

import datasets
import digitgen
import mnist as python_mnist
import numpy
import torch
import webdataset
from PIL import Image
from sklearn.linear_model import LogisticRegression

SEED = 1


def load_torchvision():
    """Imports torchvision. Its compiled operators may be for another build of PyTorch; readers of data need none."""
    try:
        import torchvision
    except RuntimeError:
        register = torch.library.register_fake
        torch.library.register_fake = lambda *_, **__: lambda function: function
        import torchvision
        torch.library.register_fake = register
    return torchvision


def make(program, folder, *words):
    """Makes a data set and returns its folder as text."""
    command = [program, "dataset", "--seed", str(SEED), "-o", str(folder), *map(str, words)]
    subprocess.run(command, check=True)
    return str(folder)


def raw(program, digits, count):
    """The pixels of a request, (count, 28, 28)."""
    words = [program, str(digits), "--count", str(count), "--seed", str(SEED), "--format", "raw"]
    output = subprocess.run(words, check=True, capture_output=True).stdout
    return numpy.frombuffer(output, numpy.uint8).reshape(count, 28, 28)


def expect_drawn(program, images, labels, what):
    """Image i is image i of a request for its label."""
    labels = numpy.asarray(labels)
    for digit in range(10):
        drawn = raw(program, digit, len(labels))
        wrong = numpy.flatnonzero((drawn != images).any(axis=(1, 2)) & (labels == digit))
        assert len(wrong) == 0, f"{what}: image {wrong[0]} of {digit} has other pixels than --format raw"


def check_mnist(program, folder):
    root = make(program, folder / "root", "--format", "mnist")
    torchvision = load_torchvision()
    halves = [torchvision.datasets.MNIST(root, train=train, download=False) for train in (True, False)]
    assert [len(half) for half in halves] == [60_000, 10_000]
    images = numpy.concatenate([half.data.numpy() for half in halves])
    labels = numpy.concatenate([half.targets.numpy() for half in halves])
    expect_drawn(program, images, labels, "torchvision")
    assert numpy.array_equal(numpy.asarray(halves[1][7][0]), images[60_007])
    yield "torchvision.datasets.MNIST: 60,000 and 10,000, the pixels of --format raw"

    reader = python_mnist.MNIST(f"{root}/MNIST/raw", return_type="numpy")
    for (pixels, found), first, end in ((reader.load_training(), 0, 60_000), (reader.load_testing(), 60_000, 70_000)):
        assert numpy.array_equal(numpy.asarray(pixels).reshape(-1, 28, 28), images[first:end])
        assert numpy.array_equal(found, labels[first:end])
    yield "python-mnist: the same"

    reader = LogisticRegression(max_iter=50)
    reader.fit(images[:5000].reshape(5000, -1) / 255, labels[:5000])
    accuracy = reader.score(images[60_000:].reshape(10_000, -1) / 255, labels[60_000:])
    assert accuracy > 0.85, accuracy
    yield f"scikit-learn: a logistic regression on 5,000 digits reads {accuracy:.1%} of the 10,000"


def check_npz(program, folder):
    plain = numpy.load(make(program, folder / "npz", "--format", "npz") + "/mnist.npz")
    packed = numpy.load(make(program, folder / "packed", "--format", "npz", "--gz") + "/mnist.npz")
    (x_train, y_train), (x_test, y_test) = digitgen.keras_mnist(seed=SEED)
    expected = {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}
    assert set(plain) == set(packed) == set(expected)
    for name, array in expected.items():
        assert array.dtype == plain[name].dtype == numpy.uint8
        assert numpy.array_equal(plain[name], array) and numpy.array_equal(packed[name], array), name
    yield "numpy.load of mnist.npz, plain and compressed: the arrays of digitgen.keras_mnist"


def check_tar(program, folder):
    tars = make(program, folder / "tars", "--count", 1000, "--format", "tar", "--shards", 4)
    rows = datasets.load_dataset(tars, split="train")
    assert len(rows) == 1000, len(rows)
    expect_drawn(program, numpy.stack([numpy.asarray(row["png"]) for row in rows]), rows["cls"], "load_dataset")
    yield "datasets.load_dataset of four archives: 1,000 rows, the pixels of --format raw"

    urls = sorted(str(path) for path in (folder / "tars").glob("*.tar"))
    pairs = webdataset.WebDataset(urls, shardshuffle=False).decode("l8").to_tuple("__key__", "png", "cls")
    found = {key: (image, label) for key, image, label in torch.utils.data.DataLoader(
        pairs, batch_size=None, num_workers=2)}
    assert len(found) == 1000, len(found)
    ordered = [found[key] for key in sorted(found)]
    images = numpy.stack([numpy.asarray(image) for image, _ in ordered])
    expect_drawn(program, images, [int(label) for _, label in ordered], "webdataset")
    yield "webdataset with two workers: 1,000 samples, the same pixels"


def check_png(program, folder):
    place = make(program, folder / "png", "--count", 200, "--format", "png", "--labels", "csv")
    rows = datasets.load_dataset(place, split="train")
    assert len(rows) == 200
    # The rows are in the order of the paths: all zeros, then all ones.
    index = numpy.argsort([label + 10 * (place % 20) for place, label in enumerate(rows["label"])])
    images = numpy.stack([numpy.asarray(rows[int(row)]["image"]) for row in index])
    expect_drawn(program, images, numpy.arange(200) % 10, "load_dataset")
    pictures = load_torchvision().datasets.ImageFolder(place)
    assert len(pictures) == 200 and [label for _, label in pictures.samples] == sorted(rows["label"])
    yield "datasets.load_dataset and torchvision's ImageFolder of pictures: 200 rows"

    with open(f"{place}/labels.csv", newline="") as file:
        table = list(csv.DictReader(file))
    images = numpy.stack([numpy.asarray(Image.open(f"{place}/{row['filename']}")) for row in table])
    expect_drawn(program, images, [int(row["label"]) for row in table], "labels.csv")
    yield "labels.csv: 200 rows, the pixels of --format raw"


def check_arrays(program, folder):
    for form in ("idx", "npy", "npz", "mnist"):
        place = make(program, folder / form, "--count", 70, "--format", form)
        try:
            rows = datasets.load_dataset(place)
        except datasets.exceptions.DataFilesNotFoundError:
            continue
        raise AssertionError(f"load_dataset of {form} gives {rows}")
    images, labels = (numpy.load(folder / "npy" / f"{name}.npy") for name in ("images", "labels"))
    expect_drawn(program, images, labels, "numpy")
    yield "datasets.load_dataset refuses folders of arrays instead of taking the manifest for data; numpy loads them"


def check_parquet(program, folder):
    import digitgen.parquet

    digitgen.parquet.write(folder / "parquet", 700, seed=SEED)
    loaded = datasets.load_dataset(str(folder / "parquet"))
    rows = [row for split in ("train", "test") for row in loaded[split]]
    assert {split: len(loaded[split]) for split in loaded} == {"train": 600, "test": 100}
    assert loaded["train"].features["label"].names == [str(digit) for digit in range(10)]
    images = numpy.stack([numpy.asarray(row["image"]) for row in rows])
    expect_drawn(program, images, [row["label"] for row in rows], "parquet")
    yield "datasets.load_dataset of digitgen.parquet's folder: 600 and 100 rows, the pixels of --format raw"


def check_lines(program, folder):
    import digitgen.parquet

    make(program, folder / "lines", "--pattern", "amount", "--count", 200, "--height", 32)
    rows = datasets.load_dataset(str(folder / "lines"), split="train")
    texts = rows["text"]
    digitgen.parquet.write_lines(folder / "parquet", texts, seed=SEED, height=32)
    others = datasets.load_dataset(str(folder / "parquet"), split="train")
    assert len(rows) == len(others) == 200 and others["text"] == texts
    for row, other in zip(rows, others):
        assert numpy.array_equal(numpy.asarray(row["image"]), numpy.asarray(other["image"]))
        assert row["boxes"] == other["boxes"]
    yield "datasets.load_dataset of a folder of lines and of digitgen.parquet's: the same 200 texts, pixels and boxes"

    archive = make(program, folder / "tar", "--pattern", "amount", "--count", 200, "--height", 32, "--format", "tar")
    samples = webdataset.WebDataset(f"{archive}/lines.tar", shardshuffle=False).decode("l8")
    for sample, row in zip(samples, rows, strict=True):
        assert sample["txt"] == row["text"] and sample["json"]["boxes"] == row["boxes"]
        assert numpy.array_equal(sample["png"], numpy.asarray(row["image"]))
    yield "webdataset of an archive of lines: the same"


def check_package(program, folder):
    for digits, shape in (("7", (16, 28, 28)), ("90210", (16, 28, 140))):
        images = digitgen.draw(digits, count=16, seed=SEED)
        words = [program, digits, "--count", "16", "--seed", str(SEED), "--format", "raw"]
        assert images.shape == shape and images.tobytes() == subprocess.run(words, capture_output=True).stdout
    yield "digitgen.draw: the pixels of --format raw"

    words = [program, "555-1234", "--count", "3", "--seed", str(SEED), "--across", "400", "--format", "raw"]
    drawn = subprocess.run(words, capture_output=True, check=True).stdout
    lines = [digitgen.line("555-1234", seed=SEED, first=index, across=400).image for index in range(3)]
    assert b"".join(line.tobytes() for line in lines) == drawn
    yield "digitgen.line: the pixels of --format raw"
