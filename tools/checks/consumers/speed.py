"""Speed of the Python package: into an array, beside the program, and in a training of a small network."""

import subprocess
import time

import digitgen
import torch
from digitgen.torch import Digits
from torch.utils.data import DataLoader, TensorDataset

COUNT = 100_000
EPOCH = 20_000


def best(work, runs=5):
    """The least time of several runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def check_speed(program, folder):
    words = [program, "7", "--count", str(COUNT), "--seed", "1", "--format", "raw", "-o", "/dev/null"]
    command = best(lambda: subprocess.run(words, check=True))
    array = best(lambda: digitgen.draw("7", count=COUNT, seed=1))
    yield (
        f"{COUNT} digits into an array: {COUNT / array:,.0f} a second, {command / array:.0%} of the program's "
        f"{COUNT / command:,.0f}")

    torch.set_num_threads(1)
    with_array, drawn = (min(train(loader) for _ in range(3)) for loader in (loader_of_array(), loader_of_digits()))
    waiting = best(lambda: [None for _ in loader_of_digits()], 3)
    yield (
        f"a small CNN on {EPOCH} digits: {EPOCH / with_array:,.0f} a second from an array, {EPOCH / drawn:,.0f} drawn "
        f"by two workers; the workers alone: {EPOCH / waiting:,.0f}")


def loader_of_array():
    (images, labels), _ = digitgen.keras_mnist(count=EPOCH * 7 // 6, seed=1)
    pixels = torch.from_numpy(images[:EPOCH]).unsqueeze(1).float() / 255
    data = TensorDataset(pixels, torch.from_numpy(labels[:EPOCH]).long())
    return DataLoader(data, batch_size=128)


def loader_of_digits():
    return DataLoader(Digits(count=EPOCH, seed=1, batch_size=128), batch_size=None, num_workers=2)


def train(loader):
    """The seconds of an epoch."""
    torch.manual_seed(1)
    network = torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 5, stride=2), torch.nn.ReLU(), torch.nn.Conv2d(16, 32, 5, stride=2), torch.nn.ReLU(),
        torch.nn.Flatten(), torch.nn.Linear(512, 10))
    optimizer = torch.optim.Adam(network.parameters())
    start = time.perf_counter()
    for images, labels in loader:
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(network(images), labels).backward()
        optimizer.step()
    return time.perf_counter() - start
