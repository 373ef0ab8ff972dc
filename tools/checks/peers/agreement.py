"""Checks that the exported models draw the same pictures as digitgen."""

import subprocess
from dataclasses import dataclass

import numpy

import engines
import finishing
import latents

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
    """Compares digitgen's images of one seed with those that each engine draws from the same latents, of ink with those
    that are made of its fields."""
    arguments = ["--weights", path, "--count", str(COUNT), "--seed", str(engines.SEED), "--format", "raw"]
    if generator.draws_ink:
        # The latents of the hands themselves, from which no digit strays.
        arguments += ["--vary", "0"]
    raw = subprocess.run([digitgen, *arguments], check=True, stdout=subprocess.PIPE).stdout
    ours = numpy.frombuffer(raw, numpy.uint8)
    for peer in engines.peers():
        (runner,) = peer.runners(generator, [COUNT], threads=1, parallel=1)
        runner.run()
        theirs = pictures(generator, runner.output())
        difference = numpy.abs(theirs.astype(numpy.int16) - ours)
        yield Agreement(peer, float(difference.mean()), int(difference.max()))


def pictures(generator, output):
    """The pixels of an engine's output as digitgen gives them."""
    if not generator.draws_ink:
        # The bundle's table may clamp faint grays to black.
        darkest_gray = generator.pixels[generator.pixels > 0].min()
        return numpy.where(output < darkest_gray, 0, output).ravel()
    codes = latents.inputs(generator, engines.SEED, len(output))[:, : generator.latent_size]
    layer = generator.layers[-1]
    return numpy.concatenate([
        finishing.picture(finishing.field(layer, values[0]), generator.speck_size, finishing.source_size(code)).ravel()
        for values, code in zip(output, codes)])
