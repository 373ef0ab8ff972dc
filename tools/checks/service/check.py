"""Checks the service and data sets from outside. Run by tools/check service."""

import os
import sys
import tempfile
from pathlib import Path

import data_sets
import replies

PARTS = {
    "replies": replies.check_replies,
    "latency": replies.check_latency,
    "hostile": replies.check_hostile,
    "bytes": replies.check_bytes,
    "shards": data_sets.check_shards,
    "kills": data_sets.check_kills,
    "disks": data_sets.check_disks,
}


def main(digitgen, names):
    if unknown := [name for name in names if name not in PARTS]:
        sys.exit(f"check service: unknown part '{unknown[0]}'; expected {', '.join(PARTS)}")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for name in names or PARTS:
        with tempfile.TemporaryDirectory(prefix="check-service-") as folder:
            try:
                for finding in PARTS[name](digitgen, Path(folder)):
                    print(f"{name}: {finding}", flush=True)
            except AssertionError as error:
                sys.exit(f"check service: {name}: {error}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
