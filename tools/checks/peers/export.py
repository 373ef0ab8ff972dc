"""Writes a generator as ONNX: in float32, or in int8 with QuantizeLinear and DequantizeLinear.

Both end in uint8 pixels, as digitgen's own output does; a generator of ink ends in its field in float32, for ONNX has
no operator that finishes it. The float model reads the latent and the label as float32, the int8 model as digitgen's
uint8 codes. Units of dense layers stand in the order that a convolution behind them reads (channels first), so that no
transposition is left to do.
"""

import numpy
from onnx import TensorProto, checker, helper, numpy_helper

import bundle

OPSET = 21
IR_VERSION = 10


class Graph:
    """Collects nodes and constants."""

    def __init__(self):
        self.nodes = []
        self.constants = []

    def constant(self, name, value):
        self.constants.append(numpy_helper.from_array(numpy.ascontiguousarray(value), name))
        return name

    def node(self, kind, *inputs, **attributes):
        output = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=output, **attributes))
        return output


def float_model(generator):
    """The generator in float32, with dequantized weights."""
    graph, value = Graph(), "latent"
    for index, layer in enumerate(generator.layers):
        scales = layer.weight_scales.reshape(-1, *[1] * (layer.weights.ndim - 1))
        weights, _ = arranged(layer, layer.weights * scales)
        value = linear(
            graph, layer, value, graph.constant(f"weight_{index}", weights),
            graph.constant(f"bias_{index}", arranged_outputs(layer, layer.biases)))
        if layer.activation != "ink":
            value = activate(graph, layer, value)
    return finished(graph, generator, value, TensorProto.FLOAT)


def int8_model(generator):
    """The generator with int8 weights per output channel and uint8 activations, with the bundle's scales."""
    graph = Graph()
    value = dequantized_activation(graph, "input", "latent", generator.latent_scale, bundle.LATENT_ZERO_POINT)
    input_scale = generator.latent_scale
    for index, layer in enumerate(generator.layers):
        value = linear(graph, layer, value, *quantized_parameters(graph, layer, index, input_scale))
        if layer.activation == "ink":
            break
        if layer.activation != "tanh":
            value = activate(graph, layer, value)
        value = requantized(graph, f"output_{index}", value, layer.output_scale, layer.output_zero_point)
        if layer.activation == "tanh":
            value = activate(graph, layer, value)
        input_scale = layer.output_scale
    return finished(graph, generator, value, TensorProto.UINT8)


def quantized_parameters(graph, layer, index, input_scale):
    """Weights in int8 and biases in int32 (in units of the accumulator), each dequantized."""
    weights, axis = arranged(layer, layer.weights)
    weight_scales = arranged_outputs(layer, layer.weight_scales)
    bias_scales = input_scale * weight_scales
    limits = numpy.iinfo(numpy.int32)
    biases = numpy.rint(arranged_outputs(layer, layer.biases).astype(numpy.float64) / bias_scales)
    weight = dequantized_constant(graph, f"weight_{index}", weights, weight_scales, axis)
    bias = dequantized_constant(
        graph, f"bias_{index}", biases.clip(limits.min, limits.max).astype(numpy.int32), bias_scales, 0)
    return weight, bias


def dequantized_constant(graph, name, codes, scales, axis):
    return graph.node(
        "DequantizeLinear", graph.constant(name, codes), graph.constant(f"{name}_scale", scales),
        graph.constant(f"{name}_zero_point", numpy.zeros(len(scales), codes.dtype)), axis=axis)


def dequantized_activation(graph, name, codes, scale, zero_point):
    return graph.node(
        "DequantizeLinear", codes, graph.constant(f"{name}_scale", numpy.float32(scale)),
        graph.constant(f"{name}_zero_point", numpy.uint8(zero_point)))


def requantized(graph, name, value, scale, zero_point):
    """Quantizes to uint8 and back."""
    scale = graph.constant(f"{name}_scale", numpy.float32(scale))
    zero_point = graph.constant(f"{name}_zero_point", numpy.uint8(zero_point))
    return graph.node("DequantizeLinear", graph.node("QuantizeLinear", value, scale, zero_point), scale, zero_point)


def linear(graph, layer, value, weight, bias):
    """The linear part. A dense layer's output has the shape that the next layer reads."""
    if layer.kind == "dense":
        value = graph.node("Gemm", flat(graph, layer, value), weight, bias)
        return value if layer.output[:2] == (1, 1) else shaped(graph, layer, value)
    before, behind = layer.padding
    return graph.node(
        "Conv" if layer.kind == "convolution" else "ConvTranspose", value, weight, bias,
        kernel_shape=[layer.kernel] * 2, strides=[layer.stride] * 2, pads=[before, before, behind, behind])


def flat(graph, layer, value):
    return value if layer.input[:2] == (1, 1) else graph.node("Flatten", value)


def shaped(graph, layer, value):
    height, width, channels = layer.output
    shape = graph.constant(f"shape_{len(graph.nodes)}", numpy.array([-1, channels, height, width], numpy.int64))
    return graph.node("Reshape", value, shape)


def activate(graph, layer, value):
    if layer.activation == "relu":
        return graph.node("Relu", value)
    if layer.activation == "leaky_relu":
        return graph.node("LeakyRelu", value, alpha=0.2)
    return graph.node("Tanh", value)


def finished(graph, generator, value, input_type):
    """The model, with outputs from −1 to 1 converted to pixels: 127.5 + 127.5 x, rounded. A field stays as it is."""
    if generator.draws_ink:
        output, output_type = "field", TensorProto.FLOAT
        graph.nodes[-1].output[0] = output
    else:
        output, output_type = "pixels", TensorProto.UINT8
        value = graph.node("Mul", value, graph.constant("half_range", numpy.float32(127.5)))
        value = graph.node("Add", value, graph.constant("middle", numpy.float32(127.5)))
        value = graph.node("Round", value)
        graph.nodes.append(helper.make_node("Cast", [value], [output], to=output_type))
    height, width, channels = generator.layers[-1].output
    model = helper.make_model(
        helper.make_graph(
            graph.nodes, generator.name,
            [helper.make_tensor_value_info("latent", input_type, ["batch", generator.input_size])],
            [helper.make_tensor_value_info(output, output_type, ["batch", channels, height, width])],
            graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    checker.check_model(model, full_check=True)
    return model.SerializeToString()


def arranged(layer, weights):
    """The weights in ONNX's order, and their output axis."""
    if layer.kind == "dense":
        ordered = weights[channels_first(layer.output)][:, channels_first(layer.input)]
        return ordered.T, 1
    if layer.kind == "convolution":
        return weights.transpose(0, 3, 1, 2), 0
    return weights.transpose(3, 0, 1, 2), 1


def arranged_outputs(layer, values):
    """One value per output, in the order of `arranged`."""
    return values[channels_first(layer.output)] if layer.kind == "dense" else values


def channels_first(volume):
    """The channels-last positions of a volume's elements in channels-first order."""
    return numpy.arange(numpy.prod(volume)).reshape(volume).transpose(2, 0, 1).ravel()
