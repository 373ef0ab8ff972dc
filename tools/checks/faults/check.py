"""Checks what the programs do when the system fails. Run by tools/check faults."""

import sys

import parts
from calls import check_calls
from kills import check_kills
from limits import check_limits
from programs import Programs
from races import check_races
from syscalls import check_syscalls

PARTS = {
    "calls": check_calls, "syscalls": check_syscalls, "races": check_races, "kills": check_kills,
    "limits": check_limits}


if __name__ == "__main__":
    digitgen, trainer, shim, *names = sys.argv[1:]
    parts.run("faults", PARTS, names, Programs(digitgen, trainer, shim))
