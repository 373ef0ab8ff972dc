"""Times whole processes in turn. Started by benchmark.py as a program of its own, with as few modules as can be: the
system counts the memory of the process that starts another as that of the other.

    startup.py RUNS PROGRAM…    where a program is its arguments, joined by newlines

Prints a list: for each program the seconds, the processor time in seconds and the peak memory in bytes of all runs.
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
        run(arguments)  # Once ahead: the files are in memory then.
    for _ in range(runs):
        for arguments, results in zip(programs, found):
            results.append(run(arguments))
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), [program.split("\n") for program in sys.argv[2:]])
