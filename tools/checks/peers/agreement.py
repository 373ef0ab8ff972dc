"""Do the exported models draw what digitgen draws?"""

import subprocess
from dataclasses import dataclass

import numpy

import engines

COUNT = 1000
# Of 255, in the mean of all pixels.
LIMIT = 2


@dataclass
class Agreement:
    """How far the pixels of an engine lie from digitgen's, of 255."""

    peer: engines.Peer
    mean: float
    greatest: int

    @property
    def is_expected(self):
        """Where sums saturate, nothing is promised."""
        return self.mean <= LIMIT or not self.peer.is_exact


def check(digitgen, path, generator):
    """Compares digitgen's images of one seed with those that each engine draws from the same latents."""
    raw = subprocess.run(
        [digitgen, "--weights", path, "--count", str(COUNT), "--seed", str(engines.SEED), "--format", "raw"],
        check=True, stdout=subprocess.PIPE).stdout
    ours = numpy.frombuffer(raw, numpy.uint8)
    # A bundle may make its faintest grays black, which a network alone cannot.
    darkest_gray = generator.pixels[generator.pixels > 0].min()
    for peer in engines.peers():
        (runner,) = peer.runners(generator, [COUNT], threads=1, parallel=1)
        runner.run()
        theirs = runner.pixels().ravel()
        theirs = numpy.where(theirs < darkest_gray, 0, theirs)
        difference = numpy.abs(theirs.astype(numpy.int16) - ours)
        yield Agreement(peer, float(difference.mean()), int(difference.max()))
