#!/usr/bin/env bash
# Runs the tests under sanitizers.
#
#     tools/check sanitizers [address|thread]...    (default: both)
#
# `address` also traps undefined behaviour in C, and includes kernels that this processor lacks. Swift checks itself.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"

[ $# -gt 0 ] || set -- address thread
for sanitizer in "$@"; do
    case $sanitizer in
    address | thread) ;;
    *) fail 64 "unknown sanitizer '$sanitizer'; expected address or thread" ;;
    esac
done

cd "$root"
require_swift
require_packages "${runtime_packages[@]}" "${trainer_packages[@]}" "${emulation_packages[@]}" \
    "${terminal_packages[@]}"
notice_new_weights
# A process that ends need not free everything, so leaks are not reported.
export ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=halt_on_error=1
for sanitizer in "$@"; do
    # -O1 keeps reports exact.
    options=(--scratch-path ".build/$sanitizer" --sanitize "$sanitizer" -Xcc -O1)
    if [ "$sanitizer" = address ]; then
        tools/check kernels --sanitize
        # The compiler of Swift does not link the library that would describe undefined behaviour.
        options+=(-Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined)
    fi
    swift test "${options[@]}"
done
