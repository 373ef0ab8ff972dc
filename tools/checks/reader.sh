#!/usr/bin/env bash
# Trains a small reader of numbers on lines that digitgen draws, on lines of real digits and on numbers in cells, and
# tests each on lines of other writers' real digits. Two hours on one core; --lines 20000 takes a fifth of it.
#
#     tools/check reader MNIST QMNIST [--lines N] [--epochs N] [PART...]    parts: digitgen diverse real cells (default: all)
#
# MNIST is the folder of MNIST's four files, QMNIST that of qmnist-train-labels.tsv.gz and qmnist-test-labels.tsv.gz:
# QMNIST's extended labels, which tell who wrote each digit. Needs Python 3.11; the packages are installed into
# .build/reader. PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu finds a smaller PyTorch.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/build-digitgen.sh"

[ $# -ge 2 ] && [ -d "$1" ] && [ -d "$2" ] ||
    fail 64 "usage: tools/check reader MNIST QMNIST [--lines N] [--epochs N] [PART...]"
build_digitgen
require_python_packages "$root/.build/reader" "$root/tools/checks/reader/requirements.txt"
PYTHONPATH=$root/tools/support "$python" "$root/tools/checks/reader/check.py" "$digitgen" "$@"
