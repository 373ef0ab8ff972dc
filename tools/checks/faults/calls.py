"""Makes system calls fail, and interrupts or shortens them. Checks are generators that yield findings and raise
AssertionError on a failure."""

import errno
import os
import re
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor

from programs import expect_told, files, fit, write_tiny_data

# Instead of an error: the program is killed at the call.
KILL = 0
CALLS = {
    "open": (errno.EACCES, errno.EIO),
    "read": (errno.EIO,),
    "write": (errno.ENOSPC, KILL),
    "fsync": (errno.EIO, KILL),
    "syncfs": (errno.EIO, KILL),
    "close": (errno.EIO, KILL),
    "rename": (errno.EIO, KILL),
    "link": (errno.EPERM, errno.EIO, KILL),
    "mkdir": (errno.EACCES, KILL),
    "rmdir": (errno.EIO, KILL),
    "unlink": (errno.EACCES, KILL),
    "opendir": (errno.EACCES,),
    "readdir": (errno.EIO, KILL),
    "flock": (errno.EWOULDBLOCK, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EBADF, KILL),
    "stat": (errno.EIO, errno.EACCES),
    "lstat": (errno.EIO,),
    "fstat": (errno.EIO,),
    "access": (errno.EACCES,),
    "fchmod": (errno.EPERM,),
    "dup": (errno.EMFILE,),
    "poll": (errno.ENOMEM,),
}
# Unfinished files, and everything in unfinished folders.
PARTIAL = re.compile(r"(^|/)\.digitgen-[^/]*\.partial(/|$)")
OLD = b"what was there before"
# Other files beside the output, which must not change.
BYSTANDERS = {"other": b"another's", ".digitgen-other": b"another's", "set.partial": b"another's"}


class Subject:
    """A command that writes files, with the state in which it starts."""

    def __init__(self, name, words, setup=lambda folder: None, standard_input=b"", status=0):
        self.name, self.words, self.setup = name, words, setup
        self.standard_input, self.status = standard_input, status

    def run(self, programs, folder, faults=None, wrapper=()):
        return programs.run(self.words, folder, faults, standard_input=self.standard_input, wrapper=wrapper)


def subjects(folder):
    data, run = folder / "data", folder / "run"

    def old_picture(place):
        (place / "out.png").write_bytes(OLD)

    def finished_run(place):
        shutil.copytree(run, place / "run")

    def used_folder(place):
        (place / "set").mkdir()
        (place / "set" / "mine").write_bytes(OLD)

    def leftovers(place):
        """The state that a process leaves if it is killed while it moves its files."""
        hidden = place / "set" / ".digitgen-folder-1.partial"
        hidden.mkdir(parents=True)
        for name in ("labels", "last"):
            (hidden / name).write_bytes(OLD)
        (place / "set" / "images").write_bytes(OLD)
        for kind, name, path in (
                (".moves", "images", place / "set" / "images"), (".moves", "labels", hidden / "labels"),
                (".ending", "last", hidden / "last")):
            time = path.stat().st_mtime_ns
            note = f"{path.stat().st_ino}.{time // 10**9}.{time % 10**9}:{name}"
            (hidden / kind / note).mkdir(parents=True)

    draw = ["digitgen", "7", "--count", "16", "--seed", "1"]
    yield Subject("a picture in a file's place", [*draw, "-o", "out.png"], old_picture)
    yield Subject("a picture on standard output", draw)
    for form in ("idx", "npy", "png", "tar"):
        words = ["digitgen", "dataset", "--count", "20", "--seed", "1", "--format", form, "-o", "set"]
        yield Subject(f"a data set of {form}", words)
    words = ["digitgen", "dataset", "--count", "20", "--seed", "1", "-o", "set"]
    yield Subject("a data set into a folder in use", words, used_folder, status=os.EX_CANTCREAT)
    yield Subject("a data set over what a killed one left", words, leftovers)
    yield Subject("the service", ["digitgen", "serve"], standard_input=b'{"digits":"7","seed":1}\n' * 3)
    yield Subject("a training run", fit(data, "run"))
    yield Subject("a continued run", fit(data, "run", "--resume", "--epochs", "3"), finished_run)
    yield Subject("a bundle", ["digitgen-train", "quantize", "run", "--data", str(data), "-o", "bundle.zst"], finished_run)


def prepared(folder, subject):
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    for name, content in BYSTANDERS.items():
        (folder / name).write_bytes(content)
    subject.setup(folder)
    return files(folder)


def visible(contents):
    """The finished files."""
    return {name: content for name, content in contents.items() if not PARTIAL.search(name)}


