"""Every system call of a run fails, one a run: those of the C library and of the loader, too, as strace can have it. Each
check yields what it found, and raises AssertionError for what is wrong."""

import collections
import re
import shutil

from calls import expect_equal, places, prepared, subjects, visible
from programs import files, fit, write_tiny_data

MEMORY = ("mmap", "brk", "mprotect", "munmap", "madvise", "clone", "clone3", "mremap")
ERRORS = {"flock": "ENOLCK", "openat": "EACCES", "mkdir": "EACCES", "rename": "EACCES"} | dict.fromkeys(MEMORY, "ENOMEM")
# Without the first there is no run, and by failing at the others a process cannot end or wait.
NOT_FAILED = {"execve", "exit", "exit_group", "futex", "restart_syscall", "rt_sigreturn"}


def counted(programs, folder, subject, trace):
    """How often a run makes each system call."""
    prepared(folder, subject)
    outcome = subject.run(programs, folder, wrapper=["strace", "-f", "-o", str(trace)])
    assert outcome.returncode == subject.status, f"{subject.name}: {outcome.stderr.decode()}"
    names = re.findall(r"^\d+ +(\w+)\(", trace.read_text(errors="replace"), re.MULTILINE)
    return collections.Counter(name for name in names if name not in NOT_FAILED), outcome.stdout, files(folder)


def expect_harmless(outcome, reply, before, after, whole, what):
    """A run that ends well has done everything; one that does not has left what was there."""
    found = visible(after)
    if outcome.returncode == 0:
        expect_equal(found, whole, what)
        assert outcome.stdout == reply, f"{what}: ended well with another result"
        return
    for name, content in visible(before).items():
        if not name.startswith("run/") and name != "set/images":
            assert found.get(name) in (content, whole.get(name)), f"{what}: {name} is neither old nor new"
    assert "set/manifest.json" not in found or found == whole, f"{what}: looks finished and is not"


def check_syscalls(programs, folder):
    """No failure of any call ends well with a wrong result, or touches another file."""
    if not shutil.which("strace"):
        yield "strace is not on the PATH: left out"
        return
    write_tiny_data(folder / "data")
    assert programs.run(fit(folder / "data", "run"), folder).returncode == 0
    place, trace = folder / "place", folder / "trace"
    for subject in subjects(folder):
        if subject.words[0] != "digitgen":
            continue
        counts, reply, whole = counted(programs, place, subject, trace)
        ends = collections.Counter()
        for call, count in sorted(counts.items()):
            error = ERRORS.get(call, "EIO")
            for nth in places():
                if nth > count:
                    break
                what = f"{subject.name}, {call} {nth} fails with {error}"
                before = prepared(place, subject)
                outcome = subject.run(
                    programs, place, wrapper=["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
                                              "-e", f"inject={call}:error={error}:when={nth}"])
                expect_harmless(outcome, reply, before, files(place), whole, what)
                if subject.status:
                    assert outcome.returncode != 0 and files(place) == before, f"{what}: changed something"
                ends["well" if outcome.returncode == 0 else "badly" if died(outcome) else "with a message"] += 1
        yield f"{subject.name}: {sum(ends.values())} faults, of which ended {dict(ends)}"


def died(outcome):
    """Not by a status of sysexits: in the loader, or by a signal."""
    return not 64 <= outcome.returncode <= 78
