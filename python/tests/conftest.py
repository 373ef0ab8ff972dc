import shutil
import subprocess

import numpy
import pytest


@pytest.fixture(scope="session")
def program():
    """The path of the program; skips without one."""
    path = shutil.which("digitgen")
    if path is None:
        pytest.skip("digitgen is not on the PATH")
    return path


@pytest.fixture(scope="session")
def command(program):
    """Runs the program and returns its standard output."""

    def run(*words):
        return subprocess.run([program, *map(str, words)], check=True, capture_output=True).stdout

    return run


@pytest.fixture(scope="session")
def raw(command):
    """The pixels that the program draws, as a flat array."""

    def run(*words):
        return numpy.frombuffer(command(*words, "--format", "raw"), numpy.uint8)

    return run
