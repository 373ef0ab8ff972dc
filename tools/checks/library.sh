#!/usr/bin/env bash
# Builds the C library, and C programs with it, shared and static; compares their pixels with digitgen's.
#
#     tools/check library [sanitizers]    sanitizers: also the test program, all of it instrumented
#
# On x86-64, the library for arm64 is checked, too, in an emulator, if `tools/check package` has made its Swift SDK.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/build-digitgen.sh"

[ $# -eq 0 ] || [ "$*" = sanitizers ] || fail 64 "usage: tools/check library [sanitizers]"
build_digitgen
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A folder with a space, as users have.
prefix="$work/the library"
"$root/tools/make-library" "$prefix" 2>/dev/null || fail 70 "tools/make-library failed"

exported=$(nm -D --defined-only "$prefix/lib/libdigitgen.so" | awk '{ print $3 }')
[ -z "$(grep -v '^digitgen_' <<<"$exported")" ] || fail 1 "the shared library exports more than its interface"
declared=$(sed -n 's/^DIGITGEN_API.*[ *]\(digitgen_[a-z_]*\)(.*/\1/p' "$prefix/include/digitgen.h" | sort)
[ "$declared" = "$(sort <<<"$exported")" ] || fail 1 "digitgen.h and the shared library differ: $declared $exported"
local_names=$(nm -g --defined-only "$prefix/lib/libdigitgen.a" | awk 'NF == 3 { print $3 }' | grep -v '^digitgen_' || true)
[ -z "$local_names" ] || fail 1 "the static library exports $local_names"
needed=$(readelf -d "$prefix/lib/libdigitgen.so" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p')
[[ ! $needed =~ swift|zstd ]] || fail 1 "the shared library needs $needed"

export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
if command -v pkg-config >/dev/null; then
    pkg-config --exists digitgen || fail 1 "digitgen.pc is invalid"
fi
tester=$root/Tests/InterfaceTester/main.c
cc -Wall -Wextra -Werror -I "$prefix/include" "$tester" -o "$work/shared" -L "$prefix/lib" -ldigitgen \
    -Wl,-rpath,"$prefix/lib" -lpthread
cc -I "$prefix/include" "$tester" -o "$work/static" "$prefix/lib/libdigitgen.a" -lstdc++ -lm -lpthread -ldl
c++ -std=c++17 -fsyntax-only -x c++ "$prefix/include/digitgen.h"

# Compares what a C program draws with digitgen. $1 names its library; what follows runs the program.
compare_pixels() {
    local kind=$1
    shift
    "$@"
    "$@" 90210 5 1 | cmp - <("$digitgen" 90210 --count 5 --seed 1 --format raw) ||
        fail 1 "the $kind library draws other pixels than digitgen"
    "$@" '1,204.50' 2 | cmp - <("$digitgen" '1,204.50' --seed 2 --across 400 --format raw) ||
        fail 1 "the $kind library draws other lines than digitgen"
    echo "$program: the $kind library draws what digitgen draws" >&2
}

compare_pixels shared "$work/shared"
compare_pixels static "$work/static"

# Builds the library for arm64, and programs with it, which run in an emulator.
check_arm64() {
    if ! arm64_sdk_is_current || ! command -v qemu-aarch64 >/dev/null; then
        echo "$program: the library for arm64 was NOT CHECKED: it needs qemu-user, and tools/check package before" >&2
        return
    fi
    "$root/tools/make-library" --arch aarch64 "$work/arm64" 2>/dev/null ||
        fail 70 "tools/make-library --arch aarch64 failed"
    local compile=("$(dirname "$(compiler_value runtimeResourcePath)")/../bin/clang" --target="$arm64_triple"
        --sysroot="$arm64_sysroot" -fuse-ld=lld -I "$work/arm64/include" "$tester")
    "${compile[@]}" -o "$work/arm64-shared" -L "$work/arm64/lib" -ldigitgen -Wl,-rpath,"$work/arm64/lib" -lpthread
    "${compile[@]}" -o "$work/arm64-static" "$work/arm64/lib/libdigitgen.a" -lstdc++ -lm -lpthread -ldl
    compare_pixels "shared arm64" qemu-aarch64 -L "$arm64_sysroot" "$work/arm64-shared"
    compare_pixels "static arm64" qemu-aarch64 -L "$arm64_sysroot" "$work/arm64-static"
}
[ "$(uname -m)" != x86_64 ] || check_arm64

[ $# -gt 0 ] || exit 0
cd "$root"
export ASAN_OPTIONS=detect_leaks=1 TSAN_OPTIONS=halt_on_error=1
for sanitizer in address thread; do
    swift build --scratch-path ".build/$sanitizer" --sanitize "$sanitizer" -Xcc -O1 --product interface-tester >&2
    ".build/$sanitizer/debug/interface-tester"
    echo "$program: no finding of the sanitizer of $sanitizer" >&2
done
