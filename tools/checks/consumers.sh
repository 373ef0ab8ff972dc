#!/usr/bin/env bash
# Loads data sets with the libraries of their users, and compares the values with `digitgen --format raw`.
#
#     tools/check consumers [PART...]    parts: mnist npz tar png arrays lines parquet package speed (default: all)
#
# Needs Python 3.11 or later; PyTorch, torchvision, datasets, webdataset, scikit-learn, python-mnist and the wheel are
# installed into .build/consumers. PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu finds a smaller PyTorch.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/build-digitgen.sh"

build_digitgen
require_python_packages "$root/.build/consumers" "$root/tools/checks/consumers/requirements.txt"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
interpreter=$python
"$root/tools/make-wheel" "$work" >/dev/null
"$interpreter" -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall "$work"/*.whl
# Nothing is downloaded.
export HF_HUB_OFFLINE=1 HF_HOME=$work/huggingface HF_DATASETS_DISABLE_PROGRESS_BARS=1
PYTHONPATH=$root/tools/support "$interpreter" -W ignore "$root/tools/checks/consumers/check.py" "$digitgen" "$@"
