"""The engines that digitgen is compared with, configured for speed.

Batch sizes are fixed and buffers reused. Several threads either share a batch or draw one each; both are tried.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy
import onnxruntime
import openvino

import export
import latents
import machine


@dataclass(frozen=True)
class Peer:
    """An engine and its number format."""

    name: str
    engine: type
    reads_int8: bool
    # Exact integer sums. Without a suitable instruction, sums of 8-bit products saturate at 16 bits, which changes the
    # pictures.
    is_exact: bool = True

    def runners(self, generator, batches, threads, parallel):
        """Yields the engine, ready to draw, for each batch size."""
        model = export.int8_model(generator) if self.reads_int8 else export.float_model(generator)
        for batch in batches:
            codes = latents.inputs(generator, SEED, batch)
            inputs = codes if self.reads_int8 else latents.values(generator, codes)
            yield self.engine(model, inputs, threads, parallel)


# The seed of all latents.
SEED = 20_240_229


class OnnxRuntime:
    """A model in ONNX Runtime. Draws `parallel` batches at a time, each on an equal share of the threads."""

    settings = {}

    def __init__(self, model, batch, threads, parallel):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads // parallel
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        for name, value in self.settings.items():
            options.add_session_config_entry(name, value)
        options.add_free_dimension_override_by_name("batch", len(batch))
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self.batch = batch  # Bound, not copied.
        self.images = len(batch) * parallel
        self.bindings = [self.bind(batch) for _ in range(parallel)]
        self.pool = ThreadPoolExecutor(parallel) if parallel > 1 else None

    def bind(self, batch):
        binding = self.session.io_binding()
        binding.bind_cpu_input("latent", batch)
        (output,) = self.session.get_outputs()
        dtype = numpy.uint8 if output.type == "tensor(uint8)" else numpy.float32
        images = onnxruntime.OrtValue.ortvalue_from_shape_and_type([len(batch), 1, 28, 28], dtype)
        binding.bind_ortvalue_output(output.name, images)
        return binding

    def run(self):
        if self.pool is None:
            self.session.run_with_iobinding(self.bindings[0])
        else:
            list(self.pool.map(self.session.run_with_iobinding, self.bindings))

    def output(self):
        """The pixels or fields of the last run."""
        return self.bindings[0].get_outputs()[0].numpy()


class ExactOnnxRuntime(OnnxRuntime):
    """ONNX Runtime with kernels whose sums do not saturate."""

    settings = {"session.x64quantprecision": "1"}


class OpenVINO:
    """A model in OpenVINO. Draws `parallel` batches at a time, each on an equal share of the threads."""

    precision = "f32"

    def __init__(self, model, batch, threads, parallel):
        core = openvino.Core()
        network = core.read_model(model, b"")
        network.reshape(list(batch.shape))
        compiled = core.compile_model(network, "CPU", {
            "INFERENCE_PRECISION_HINT": self.precision, "INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": parallel})
        self.batch = batch  # Shared, not copied.
        self.images = len(batch) * parallel
        self.requests = [compiled.create_infer_request() for _ in range(parallel)]
        for request in self.requests:
            request.set_input_tensor(openvino.Tensor(batch, shared_memory=True))

    def run(self):
        if len(self.requests) == 1:
            self.requests[0].infer(share_outputs=True)
            return
        for request in self.requests:
            request.start_async()
        for request in self.requests:
            request.wait()

    def output(self):
        """The pixels or fields of the last run."""
        return self.requests[0].get_output_tensor().data


class BFloat16OpenVINO(OpenVINO):
    precision = "bf16"


def peers():
    """The engines that this processor can run."""
    is_exact = machine.adds_byte_products_exactly()
    found = [
        Peer("ONNX Runtime float32", OnnxRuntime, reads_int8=False),
        Peer("ONNX Runtime int8", OnnxRuntime, reads_int8=True, is_exact=is_exact),
    ]
    if not is_exact:
        found.append(Peer("ONNX Runtime int8 exact", ExactOnnxRuntime, reads_int8=True))
    found.append(Peer("OpenVINO float32", OpenVINO, reads_int8=False))
    if "BF16" in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        found.append(Peer("OpenVINO bfloat16", BFloat16OpenVINO, reads_int8=False))
    return [*found, Peer("OpenVINO int8", OpenVINO, reads_int8=True, is_exact=is_exact)]
