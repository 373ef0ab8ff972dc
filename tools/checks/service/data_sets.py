"""Checks of `digitgen dataset`, as generators that yield findings and raise AssertionError on a failure."""

import os
import random
import shutil
import signal
import struct
import subprocess
import tarfile
import time

import numpy
from PIL import Image

FORMATS = ("idx", "npy", "png", "tar")
# Bytes of the header, which every part of an array repeats.
HEADERS = {"images-idx3-ubyte": 16, "labels-idx1-ubyte": 8, "images.npy": 128, "labels.npy": 128}
MANIFEST = ".manifest.json"
CARD = "README.md"


def make(digitgen, folder, form, count, *more):
    """Runs `digitgen dataset` and returns the completed process."""
    words = [digitgen, "dataset", "--count", str(count), "--seed", "1", "--format", form, "-o", str(folder), *more]
    return subprocess.run(words, stderr=subprocess.PIPE, text=True)


def made(*arguments):
    outcome = make(*arguments)
    assert outcome.returncode == 0 and outcome.stderr == "", outcome.stderr


def files(folder):
    """Names and bytes of all files below a folder, except those that describe the data set."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in (MANIFEST, CARD)}


def check_shards(digitgen, folder):
    """Parts 1/7 … 7/7 join to the whole, and other programs read it."""
    count = 10_003
    pixels = None
    for form in FORMATS:
        made(digitgen, folder / form, form, count)
        whole = files(folder / form)
        parts = []
        for index in range(1, 8):
            part = folder / f"{form}-{index}"
            made(digitgen, part, form, count, "--shard", f"{index}/7")
            parts.append(files(part))
        for name, content in whole.items():
            header = HEADERS.get(name, 0)
            joined = b"".join(part[name][header:] for part in parts if name in part)
            assert joined == content[header:], f"{form}: {name}"
        assert set().union(*parts) == set(whole), f"{form}: the names of the files"
        images, labels = READERS[form](folder / form, count)
        assert list(labels) == [index % 10 for index in range(count)], f"{form}: labels"
        pixels = images if pixels is None else pixels
        assert numpy.array_equal(images, pixels), f"{form}: images"
        shutil.rmtree(folder / form)
        yield f"{form}: 7 parts join to the whole of {count} images; another program reads it"


def read_idx(folder, count):
    """Reads IDX as MNIST loaders do."""
    images = (folder / "images-idx3-ubyte").read_bytes()
    labels = (folder / "labels-idx1-ubyte").read_bytes()
    assert struct.unpack(">4I", images[:16]) == (0x803, count, 28, 28)
    assert struct.unpack(">2I", labels[:8]) == (0x801, count)
    return numpy.frombuffer(images, numpy.uint8, offset=16).reshape(-1, 28, 28), labels[8:]


def read_npy(folder, _):
    return numpy.load(folder / "images.npy"), numpy.load(folder / "labels.npy")


def read_png(folder, _):
    found = {int(path.stem): path for path in folder.glob("*/*.png")}
    images = numpy.stack([numpy.asarray(Image.open(found[index])) for index in range(len(found))])
    return images, [int(found[index].parent.name) for index in range(len(found))]


def read_tar(folder, count):
    images, labels = [], []
    with tarfile.open(folder / "digits.tar") as archive:
        for member in archive:
            content = archive.extractfile(member)
            if member.name.endswith(".png"):
                images.append(numpy.asarray(Image.open(content)))
            else:
                labels.append(int(content.read()))
    # GNU tar is stricter about the end of an archive.
    listed = subprocess.run(["tar", "-tf", folder / "digits.tar"], check=True, capture_output=True)
    assert listed.stderr == b"" and listed.stdout.count(b"\n") == 2 * count
    return numpy.stack(images), labels


READERS = {"idx": read_idx, "npy": read_npy, "png": read_png, "tar": read_tar}


def check_kills(digitgen, folder):
    """kill -9 at any moment leaves no incomplete file that looks complete."""
    count, rounds = 20_000, 25
    for form in FORMATS:
        start = time.monotonic()
        made(digitgen, folder / "whole", form, count)
        seconds = time.monotonic() - start
        whole = files(folder / "whole")
        unfinished = 0
        for _ in range(rounds):
            target = folder / "killed"
            process = subprocess.Popen(
                [digitgen, "dataset", "--count", str(count), "--seed", "1", "--format", form, "-o", target],
                stderr=subprocess.DEVNULL)
            time.sleep(random.uniform(0, 1.1 * seconds))
            process.send_signal(signal.SIGKILL)
            process.wait()
            unfinished += not (target / MANIFEST).exists()
            expect_no_half_files(form, target, whole)
            # The next run completes it.
            made_or_done = make(digitgen, target, form, count)
            if made_or_done.returncode == 0:
                assert files(target) == whole, f"{form}: the run after a killed one"
            else:
                # Pictures with their final names are kept: the user must empty the folder.
                assert "new or an empty" in made_or_done.stderr, made_or_done.stderr
            shutil.rmtree(target)
        shutil.rmtree(folder / "whole")
        yield f"{form}: killed {rounds} times, {unfinished} times before the end; nothing incomplete looked complete"


def expect_no_half_files(form, target, whole):
    if not target.exists():
        return
    visible = {
        name: content for name, content in files(target).items()
        if not any(part.endswith(".partial") for part in name.split("/"))}
    for name, content in visible.items():
        assert whole.get(name) == content, f"{form}: {name} looks complete"
    if (target / MANIFEST).exists():
        assert visible == whole, f"{form}: a manifest without all files"


def check_disks(digitgen, folder):
    """A full disk is an error that leaves nothing; a folder with other content is not touched."""
    disk = folder / "disk"
    disk.mkdir()
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True).returncode == 0
    if mounted:
        try:
            for form in FORMATS:
                outcome = make(digitgen, disk / "set", form, 20_000)
                assert outcome.returncode == 74 and outcome.stderr.count("\n") == 1, outcome
                assert list(disk.iterdir()) == [], f"{form}: {list(disk.rglob('*'))[:5]}"
            yield f"a full disk leaves nothing: {outcome.stderr.strip().replace(str(folder), '…')}"
        finally:
            subprocess.run(["umount", disk], check=True)
    else:
        yield "full disk: skipped, because mounting a small disk needs root"
    other = folder / "other"
    other.mkdir()
    (other / "images-idx3-ubyte").write_bytes(b"mine")
    for form in FORMATS:
        outcome = make(digitgen, other, form, 100)
        assert outcome.returncode == 73 and outcome.stderr.count("\n") == 1, outcome
        assert [path.name for path in other.iterdir()] == ["images-idx3-ubyte"]
        assert (other / "images-idx3-ubyte").read_bytes() == b"mine"
    yield f"a folder with other content is kept: {outcome.stderr.strip().replace(str(folder), '…')}"
