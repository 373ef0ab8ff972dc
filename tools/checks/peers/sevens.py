"""Draws sixteen sevens with ONNX Runtime, as a short script would: sevens.py MODEL LATENT-SIZE LABEL-SCALE"""

import sys

import numpy
import onnxruntime

COUNT, DIGIT = 16, 7
model, latent_size, label_scale = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
inputs = numpy.zeros((COUNT, latent_size + 10), numpy.float32)
inputs[:, :latent_size] = numpy.random.default_rng().standard_normal((COUNT, latent_size))
inputs[:, latent_size + DIGIT] = label_scale
session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
(pixels,) = session.run(None, {"latent": inputs})
with open("/dev/null", "wb") as file:
    file.write(pixels.tobytes())
