"""Measures the most expensive accepted bundles, and bundles beyond the limits. Raises AssertionError on a failure."""

import os
import subprocess
import sys
from pathlib import Path

from programs import expect_told

MOST_KILOBYTES = 256 << 10
MOST_SECONDS = 2
# Tiers that pack weights differently, and the best one.
TIERS = ("scalar", "avx2" if os.uname().machine == "x86_64" else "neon", None)


def measured(program, words, folder, tier):
    """Runs a program. Returns the completed process, processor time in seconds and memory in kB."""
    environment = {"PATH": os.environ["PATH"]} | ({"DIGITGEN_ISA": tier} if tier else {})
    with open(folder / "errors", "w+b") as errors:
        process = subprocess.Popen(
            [program, *words], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        outcome = subprocess.CompletedProcess(words, process.returncode, b"", errors.read())
    return outcome, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def check_limits(programs, folder):
    """Every bundle draws an image or is refused, within the limits on time and memory."""
    subprocess.run([sys.executable, Path(__file__).with_name("bundles.py"), folder], check=True)
    for bundle in sorted(folder.glob("*/*")):
        most_seconds, most_kilobytes = 0, 0
        for tier in TIERS:
            for words in (["inspect", bundle], ["--weights", bundle, "-o", "out.png", "--count", "1"]):
                outcome, seconds, kilobytes = measured(programs.digitgen, words, folder, tier)
                what = f"{bundle.name} ({tier or 'best tier'}, {words[0]})"
                if bundle.parent.name == "good":
                    assert outcome.returncode == 0, f"{what}: {outcome.stderr.decode()}"
                else:
                    assert outcome.returncode == os.EX_DATAERR, f"{what}: status {outcome.returncode}"
                    expect_told(outcome, "digitgen", what)
                assert kilobytes <= MOST_KILOBYTES, f"{what}: {kilobytes} kB of memory"
                assert seconds <= MOST_SECONDS, f"{what}: {seconds:.2f} s of processor time"
                most_seconds, most_kilobytes = max(most_seconds, seconds), max(most_kilobytes, kilobytes)
        yield (f"{bundle.name}: {bundle.stat().st_size} bytes, at most {most_seconds:.2f} s and {most_kilobytes} kB")
