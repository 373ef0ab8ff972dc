"""Runs programs with little memory. Raises AssertionError on a failure."""

import shutil
from pathlib import Path

from calls import without_times
from programs import expect_told, files, write_tiny_data

ROOT = Path(__file__).resolve().parents[3]
KIB, MIB = 1 << 10, 1 << 20
REQUEST = b'{"digits":"7","seed":1}\n{"digits":"8","seed":1,"count":4000}\n'
# Exit code of a program that the loader cannot start.
NOT_STARTED = 127


def subjects(folder):
    """Names, commands and the limits on their address space in bytes."""
    data = folder / "data"
    write_tiny_data(data)
    limits = range(4 * MIB, 80 * MIB, 256 * KIB)
    yield "a picture", ["digitgen", "7", "--count", "16", "--seed", "1", "-o", "out.png"], limits
    large = range(4 * MIB, 140 * MIB, 2 * MIB)
    big = ["digitgen", "7", "--count", "10", "--seed", "1", "--scale", "64"]
    yield "a large picture", [*big, "-o", "out.png"], large
    yield "one without a background", [*big, "--background", "transparent", "-o", "out.png"], large
    yield "one without compression", [*big, "--format", "pgm", "-o", "out.pgm"], large
    yield "a sheet", ["digitgen", "--sheet", "--count", "1000", "--seed", "1", "--scale", "2", "-o", "out.png"], large
    yield "graphics for a terminal", [*big[:-1], "24", "--preview", "kitty"], large
    yield "the same in sixels", [*big[:-1], "24", "--preview", "sixel"], large
    yield "a data set", ["digitgen", "dataset", "--count", "200", "--seed", "1", "--format", "tar", "-o", "set"], limits
    yield "the service", ["digitgen", "serve"], range(4 * MIB, 160 * MIB, 512 * KIB)
    yield "an inspection", ["digitgen", "inspect", "cdcgan"], limits
    bundle = str(ROOT / "weights" / "dcgan.safetensors.zst")
    yield "an inspection of a file", ["digitgen", "inspect", bundle], limits

    def fit(model, data, batch_size):
        return ["digitgen-train", "fit", model, "--data", str(data), "--output", "run", "--epochs", "1", "--batch-size",
                str(batch_size), "--threads", "1"]

    yield "a training run", fit("gan", data, 50), range(16 * MIB, 960 * MIB, 16 * MIB)
    more = folder / "more-data"
    write_tiny_data(more, 500)
    yield "one with a large batch", fit("cdcgan", more, 500), range(512 * MIB, 1152 * MIB, 16 * MIB)


def check_memory(programs, folder):
    """Every limit gives the complete result, or a message and no result."""
    for name, words, limits in subjects(folder):
        place = folder / name.replace(" ", "-")
        place.mkdir()
        outcome = programs.run(words, place, standard_input=REQUEST)
        assert outcome.returncode == 0, outcome.stderr.decode()
        whole, reply = files(place), outcome.stdout
        worked, told, refused, not_started = [], 0, 0, 0
        for limit in limits:
            what = f"{name}, {limit / MIB} MiB"
            shutil.rmtree(place)
            place.mkdir()
            outcome = programs.run(words, place, memory=limit, standard_input=REQUEST)
            after = files(place)
            if outcome.returncode == 0 and without_times(after) == without_times(whole) and outcome.stdout == reply:
                worked.append(limit)
            elif outcome.returncode == 0:
                # The service replies with an error.
                assert outcome.stdout.count(b"\n") == reply.count(b"\n"), f"{what}: {outcome.stdout[:200]}"
                assert b'"ok":false' in outcome.stdout and b"MiB of memory" in outcome.stdout, f"{what}: another result"
                refused += 1
            else:
                finished = {file for file in after if not file.rpartition("/")[2].startswith(".")}
                assert not finished, f"{what}: failed, and left {finished}"
                if not worked and not told and (outcome.returncode < 0 or outcome.returncode == NOT_STARTED):
                    not_started += 1
                    continue
                expect_told(outcome, words[0], what)
                told += 1
        yield (f"{name}: works with {min(worked) / MIB} MiB; with less, {refused} error replies, {told} messages, and "
               f"{not_started} limits too low to start a program")
