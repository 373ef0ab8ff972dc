#!/usr/bin/env python3
"""Handwritten digits from `digitgen serve`, with nothing but Python's standard library.

Copy this file, or what you need of it:

    with DigitGen() as digits:
        reply = digits.draw("7", count=16, seed=1)
        open("sevens.png", "wb").write(reply.images[0])

Started as a program, it draws a grid of sevens into sevens.png, and then shows how fast requests are answered when
they need not wait for each other. Its arguments are the command to use instead of "digitgen serve".
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
    """A request that was answered by an error; `code` is one of those in docs/protocol.md."""

    def __init__(self, code, message):
        super().__init__(f"{message} ({code})")
        self.code = code


@dataclass
class Reply:
    """Images, each the bytes of a file: one with the layout "grid", `count` of them with "each"."""

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
        """Starts `command`. Without `binary`, images come as base64: slower, and the same."""
        framing = ["--framing", "binary" if binary else "json"]
        self._process = subprocess.Popen([*command, *framing], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def draw(self, digits, **fields):
        """Images of `digits`, a string. `fields` are those of a request: count, seed, first, model, format, layout.

        Raises RequestError.
        """
        self._send({"digits": digits, **fields})
        reply = self._receive()
        if isinstance(reply, RequestError):
            raise reply
        return reply

    def pipeline(self, requests):
        """The replies to many requests, in their order, while further requests are on their way.

        `requests` are dictionaries. In the place of a reply, there is a RequestError for a request that cannot be
        answered. Take all replies before the next call.
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

        # Writing and reading at the same time: else both pipes fill up, and everybody waits for ever.
        threading.Thread(target=send_all, daemon=True).start()
        while True:
            news = sent.get()
            if isinstance(news, Exception):
                raise news
            if not news:
                return
            yield self._receive()

    def close(self):
        """Ends the session. Raises RuntimeError if it has not ended well."""
        self._process.stdin.close()
        self._process.stdout.close()
        if self._process.wait() != 0:
            raise RuntimeError(f"digitgen ended with status {self._process.returncode}")

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
            raise RuntimeError(f"digitgen has ended, with status {self._process.wait()}")
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
            print(f"as it should be: {error}")

    count = 2_000
    for binary in (False, True):
        requests = ({"id": i, "digits": str(i % 10), "seed": 1, "first": i, "format": "raw"} for i in range(count))
        with DigitGen(command, binary) as digits:
            start = time.perf_counter()
            for i, reply in enumerate(digits.pipeline(requests)):
                assert reply.id == i and reply.labels == [str(i % 10)] and len(reply.images[0]) == 784
            seconds = time.perf_counter() - start
        print(f"{'binary' if binary else 'json'} framing: {count / seconds:.0f} requests a second")


if __name__ == "__main__":
    main(sys.argv[1:] or ["digitgen", "serve"])
