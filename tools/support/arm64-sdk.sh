# Sourced by build-digitgen.sh and build-library.sh, which build for this processor, or for $architecture if that is set
# before. For arm64 on another processor, they need the Swift SDK for Linux on arm64 that is made here.
#
# The SDK's Swift runtime comes from the first of these:
#
# - $DIGITGEN_ARM64_SWIFT, the folder of an unpacked Swift toolchain for Linux on arm64;
# - swift.org's toolchain for arm64, of the version of the local compiler;
# - Debian's package swiftlang, of a version that the local compiler can read.
#
# The SDK's libraries are Debian's. arm64/swift and arm64/libraries list these packages with their SHA-256; that of
# swift.org is not known in advance. Downloads are kept in .build/arm64/downloads, and files that are put there by hand
# are used, too.
# shellcheck shell=bash

architecture=${architecture:-$(uname -m)}
arm64_build=$root/.build/arm64
arm64_sdk=$arm64_build/sdks/digitgen-arm64.artifactbundle
arm64_sysroot=$arm64_sdk/arm64/sysroot
arm64_triple=aarch64-unknown-linux-gnu
# The options of `swift build` that select it.
arm64_options=(--swift-sdks-path "$arm64_build/sdks" --swift-sdk digitgen-arm64
    --pkg-config-path "$arm64_sysroot/usr/lib/aarch64-linux-gnu/pkgconfig")
# What the SDK was made from.
arm64_stamp=$arm64_build/sdk.stamp
# The snapshot keeps versions that Debian has replaced.
debian_mirrors=(http://deb.debian.org/debian https://snapshot.debian.org/archive/debian/20261127T000000Z)

# Sets $architecture to $1, the value of an option, or exits with the usage $2.
select_architecture() {
    case $1 in
    x86_64 | aarch64) architecture=$1 ;;
    *) fail 64 "$2" ;;
    esac
    ! is_cross_build || [ "$architecture" = aarch64 ] ||
        fail 64 "only aarch64 can be built on another processor, not $architecture"
}

# Succeeds if the build is for another processor.
is_cross_build() {
    [ "$architecture" != "$(uname -m)" ]
}

# Downloads the URL $1 as the file $2, which never exists unfinished.
download_whole() {
    mkdir -p "$(dirname "$2")"
    echo "$program: downloading $1" >&2
    download "$1" "$2.partial" && mv "$2.partial" "$2"
}

# Downloads the Debian packages that the file $1 lists, unless they are there, and prints their files, one a line.
debian_packages() {
    local digest path file mirror
    while read -r digest path; do
        file=$arm64_build/downloads/$(basename "$path")
        for mirror in "${debian_mirrors[@]}"; do
            [ ! -e "$file" ] || break
            download_whole "$mirror/${path//+/%2B}" "$file" || true
        done
        [ -e "$file" ] || fail 69 "cannot download $(basename "$path") for arm64; put it into $(dirname "$file")"
        sha256sum --status --check <<<"$digest  $file" ||
            fail 65 "$file is damaged: its SHA-256 is not $digest; remove it"
        echo "$file"
    done <"$1"
}

# Unpacks the Debian package $1 into the sysroot $2, and lists its files there, for notices.sh.
unpack_library() {
    dpkg-deb --extract "$1" "$2" || fail 70 "cannot unpack $1"
    dpkg-deb --contents "$1" | awk -v package="$(dpkg-deb --field "$1" Package)" '
        $1 ~ /^-/ { print package "\t" substr($6, 2) }' >>"$2/packages"
}

# Prints the URL of swift.org's toolchain for arm64 of the local compiler's version; nothing if the compiler is no
# release of swift.org's.
swift_org_url() {
    local tag platform=debian12-aarch64
    tag=$(compiler_value swiftCompilerTag)
    [[ $tag = swift-*-RELEASE ]] || return 0
    echo "https://download.swift.org/${tag,,}/$platform/$tag/$tag-$platform.tar.gz"
}

# Unpacks the Swift runtime as the folder $1.
unpack_runtime() {
    local given=${DIGITGEN_ARM64_SWIFT:-} url archive package
    mkdir -p "$1"
    if [ -n "$given" ]; then
        [ -e "$given/usr/lib/swift_static/linux/aarch64/swiftrt.o" ] ||
            fail 66 "DIGITGEN_ARM64_SWIFT is '$given', which has no usr/lib/swift_static/linux/aarch64/swiftrt.o"
        cp -a "$given/usr/lib/swift_static/." "$1"
        return
    fi
    url=$(swift_org_url)
    archive=$arm64_build/downloads/$(basename "${url:-none}")
    if [ -e "$archive" ] || { [ -n "$url" ] && download_whole "$url" "$archive"; }; then
        tar -xzf "$archive" -C "$1" --strip-components=4 --wildcards '*/usr/lib/swift_static' >&2 ||
            fail 70 "cannot unpack $archive"
        return
    fi
    [ -z "$url" ] || echo "$program: no $url; using Debian's Swift runtime" >&2
    package=$(debian_packages "$root/tools/support/arm64/swift") || exit
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$1" --strip-components=6 ./usr/libexec/swift/lib/swift_static ||
        fail 70 "cannot unpack $package"
}

