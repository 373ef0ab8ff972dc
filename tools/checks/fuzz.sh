#!/usr/bin/env bash
# Fuzzes the readers of untrusted input, and the encoder of PNGs, with libFuzzer and AddressSanitizer.
#
#     tools/check fuzz TARGET SECONDS    TARGET: bundle safetensors request session idx npy npz tar checkpoint json png all
#
# Inputs that reached new code are kept in .build/fuzz/corpus/TARGET. Inputs that crash, hang or take too much memory
# are kept in .build/fuzz/findings.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"

targets="bundle safetensors request session idx npy npz tar checkpoint json png"
usage="usage: tools/check fuzz TARGET SECONDS, with TARGET one of: $targets all"
[ $# -eq 2 ] || fail 64 "$usage"
seconds=$2
[[ " $targets all " == *" $1 "* ]] || fail 64 "unknown target '$1'; $usage"
[[ $seconds =~ ^[1-9][0-9]{0,6}$ ]] || fail 64 "invalid number of seconds '$seconds'; $usage"
[ "$1" = all ] || targets=$1

cd "$root"
require_swift
has_fuzzer || fail 69 "this Swift toolchain has no libFuzzer"
require_packages "${runtime_packages[@]}" "${trainer_packages[@]}"
build=$root/.build/fuzz
DIGITGEN_FUZZ=1 swift build --scratch-path "$build" -c debug --product fuzz \
    -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=fuzzer-no-link,address -Xswiftc -O \
    -Xswiftc -use-ld=lld >&2

# An input may take 2 seconds. Short runs share the machine with other work and allow for a pause.
limit=2
[ "$seconds" -ge 60 ] || limit=10

for target in $targets; do
    mkdir -p "$build/seeds/$target" "$build/corpus/$target" "$build/findings"
    # No single allocation may exceed 256 MiB.
    DIGITGEN_FUZZ_TARGET=$target DIGITGEN_FUZZ_SEEDS=$build/seeds/$target ASAN_OPTIONS=detect_leaks=0 \
        "$build/debug/fuzz" -max_total_time="$seconds" -timeout=$limit -malloc_limit_mb=256 -rss_limit_mb=2048 \
        -max_len=65536 -print_final_stats=1 -verbosity=1 -artifact_prefix="$build/findings/$target-" \
        "$build/corpus/$target" "$build/seeds/$target" >"$build/$target.log" 2>&1 || {
        tail -n 40 "$build/$target.log" >&2
        fail 1 "$target: found a failing input; see above and $build/findings"
    }
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$target.log")
    echo "$program: $target: $runs inputs in $seconds s, no failures" >&2
done
