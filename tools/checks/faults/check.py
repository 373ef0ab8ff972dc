"""Checks what the programs do when the system fails. Run by tools/check faults."""

import sys
import tempfile
from pathlib import Path

from calls import check_calls
from kills import check_kills
from limits import check_limits
from memory import check_memory
from programs import Programs
from races import check_races
from syscalls import check_syscalls

PARTS = {
    "calls": check_calls, "syscalls": check_syscalls, "races": check_races, "kills": check_kills,
    "memory": check_memory, "limits": check_limits}


def main(digitgen, trainer, shim, names):
    if unknown := [name for name in names if name not in PARTS]:
        sys.exit(f"check faults: unknown part '{unknown[0]}'; expected {', '.join(PARTS)}")
    for name in names or PARTS:
        with tempfile.TemporaryDirectory(prefix="check-faults-") as folder:
            try:
                for finding in PARTS[name](Programs(digitgen, trainer, shim), Path(folder)):
                    print(f"{name}: {finding}", flush=True)
            except AssertionError as error:
                sys.exit(f"check faults: {name}: {error}")


if __name__ == "__main__":
    main(*sys.argv[1:4], sys.argv[4:])
