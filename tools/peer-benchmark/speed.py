"""Times digitgen and the other engines in turn, so that what else the machine does meets all of them alike."""

import json
import statistics
import subprocess
import time
from dataclasses import dataclass, field

import bundle
import engines
import export
import latents

BATCHES = [1, 8, 32, 128, 512]
TRIAL_SECONDS = 0.2


@dataclass
class Speed:
    """Images a second, one rate for each round: that of the fastest run within the round."""

    engine: str
    batch: str
    rates: list = field(default_factory=list)

    @property
    def median(self):
        return statistics.median(self.rates)


@dataclass
class Comparison:
    model: str
    threads: int
    isa: str
    share_of_peak: float
    ours: Speed
    peers: list

    @property
    def ratio(self):
        """digitgen against the best of the others."""
        return self.ours.median / max(peer.median for peer in self.peers)


def compare(digitgen, path, threads, rounds, seconds):
    """Times one model with so many threads, `rounds` times `seconds` each."""
    generator = bundle.read(path)
    peers = [(Speed(name, batch), runner) for name, batch, runner in fastest_runners(generator, threads)]
    ours, shares = Speed("digitgen", ""), []
    for _ in range(rounds):
        report = bench(digitgen, path, threads, seconds)
        best = max(report["runs"], key=lambda run: run["images_per_second"])
        ours.rates.append(best["images_per_second"])
        ours.batch = str(best["batch"])
        shares.append(best["share_of_peak"])
        for speed, runner in peers:
            speed.rates.append(rate(runner, seconds))
    return Comparison(
        generator.name, threads, report["isa"], statistics.median(shares), ours, [speed for speed, _ in peers])


def bench(digitgen, path, threads, seconds):
    output = subprocess.run(
        [digitgen, "bench", "--weights", path, "--threads", str(threads), "--seconds", str(seconds), "--json"],
        check=True, stdout=subprocess.PIPE).stdout
    return json.loads(output)


def fastest_runners(generator, threads):
    """Each engine with the batch that is fastest in a short trial: (name, batch as text, runner)."""
    models = {False: export.float_model(generator), True: export.int8_model(generator)}
    for name, engine, is_int8 in engines.peers():
        trials = []
        for parallel in sorted({1, threads}):
            for batch in BATCHES:
                codes = latents.inputs(generator, seed=1, count=batch)
                runner = engine(
                    models[is_int8], codes if is_int8 else latents.values(codes), threads, parallel)
                text = str(batch) if parallel == 1 else f"{parallel}×{batch}"
                trials.append((rate(runner, TRIAL_SECONDS), text, runner))
        _, text, runner = max(trials, key=lambda trial: trial[0])
        yield name, text, runner


def rate(runner, seconds):
    """Images a second of the fastest run within a time; a run ahead of it warms up."""
    runner.run()
    fastest, end = float("inf"), time.perf_counter() + seconds
    while True:
        start = time.perf_counter()
        runner.run()
        stop = time.perf_counter()
        fastest = min(fastest, stop - start)
        if stop >= end:
            return runner.images / fastest
