#!/usr/bin/env bash
# Compares speed with ONNX Runtime and OpenVINO, and writes docs/performance.md.
#
#     tools/check peers [--rounds N] [--seconds S] [--output FILE] [MODEL...]
#
# First checks that all engines draw the same pictures from the shipped models. Each engine then gets N rounds (7) of
# S seconds (1). Needs Python 3.11 or later; the engines are installed into .build/peers. To skip the measurement with
# several threads, run `taskset -c 0 tools/check peers`.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/build-digitgen.sh"

build_digitgen
require_python_packages "$root/.build/peers" "$root/tools/checks/peers/requirements.txt"
exec "$python" "$root/tools/checks/peers/benchmark.py" "$root" "$digitgen" "$@"
