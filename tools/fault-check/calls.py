"""System calls that fail, and such that are interrupted and cut short. Each check yields what it found, and raises
AssertionError for what is wrong."""

import errno
import shutil
import signal

from programs import expect_told, files, fit, write_tiny_data

# In the place of an error: the program is killed there.
KILL = 0
CALLS = {
    "open": (errno.EACCES,),
    "read": (errno.EIO,),
    "write": (errno.ENOSPC, KILL),
    "fsync": (errno.EIO, KILL),
    "rename": (errno.EIO, KILL),
    "mkdir": (errno.EACCES, KILL),
}
OLD = b"what was there before"


class Subject:
    """Something that writes files: what it runs, and where it leaves what."""

    def __init__(self, name, words, setup=lambda folder: None, standard_input=b"", calls=CALLS):
        self.name, self.words, self.setup = name, words, setup
        self.standard_input, self.calls = standard_input, calls

    def run(self, programs, folder, faults=None):
        return programs.run(self.words, folder, faults, standard_input=self.standard_input)


def subjects(folder):
    data, run = folder / "data", folder / "run"

    def old_picture(place):
        (place / "out.png").write_bytes(OLD)

    def finished_run(place):
        shutil.copytree(run, place / "run")

    draw = ["digitgen", "7", "--count", "16", "--seed", "1"]
    yield Subject("a picture in a file's place", [*draw, "-o", "out.png"], old_picture)
    yield Subject("a picture on standard output", draw)
    for form in ("idx", "npy", "png", "tar"):
        words = ["digitgen", "dataset", "--count", "20", "--seed", "1", "--format", form, "-o", "set"]
        yield Subject(f"a data set of {form}", words)
    yield Subject("the service", ["digitgen", "serve"], standard_input=b'{"digits":"7","seed":1}\n' * 3)
    yield Subject("a training run", fit(data, "run"))
    yield Subject("a continued run", fit(data, "run", "--resume", "--epochs", "3"), finished_run)
    yield Subject("a bundle", ["digitgen-train", "quantize", "run", "-o", "bundle.zst"], finished_run)


def prepared(folder, subject):
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    subject.setup(folder)
    return files(folder)


def without_times(contents):
    """What two equal runs have in common: the seconds in curves.csv differ."""
    return {
        name: b"\n".join(line.rpartition(b",")[0] for line in content.split(b"\n")) if name.endswith(".csv") else content
        for name, content in contents.items() if not name.endswith("lock")}


def expect_equal(found, whole, what):
    found, whole = without_times(found), without_times(whole)
    wrong = sorted(name for name in found | whole if found.get(name) != whole.get(name))
    assert not wrong, f"{what}: {', '.join(wrong)} is missing, too many or different"


def places():
    """The first sixteen, and then ever fewer: late calls repeat what early ones do."""
    nth = 1
    while True:
        yield nth
        nth += max(1, nth // 8)


def inject(programs, folder, subject, mark, whole, call, number):
    """Lets one call after another fail. Returns how many did."""
    for failed, nth in enumerate(places()):
        fault = f"fails with {errno.errorcode[number]}" if number else "kills"
        what = f"{subject.name}, {call} {nth} {fault}"
        before = prepared(folder, subject)
        mark.unlink(missing_ok=True)
        outcome = subject.run(programs, folder, {"CALL": call, "AT": nth, "ERROR": number, "MARK": mark})
        after = files(folder)
        if not mark.exists():
            assert outcome.returncode == 0, f"{what}: status {outcome.returncode} without a fault"
            return failed
        if outcome.returncode == 0:
            # It was a call that the work can do without: then the work is whole.
            expect_equal(after, whole, f"{what}: ended well")
            continue
        if number == KILL:
            assert outcome.returncode == -signal.SIGKILL, f"{what}: status {outcome.returncode}"
        else:
            expect_told(outcome, subject.words[0], what)
        for name, content in before.items():
            if name != "run/lock" and not name.startswith("run/"):
                assert after.get(name) in (content, whole.get(name)), f"{what}: {name} is neither old nor new"
        assert "set/manifest.json" not in after or after == whole, f"{what}: looks finished and is not"
        again = subject
        if subject.words[1] == "fit" and "run/config.json" in after and "--resume" not in subject.words:
            again = Subject(subject.name, [*subject.words, "--resume"])
        outcome = again.run(programs, folder)
        assert outcome.returncode == 0, f"{what}: the next run fails: {outcome.stderr.decode()}"
        # In a folder that is not a program's own, nobody can tell what a dead one has left from what others write.
        found = {name: content for name, content in files(folder).items() if not name.startswith(".digitgen-")}
        expect_equal(found, whole, f"{what}: the next run")


def check_calls(programs, folder):
    """System calls of every kind that a run makes fail, one a run."""
    mark = folder / "mark"
    write_tiny_data(folder / "data")
    outcome = programs.run(fit(folder / "data", "run"), folder)
    assert outcome.returncode == 0, outcome.stderr.decode()
    for subject in subjects(folder):
        place = folder / "place"
        prepared(place, subject)
        outcome = subject.run(programs, place)
        assert outcome.returncode == 0, f"{subject.name}: {outcome.stderr.decode()}"
        whole, reply = files(place), outcome.stdout
        faults = {
            call: sum(inject(programs, place, subject, mark, whole, call, number) for number in numbers)
            for call, numbers in subject.calls.items()}
        yield f"{subject.name}: {sum(faults.values())} faults ({', '.join(f'{n} {c}' for c, n in faults.items() if n)})"
        prepared(place, subject)
        outcome = subject.run(programs, place, {"CALL": "all"})
        assert outcome.returncode == 0, f"{subject.name}, all interrupted: {outcome.stderr.decode()}"
        assert without_times(files(place)) == without_times(whole) and (
            outcome.stdout == reply or subject.words[0] == "digitgen-train"), f"{subject.name}, all interrupted"
        yield f"{subject.name}: every call interrupted and cut short, and nothing shows"