# Removes from the runtime in the sysroot $1 the modules that only a compiler of another version can read, unless the
# local compiler has the runtime's version. What remains has textual interfaces.
keep_readable_modules() {
    local runtime=$1/usr/lib/swift_static interface version
    interface=$runtime/linux/Swift.swiftmodule/$arm64_triple.swiftinterface
    [ -e "$interface" ] || fail 66 "the Swift runtime for arm64 has no $(basename "$interface")"
    version=$(sed -n 's/^\/\/ swift-compiler-version: //p' "$interface")
    [ "$version" != "$(compiler_value compilerVersion)" ] || return 0
    echo "$program: the runtime is of $version" >&2
    find "$runtime" -type f \( -name '*.swiftmodule' -o -name '*.swiftdoc' \) -delete
    find "$runtime" -type d -name '*.swiftmodule' -empty -delete
    compile_foundation "$1"
}

# Compiles what the program's packages use of FoundationEssentials, which has no textual interface.
compile_foundation() {
    local runtime=$1/usr/lib/swift_static module
    module=$runtime/linux/FoundationEssentials.swiftmodule/$arm64_triple.swiftmodule
    mkdir -p "$(dirname "$module")"
    rm -f "$runtime"/linux/lib*Foundation*.a
    swiftc -O -wmo -parse-as-library -static-stdlib -target "$arm64_triple" -sdk "$1" -resource-dir "$runtime" \
        -module-cache-path "$arm64_build/modules" -module-name FoundationEssentials \
        -module-link-name FoundationEssentials -emit-module -emit-module-path "$module" \
        -c "$root/tools/support/arm64/FoundationEssentials.swift" -o "$1/foundation.o" >&2 &&
        ar rcsD "$runtime/linux/libFoundationEssentials.a" "$1/foundation.o" ||
        fail 69 "the compiler cannot use this Swift runtime for arm64; give one of its version as DIGITGEN_ARM64_SWIFT"
    rm "$1/foundation.o"
}

# Writes the descriptions that make the folder $1 a Swift SDK.
describe_sdk() {
    cat >"$1/info.json" <<END
{"schemaVersion": "1.0",
 "artifacts": {"digitgen-arm64": {"type": "swiftSDK", "version": "1", "variants": [{"path": "arm64"}]}}}
END
    cat >"$1/arm64/swift-sdk.json" <<END
{"schemaVersion": "4.0",
 "targetTriples": {"$arm64_triple": {
   "sdkRootPath": "sysroot",
   "swiftResourcesPath": "sysroot/usr/lib/swift_static",
   "swiftStaticResourcesPath": "sysroot/usr/lib/swift_static",
   "toolsetPaths": ["toolset.json"]}}}
END
    echo '{"schemaVersion": "1.0", "swiftCompiler": {"extraCLIOptions": ["-use-ld=lld"]}}' >"$1/arm64/toolset.json"
}

# Prints what the SDK depends on.
sdk_key() {
    compiler_value compilerVersion
    compiler_value runtimeResourcePath
    echo "${DIGITGEN_ARM64_SWIFT:-}"
    cat "$root/tools/support/arm64-sdk.sh" "$root/tools/support/arm64"/* | sha256sum
}

arm64_sdk_is_current() {
    cmp -s "$arm64_stamp" <(sdk_key)
}

# Makes the SDK $arm64_sdk unless it is current. Exits with 69 if something cannot be had.
require_arm64_sdk() {
    require_swift
    ! arm64_sdk_is_current || return 0
    require_command dpkg-deb "install dpkg"
    require_command ar "install binutils"
    echo "$program: making a Swift SDK for arm64 (some minutes the first time)" >&2
    local made=$arm64_build/made packages package
    local sysroot=$made/arm64/sysroot
    rm -rf "$arm64_stamp" "$made"
    mkdir -p "$sysroot/usr/lib"
    ln -s usr/lib "$sysroot/lib"
    packages=$(debian_packages "$root/tools/support/arm64/libraries") || exit
    while read -r package; do
        unpack_library "$package" "$sysroot"
    done <<<"$packages"
    # SwiftPM reads these: their /usr is that of the sysroot.
    sed -i 's|^prefix=.*|prefix=${pcfiledir}/../../..|; s|=/usr/|=${prefix}/|' \
        "$sysroot"/usr/lib/aarch64-linux-gnu/pkgconfig/*.pc
    unpack_runtime "$sysroot/usr/lib/swift_static"
    # The headers of this compiler, not of the runtime's.
    ln -sfn "$(realpath "$(compiler_value runtimeResourcePath)/clang")" "$sysroot/usr/lib/swift_static/clang"
    keep_readable_modules "$sysroot"
    describe_sdk "$made"
    rm -rf "$arm64_sdk"
    mkdir -p "$(dirname "$arm64_sdk")"
    mv "$made" "$arm64_sdk"
    sdk_key >"$arm64_stamp"
}
