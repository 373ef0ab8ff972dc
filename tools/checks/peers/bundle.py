"""Reads a weight bundle: a safetensors file in one zstd frame."""

import json
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy
import zstandard

DTYPES = {"I8": numpy.int8, "U8": numpy.uint8, "F32": numpy.float32}
LATENT_ZERO_POINT = 128
# Steps of the latent's codes, of bundles that tell no other number.
STANDARD_LATENT_STEPS = 44


@dataclass
class Layer:
    """One layer of a generator. Activations are height × width × channels; see the package's `GeneratorLayer`."""

    kind: str  # dense, convolution or transposed_convolution
    activation: str  # relu, leaky_relu, tanh or ink
    kernel: int  # sides of the kernel; 0 for a dense layer
    stride: int
    input: tuple  # (height, width, channels)
    output: tuple
    weights: numpy.ndarray  # int8, (outputs, inputs) or (outputs, kernel, kernel, inputs)
    weight_scales: numpy.ndarray  # float32, one for each output
    biases: numpy.ndarray  # float32, one for each output
    output_scale: numpy.float32  # before the activation if it is tanh or ink, otherwise after it
    output_zero_point: int

    @property
    def padding(self):
        """Rows and columns of zeros before and after: "same" padding, the smaller half before."""
        total = max(self.kernel - self.stride, 0)
        return total // 2, total - total // 2

    @property
    def macs(self):
        """Multiply-accumulates per image, without taps on the padding."""
        if self.kind == "dense":
            return self.weights.size
        return (
            self.taps(self.input[0], self.output[0]) * self.taps(self.input[1], self.output[1])
            * self.input[2] * self.output[2])

    def taps(self, inputs, outputs):
        """Pairs of an input and an output along one axis that a tap of the kernel connects."""
        before, _ = self.padding
        if self.kind == "convolution":
            return sum(
                0 <= output * self.stride - before + tap < inputs
                for output in range(outputs) for tap in range(self.kernel))
        return sum(
            0 <= index * self.stride - before + tap < outputs
            for index in range(inputs) for tap in range(self.kernel))


@dataclass
class Generator:
    name: str
    latent_size: int
    class_count: int
    label_scale: int
    latent_steps: int
    layers: list
    pixels: numpy.ndarray | None  # the pixel for each code of the last layer; None of ink
    speck_size: int  # pieces of ink that finishing clears

    @property
    def macs(self):
        """Multiply-accumulates per image, without taps on the padding."""
        return sum(layer.macs for layer in self.layers)

    @property
    def input_size(self):
        return self.latent_size + self.class_count

    @property
    def latent_scale(self):
        return numpy.float32(1 / self.latent_steps)

    @property
    def draws_ink(self):
        """True if the last layer gives a field, of whose positive side a picture is made."""
        return self.layers[-1].activation == "ink"


def read(path):
    """The generator in the bundle at `path`."""
    data = zstandard.ZstdDecompressor().decompress(Path(path).read_bytes())
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")
    tensors = {
        name: numpy.frombuffer(data[8 + length :][slice(*entry["data_offsets"])], DTYPES[entry["dtype"]])
        .reshape(entry["shape"]) for name, entry in header.items()
    }
    architecture = json.loads(metadata["architecture"])
    generator = Generator(
        metadata["model"], architecture["latent_size"], architecture["class_count"], architecture["label_scale"],
        latent_steps=int(metadata.get("latent_steps", STANDARD_LATENT_STEPS)), layers=[],
        pixels=tensors.get("pixels"), speck_size=int(metadata.get("specks", 0)))
    volume = (1, 1, generator.input_size)
    for index, description in enumerate(architecture["layers"]):
        generator.layers.append(read_layer(description, tensors, f"layers.{index}", volume))
        volume = generator.layers[-1].output
    return generator


def read_layer(description, tensors, prefix, volume):
    """The layer whose tensors' names begin with `prefix`. `volume` is its input's shape."""
    kind, stride = description["type"], description.get("stride", 1)
    height, width, _ = volume
    if kind == "dense":
        output = tuple(description["output"])
    elif kind == "convolution":
        output = (height // stride, width // stride, description["channels"])
    else:
        output = (height * stride, width * stride, description["channels"])
    return Layer(
        kind, description["activation"], description.get("kernel", 0), stride, volume, output,
        weights=tensors[f"{prefix}.weight"],
        weight_scales=tensors[f"{prefix}.weight_scale"],
        biases=tensors[f"{prefix}.bias"],
        output_scale=tensors[f"{prefix}.output_scale"][0],
        output_zero_point=int(tensors[f"{prefix}.output_zero_point"][0]))
