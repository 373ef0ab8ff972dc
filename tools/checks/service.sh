#!/usr/bin/env bash
# Drives digitgen serve and dataset with an independent client: contents, rates, hostile input, kills, full disks.
#
#     tools/check service [PART...]    parts: replies latency hostile bytes shards kills disks (default: all)
#
# Needs Python 3. Prints the machine's load and rates per second of processor time beside rates per second, because
# other work slows the check down.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/build-digitgen.sh"

build_digitgen
require_python_packages "$root/.build/service" "$root/tools/checks/service/requirements.txt"
PYTHONPATH=$root/tools/support exec "$python" "$root/tools/checks/service/check.py" "$digitgen" "$@"
