#!/usr/bin/env bash
# Builds the packages of both processors, runs lintian, installs and uninstalls; arm64 runs in an emulator.
#
#     tools/check package
#
# On x86-64, the packages for arm64 are built, too, and their program must draw what this machine's draws. That needs
# qemu-user, and a Swift SDK, which is made from downloads of half a gigabyte (tools/support/arm64-sdk.sh). What is
# missing is named, and not checked.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"

[ $# -eq 0 ] || fail 64 "usage: tools/check package"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Unpacks the archive of the processor $1 as the folder $2, and checks its notices.
unpack() {
    local name
    mkdir "$2"
    tar -xzf "$work"/digitgen-*-"$1".tar.gz -C "$2" --strip-components=1
    for name in "Apache License" "GNU C Library" libpng zlib zstd Swift; do
        grep -q "$name" "$2/share/doc/digitgen/THIRD-PARTY-NOTICES" ||
            fail 1 "THIRD-PARTY-NOTICES for $1 does not mention $name"
    done
    ! grep "The build system had no licence file" "$2/share/doc/digitgen/THIRD-PARTY-NOTICES" ||
        fail 1 "THIRD-PARTY-NOTICES for $1 lacks a licence"
}

# Runs lintian on the Debian package of the architecture $1.
check_debian() {
    if command -v lintian >/dev/null 2>&1; then
        lintian --allow-root --fail-on error,warning "$work"/digitgen_*_"$1".deb >&2 ||
            fail 1 "lintian rejects the Debian package for $1"
    else
        echo "$program: lintian is not installed; skipping the Debian package for $1" >&2
    fi
}

# Writes what a program draws into the folder $1; the program is given with the command that runs it.
draw() {
    local folder=$1
    shift
    mkdir "$folder"
    "$@" 7 --count 16 --seed 1 --format raw -o "$folder/sevens.raw"
    "$@" 7 --count 16 --seed 1 -o "$folder/sevens.png"
    "$@" 90210 --size 64 --seed 3 --format svg -o "$folder/number.svg"
    "$@" '1,204.50' --seed 2 --across 400 --format raw -o "$folder/line.raw"
    "$@" dataset --count 100 --seed 4 --format idx -o "$folder/idx" 2>/dev/null
    printf '%s\n' '{"id":1,"digits":"7","count":4,"seed":5,"format":"raw","layout":"each"}' '{"id":2,"digits":"x"}' |
        "$@" serve >"$folder/replies"
    "$@" --experimental-dump-help >"$folder/help.json"
}

# Prints the pixels of the PNG $1, without depending on the version of zlib that compressed them.
png_pixels() {
    python3 -c '
import sys, zlib
data, at, pixels = open(sys.argv[1], "rb").read(), 8, b""
while at < len(data):
    size, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
    body = data[at + 8:at + 8 + size]
    if kind == b"IDAT":
        pixels += body
    else:
        sys.stdout.buffer.write(kind + body)
    at += 12 + size
sys.stdout.buffer.write(zlib.decompress(pixels))' "$1"
}

# Compares the archive for arm64, in the folder $1, with this machine's in the folder $2.
compare_archives() {
    diff <(cd "$1" && find . -printf '%M %p\n' | sort) <(cd "$2" && find . -printf '%M %p\n' | sort) ||
        fail 1 "the archives have different files"
    diff -r --exclude digitgen --exclude THIRD-PARTY-NOTICES "$1/share" "$2/share" ||
        fail 1 "the archives have different documentation"
    readelf -h "$1/bin/digitgen" | grep -q 'Machine:.*AArch64' ||
        fail 1 "the program for arm64 is for another processor"
    ! readelf -l "$1/bin/digitgen" | grep INTERP || fail 1 "the program for arm64 needs shared libraries"
    if ! command -v qemu-aarch64 >/dev/null; then
        echo "$program: qemu-aarch64 is not installed; the program for arm64 was built, but not run" >&2
        return
    fi
    draw "$work/expected" "$2/bin/digitgen"
    # These choose int8 matrix instructions, the dot product, and no instructions of NEON.
    local processor
    for processor in max cortex-a76 cortex-a72; do
        draw "$work/$processor" qemu-aarch64 -cpu "$processor" "$1/bin/digitgen"
        cmp <(png_pixels "$work/$processor/sevens.png") <(png_pixels "$work/expected/sevens.png") ||
            fail 1 "on $processor, digitgen for arm64 draws another PNG"
        diff -r --exclude sevens.png "$work/$processor" "$work/expected" ||
            fail 1 "on $processor, digitgen for arm64 writes something else than this machine's"
        echo "$program: $processor: digitgen for arm64 draws what this machine's draws" >&2
    done
}

machine=$(uname -m)
"$root/tools/package" "$work" >/dev/null
unpack "$machine" "$work/archive"
"$work/archive/bin/digitgen" 7 --seed 1 -o "$work/seven.png"
check_debian "$(dpkg --print-architecture 2>/dev/null || true)"

mkdir "$work/prefix"
"$root/tools/install" "$work/prefix" 2>/dev/null
diff -r "$work/archive" "$work/prefix" || fail 1 "tools/install and tools/package differ"
"$root/tools/install" --uninstall "$work/prefix" 2>/dev/null
[ -z "$(ls -A "$work/prefix")" ] || fail 1 "tools/install --uninstall leaves $(find "$work/prefix" -type f)"
echo "$program: packages, installation and removal are correct" >&2

[ "$machine" = x86_64 ] || exit 0
status=0
"$root/tools/package" --arch aarch64 "$work" >/dev/null || status=$?
case $status in
0) ;;
69)
    echo "$program: the packages for arm64 were NOT CHECKED, because the message above names something missing" >&2
    exit 0
    ;;
*) fail "$status" "tools/package --arch aarch64 failed" ;;
esac
unpack aarch64 "$work/arm64"
check_debian arm64
compare_archives "$work/arm64" "$work/archive"
echo "$program: the packages for arm64 are correct" >&2
