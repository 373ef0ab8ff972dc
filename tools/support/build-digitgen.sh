# Sourced by tools that run or pack digitgen, after setup.sh.
# shellcheck shell=bash

build=$root/.build/static
digitgen=$build/release/digitgen
stamp=$build/digitgen.stamp
# What the linker has put into the program, for notices.sh.
link_map=$build/digitgen.map

# Nothing that the program is made of has changed since the stamp. Folders count: a file that was removed
# changes the folder's time.
digitgen_is_current() {
    [ -x "$digitgen" ] && [ -e "$stamp" ] || return 1
    [ -e "$link_map" ] || [ "$(uname)" != Linux ] || return 1
    local sources=("$root/Package.swift" "$root/Sources")
    [ ! -e "$root/weights" ] || sources+=("$root/weights")
    [ -z "$(find "${sources[@]}" -newer "$stamp" -print -quit)" ]
}

# Tells the build which commit it is of, if git knows.
note_commit() {
    local commit
    commit=$(git -C "$root" describe --always --dirty --abbrev=10 2>/dev/null) || commit=
    mkdir -p "$root/.build"
    [ -e "$root/.build/commit" ] && [ "$(cat "$root/.build/commit")" = "$commit" ] ||
        printf '%s\n' "$commit" >"$root/.build/commit"
    # The compiler does not look for what was not there before.
    [ "$root/.build/commit" -ot "$root/Sources/CBuild/build.c" ] || touch "$root/Sources/CBuild/build.c"
}

# Builds $digitgen, one static executable, when it is not current. All output goes to stderr.
#
# The stamp takes the time of the start, so a file that changes during the build counts as changed after it.
# Left out are the linker's warnings about glibc's dlopen and getpwnam in a static program: they concern functions
# of the standard library that digitgen never calls.
build_digitgen() {
    ! digitgen_is_current || return 0
    require_swift
    require_packages "${runtime_packages[@]}"
    echo "${0##*/}: building digitgen, which takes a minute or two the first time" >&2
    local linking=(--static-swift-stdlib)
    # Elsewhere there are no static system libraries.
    [ "$(uname)" != Linux ] || linking+=(-Xswiftc -static-executable -Xlinker -s -Xlinker "-Map=$link_map")
    notice_new_weights
    note_commit
    mkdir -p "$build"
    touch "$stamp.new"
    swift build --package-path "$root" --scratch-path "$build" -c release --product digitgen \
        "${linking[@]}" 2>&1 |
        { grep -vE "in statically linked applications requires|the use of .mktemp. is dangerous" >&2 || true; } ||
        fail 70 "the build failed; its output stands above"
    mv "$stamp.new" "$stamp"
}
