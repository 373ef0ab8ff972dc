"""Makes the most expensive weight bundles, independently of the project's code.

Runs as a program of its own that writes them into a folder, so that the process that measures others stays small.
"""

import ctypes
import json
import os
import struct
import sys
from pathlib import Path

MIB = 1 << 20

LEVEL, CONTENT_SIZE, CHECKSUM = 100, 200, 201  # zstd.h: ZSTD_c_compressionLevel and so on


def compressed(content):
    """One zstd frame with content size and checksum, compressed quickly."""
    zstd = ctypes.CDLL("libzstd.so.1")
    for name in ("ZSTD_compressBound", "ZSTD_compress2", "ZSTD_CCtx_setParameter"):
        getattr(zstd, name).restype = ctypes.c_size_t
    zstd.ZSTD_createCCtx.restype = ctypes.c_void_p
    context = ctypes.c_void_p(zstd.ZSTD_createCCtx())
    for parameter, value in ((LEVEL, 1), (CONTENT_SIZE, 1), (CHECKSUM, 1)):
        zstd.ZSTD_CCtx_setParameter(context, parameter, value)
    target = ctypes.create_string_buffer(zstd.ZSTD_compressBound(ctypes.c_size_t(len(content))))
    size = zstd.ZSTD_compress2(
        context, target, ctypes.c_size_t(len(target)), content, ctypes.c_size_t(len(content)))
    zstd.ZSTD_freeCCtx(context)
    return target.raw[:size]


def safetensors(header, data=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def dense(output, activation="relu"):
    return {"type": "dense", "output": output, "activation": activation}


def convolution(kernel, channels, activation="relu", stride=1, transposed=False):
    return {"type": "transposed_convolution" if transposed else "convolution", "kernel": kernel, "stride": stride,
            "channels": channels, "activation": activation}


def metadata(latent, layers):
    architecture = {"latent_size": latent, "class_count": 0, "label_scale": 0, "layers": layers}
    return {"format_version": "1.0", "model": "largest", "architecture": json.dumps(architecture),
            "quantization": "int8 weights per channel, uint8 activations", "recipe": "random", "seed": "1",
            "data_set_sha256": "0" * 64, "metrics": "{}", "program_version": "0.1.0"}


def shapes(latent, layers):
    """The shape of each layer's weights."""
    height, width, channels = 1, 1, latent
    for layer in layers:
        if layer["type"] == "dense":
            inputs = height * width * channels
            height, width, channels = layer["output"]
            yield [height * width * channels, inputs]
            continue
        yield [layer["channels"], layer["kernel"], layer["kernel"], channels]
        channels = layer["channels"]
        if layer["type"] == "convolution":
            height, width = height // layer["stride"], width // layer["stride"]
        else:
            height, width = height * layer["stride"], width * layer["stride"]


def model(latent, layers):
    """The bundle of an architecture, with weights that do not compress."""
    header, data = {"__metadata__": metadata(latent, layers)}, []

    def add(name, kind, shape, content):
        begin = sum(map(len, data))
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [begin, begin + len(content)]}
        data.append(content)

    for index, shape in enumerate(shapes(latent, layers)):
        count = 1
        for side in shape:
            count *= side
        add(f"layers.{index}.weight_scale", "F32", shape[:1], struct.pack("<f", 1e-4) * shape[0])
        add(f"layers.{index}.bias", "F32", shape[:1], bytes(4 * shape[0]))
        add(f"layers.{index}.output_scale", "F32", [1], struct.pack("<f", 0.05))
        add(f"layers.{index}.weight", "I8", shape, os.urandom(count))
        add(f"layers.{index}.output_zero_point", "U8", [1], b"\0")
    add("pixels", "U8", [256], bytes(range(256)))
    return compressed(safetensors(header, b"".join(data)))


LAST = convolution(1, 1, "tanh")
SMALLER = [convolution(2, 1, stride=2)] * 3
PLAIN = {"__metadata__": metadata(1, [dense([28, 28, 1], "tanh")])}


def header_of(count, item):
    """A header of nearly 1 MiB: the metadata and many items."""
    text = json.dumps(PLAIN)[:-1] + "".join(item(index) for index in range(count)) + "}"
    assert len(text) <= MIB, len(text)
    return compressed(safetensors(text.encode()))


def within_limits():
    """Bundles that must draw."""
    yield "weights", model(42_796, [dense([28, 28, 1], "tanh")])
    yield "windows", model(1, [dense([28, 28, 1]), *[convolution(7, 1)] * 13, LAST])
    yield "small windows", model(1, [dense([14, 14, 1]), *[convolution(7, 16)] * 50, convolution(7, 1, "tanh", 2, True)])
    yield "outputs", model(
        1, [dense([1, 1, 65_536]), *[convolution(1, 1), convolution(1, 65_536)] * 14, convolution(1, 1),
            dense([28, 28, 1], "tanh")])
    yield "activations", model(
        1, [dense([224, 224, 1]), *[convolution(1, 1)] * 5, convolution(1, 8), convolution(1, 1), *SMALLER, LAST])
    yield "products", model(1, [dense([28, 28, 83]), convolution(7, 673), LAST])


def beyond_limits():
    """Bundles that must be refused."""
    yield "windows beyond the limit", model(1, [dense([224, 224, 1]), *[convolution(7, 1)] * 8, *SMALLER, LAST])
    yield "activations beyond the limit", model(
        1, [dense([224, 224, 1]), *[convolution(1, 20)] * 58, *SMALLER, LAST])
    yield "packed weights beyond the limit", model(
        1, [dense([1, 1, 1]), *[convolution(7, 65_536), convolution(1, 1)] * 14, dense([28, 28, 1], "tanh")])
    yield "content that does not compress", compressed(os.urandom(64 * MIB))
    yield "content that does", compressed(safetensors(b"{}", bytes(64 * MIB - 10)))
    tensor = {"dtype": "U8", "shape": [63 * MIB], "data_offsets": [0, 63 * MIB]}
    yield "one large tensor", compressed(safetensors(PLAIN | {"pixels": tensor}, os.urandom(63 * MIB)))
    yield "a long shape", header_of(3, lambda part: [
        ',"x":{"dtype":"U8","data_offsets":[0,0],"shape":[1', ",1" * 520_000, "]}"][part])
    yield "many tensors", header_of(
        18_000, lambda index: f',"{index}":{{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}')
    yield "many keys", header_of(100_000, lambda index: f',"{index}":0')
    yield "empty blocks", b"\x28\xb5\x2f\xfd\x24\x00" + bytes(3 * 21 * MIB) + b"\1\0\0" + b"\x99\xe9\xd8\x51"


if __name__ == "__main__":
    for kind, bundles in (("good", within_limits()), ("bad", beyond_limits())):
        folder = Path(sys.argv[1]) / kind
        folder.mkdir()
        for name, content in bundles:
            (folder / name).write_bytes(content)
