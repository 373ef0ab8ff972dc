#!/usr/bin/env bash
# Reads labelled lines as trainers do: datasets, pycocotools, EasyOCR's and others' documented ways; measures rates.
#
#     tools/check lines [COUNT]    lines of each data set (200)
#
# Needs Python 3; the packages are installed into .build/lines.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/build-digitgen.sh"

[ $# -le 1 ] && [[ ${1-200} =~ ^[1-9][0-9]+$ ]] || fail 64 "usage: tools/check lines [COUNT], with COUNT at least 10"
build_digitgen
require_python_packages "$root/.build/lines" "$root/tools/checks/lines/requirements.txt"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HF_HOME=$work/huggingface HF_HUB_OFFLINE=1 "$python" "$root/tools/checks/lines/check.py" "$digitgen" "$work" "${1:-200}"
