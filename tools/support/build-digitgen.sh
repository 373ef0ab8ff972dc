# Sourced by tools that run or package digitgen, after setup.sh.
# shellcheck shell=bash
source "$root/tools/support/arm64-sdk.sh"

build=$root/.build/static
! is_cross_build || build+=-$architecture
digitgen=$build/release/digitgen
stamp=$build/digitgen.stamp
# The linker's list of what it linked, for notices.sh.
link_map=$build/digitgen.map

# Succeeds if no source file has changed since the last build. Folders count, because removing a file changes the
# time of its folder.
digitgen_is_current() {
    [ -x "$digitgen" ] && [ -e "$stamp" ] || return 1
    [ -e "$link_map" ] || [ "$(uname)" != Linux ] || return 1
    local sources=("$root/Package.swift" "$root/Sources")
    [ ! -e "$root/weights" ] || sources+=("$root/weights")
    ! is_cross_build || sources+=("$arm64_stamp")
    [ -z "$(find "${sources[@]}" -newer "$stamp" -print -quit)" ]
}

# Writes the commit into .build/commit, where Sources/CBuild reads it.
note_commit() {
    local commit
    commit=$(git -C "$root" describe --always --dirty --abbrev=10 2>/dev/null) || commit=
    mkdir -p "$root/.build"
    [ -e "$root/.build/commit" ] && [ "$(cat "$root/.build/commit")" = "$commit" ] ||
        printf '%s\n' "$commit" >"$root/.build/commit"
    # The build does not notice a file that did not exist when it last ran.
    [ "$root/.build/commit" -ot "$root/Sources/CBuild/build.c" ] || touch "$root/Sources/CBuild/build.c"
}

# Builds $digitgen, a static executable, unless it is current. All output goes to stderr.
#
# The stamp carries the time at which the build began, so a file that changes during the build counts as newer.
# The linker warns about glibc's dlopen and getpwnam in a static executable. Only functions of the standard library
# that digitgen never calls use them, so the warnings are dropped.
build_digitgen() {
    ! is_cross_build || require_arm64_sdk
    ! digitgen_is_current || return 0
    require_swift
    require_packages "${runtime_packages[@]}"
    echo "$program: building digitgen (one or two minutes the first time)" >&2
    local target=()
    ! is_cross_build || target=("${arm64_options[@]}")
    local linking=(--static-swift-stdlib)
    # Other systems have no static system libraries.
    [ "$(uname)" != Linux ] || linking+=(-Xswiftc -static-executable -Xlinker -s -Xlinker "-Map=$link_map")
    notice_new_weights
    note_commit
    mkdir -p "$build"
    touch "$stamp.new"
    swift build --package-path "$root" --scratch-path "$build" -c release --product digitgen "${target[@]}" \
        "${linking[@]}" 2>&1 |
        { grep -vE "in statically linked applications requires|the use of .mktemp. is dangerous" >&2 || true; } ||
        fail 70 "the build failed; see its output above"
    mv "$stamp.new" "$stamp"
}
