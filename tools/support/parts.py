"""Runs the parts of a check, which are generators that yield findings and raise AssertionError on a failure."""

import sys
import tempfile
from pathlib import Path


def run(check, parts, names, *arguments):
    """Runs the named parts, or all, with the arguments and a temporary folder. Exits at the first failure."""
    if unknown := [name for name in names if name not in parts]:
        sys.exit(f"check {check}: unknown part '{unknown[0]}'; expected {', '.join(parts)}")
    for name in names or parts:
        with tempfile.TemporaryDirectory(prefix=f"check-{check}-") as folder:
            try:
                for finding in parts[name](*arguments, Path(folder)):
                    print(f"{name}: {finding}", flush=True)
            except AssertionError as error:
                sys.exit(f"check {check}: {name}: {error}")
