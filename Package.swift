// swift-tools-version: 6.1

import PackageDescription

let package = Package(
    name: "digitgen",
    // For the library; the programs are written for Linux.
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "DigitGen", targets: ["DigitGen"]),
        .executable(name: "digitgen", targets: ["digitgen"]),
        .executable(name: "digitgen-train", targets: ["digitgen-train"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        // System libraries. The runtime needs libpng, zlib and libzstd; the trainer adds OpenBLAS.
        .systemLibrary(
            name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
        .systemLibrary(
            name: "CLibPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(
            name: "CBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),

        // The runtime, from the bottom up.
        .target(name: "CKernels"),
        .target(name: "CWeights"),
        .target(name: "CBuild"),
        .target(name: "CDigest"),
        .target(name: "CFiles"),
        // zlib and libm are libpng's own needs: a static executable must be told of them.
        .target(
            name: "CPNG", dependencies: ["CLibPNG"],
            linkerSettings: [.linkedLibrary("z"), .linkedLibrary("m")]),
        .target(name: "StrictJSON"),
        .target(name: "SystemText"),
        .target(name: "WeightBundle", dependencies: ["CDigest", "CZstd", "StrictJSON"]),
        .target(name: "DigitGen", dependencies: ["CKernels", "CWeights", "SystemText", "WeightBundle"]),
        .target(name: "DigitImaging", dependencies: ["CFiles", "CPNG", "CZlib", "SystemText"]),
        .target(
            name: "DigitService",
            dependencies: ["DigitGen", "DigitImaging", "StrictJSON", "SystemText", "WeightBundle"]),
        .target(
            name: "CommandLineSupport",
            dependencies: [
                "StrictJSON", "SystemText",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "digitgen",
            dependencies: [
                "CBuild", "CommandLineSupport", "DigitService", "DigitGen", "DigitImaging", "StrictJSON",
                "SystemText", "WeightBundle",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // The offline trainer.
        .target(name: "CTraining"),
        .target(
            name: "DigitTraining",
            dependencies: [
                "CBLAS", "CLibPNG", "CTraining", "CZlib", "DigitGen", "DigitImaging", "StrictJSON",
                "SystemText", "WeightBundle",
            ]),
        .executableTarget(
            name: "digitgen-train",
            dependencies: [
                "CommandLineSupport", "DigitTraining", "DigitGen", "DigitImaging", "SystemText",
                "WeightBundle",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .target(
            name: "TestSupport", dependencies: ["CLibPNG", "DigitGen", "DigitImaging", "WeightBundle"],
            path: "Tests/TestSupport"),
        .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"]),
        .testTarget(name: "SystemTextTests", dependencies: ["SystemText"]),
        .testTarget(name: "WeightBundleTests", dependencies: ["StrictJSON", "TestSupport", "WeightBundle"]),
        .testTarget(name: "CKernelsTests", dependencies: ["CKernels"]),
        .testTarget(name: "DigitGenTests", dependencies: ["DigitGen", "TestSupport", "WeightBundle"]),
        .testTarget(name: "DigitImagingTests", dependencies: ["CZlib", "DigitImaging", "TestSupport"]),
        .testTarget(
            name: "DigitServiceTests",
            dependencies: ["DigitGen", "DigitImaging", "DigitService", "StrictJSON", "TestSupport"]),
        .testTarget(
            name: "DigitTrainingTests",
            dependencies: [
                "CZlib", "DigitGen", "DigitImaging", "DigitTraining", "TestSupport", "WeightBundle",
            ]),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["CZlib", "DigitImaging", "StrictJSON", "TestSupport", "WeightBundle"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu2x
)

// libFuzzer brings its own main: built by tools/fuzz alone.
if Context.environment["DIGITGEN_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "DigitService", "DigitGen", "DigitImaging", "DigitTraining", "StrictJSON", "TestSupport",
                "WeightBundle",
            ],
            path: "Tests/Fuzz", swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}
