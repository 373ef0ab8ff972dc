"""Times whole processes in turn. Runs as a program of its own with few modules, because the system counts the memory of
a parent process as its child's.

    startup.py RUNS PROGRAM…    a program is its arguments, joined by newlines

Prints a JSON list with the seconds, processor seconds and peak memory in bytes of every run of each program.
"""

import json
import os
import sys
import time


def run(arguments):
    start = time.perf_counter()
    process = os.posix_spawn(arguments[0], arguments, os.environ)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{arguments[0]} failed with status {os.waitstatus_to_exitcode(status)}")
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "seconds": seconds, "processor_seconds": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss * unit,
    }


def main(runs, programs):
    found = [[] for _ in programs]
    for arguments in programs:
        run(arguments)  # A first run loads the files into memory.
    for _ in range(runs):
        for arguments, results in zip(programs, found):
            results.append(run(arguments))
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), [program.split("\n") for program in sys.argv[2:]])
