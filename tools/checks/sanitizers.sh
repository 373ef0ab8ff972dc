#!/usr/bin/env bash
# Runs the tests under sanitizers.
#
#     tools/check sanitizers [address|thread|undefined]...    (default: all three)
#
# `undefined` covers the C code alone, since Swift checks itself, and includes kernels that this processor lacks.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"

[ $# -gt 0 ] || set -- address thread undefined
for sanitizer in "$@"; do
    case $sanitizer in
    address | thread | undefined) ;;
    *) fail 64 "unknown sanitizer '$sanitizer'; expected address, thread or undefined" ;;
    esac
done

cd "$root"
require_swift
require_packages "${runtime_packages[@]}" "${trainer_packages[@]}" "${terminal_packages[@]}"
notice_new_weights
# A process that ends need not free everything, so leaks are not reported.
export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1 TSAN_OPTIONS=halt_on_error=1
for sanitizer in "$@"; do
    if [ "$sanitizer" = undefined ]; then
        tools/check kernels --sanitize
        # Undefined behaviour traps: the compiler of Swift does not link the library that would describe it.
        swift test --scratch-path .build/undefined -Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined
    else
        swift test --scratch-path ".build/$sanitizer" --sanitize "$sanitizer"
    fi
done
