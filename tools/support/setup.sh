# Sourced by the scripts of tools/: finds the repository and installs what a build needs.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# How messages name this script: tools/checks/faults.sh runs as `tools/check faults`.
program=${0##*/}
case $0 in
*/checks/*.sh) program="check ${program%.sh}" ;;
esac

# Debian and Ubuntu packages: for the runtime, for the trainer, and for tests of completions and previews.
runtime_packages=(libpng-dev zlib1g-dev libzstd-dev git ca-certificates)
trainer_packages=(libopenblas-dev)
terminal_packages=(bsdutils fish tmux zsh)
# For kernel tiers that this processor lacks: emulated instructions, and an emulated ARM processor.
emulation_packages=()
cross_packages=()
if [ "$(uname -m)" = x86_64 ]; then
    emulation_packages=(libsimde-dev)
    cross_packages=(gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user)
fi

# Exits with the status $1 and a message.
fail() {
    local status=$1
    shift
    printf '%s: %s\n' "$program" "$*" >&2
    exit "$status"
}

# Exits unless the command $1 is on the PATH. What else is given says where to get it.
require_command() {
    command -v "$1" >/dev/null 2>&1 || fail 69 "$1 is not on the PATH${2:+; $2}"
}

# Prints the version of the sources, such as 0.1.0.
source_version() {
    sed -n 's/.*text = "\(.*\)".*/\1/p' "$root/Sources/DigitGen/ProgramVersion.swift"
}

require_swift() {
    require_command swift "install Swift 6.1 or later from https://www.swift.org/install"
}

# Downloads the URL $1 into the file $2.
download() {
    if command -v curl >/dev/null 2>&1; then
        curl --fail --silent --show-error --location --retry 2 --connect-timeout 20 --output "$2" "$1"
    elif command -v wget >/dev/null 2>&1; then
        wget --quiet --tries=2 --connect-timeout=20 --output-document="$2" "$1"
    else
        fail 69 "install curl or wget"
    fi
}

# Prints a value of the Swift compiler's description of itself, such as that of compilerVersion.
compiler_value() {
    swiftc -print-target-info | sed -n "s/.*\"$1\": \"\(.*\)\".*/\1/p"
}

# Succeeds if the Swift toolchain includes libFuzzer.
has_fuzzer() {
    local library
    library=$(compiler_value runtimeResourcePath)/clang
    [ -n "$(find -L "$library" -name 'libclang_rt.fuzzer*' -print -quit 2>/dev/null)" ]
}

# Makes the build notice new files in weights/: it tracks only the files that it embedded last time, so the source file
# that embeds them must look newer.
notice_new_weights() {
    local embedding=$root/Sources/CWeights/weights.c
    [ ! -e "$root/weights" ] || [ -z "$(find "$root/weights" -newer "$embedding" -print -quit)" ] ||
        touch "$embedding"
}

# Installs the missing ones of the named packages. On systems without dpkg it does nothing: the build reports what is
# missing there.
require_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    local package missing=()
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || fail 69 "install these packages as root: ${missing[*]}"
        as_root=(sudo)
    fi
    printf '%s: installing %s\n' "$program" "${missing[*]}" >&2
    {
        "${as_root[@]}" apt-get update -qq &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq --no-install-recommends "${missing[@]}"
    } >&2 || fail 69 "could not install these packages: ${missing[*]}"
}

# Sets $python to the interpreter of the virtual environment $1 with the packages of the requirements file $2. It is
# created again when the file changes.
require_python_packages() {
    local environment=$1 requirements=$2
    python=$environment/bin/python
    ! cmp -s "$requirements" "$environment/requirements.txt" || return 0
    require_command python3
    echo "$program: installing Python packages into $environment" >&2
    rm -rf "$environment"
    python3 -m venv "$environment" || fail 69 "python3 cannot create virtual environments; install python3-venv"
    "$environment/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
    cp "$requirements" "$environment/requirements.txt"
}
