"""Sends many requests through `digitgen serve`. Run by tools/check soak."""

import json
import os
import sys
import threading
import time

from client import Session, request

SETTLED = 10_000
ALLOWED_KILOBYTES = 2048
# One request of every kind.
ROUND = [
    request(digits="7", seed=1, format="raw"), request(digits="3", first=5, seed=1), request(op="ping"),
    request(digits="90210", count=2, seed=2), b"5", request(digits="x"), request(digits="42", seed=3, style=7, vary=0.5),
    b'{"digits":', request(digits="1", seed=4, layout="each"), request(op="hello"),
    request(digits="8", morph=[1, 2], count=4, seed=6), request(digits="0", seed=5, count=3, format="raw"),
]
FIXED_SEED = [index for index, line in enumerate(ROUND) if line != b"5"]


def resident_kilobytes(session):
    with open(f"/proc/{session.process.pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))


class Reader:
    """Reads a session's replies and compares each with the previous reply to the same request."""

    def __init__(self, session, count):
        self.session, self.count, self.expected = session, count, {}
        self.received, self.settled, self.final, self.error = 0, None, None, None
        self.has_all = threading.Event()

    def run(self):
        rest = b""
        while piece := os.read(self.session.output, 1 << 20):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                place = self.received % len(ROUND)
                if place in FIXED_SEED and self.expected.setdefault(place, line) != line:
                    self.error = f"reply {self.received} differs from that of the same request before: {line[:200]}"
                self.received += 1
                if self.received == SETTLED:
                    self.settled = resident_kilobytes(self.session)
                if self.received == self.count:
                    self.final = resident_kilobytes(self.session)
                    self.has_all.set()


def soak(digitgen, count):
    """Sends `count` requests. Returns the memory after the first 10,000, at the end, and at its peak, in kB."""
    session = Session(digitgen)
    reader = Reader(session, count)
    thread = threading.Thread(target=reader.run)
    thread.start()
    block = b"".join(line + b"\n" for line in ROUND) * 100
    lines = 100 * len(ROUND)
    sent = 0
    while sent < count:
        part = block if count - sent >= lines else b"".join(ROUND[index % len(ROUND)] + b"\n" for index in range(count - sent))
        sent += min(lines, count - sent)
        while part:
            part = part[os.write(session.input, part):]
    while not reader.has_all.wait(0.1) and thread.is_alive():
        pass
    peak = session.peak_kilobytes()
    status = session.process.stdin.close() or session.process.wait()
    thread.join()
    session.process.stdout.close()
    assert reader.error is None, reader.error
    assert (status, reader.received) == (0, count), f"status {status}, {reader.received} replies to {count} requests"
    for place, line in reader.expected.items():
        good = place not in (5, 7)
        assert json.loads(line)["ok"] is good, f"{ROUND[place]}: {line[:200]}"
    return reader.settled, reader.final, peak


def check(settled, final, peak):
    assert final - settled <= ALLOWED_KILOBYTES, f"memory grew from {settled} kB to {final} kB"
    return f"{settled} kB after {SETTLED} requests, {final} kB at the end, {peak} kB at the peak"


def main(digitgen, count):
    try:
        start = time.monotonic()
        print(f"check soak: one session, {count} requests: {check(*soak(digitgen, count))}; "
              f"{count / (time.monotonic() - start):.0f} a second", flush=True)
        results, errors = [], []

        def one():
            try:
                results.append(check(*soak(digitgen, max(SETTLED, count // 16))))
            except AssertionError as error:
                errors.append(str(error))

        threads = [threading.Thread(target=one) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not errors, errors[0]
        print(f"check soak: 16 sessions at once, {max(SETTLED, count // 16)} requests each; the first: {results[0]}")
    except AssertionError as error:
        sys.exit(f"check soak: {error}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
