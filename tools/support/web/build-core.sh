# Sourced by tools that need the WebAssembly modules, after setup.sh.
# shellcheck shell=bash

core=$root/.build-web/core
core_target=wasm32-unknown-none-wasm
core_exports=(dg_reserve dg_release dg_load dg_draw dg_outline dg_line dg_line_outline dg_result dg_measure)

# Prints the toolchain's folder of Swift's libraries.
swift_libraries() {
    compiler_value runtimeResourcePath
}

# Succeeds if the toolchain can build the modules.
can_build_core() {
    command -v wasm-ld >/dev/null && [ -d "$(swift_libraries)/embedded/$core_target" ]
}

# The toolchain's own compiler of C: others need not know the target.
find_clang() {
    clang=$(dirname "$(swift_libraries)")/../bin/clang
}

# Succeeds if nothing that the modules are made of has changed since the last build.
core_is_current() {
    [ -e "$core/digitgen-scalar.wasm" ] && [ -z "$(find "$root"/Sources/{StrictJSON,Platform,DigitModel,DigitGen,DigitFields} \
        "$root"/Sources/{CKernels,CDigest,CWeights,DigitImaging} "$root/web/core" "$root/tools/support/web/build-core.sh" \
        -newer "$core/digitgen-scalar.wasm" -print -quit)" ]
}

# Compiles the Swift module $1 of the sources that follow, unless it is newer than they are and than the modules before.
build_swift() {
    local name=$1
    shift
    if [ ! -e "$core/$name.o" ] || [ -n "$(find "$@" "${built[@]}" -newer "$core/$name.o" -print -quit)" ]; then
        swiftc -target "$core_target" -enable-experimental-feature Embedded -wmo -parse-as-library -Osize \
            -swift-version 6 -package-name digitgen -module-name "$name" -I "$core" -Xcc -ffreestanding \
            -emit-module -emit-module-path "$core/$name.swiftmodule" -c -o "$core/$name.o" "$@" >&2
    fi
    built+=("$core/$name.o")
}

# Compiles the target $1, without the sources that match the expression $2.
build_target() {
    local sources
    mapfile -t sources < <(find "$root/Sources/$1" -name '*.swift' | grep -vE "$2" | sort)
    build_swift "$1" "${sources[@]}"
}

# Compiles C for the tier $1: simd or scalar.
build_c() {
    find_clang
    local tier=$1 source speed=-O3 flags=(-std=gnu2x -Wall -Wextra -Werror -ffreestanding -ffp-contract=off -mbulk-memory)
    # Scalar kernels are for engines without SIMD128: beside its own, they would be dead weight.
    [ "$tier" = scalar ] || flags+=(-msimd128 -DDG_FIRST_TIER_ONLY)
    # A page loads those of SIMD128: a tenth slower, they are 3 kB shorter over the wire.
    [ "$tier" = scalar ] || speed=-Os
    mkdir -p "$core/$tier"
    for source in "$root"/Sources/CKernels/{tiers,generic/*,wasm/*}.c "$root/Sources/CDigest/sha256.c" \
        "$root"/web/core/*.c; do
        "$clang" --target="$core_target" "$speed" "${flags[@]}" -I "$root/web/core/include" \
            -I "$root/Sources/CKernels/include" -I "$root/Sources/CWeights/include" -c "$source" -o "$core/$tier/$(basename "$source" .c).o"
    done
}

# Builds $core/digitgen-simd.wasm and digitgen-scalar.wasm, unless they are current.
build_core() {
    ! core_is_current || return 0
    echo "$program: building the WebAssembly modules (about a minute)" >&2
    local name tier built=("$root"/Sources/{CKernels,CDigest,CWeights}/include "$root/tools/support/web/build-core.sh")
    mkdir -p "$core"
    for name in CKernels CDigest CWeights; do
        printf 'module %s { header "%s/Sources/%s/include/%s.h" export * }\n' "$name" "$root" "$name" "$name"
    done >"$core/module.modulemap"

    # What reads files, frames and the environment, starts threads or measures time is left out.
    build_target StrictJSON '^$'
    build_swift Platform "$root/Sources/Platform/ProgramError.swift" "$root"/web/core/Platform/*.swift
    build_target DigitModel '/(ZstdFrame|Bundle\+Frame|FrameSeal\+Check)\.swift'
    build_target DigitGen \
        '/(BundleFile|KernelTier\+Environment|DigitGenerator\+Models|HandSearch)\.swift|/Benchmark/'
    build_target DigitFields '/(TextFile|FieldPattern|NamedPattern|PageLayout|PartSeed)\.swift'
    build_swift DigitWeb "$root"/web/core/DigitWeb/*.swift "$root/Sources/DigitImaging/Pictures/SVGPath.swift"
    for tier in simd scalar; do
        build_c "$tier"
        wasm-ld --no-entry --gc-sections --strip-all --compress-relocations -z stack-size=262144 "${core_exports[@]/#/--export=}" \
            -o "$core/digitgen-$tier.wasm" "$core"/*.o "$core/$tier"/*.o
    done
}

# Builds the kernel tester as $1/kernels.wasm, of the helpers in the folder $2. The modules must be current.
build_kernel_tester() {
    find_clang
    local scratch=$1 helpers=$2 source
    # The tester compares all tiers, of which the module has one.
    for source in "$root/Tests/KernelTester/kernel_tester.c" "$helpers/kernels.c" "$root/Sources/CKernels/tiers.c"; do
        "$clang" --target="$core_target" -O2 -std=gnu2x -ffreestanding -ffp-contract=off -mbulk-memory -msimd128 \
            -I "$helpers/include" -I "$root/web/core/include" -I "$root/Sources/CKernels/include" \
            -I "$root/Tests/KernelTester/include" -c "$source" -o "$scratch/$(basename "$source" .c).o"
    done
    wasm-ld --no-entry --gc-sections --export={compare,tier_name,difference} -o "$scratch/kernels.wasm" \
        "$scratch"/{kernel_tester,kernels,tiers}.o "$core"/simd/{gemm_*,runtime}.o
}
