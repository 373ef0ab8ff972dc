"""Runs digitgen and digitgen-train for the checks."""

import os
import random
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

# A longer run counts as a hang.
SECONDS = 60


@dataclass
class Programs:
    """The two programs, dynamically linked, and the library to preload."""

    digitgen: str
    trainer: str
    shim: str

    def run(self, words, folder, faults=None, standard_input=b"", wrapper=()):
        """Runs a command that begins with "digitgen" or "digitgen-train", and returns the completed process."""
        return self.start(words, folder, faults, standard_input, wrapper)()

    def start(self, words, folder, faults=None, standard_input=b"", wrapper=()):
        """Starts a command, optionally through the command `wrapper`. Returns a function that waits for its end and
        returns the completed process."""
        program = {"digitgen": self.digitgen, "digitgen-train": self.trainer}[words[0]]
        environment = {"PATH": os.environ["PATH"], "OPENBLAS_NUM_THREADS": "1"}
        if faults:
            environment |= {"LD_PRELOAD": self.shim} | {f"FAULT_{key}": str(value) for key, value in faults.items()}

        process = subprocess.Popen(
            [*wrapper, program, *words[1:]], cwd=folder, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)

        def finish():
            try:
                out, errors = process.communicate(standard_input, SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                raise
            return subprocess.CompletedProcess(words, process.returncode, out, errors)

        return finish


def expect_told(outcome, name, what):
    """Expects an exit code of sysexits.h and one line that begins with the program's name."""
    errors = outcome.stderr.decode()
    assert 64 <= outcome.returncode <= 78, f"{what}: status {outcome.returncode}: {errors}"
    told = [line for line in errors.splitlines() if line.startswith(f"{name}: ")]
    assert len(told) == 1, f"{what}: expected one line of error, not: {errors}"


def files(folder):
    """Names and bytes of all files below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}


def write_tiny_data(folder, count=100):
    """Writes MNIST's four files with few images: bars on noise."""
    folder.mkdir()
    numbers = random.Random(1)
    for prefix in ("train", "t10k"):
        images, labels = bytearray(), bytes(index % 10 for index in range(count))
        for label in labels:
            image = bytearray(numbers.randrange(20) for _ in range(784))
            for row in range(4, 24):
                image[row * 28 + 4 + 2 * label:row * 28 + 8 + 2 * label] = b"\xf0" * 4
            images += image
        (folder / f"{prefix}-images-idx3-ubyte").write_bytes(struct.pack(">4I", 2051, count, 28, 28) + images)
        (folder / f"{prefix}-labels-idx1-ubyte").write_bytes(struct.pack(">2I", 2049, count) + labels)


def fit(data, run, *more):
    """A training run of the model that trains fastest: all models write their files alike."""
    return ["digitgen-train", "fit", "gan", "--data", str(data), "--output", str(run), "--epochs", "2",
            "--batch-size", "50", "--threads", "1", *more]
