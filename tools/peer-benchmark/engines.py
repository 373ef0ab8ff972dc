"""The engines that digitgen is compared with, set up as well as they can be.

Batches have a fixed size, inputs and outputs stand in buffers that are used again. With several threads an engine
may use them for one batch together, or draw a batch on each: both are tried.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy
import onnxruntime
import openvino


class OnnxRuntime:
    """A model in ONNX Runtime. `parallel` batches are drawn at the same time, each by an equal part of the threads."""

    def __init__(self, model, batch, threads, parallel):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads // parallel
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_free_dimension_override_by_name("batch", len(batch))
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self.images = len(batch) * parallel
        self.bindings = [self.bind(batch) for _ in range(parallel)]
        self.pool = ThreadPoolExecutor(parallel) if parallel > 1 else None

    def bind(self, batch):
        binding = self.session.io_binding()
        binding.bind_cpu_input("latent", batch)
        pixels = onnxruntime.OrtValue.ortvalue_from_shape_and_type([len(batch), 1, 28, 28], numpy.uint8)
        binding.bind_ortvalue_output("pixels", pixels)
        return binding

    def run(self):
        if self.pool is None:
            self.session.run_with_iobinding(self.bindings[0])
        else:
            list(self.pool.map(self.session.run_with_iobinding, self.bindings))

    def pixels(self):
        """What the last run drew."""
        return self.bindings[0].get_outputs()[0].numpy()


class OpenVINO:
    """A model in OpenVINO. `parallel` batches are drawn at the same time, each by an equal part of the threads."""

    def __init__(self, model, batch, threads, parallel, precision="f32"):
        core = openvino.Core()
        network = core.read_model(model, b"")
        network.reshape(list(batch.shape))
        compiled = core.compile_model(network, "CPU", {
            "INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": parallel})
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

    def pixels(self):
        """What the last run drew."""
        return self.requests[0].get_output_tensor().data


class OpenVINOBFloat16(OpenVINO):
    def __init__(self, model, batch, threads, parallel):
        super().__init__(model, batch, threads, parallel, precision="bf16")


def peers():
    """(name, engine, whether it runs the int8 model) of all that this processor can run."""
    found = [
        ("ONNX Runtime float32", OnnxRuntime, False),
        ("ONNX Runtime int8", OnnxRuntime, True),
        ("OpenVINO float32", OpenVINO, False),
    ]
    if "BF16" in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        found.append(("OpenVINO bfloat16", OpenVINOBFloat16, False))
    return [*found, ("OpenVINO int8", OpenVINO, True)]
