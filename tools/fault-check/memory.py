"""Programs that get little memory. Raises AssertionError for what is wrong."""

import shutil

from programs import files

MIB = 1 << 20
REQUEST = b'{"digits":"7","seed":1}\n'
WORDS = {
    "a picture": ["digitgen", "7", "--count", "16", "--seed", "1", "-o", "out.png"],
    "a data set": ["digitgen", "dataset", "--count", "200", "--seed", "1", "--format", "tar", "-o", "set"],
    "the service": ["digitgen", "serve"],
    "an inspection": ["digitgen", "inspect", "cdcgan"],
}


def check_memory(programs, folder):
    """Every limit on the address space gives the whole result, or none and a failure."""
    for name, words in WORDS.items():
        place = folder / name.replace(" ", "-")
        place.mkdir()
        outcome = programs.run(words, place, standard_input=REQUEST)
        assert outcome.returncode == 0, outcome.stderr.decode()
        whole, reply = files(place), outcome.stdout
        worked, told, silent = 0, 0, 0
        for limit in range(4 * MIB, 260 * MIB, 2 * MIB):
            shutil.rmtree(place)
            place.mkdir()
            outcome = programs.run(words, place, memory=limit, standard_input=REQUEST)
            after = files(place)
            if outcome.returncode == 0:
                assert after == whole and outcome.stdout == reply, f"{name}, {limit >> 20} MiB: another result"
                worked += 1
                continue
            finished = {file for file in after if not file.rpartition("/")[2].startswith(".")}
            assert not finished, f"{name}, {limit >> 20} MiB: failed, and left {finished}"
            if outcome.returncode > 0 and outcome.stderr:
                told += 1
            else:
                silent += 1
        yield f"{name}: {worked} limits are enough; below, {told} failures with a message, {silent} by a signal"
