#!/usr/bin/env bash
# Makes system calls fail, and kills and races runs: nothing may be lost, every failure reported.
#
#     tools/check faults [--pairs N] [PART...]    parts: calls syscalls races kills limits (default: all)
#
# Covers digitgen and digitgen-train; `limits` measures the most expensive bundles that are accepted. --pairs sets how
# many pairs of runs race for a folder (60): each with locks, without, and with one lock. Needs Linux, Python 3 and a C
# compiler; `syscalls` needs strace. tools/check service covers full disks, closed pipes and killed data sets.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"

export PAIRS=60
parts=()
while [ $# -gt 0 ]; do
    case "$1" in
    --pairs)
        [[ "${2:-}" =~ ^[1-9][0-9]*$ ]] || fail 64 "--pairs must be at least 1"
        PAIRS=$2
        shift
        ;;
    calls | syscalls | races | kills | limits) parts+=("$1") ;;
    *) fail 64 "unknown part '$1'; expected calls, syscalls, races, kills or limits" ;;
    esac
    shift
done
require_command python3
compiler=$(command -v cc || command -v clang) || fail 69 "no C compiler is on the PATH"
require_swift
require_packages "${runtime_packages[@]}" "${trainer_packages[@]}"
cd "$root"
notice_new_weights
# Dynamic executables, because nothing can be preloaded into static ones.
for product in digitgen digitgen-train; do swift build -c release --product "$product" >&2; done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$compiler" -shared -fPIC -O1 -o "$folder/faulty.so" tools/checks/faults/faulty.c -ldl
release=$(swift build -c release --show-bin-path)
[ ${#parts[@]} != 0 ] || parts=(calls syscalls races kills limits)
# Each part has a process of its own: the peak memory of a child, which the limits are about, starts at its parent's.
for part in "${parts[@]}"; do
    PYTHONPATH=tools/support python3 tools/checks/faults/check.py "$release/digitgen" "$release/digitgen-train" \
        "$folder/faulty.so" "$part"
done
