"""A small reader of lines: convolutions, a recurrent layer and CTC (Shi et al. 2015, "An end-to-end trainable neural
network for image-based sequence recognition")."""

import numpy
import torch
from torch import nn
from torch.nn import functional

BLANK = 10


class Reader(nn.Module):
    """Log probabilities [W / 4, N, 11] of lines [N, 1, 32, W]."""

    def __init__(self):
        super().__init__()

        def block(inputs, outputs, pool):
            return [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(),
                    nn.MaxPool2d(pool)]

        self.features = nn.Sequential(
            *block(1, 16, 2), *block(16, 32, 2), *block(32, 48, (2, 1)), *block(48, 64, (2, 1)))
        self.sequence = nn.GRU(128, 64, bidirectional=True)
        self.classes = nn.Linear(128, 11)

    def forward(self, lines):
        features = self.features(lines).flatten(1, 2)
        return functional.log_softmax(self.classes(self.sequence(features.permute(2, 0, 1))[0]), 2)


def augmented(lines, random):
    """Lines as cameras and hands vary them, the same way for all readers: stretched, moved and with other grays."""
    height, width = lines.shape[2:]
    size = round(height * random.uniform(0.85, 1)), round(width * random.uniform(0.85, 1))
    lines = functional.interpolate(lines, size, mode="bilinear", align_corners=False)
    top, left = random.integers(height - size[0] + 1), random.integers(width - size[1] + 1)
    lines = functional.pad(lines, (left, width - size[1] - left, top, height - size[0] - top))
    exponents = torch.from_numpy(random.uniform(0.7, 1.4, (len(lines), 1, 1, 1)).astype(numpy.float32))
    return lines.clamp(min=1e-4) ** exponents


def tensor(lines):
    return torch.from_numpy(lines).float().div(255).unsqueeze(1)


def train(lines, labels, epochs, seed, report):
    """A reader that learnt from lines [N, 32, W] and their labels [N, length]."""
    torch.manual_seed(seed)
    random = numpy.random.default_rng(seed)
    reader, batch = Reader(), 64
    steps = len(lines) // batch * epochs
    optimizer = torch.optim.Adam(reader.parameters(), 2e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps)
    for epoch in range(epochs):
        order, total = random.permutation(len(lines)), 0.0
        for start in range(0, len(lines) // batch * batch, batch):
            chosen = order[start:start + batch]
            scores = reader(augmented(tensor(lines[chosen]), random))
            loss = functional.ctc_loss(
                scores, torch.from_numpy(labels[chosen]), torch.full((batch,), len(scores)),
                torch.full((batch,), labels.shape[1]), blank=BLANK, zero_infinity=True)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 5)
            optimizer.step()
            schedule.step()
            total += loss.item() * batch
        report(f"epoch {epoch + 1} of {epochs}, loss {total / len(lines):.4f}")
    return reader.eval()


@torch.no_grad()
def error(reader, lines, labels):
    """The share of lines that are not read entirely right."""
    wrong = 0
    for start in range(0, len(lines), 500):
        best = reader(tensor(lines[start:start + 500])).argmax(2).T.numpy()
        for path, label in zip(best, labels[start:start + 500]):
            read = [now for now, before in zip(path, [BLANK, *path[:-1]]) if now not in (before, BLANK)]
            wrong += read != list(label)
    return wrong / len(lines)