def without_times(contents):
    """Contents that are equal in equal runs: without lock files and the times in curves.csv."""
    return {
        name: b"\n".join(line.rpartition(b",")[0] for line in content.split(b"\n")) if name.endswith(".csv") else content
        for name, content in contents.items() if not name.endswith("lock")}


def expect_equal(found, whole, what):
    found, whole = without_times(found), without_times(whole)
    wrong = sorted(name for name in found | whole if found.get(name) != whole.get(name))
    assert not wrong, f"{what}: {', '.join(wrong)} differs, is missing or is unexpected"


def places():
    """The first sixteen calls, then increasingly few: late calls repeat early ones."""
    nth = 1
    while True:
        yield nth
        nth += max(1, nth // 8)


def inject(programs, folder, subject, mark, whole, call, number):
    """Makes one call after the other fail, one per run. Returns how many did."""
    for failed, nth in enumerate(places()):
        fault = f"fails with {errno.errorcode[number]}" if number else "kills"
        what = f"{subject.name}, {call} {nth} {fault}"
        before = prepared(folder, subject)
        names = set(folder.rglob("*"))
        mark.unlink(missing_ok=True)
        outcome = subject.run(programs, folder, {"CALL": call, "AT": nth, "ERROR": number, "MARK": mark})
        after = files(folder)
        if not mark.exists():
            assert outcome.returncode == subject.status, f"{what}: status {outcome.returncode} without a fault"
            return failed
        if outcome.returncode == 0:
            # The call was dispensable, so the work must be complete.
            assert subject.status == 0, f"{what}: ended well"
            expect_equal(visible(after), whole, f"{what}: ended well")
        elif number == KILL:
            assert outcome.returncode == -signal.SIGKILL, f"{what}: status {outcome.returncode}"
        else:
            expect_told(outcome, subject.words[0], what)
        for name, content in visible(before).items():
            if name != "run/lock" and not name.startswith("run/") and (name != "set/images" or subject.status):
                assert after.get(name) in (content, whole.get(name)), f"{what}: {name} is neither old nor new"
        assert "set/.manifest.json" not in after or visible(after) == whole, f"{what}: incomplete, but looks complete"
        if subject.status:
            assert after == before, f"{what}: changed something"
            continue
        if after == before and names == set(folder.rglob("*")):
            # The next run would be the first one over again.
            continue
        again = subject
        if subject.words[1] == "fit" and "run/config.json" in after and "--resume" not in subject.words:
            again = Subject(subject.name, [*subject.words, "--resume"])
        outcome = again.run(programs, folder)
        assert outcome.returncode == 0, f"{what}: the next run fails: {outcome.stderr.decode()}"
        expect_equal(files(folder), whole, f"{what}: the next run")


def check_subjects(check, programs, folder, chosen=lambda subject: True):
    """Runs a check of one subject for each of those chosen, as many at once as there are processors. Yields their
    findings."""
    write_tiny_data(folder / "data")
    outcome = programs.run(fit(folder / "data", "run"), folder)
    assert outcome.returncode == 0, outcome.stderr.decode()

    def findings(subject):
        place = folder / subject.name.replace(" ", "-")
        place.mkdir()
        return list(check(programs, place, subject))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(findings, filter(chosen, subjects(folder))):
            yield from found


def check_subject(programs, folder, subject):
    """The subject's calls fail, one call per run, and are interrupted."""
    place, mark = folder / "place", folder / "mark"
    prepared(place, subject)
    outcome = subject.run(programs, place)
    assert outcome.returncode == subject.status, f"{subject.name}: {outcome.stderr.decode()}"
    whole, reply = files(place), outcome.stdout
    faults = {
        call: sum(inject(programs, place, subject, mark, whole, call, number) for number in numbers)
        for call, numbers in CALLS.items()}
    yield f"{subject.name}: {sum(faults.values())} faults ({', '.join(f'{n} {c}' for c, n in faults.items() if n)})"
    prepared(place, subject)
    outcome = subject.run(programs, place, {"CALL": "all"})
    assert outcome.returncode == subject.status, f"{subject.name}, all interrupted: {outcome.stderr.decode()}"
    assert without_times(files(place)) == without_times(whole) and (
        outcome.stdout == reply or subject.words[0] == "digitgen-train"), f"{subject.name}, all interrupted"
    yield f"{subject.name}: interrupting and shortening every call changes nothing"


def check_calls(programs, folder):
    """Every kind of system call that a command makes fails, one call per run."""
    yield from check_subjects(check_subject, programs, folder)
