#!/usr/bin/env bash
# Builds the WebAssembly modules, unless they are current.
#
#     tools/check wasm
#
# They are made of the runtime's sources, which may use something that Embedded Swift or the modules' small C library
# lacks. Without a toolchain for them the check is skipped.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/web/build-core.sh"

[ $# -eq 0 ] || fail 64 "usage: tools/check wasm"
if ! can_build_core; then
    echo "$program: skipped: this toolchain has no Embedded Swift for WebAssembly" >&2
    exit 0
fi
build_core
