# Sourced by tools that build the C library, after setup.sh.
# shellcheck shell=bash
source "$root/tools/support/arm64-sdk.sh"

library_build=$root/.build/library
! is_cross_build || library_build+=-$architecture
library=$library_build/libdigitgen.so
static_library=$library_build/libdigitgen.a
library_stamp=$library_build/library.stamp
# The linker's list of what it linked, for notices.sh.
library_map=$library_build/libdigitgen.map

# Prints the number of the binary interface, which is part of the shared library's name.
interface_version() {
    source_version | cut -d . -f 1
}

library_is_current() {
    [ -e "$library" ] && [ -e "$static_library" ] && [ -e "$library_stamp" ] || return 1
    local sources=("$root/Package.swift" "$root/Sources" "$root/tools/support/build-library.sh")
    [ ! -e "$root/weights" ] || sources+=("$root/weights")
    ! is_cross_build || sources+=("$arm64_stamp")
    [ -z "$(find "${sources[@]}" -newer "$library_stamp" -print -quit)" ]
}

# Prints the object files of the C interface and of all modules that it imports, one a line. $1 is the folder of a
# build, such as .build/debug. Objects of sources that are gone stay there, and are left out.
library_objects() {
    find "$1"/{DigitInterface,DigitFields,DigitGen,DigitModel,Platform,StrictJSON}.build \
        "$1"/{CDigitGen,CKernels,CWeights,CDigest,CPlatform}.build -name '*.o' | sort |
        grep -F -e .swiftmodule.o -f <(find "$root/Sources" -name '*.swift' -printf '/%f.o\n' -o -name '*.c' -printf '/%f.o\n')
}

# Links the shared library $2 from the build in the folder $1, with the Swift runtime and libzstd in it; it shows only
# the functions of digitgen.h. What else is given goes to the linker.
link_shared_library() {
    local build=$1 target=$2 folder objects zstd cross=()
    shift 2
    zstd=$(clang -print-file-name=libzstd.a)
    if is_cross_build; then
        zstd=$arm64_sysroot/usr/lib/aarch64-linux-gnu/libzstd.a
        cross=(-target "$arm64_triple" -sdk "$arm64_sysroot" -resource-dir "$arm64_sysroot/usr/lib/swift_static")
    fi
    folder=$(dirname "$target")
    mapfile -t objects < <(library_objects "$build")
    printf '{ global: digitgen_*; local: *; };\n' >"$folder/exports"
    # The objects ask for -lzstd: the first folder that the linker searches has only the static one.
    mkdir -p "$folder/archives"
    ln -sf "$zstd" "$folder/archives/libzstd.a"
    swiftc -emit-library -static-stdlib -use-ld=lld "${cross[@]}" -L "$folder/archives" -o "$target" "${objects[@]}" \
        -Xlinker "--version-script=$folder/exports" -Xlinker "-soname=libdigitgen.so.$(interface_version)" \
        -Xlinker --gc-sections -Xlinker -s "$@" >&2 || fail 70 "the shared library cannot be linked"
}

# Builds $library and $static_library unless they are current. Both contain the Swift runtime and libzstd, and only the
# functions of digitgen.h can be seen from outside. All output goes to stderr.
build_library() {
    local tools='' options=()
    if is_cross_build; then
        require_arm64_sdk
        tools=aarch64-linux-gnu-
        options=("${arm64_options[@]}")
    fi
    ! library_is_current || return 0
    require_swift
    require_command "${tools}objcopy" "install binutils${tools:+-aarch64-linux-gnu}"
    require_packages "${runtime_packages[@]}"
    echo "$program: building the library (one or two minutes the first time)" >&2
    notice_new_weights
    mkdir -p "$library_build"
    touch "$library_stamp.new"
    swift build --package-path "$root" --scratch-path "$library_build" -c release --target DigitInterface \
        "${options[@]}" >&2 || fail 70 "the build failed; see its output above"
    link_shared_library "$library_build/release" "$library" -Xlinker "-Map=$library_map"
    local objects runtime
    mapfile -t objects < <(library_objects "$library_build/release")
    # One object with the runtime in it, whose other symbols become local.
    runtime=$(dirname "$(dirname "$(realpath "$(command -v swiftc)")")")/lib/swift_static/linux
    ! is_cross_build || runtime=$arm64_sysroot/usr/lib/swift_static/linux
    "${tools}ld" -r -o "$library_build/digitgen.o" --force-group-allocation "$runtime/$architecture/swiftrt.o" \
        "${objects[@]}" \
        "$library_build/archives/libzstd.a" --start-group "$runtime"/libswift{Core,Glibc,Synchronization,_Concurrency,_StringProcessing,_RegexParser,_Builtin_float}.a \
        "$runtime"/lib{dispatch,BlocksRuntime}.a --end-group >&2 || fail 70 "the static library cannot be linked"
    "${tools}objcopy" --wildcard --keep-global-symbol='digitgen_*' --strip-debug "$library_build/digitgen.o"
    rm -f "$static_library"
    "${tools}ar" rcsD "$static_library" "$library_build/digitgen.o"
    mv "$library_stamp.new" "$library_stamp"
}
