"""Compares digitgen with other inference engines. Run by tools/check peers."""

import argparse
import json
import multiprocessing
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import agreement
import bundle
import export
import machine
import report
import speed

HERE = Path(__file__).resolve().parent
SUFFIX = ".safetensors.zst"
STARTUP_RUNS = 30


def main():
    root, digitgen = Path(sys.argv[1]), sys.argv[2]
    options = parse(sys.argv[3:], root)
    bundles = find_bundles(root / "weights", options.models)
    facts = machine.description(digitgen)

    agreements = {}
    for name, path in bundles.items():
        tell(f"{name}: comparing pictures")
        agreements[name] = list(agreement.check(digitgen, path, bundle.read(path)))
        for found in agreements[name]:
            tell(f"  {found.peer.name}: mean difference {found.mean:.3f}, maximum {found.greatest}")
            if not found.is_expected:
                sys.exit(
                    f"check peers: {found.peer.name} draws other pictures than digitgen with {name}: "
                    f"the mean difference is above {agreement.LIMIT} of 255")

    startup = measure_startup(digitgen, root / "weights")
    comparisons = []
    processors = machine.processors()
    for threads in sorted({1, len(processors)}):
        for name, path in bundles.items():
            found = in_new_process(
                processors[:threads], speed.compare, digitgen, path, threads, options.rounds, options.seconds)
            comparisons.append(found)
            tell(f"{name}, threads: {threads}: {found.ours.median:.0f} images/s; "
                 f"{found.best.peer.name}: {found.best.median:.0f}")

    seconds = f"{options.seconds} second" + ("s" if options.seconds > 1 else "")
    settings = {"rounds": options.rounds, "seconds": seconds, "batches": ", ".join(map(str, speed.BATCHES))}
    report.write(options.output, facts, agreements, comparisons, startup, settings)


def parse(arguments, root):
    parser = argparse.ArgumentParser(
        prog="tools/check peers",
        description="Compares the speed of digitgen with ONNX Runtime and OpenVINO, and writes a table in Markdown.")
    parser.add_argument("--rounds", type=positive, default=7, help="rounds of each engine (7)")
    parser.add_argument("--seconds", type=positive, default=1, help="seconds per round, a whole number (1)")
    parser.add_argument(
        "--output", type=Path, default=root / "docs" / "performance.md", help="output file (docs/performance.md)")
    parser.add_argument("models", nargs="*", metavar="MODEL", help="names of shipped models (all)")
    return parser.parse_args(arguments)


def positive(text):
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def find_bundles(folder, names):
    """The shipped bundles by name: the named ones, or all."""
    found = {path.name.removesuffix(SUFFIX): str(path) for path in sorted(folder.glob("*" + SUFFIX))}
    if unknown := [name for name in names if name not in found]:
        sys.exit(f"check peers: unknown model {unknown[0]}; expected one of {', '.join(found)}")
    return {name: found[name] for name in names or found}


def in_new_process(processors, function, *arguments):
    """The function's result in a process that has only ever seen these processors."""
    with machine.confined(processors):
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            return pool.submit(function, *arguments).result()


def measure_startup(digitgen, folder):
    """Time and memory of digitgen and of a Python script with ONNX Runtime, as whole processes."""
    tell("timing whole processes")
    shipped = json.loads(subprocess.run(
        [digitgen, "models", "--json"], check=True, stdout=subprocess.PIPE).stdout)
    default = next(model["name"] for model in shipped if model["default"])
    generator = bundle.read(folder / (default + SUFFIX))
    with tempfile.TemporaryDirectory(prefix="check-peers-") as folder:
        model = Path(folder) / "model.onnx"
        model.write_bytes(export.float_model(generator))
        programs = {
            "`digitgen 7 --count 16 -o /dev/null`": [digitgen, "7", "--count", "16", "-o", "/dev/null"],
            "Python and ONNX Runtime": [
                sys.executable, str(HERE / "sevens.py"), str(model), str(generator.latent_size),
                str(generator.label_scale)],
        }
        output = subprocess.run(
            [sys.executable, "-I", "-S", str(HERE / "startup.py"), str(STARTUP_RUNS),
             *["\n".join(program) for program in programs.values()]],
            check=True, stdout=subprocess.PIPE).stdout
    return {
        "runs": STARTUP_RUNS, "model": generator.name, "programs": dict(zip(programs, json.loads(output)))}


def tell(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
