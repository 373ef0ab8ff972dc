"""Do the exported models draw what digitgen draws?"""

import subprocess
from dataclasses import dataclass

import numpy

import engines
import export
import latents

COUNT = 1000
SEED = 20_240_229
# Of 255, in the mean of all pixels.
LIMIT = 2


@dataclass
class Agreement:
    """How far the pixels of an engine lie from digitgen's, of 255."""

    engine: str
    mean: float
    greatest: int

    @property
    def holds(self):
        return self.mean <= LIMIT


def check(digitgen, path, generator):
    """Compares digitgen's images of one seed with those that each engine draws from the same latents."""
    raw = subprocess.run(
        [digitgen, "--weights", path, "--count", str(COUNT), "--seed", str(SEED), "--format", "raw"],
        check=True, stdout=subprocess.PIPE).stdout
    ours = numpy.frombuffer(raw, numpy.uint8).reshape(COUNT, 28, 28)
    codes = latents.inputs(generator, SEED, COUNT)
    models = {False: export.float_model(generator), True: export.int8_model(generator)}
    for name, engine, is_int8 in engines.peers():
        runner = engine(models[is_int8], codes if is_int8 else latents.values(codes), threads=1, parallel=1)
        runner.run()
        difference = numpy.abs(runner.pixels().reshape(ours.shape).astype(numpy.int16) - ours)
        yield Agreement(name, float(difference.mean()), int(difference.max()))
