"""Makes every system call fail, one per run, including those of the C library and the loader, with strace. Checks are
generators that yield findings and raise AssertionError on a failure."""

import collections
import re
import shutil

from calls import check_subjects, expect_equal, places, prepared, visible
from programs import files

MEMORY = ("mmap", "brk", "mprotect", "munmap", "madvise", "clone", "clone3", "mremap")
ERRORS = {"flock": "ENOLCK", "openat": "EACCES", "mkdir": "EACCES", "rename": "EACCES"} | dict.fromkeys(MEMORY, "ENOMEM")
# execve starts the run. A process cannot end or wait without the others.
NOT_FAILED = {"execve", "exit", "exit_group", "futex", "restart_syscall", "rt_sigreturn"}


def counted(programs, folder, subject, trace):
    """How often a run makes each system call."""
    prepared(folder, subject)
    outcome = subject.run(programs, folder, wrapper=["strace", "-f", "-o", str(trace)])
    assert outcome.returncode == subject.status, f"{subject.name}: {outcome.stderr.decode()}"
    names = re.findall(r"^\d+ +(\w+)\(", trace.read_text(errors="replace"), re.MULTILINE)
    return collections.Counter(name for name in names if name not in NOT_FAILED), outcome.stdout, files(folder)


def expect_harmless(outcome, reply, before, after, whole, what):
    """A successful run has done everything; a failed one has kept what was there."""
    found = visible(after)
    if outcome.returncode == 0:
        expect_equal(found, whole, what)
        assert outcome.stdout == reply, f"{what}: succeeded with another result"
        return
    for name, content in visible(before).items():
        if not name.startswith("run/") and name != "set/images":
            assert found.get(name) in (content, whole.get(name)), f"{what}: {name} is neither old nor new"
    assert "set/.manifest.json" not in found or found == whole, f"{what}: incomplete, but looks complete"


def check_subject(programs, folder, subject):
    """The subject's calls fail, one per run."""
    place = folder / "place"
    counts, reply, whole = counted(programs, place, subject, folder / "trace")
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
            ends["success" if outcome.returncode == 0 else "crash" if died(outcome) else "message"] += 1
    yield f"{subject.name}: {sum(ends.values())} faults: {dict(ends)}"


def check_syscalls(programs, folder):
    """No failing call leads to success with a wrong result, or changes another file."""
    if not shutil.which("strace"):
        yield "skipped: strace is not on the PATH"
        return
    yield from check_subjects(check_subject, programs, folder, lambda subject: subject.words[0] == "digitgen")


def died(outcome):
    """Ended in the loader or by a signal, not with an exit code of sysexits.h."""
    return not 64 <= outcome.returncode <= 78
