#!/usr/bin/env python3
"""A client of `digitgen serve` that uses only Python's standard library.

Copy this file, or the parts that you need:

    with DigitGen() as digits:
        reply = digits.draw("7", count=16, seed=1)
        open("sevens.png", "wb").write(reply.images[0])

Run as a program, it writes a grid of sevens to sevens.png and then measures the rate of pipelined requests. Its
arguments replace the command "digitgen serve".
"""

import base64
import json
import queue
import subprocess
import sys
import threading
import time
from dataclasses import dataclass


class RequestError(Exception):
    """An error reply; docs/protocol.md lists the values of `code`."""

    def __init__(self, code, message):
        super().__init__(f"{message} ({code})")
        self.code = code


@dataclass
class Reply:
    """A reply. `images` are bytes, one per file: one in the layout "grid", `count` in "each"."""

    id: object
    model: str
    seed: int | str
    labels: list
    width: int
    height: int
    images: list


class DigitGen:
    """A running `digitgen serve`. Use it in one thread at a time."""

    def __init__(self, command=("digitgen", "serve"), binary=True):
        """Starts `command`. Without `binary`, images are sent as base64, which is slower."""
        framing = ["--framing", "binary" if binary else "json"]
        self._process = subprocess.Popen([*command, *framing], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def draw(self, digits, **fields):
        """Draws `digits`, a string. `fields` are other fields of a request: count, seed, first, model, format, layout.

        Raises RequestError.
        """
        self._send({"digits": digits, **fields})
        reply = self._receive()
        if isinstance(reply, RequestError):
            raise reply
        return reply

    def pipeline(self, requests):
        """Yields the replies to many requests, in order, while sending further ones.

        `requests` are dictionaries. An error reply yields a RequestError. Take all replies before the next call.
        """
        sent = queue.SimpleQueue()

        def send_all():
            try:
                for request in requests:
                    self._send(request)
                    sent.put(True)
                sent.put(False)
            except Exception as error:
                sent.put(error)

        # Writing and reading in one thread would deadlock when both pipes are full.
        threading.Thread(target=send_all, daemon=True).start()
        while True:
            news = sent.get()
            if isinstance(news, Exception):
                raise news
            if not news:
                return
            yield self._receive()

    def close(self):
        """Ends the session. Raises RuntimeError if digitgen failed."""
        self._process.stdin.close()
        self._process.stdout.close()
        if self._process.wait() != 0:
            raise RuntimeError(f"digitgen exited with code {self._process.returncode}")

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.close()

    def _send(self, request):
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()

    def _receive(self):
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"digitgen exited with code {self._process.wait()}")
        reply = json.loads(line)
        if not reply["ok"]:
            return RequestError(reply["error"]["code"], reply["error"]["message"])
        return Reply(
            reply["id"], reply["model"], reply["seed"], reply["labels"], reply["width"], reply["height"],
            self._images(reply))

    def _images(self, reply):
        if "data" in reply:
            data = reply["data"]
            return [base64.b64decode(text) for text in ([data] if isinstance(data, str) else data)]
        images = [self._process.stdout.read(size) for size in reply.get("sizes", [reply["bytes"]])]
        self._process.stdout.read(1)  # the newline after the images
        return images


def main(command):
    with DigitGen(command) as digits:
        sevens = digits.draw("7", count=16, seed=1)
        with open("sevens.png", "wb") as file:
            file.write(sevens.images[0])
        print(f"sevens.png: {sevens.width}x{sevens.height} pixels, by {sevens.model}")
        try:
            digits.draw("sieben")
        except RequestError as error:
            print(f"expected error: {error}")

    count = 2_000
    for binary in (False, True):
        requests = ({"id": i, "digits": str(i % 10), "seed": 1, "first": i, "format": "raw"} for i in range(count))
        with DigitGen(command, binary) as digits:
            start = time.perf_counter()
            for i, reply in enumerate(digits.pipeline(requests)):
                assert reply.id == i and reply.labels == [str(i % 10)] and len(reply.images[0]) == 784
            seconds = time.perf_counter() - start
        print(f"{'binary' if binary else 'json'} framing: {count / seconds:.0f} requests per second")


if __name__ == "__main__":
    main(sys.argv[1:] or ["digitgen", "serve"])
