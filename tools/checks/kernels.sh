#!/usr/bin/env bash
# Compares the kernel tiers of arm64 with the scalar tier on an emulated processor.
#
#     tools/check kernels [--install] [--sanitize] [SEED [ROUNDS]]
#
# Also checks that each kind of processor gets the right tiers. Needs gcc-aarch64-linux-gnu and qemu-user on x86-64: if
# they are missing, the check is skipped, or with --install they are installed. With --sanitize, undefined behaviour in
# C traps. CKernelsTests covers the tiers of this machine, and all of x86-64 in emulation.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"

if [ "${1:-}" = --install ]; then
    shift
    require_packages "${cross_packages[@]}"
fi
flags=(-O2 -std=gnu2x -Wall -ffp-contract=off)
if [ "${1:-}" = --sanitize ]; then
    shift
    # Traps, because the libraries that would report details cannot be linked to programs of other processors.
    flags+=(-fsanitize=undefined -fsanitize-trap=undefined)
fi
seed=${1:-$RANDOM}
rounds=${2:-1000}

[ "$(uname -m)" = x86_64 ] || exit 0
for needed in aarch64-linux-gnu-gcc qemu-aarch64; do
    command -v "$needed" >/dev/null && continue
    echo "$program: $needed is not installed; skipping the NEON kernels" >&2
    exit 0
done
require_swift

cd "$root"
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
"$(dirname "$(compiler_value runtimeResourcePath)")/../bin/clang" \
    --target=aarch64-linux-gnu -static "${flags[@]}" -ISources/CKernels/include -ITests/KernelTester/include \
    Tests/KernelTester/{kernel_tester,cross/main}.c Sources/CKernels/{.,generic,arm}/*.c -lm -o "$build/kernel-tester"

# Runs the tester on the emulated processor $1, which must have exactly the tiers $3.
check_as() { # PROCESSOR ROUNDS TIERS
    local report
    report=$(qemu-aarch64 -cpu "$1" "$build/kernel-tester" "$seed" "$2")
    echo "$program: $1: $report"
    case $report in
    *": $3") ;;
    *) fail 1 "expected $1 to have the tiers $3" ;;
    esac
}

check_as max "$rounds" "neoni8mm neon scalar"
check_as cortex-a76 10 "neon scalar"
check_as cortex-a72 10 "scalar"
