"""Races pairs of runs that make a data set in one folder, with delays before their system calls. Raises AssertionError
on a failure."""

import os
import random
import shutil

from programs import expect_told, files

PAIRS = int(os.environ["PAIRS"])
# Microseconds before a call. With the longest delay, one run often ends before the other begins.
DELAYS = (200, 2_000, 10_000)
FORMATS = ("idx", "npy", "png", "tar")


def words(form, seed):
    return ["digitgen", "dataset", "--count", "20", "--seed", str(seed), "--format", form, "-o", "set"]


NO_LOCKS = {"LOCKS": 0}
# The file system of the two runs: with locks, without locks, and out of locks for the second run.
SYSTEMS = {"locks": ({}, {}), "no locks": (NO_LOCKS, NO_LOCKS), "one lock": ({}, NO_LOCKS)}


def check_races(programs, folder):
    """One run of each pair makes its data set; the other reports that and changes nothing."""
    whole = {}
    for form in FORMATS:
        for seed in (1, 2):
            place = folder / f"{form}-{seed}"
            place.mkdir()
            assert programs.run(words(form, seed), place).returncode == 0
            whole[form, seed] = files(place)
    seed = random.getrandbits(32)
    numbers = random.Random(seed)
    for name, faults in SYSTEMS.items():
        winners = [0, 0]
        for pair in range(PAIRS):
            what = f"pair {pair} with {name} (seed {seed})"
            place = folder / "place"
            place.mkdir()
            if pair % 2:
                (place / "set").mkdir()
            asked = [(numbers.choice(FORMATS), run) for run in (1, 2)]
            delay = numbers.choice(DELAYS)
            started = [
                programs.start(words(*each), place, faults[run] | {"DELAY": delay}) for run, each in enumerate(asked)]
            outcomes = [finish() for finish in started]
            won = [run for run, outcome in enumerate(outcomes) if outcome.returncode == 0]
            assert len(won) == 1, f"{what}: {outcomes}"
            lost = outcomes[1 - won[0]]
            assert lost.returncode == os.EX_CANTCREAT and b"is in use" in lost.stderr, f"{what}: {lost}"
            expect_told(lost, "digitgen", what)
            found = files(place)
            assert found == whole[asked[won[0]]], f"{what}: {sorted(found)}"
            winners[won[0]] += 1
            shutil.rmtree(place)
        yield (f"{PAIRS} pairs with {name}: one complete data set each, {winners[0]} by the first run and {winners[1]} by "
               f"the second")
