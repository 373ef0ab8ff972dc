"""Loads what `digitgen dataset` writes with the libraries of its users."""

import sys

import parts
import loaders
import speed

PARTS = {
    "mnist": loaders.check_mnist,
    "npz": loaders.check_npz,
    "tar": loaders.check_tar,
    "png": loaders.check_png,
    "arrays": loaders.check_arrays,
    "lines": loaders.check_lines,
    "parquet": loaders.check_parquet,
    "package": loaders.check_package,
    "speed": speed.check_speed,
}

if __name__ == "__main__":
    parts.run("consumers", PARTS, sys.argv[2:], sys.argv[1])
