"""Checks that the exported models draw the same pictures as digitgen."""

import subprocess
from dataclasses import dataclass

import numpy

import engines

COUNT = 1000
# Mean difference over all pixels, of 255.
LIMIT = 2


@dataclass
class Agreement:
    """Difference between an engine's pixels and digitgen's, of 255."""

    peer: engines.Peer
    mean: float
    greatest: int

    @property
    def is_expected(self):
        """Engines whose sums saturate may differ."""
        return self.mean <= LIMIT or not self.peer.is_exact


def check(digitgen, path, generator):
    """Compares digitgen's images of one seed with those that each engine draws from the same latents."""
    raw = subprocess.run(
        [digitgen, "--weights", path, "--count", str(COUNT), "--seed", str(engines.SEED), "--format", "raw"],
        check=True, stdout=subprocess.PIPE).stdout
    ours = numpy.frombuffer(raw, numpy.uint8)
    # The bundle's table may clamp faint grays to black.
    darkest_gray = generator.pixels[generator.pixels > 0].min()
    for peer in engines.peers():
        (runner,) = peer.runners(generator, [COUNT], threads=1, parallel=1)
        runner.run()
        theirs = runner.pixels().ravel()
        theirs = numpy.where(theirs < darkest_gray, 0, theirs)
        difference = numpy.abs(theirs.astype(numpy.int16) - ours)
        yield Agreement(peer, float(difference.mean()), int(difference.max()))
