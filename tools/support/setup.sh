# Sourced by the scripts of tools/: finds the repository and what a build needs.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# What the runtime needs, what the trainer needs besides, and what only tests need (packages of Debian and Ubuntu).
runtime_packages=(libpng-dev zlib1g-dev libzstd-dev git ca-certificates)
trainer_packages=(libopenblas-dev)
# The shells and the terminal that completions and previews are tested in.
terminal_packages=(bsdutils fish tmux zsh)
# Runs kernel tiers that the processor lacks, of its own kind and of another kind.
emulation_packages=()
cross_packages=()
if [ "$(uname -m)" = x86_64 ]; then
    emulation_packages=(libsimde-dev)
    cross_packages=(gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user)
fi

# Ends the script with a message. The first argument is the exit status.
fail() {
    local status=$1
    shift
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit "$status"
}

require_swift() {
    command -v swift >/dev/null 2>&1 || fail 69 \
        "swift is not on the PATH; install Swift 6.1 or later from https://www.swift.org/install"
}

# Whether the Swift toolchain brings libFuzzer for this system.
has_fuzzer() {
    local library
    library=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')/clang
    [ -n "$(find -L "$library" -name 'libclang_rt.fuzzer*' -print -quit 2>/dev/null)" ]
}

# The compiler knows which weights it has compiled in, but not which have been added since: then the file that
# embeds them must look newer than they are.
notice_new_weights() {
    local embedding=$root/Sources/CWeights/weights.c
    [ ! -e "$root/weights" ] || [ -z "$(find "$root/weights" -newer "$embedding" -print -quit)" ] ||
        touch "$embedding"
}

# Installs those of the named packages that are missing. Where there is no dpkg, the system is not Debian's:
# then it is taken as prepared, and the build says what it misses.
require_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    local package missing=()
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || fail 69 \
            "these packages are missing, and neither root nor sudo is here to install them: ${missing[*]}"
        as_root=(sudo)
    fi
    printf '%s: installing %s\n' "${0##*/}" "${missing[*]}" >&2
    {
        "${as_root[@]}" apt-get update -qq &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq --no-install-recommends "${missing[@]}"
    } >&2 || fail 69 "could not install these packages: ${missing[*]}"
}
