#!/usr/bin/env bash
# Sends a million requests through one digitgen serve, then through 16 at once, and watches the memory.
#
#     tools/check soak [COUNT]    requests in each part (1000000)
#
# Fails if a reply is wrong, or if the final memory is over 2 MiB above that after 10000 requests. Needs Linux and
# Python 3.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/build-digitgen.sh"

[ $# -le 1 ] && [[ ${1-100000} =~ ^[1-9][0-9]{4,8}$ ]] ||
    fail 64 "usage: tools/check soak [COUNT], with COUNT between 10000 and 999999999"
require_command python3
build_digitgen
python3 "$root/tools/checks/service/soak.py" "$digitgen" "${1:-1000000}"
