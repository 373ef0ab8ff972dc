"""Times digitgen and the other engines in turn, so that other work on the machine affects all of them."""

import json
import statistics
import subprocess
import time
from dataclasses import dataclass, field

import bundle
import engines

BATCHES = [1, 8, 32, 128, 512]
TRIAL_SECONDS = 0.2


@dataclass
class Speed:
    """Images per second: for each round, the rate of its fastest run."""

    batch: str
    peer: engines.Peer | None = None  # None for digitgen
    rates: list = field(default_factory=list)

    @property
    def median(self):
        return statistics.median(self.rates)


@dataclass
class Comparison:
    model: str
    threads: int
    share_of_peak: float
    ours: Speed
    peers: list

    @property
    def best(self):
        return max(self.peers, key=lambda speed: speed.median)

    @property
    def best_exact(self):
        """The best engine whose integer sums do not saturate."""
        return max((speed for speed in self.peers if speed.peer.is_exact), key=lambda speed: speed.median)


def compare(digitgen, path, threads, rounds, seconds):
    """Times one model on `threads` threads, in `rounds` rounds of `seconds` each."""
    generator = bundle.read(path)
    peers = [fastest_runner(peer, generator, threads) for peer in engines.peers()]
    ours, shares = Speed(""), []
    for _ in range(rounds):
        report = bench(digitgen, path, threads, seconds)
        best = max(report["runs"], key=lambda run: run["images_per_second"])
        ours.rates.append(best["images_per_second"])
        ours.batch = str(best["batch"])
        shares.append(best["images_per_second"] * generator.macs / 1e9 / best["peak_gmacs_per_second"])
        for speed, runner in peers:
            speed.rates.append(rate(runner, seconds))
    return Comparison(
        generator.name, threads, statistics.median(shares), ours, [speed for speed, _ in peers])


def bench(digitgen, path, threads, seconds):
    output = subprocess.run(
        [digitgen, "bench", "--weights", path, "--threads", str(threads), "--seconds", str(seconds), "--json"],
        check=True, stdout=subprocess.PIPE).stdout
    return json.loads(output)


def fastest_runner(peer, generator, threads):
    """The engine with its fastest batch in a short trial, and an empty record of its speed."""
    trials = []
    for parallel in sorted({1, threads}):
        for batch, runner in zip(BATCHES, peer.runners(generator, BATCHES, threads, parallel)):
            text = str(batch) if parallel == 1 else f"{parallel}×{batch}"
            trials.append((rate(runner, TRIAL_SECONDS), text, runner))
    _, text, runner = max(trials, key=lambda trial: trial[0])
    return Speed(text, peer), runner


def rate(runner, seconds):
    """Images per second of the fastest run within `seconds`, after a warm-up run."""
    runner.run()
    fastest, end = float("inf"), time.perf_counter() + seconds
    while True:
        start = time.perf_counter()
        runner.run()
        stop = time.perf_counter()
        fastest = min(fastest, stop - start)
        if stop >= end:
            return runner.images / fastest
