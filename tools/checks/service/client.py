"""A client of `digitgen serve` with little overhead."""

import fcntl
import json
import os
import resource
import struct
import subprocess
import threading
import time
import zlib

PIPE_BYTES = 1 << 20


class Session:
    """A running `digitgen serve`."""

    def __init__(self, digitgen, *options):
        self.process = subprocess.Popen(
            [digitgen, "serve", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env={})
        self.input, self.output = self.process.stdin.fileno(), self.process.stdout.fileno()
        for end in (self.input, self.output):
            fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, PIPE_BYTES)

    def ask(self, line):
        """Sends one line and returns the reply."""
        os.write(self.input, line + b"\n")
        reply = b""
        while not reply.endswith(b"\n"):
            piece = os.read(self.output, PIPE_BYTES)
            if not piece:
                raise AssertionError("the session ended before its reply")
            reply += piece
        return reply[:-1]

    def stream(self, pieces):
        """Sends pieces of bytes while reading, and returns everything read until the program ends."""
        threading.Thread(target=self._send, args=(pieces,), daemon=True).start()
        replies = []
        while piece := os.read(self.output, PIPE_BYTES):
            replies.append(piece)
        return b"".join(replies)

    def _send(self, pieces):
        for piece in pieces:
            while piece:
                piece = piece[os.write(self.input, piece):]
        self.process.stdin.close()

    def peak_kilobytes(self):
        """The program's peak memory so far."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))

    def end(self):
        """Closes the input and returns the exit code."""
        if not self.process.stdin.closed:
            self.process.stdin.close()
        status = self.process.wait()
        self.process.stdout.close()
        return status


class Stopwatch:
    """Measures wall time, and the processor time of the child processes that end meanwhile."""

    def __enter__(self):
        self._start, self._used = time.perf_counter(), self._children()
        return self

    def __exit__(self, *_):
        self.seconds = time.perf_counter() - self._start
        self.processor_seconds = self._children() - self._used

    @staticmethod
    def _children():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime


def request(**fields):
    return json.dumps(fields, separators=(",", ":")).encode()


def png_pixels(file):
    """Size and pixels of a non-interlaced 8-bit grayscale PNG. Verifies all checksums."""
    assert file[:8] == b"\x89PNG\r\n\x1a\n", "not a PNG"
    place, data, size = 8, b"", None
    while place < len(file):
        length, kind = struct.unpack(">I4s", file[place:place + 8])
        body = file[place + 8:place + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", file[place + 8 + length:place + 12 + length])[0], kind
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
            assert body[8:] == bytes([8, 0, 0, 0, 0]), "not 8-bit grayscale"
        elif kind == b"IDAT":
            data += body
        place += 12 + length
    assert kind == b"IEND"
    width, height = size
    rows, previous = [], bytes(width)
    raw = zlib.decompress(data)
    assert len(raw) == height * (width + 1)
    for y in range(height):
        filter_type, row = raw[y * (width + 1)], raw[y * (width + 1) + 1:(y + 1) * (width + 1)]
        assert filter_type in (0, 2), "unexpected row filter"
        if filter_type == 2:
            row = bytes((a + b) & 255 for a, b in zip(row, previous))
        rows.append(row)
        previous = row
    return width, height, b"".join(rows)
