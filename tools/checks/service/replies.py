"""Checks of `digitgen serve`, as generators that yield findings and raise AssertionError on a failure."""

import base64
import json
import os
import random
import statistics
import subprocess
import time

from client import Session, Stopwatch, png_pixels, request

SEED = 1


def single(index, form, **more):
    """A request for one digit: image `index` of a data set."""
    return request(id=index, digits=str(index % 10), first=index, seed=SEED, format=form, layout="each", **more)


def check_replies(digitgen, _):
    """Order, labels, pictures and speed of 100,000 pipelined requests."""
    count = 100_000
    pixels = {}
    for form in ("raw", "png"):
        lines = b"".join(single(index, form) + b"\n" for index in range(count))
        with Stopwatch() as watch:
            session = Session(digitgen)
            output = session.stream([lines])
            assert session.end() == 0, "the exit code is not 0"
        answers = output.split(b"\n")
        assert answers.pop() == b"" and len(answers) == count, f"{len(answers)} replies"
        for index, line in enumerate(answers):
            reply = json.loads(line)
            assert reply["ok"] and reply["id"] == index, f"reply {reply['id']} instead of {index}"
            assert reply["labels"] == [str(index % 10)] and (reply["width"], reply["height"]) == (28, 28)
            data = base64.b64decode(reply["data"][0], validate=True)
            if form == "png":
                data = png_pixels(data)[2]
                assert data == pixels[index], f"the pixels of PNG {index}"
            else:
                pixels[index] = data
        yield (
            f"{count} {form} requests right and in order; {count / watch.seconds:.0f} a second, "
            f"{count / watch.processor_seconds:.0f} a second of processor time")
    yield from check_framing(digitgen, count)


def check_framing(digitgen, count):
    """Speed of binary framing; the tests compare its content."""
    lines = b"".join(single(index, "raw") + b"\n" for index in range(count))
    with Stopwatch() as watch:
        session = Session(digitgen, "--framing", "binary")
        output = session.stream([lines])
        assert session.end() == 0
    assert len(output) > count * 784
    yield (
        f"binary framing: {count / watch.seconds:.0f} raw a second, "
        f"{count / watch.processor_seconds:.0f} a second of processor time")


def check_latency(digitgen, _):
    """Latency of one request at a time."""
    for form in ("raw", "png"):
        session = Session(digitgen)
        for index in range(500):
            session.ask(single(index, form))
        times = []
        for index in range(10_000):
            line = single(index, form)
            start = time.perf_counter()
            reply = session.ask(line)
            times.append((time.perf_counter() - start) * 1000)
            assert json.loads(reply)["id"] == index
        assert session.end() == 0
        cuts = statistics.quantiles(times, n=100)
        yield f"{form}: median {statistics.median(times):.3f} ms, 99th percentile {cuts[98]:.3f} ms"


