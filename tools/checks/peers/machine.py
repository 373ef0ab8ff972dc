"""Describes this machine, and confines measurements to some of its processors."""

import contextlib
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

# CPU features that determine the speed of int8 and floating-point products.
FLAGS = {
    "avx2": "AVX2", "fma": "FMA", "avx512f": "AVX-512 F", "avx512_vnni": "AVX-512 VNNI",
    "avx512_bf16": "AVX-512 BF16", "avx_vnni": "AVX-VNNI", "amx_int8": "AMX int8", "amx_bf16": "AMX bfloat16",
    "asimddp": "dot product", "i8mm": "i8mm", "bf16": "bfloat16",
}
PACKAGES = {"onnxruntime": "ONNX Runtime", "openvino": "OpenVINO", "onnx": "ONNX", "numpy": "NumPy"}


def processors():
    """The processors that this process may use, in order."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


@contextlib.contextmanager
def confined(to):
    """Confines processes that are started meanwhile to these processors."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, to)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def adds_byte_products_exactly():
    """Whether an instruction multiplies bytes and adds the products to 32-bit sums. On Intel and AMD processors without
    one, engines use an instruction that saturates at 16 bits."""
    if platform.machine() not in ("x86_64", "AMD64"):
        return True
    return not {"avx512_vnni", "avx_vnni", "amx_int8"}.isdisjoint(flags())


def description(digitgen):
    """Names and values that describe the machine and the versions."""
    about = subprocess.run([digitgen, "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout
    return {
        "Processor": processor_name(),
        "Instructions": ", ".join(name for flag, name in FLAGS.items() if flag in flags()) or "unknown",
        "Processors used": f"{len(processors())} of {os.cpu_count()}",
        "System": f"{platform.system()} {kernel_version()} on {platform.machine()}",
        "digitgen": about.strip(),
        "Others": ", ".join(
            [f"{name} {version(package)}" for package, name in PACKAGES.items()]
            + [f"Python {platform.python_version()}"]),
        "Load by other programs before": f"{os.getloadavg()[0]:.1f}",
    }


def kernel_version():
    """The major and minor version; the rest is specific to the host."""
    return ".".join(platform.release().split(".")[:2])


def cpu_facts():
    """The first processor's entries in /proc/cpuinfo, or an empty dictionary."""
    path = Path("/proc/cpuinfo")
    text = path.read_text().split("\n\n")[0] if path.exists() else ""
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in text.splitlines())}


def processor_name():
    facts = cpu_facts()
    name = facts.get("model name", platform.processor() or platform.machine())
    if "cpu family" in facts:
        name += f" (family {facts['cpu family']}, model {facts['model']})"
    return name


def flags():
    facts = cpu_facts()
    return facts.get("flags", facts.get("Features", "")).split()
