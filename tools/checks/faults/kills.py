"""Kills training runs at random moments. Raises AssertionError on a failure."""

import random
import signal
import subprocess
import time

from calls import expect_equal
from programs import files, fit, write_tiny_data

KILLS = 50


def check_kills(programs, folder):
    """SIGTERM and SIGKILL during training; the resumed run ends with the bytes of an uninterrupted one."""
    write_tiny_data(folder / "data")
    start = time.monotonic()
    outcome = programs.run(fit(folder / "data", "whole"), folder)
    seconds = time.monotonic() - start
    assert outcome.returncode == 0, outcome.stderr.decode()
    seed = random.getrandbits(32)
    numbers = random.Random(seed)
    kills, early, runs = 0, 0, 0
    while kills < KILLS:
        runs += 1
        name = f"run{runs}"
        while True:
            resume = ["--resume"] if (folder / name / "config.json").exists() else []
            process = subprocess.Popen(
                [programs.trainer, *fit(folder / "data", name, *resume)[1:]], cwd=folder, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT)
            try:
                process.wait(numbers.uniform(0, seconds))
            except subprocess.TimeoutExpired:
                process.send_signal(numbers.choice([signal.SIGTERM, signal.SIGKILL]))
                process.wait()
            said = process.stdout.read().decode()
            process.stdout.close()
            if process.returncode == 0:
                break
            assert process.returncode in (-signal.SIGKILL, -signal.SIGTERM, 75, 143), (
                f"status {process.returncode} (seed {seed}): {said}")
            kills += 1
        expect_equal(files(folder / name), files(folder / "whole"), f"{name} (seed {seed})")
    yield f"{kills} kills in {runs} training runs, each resumed to the bytes of an uninterrupted one (seed {seed})"