class HostileLines:
    """Hostile lines."""

    def __init__(self, randomness):
        self.random = randomness

    def line(self):
        make = self.random.choice([
            self.noise, self.cut, self.nested, self.number, self.text, self.twice, self.long, self.field, self.blank])
        return make().replace(b"\n", b" ")

    def noise(self):
        return self.random.randbytes(self.random.randrange(200))

    def cut(self):
        whole = single(self.random.randrange(1000), "png")
        return whole[:self.random.randrange(len(whole))]

    def nested(self):
        depth = self.random.choice([33, 1000, 30_000])
        return self.random.choice([b"[" * depth, b'{"id":' * (depth // 6), b'{"id":' + b"[" * depth + b"]" * depth + b"}"])

    def number(self):
        value = self.random.choice(["1e999999999", "-0.5", "9" * 5000, "1" + "0" * 300, "0.1", "-1", "1E+2", "NaN", "0x7"])
        key = self.random.choice(["count", "seed", "first"])
        return f'{{"digits":"7","{key}":{value}}}'.encode() if self.random.random() < 0.8 else value.encode() + b"e"

    def text(self):
        value = self.random.choice([
            b"\xff\xfe", b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"\\x", b"\x00", b"\xc0\xaf", "٣".encode(), "７".encode(),
            b"7" * 65, b""])
        return b'{"digits":"' + value + b'"}'

    def twice(self):
        return b'{"digits":"7","digits":"8"}'

    def long(self):
        return self.random.choice([b"7", b" ", b"\x00", b"["]) * self.random.choice([65_537, 65_537, 65_537, 66_000, 300_000])

    def field(self):
        return self.random.choice([
            b'{"digits":"7","model":"../../etc/passwd"}', b'{"digits":"7","format":"gif"}', b'{"op":"exit"}',
            b'{"digits":"7","count":10001}', b'{"digits":"12345","count":18446744073709551615}',
            b'{"__proto__":{}}', b'{"digits":["7"]}', b"[]", b"null", b"true", b'{"digits":null}',
            b'{"digits":"7","layout":{}}', b'{"digits":"7","first":9007199254740991,"count":0}'])

    def blank(self):
        return self.random.choice([b"", b" ", b"\t", b"\r"])


def torn(data, randomness):
    """The bytes in pieces of random size, some after a pause."""
    place = 0
    while place < len(data):
        size = randomness.choice([1, 7, 100, 4096, 65_536])
        yield data[place:place + size]
        place += size
        if randomness.random() < 0.02:
            time.sleep(0.001)


def check_hostile(digitgen, _):
    """10,000 hostile lines among 2,000 valid ones: one reply each, in order, in constant memory."""
    seed = random.getrandbits(32)
    randomness = random.Random(seed)
    hostile = HostileLines(randomness)
    good = {index: single(index, randomness.choice(["raw", "png"])) for index in range(2000)}
    alone = Session(digitgen)
    expected = {index: alone.ask(line) for index, line in good.items()}
    alone.end()
    places = [None] * 10_000 + list(good)
    randomness.shuffle(places)
    lines = [hostile.line() if place is None else good[place] for place in places]
    session = Session(digitgen)
    peaks = []

    def pieces():
        parts = [b"".join(line + b"\n" for line in lines[start:start + 1000]) for start in range(0, len(lines), 1000)]
        for part in parts:
            yield from torn(part, randomness)
            peaks.append(session.peak_kilobytes())
        # An unfinished line at the end.
        yield b'{"id":1,"digits":"'

    answers = session.stream(pieces()).split(b"\n")
    assert session.end() == 0, f"the exit code is not 0 (seed {seed})"
    assert answers.pop() == b"" and len(answers) == len(lines) + 1, f"{len(answers)} replies (seed {seed})"
    for place, line, answer in zip(places, lines, answers):
        if place is None:
            reply = json.loads(answer)
            assert not reply["ok"] and reply["error"]["code"] != "internal", f"{line[:200]}: {answer[:200]} (seed {seed})"
        else:
            assert answer == expected[place], f"wrong reply to valid line {place} (seed {seed})"
    growth = peaks[-1] - peaks[1]
    assert growth < 2048, f"memory grew by {growth} kB (seed {seed})"
    yield (
        f"10000 hostile lines among {len(good)} good ones, {sum(map(len, lines)) >> 20} MiB, torn anywhere: a reply "
        f"each, the good ones right; memory {peaks[1]} kB after 2000 lines, {peaks[-1]} kB at the end")
    yield from check_flood(digitgen)


def check_flood(digitgen):
    """A client that sends forever without reading: the program blocks, in constant memory."""
    session = Session(digitgen)
    os.set_blocking(session.input, False)
    lines = b"".join(single(index, "png") + b"\n" for index in range(10_000))
    peaks, sent, still = [], 0, 0
    while still < 20:
        try:
            sent += os.write(session.input, lines[sent % len(lines):])
            still = 0
        except BlockingIOError:
            time.sleep(0.05)
            still += 1
        peaks.append(session.peak_kilobytes())
    assert sent < 8 << 20, f"{sent} bytes were accepted although no reply was read"
    session.process.kill()
    session.end()
    yield f"a client that does not read: {sent >> 10} KiB of requests accepted, {peaks[-1]} kB of memory"


def check_bytes(digitgen, folder):
    """A request gives the same bytes alone, in a batch, on the command line and in a data set."""
    count = 300
    subprocess.run(
        [digitgen, "dataset", "--count", str(count), "--seed", str(SEED), "--format", "png", "-o", folder / "set"],
        check=True)
    files = {int(path.stem): path.read_bytes() for path in (folder / "set").glob("*/*.png")}
    lines = [single(index, "png") for index in range(count)]
    session = Session(digitgen)
    alone = [session.ask(line) for line in lines]
    session.end()
    session = Session(digitgen)
    together = session.stream([b"\n".join(lines)]).split(b"\n")[:-1]
    session.end()
    assert alone == together, "replies alone and in a batch differ"
    for index, line in enumerate(alone):
        assert base64.b64decode(json.loads(line)["data"][0]) == files[index], f"data set and service, image {index}"
    session = Session(digitgen)
    for digits in ("7", "007", "90210"):
        for number in (1, 2, 17):
            words = [digitgen, digits, "--count", str(number), "--seed", "5"]
            line = request(digits=digits, count=number, seed=5)
            file = subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout
            assert base64.b64decode(json.loads(session.ask(line))["data"]) == file, f"command line: {words}"
            file = subprocess.run([*words, "--format", "raw"], check=True, stdout=subprocess.PIPE).stdout
            line = request(digits=digits, count=number, seed=5, format="raw", layout="each")
            assert b"".join(map(base64.b64decode, json.loads(session.ask(line))["data"])) == file, f"raw: {words}"
    session.end()
    yield f"{count} images are the same alone, in a batch and in a data set, and 18 pictures on the command line"
