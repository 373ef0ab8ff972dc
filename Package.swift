// swift-tools-version: 6.1

import PackageDescription

let package = Package(
    name: "digitgen",
    // For the library; the programs are written for Linux.
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "DigitGen", targets: ["DigitGen", "DigitImaging"]),
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
        .target(name: "CPlatform"),
        .target(name: "CPNG", dependencies: ["CZlib"], linkerSettings: [.linkedLibrary("z")]),
        .target(name: "Platform", dependencies: ["CPlatform"]),
        .target(name: "StrictJSON"),
        .target(name: "DigitModel", dependencies: ["CDigest", "CZstd", "Platform", "StrictJSON"]),
        .target(name: "DigitGen", dependencies: ["CKernels", "CWeights", "Platform", "DigitModel"]),
        .target(name: "DigitImaging", dependencies: ["CPNG", "Platform"]),
        // The C interface: its header, and the functions behind it.
        .target(name: "CDigitGen"),
        .target(
            name: "DigitInterface",
            dependencies: ["CDigitGen", "DigitFields", "DigitGen", "DigitModel", "Platform"]),
        // zlib and libm are libpng's own needs: a static executable must be told of them.
        .target(
            name: "DigitDataSets",
            dependencies: ["CLibPNG", "CZlib", "DigitImaging", "Platform", "DigitModel"],
            linkerSettings: [.linkedLibrary("z"), .linkedLibrary("m")]),
        .target(name: "DigitFields", dependencies: ["CKernels", "DigitGen", "DigitModel", "Platform"]),
        .target(
            name: "DigitService",
            dependencies: [
                "DigitDataSets", "DigitFields", "DigitGen", "DigitImaging", "Platform", "StrictJSON",
                "DigitModel",
            ]),
        .target(
            name: "CommandLineSupport",
            dependencies: [
                "Platform", "StrictJSON",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "digitgen",
            dependencies: [
                "CBuild", "CommandLineSupport", "DigitDataSets", "DigitFields", "DigitService", "DigitGen",
                "DigitImaging", "Platform", "StrictJSON", "DigitModel",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // The offline trainer.
        .target(name: "CTraining"),
        .target(
            name: "NeuralNetwork",
            dependencies: ["CBLAS", "CTraining", "Platform"]),
        .target(
            name: "DigitTraining",
            dependencies: [
                "CZlib", "DigitDataSets", "DigitGen", "DigitImaging", "NeuralNetwork", "Platform",
                "StrictJSON", "DigitModel",
            ]),
        .target(
            name: "DigitEvaluation",
            dependencies: [
                "DigitDataSets", "DigitGen", "DigitImaging", "DigitTraining", "NeuralNetwork", "Platform",
                "StrictJSON", "DigitModel",
            ]),
        .executableTarget(
            name: "digitgen-train",
            dependencies: [
                "CommandLineSupport", "DigitDataSets", "DigitEvaluation", "DigitTraining", "DigitGen",
                "NeuralNetwork", "Platform", "DigitModel",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .target(
            name: "TestSupport",
            dependencies: ["CLibPNG", "DigitGen", "DigitImaging", "Platform", "DigitModel"],
            path: "Tests/TestSupport"),
        .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"]),
        .testTarget(name: "PlatformTests", dependencies: ["Platform", "TestSupport"]),
        .testTarget(
            name: "DigitModelTests",
            dependencies: ["Platform", "StrictJSON", "TestSupport", "DigitModel"]),
        .target(
            name: "KernelTester", dependencies: ["CKernels"], path: "Tests/KernelTester", exclude: ["cross"]),
        .testTarget(
            name: "CKernelsTests",
            dependencies: ["CKernels", "DigitGen", "DigitModel", "KernelTester", "TestSupport"]),
        .executableTarget(
            name: "interface-tester", dependencies: ["CDigitGen", "DigitInterface"],
            path: "Tests/InterfaceTester"),
        .testTarget(name: "DigitGenTests", dependencies: ["DigitGen", "TestSupport", "DigitModel"]),
        .testTarget(
            name: "DigitFieldsTests",
            dependencies: ["DigitFields", "DigitGen", "Platform", "TestSupport", "DigitModel"]),
        .testTarget(
            name: "DigitImagingTests",
            dependencies: [
                "CZlib", "DigitDataSets", "DigitImaging", "DigitModel", "Platform", "TestSupport",
            ]),
        .testTarget(
            name: "DigitServiceTests",
            dependencies: [
                "DigitFields", "DigitGen", "DigitImaging", "DigitService", "Platform", "StrictJSON",
                "TestSupport",
            ]),
        .target(
            name: "TrainingTestSupport",
            dependencies: [
                "CZlib", "DigitDataSets", "DigitTraining", "NeuralNetwork", "TestSupport", "DigitModel",
            ],
            path: "Tests/TrainingTestSupport"),
        .testTarget(
            name: "NeuralNetworkTests",
            dependencies: ["NeuralNetwork", "Platform", "TrainingTestSupport"]),
        .testTarget(
            name: "DigitDataSetsTests",
            dependencies: [
                "CZlib", "DigitDataSets", "DigitImaging", "Platform", "TestSupport", "TrainingTestSupport",
                "DigitModel",
            ]),
        .testTarget(
            name: "DigitTrainingTests",
            dependencies: [
                "DigitDataSets", "DigitGen", "DigitImaging", "DigitTraining", "NeuralNetwork", "Platform",
                "TestSupport", "TrainingTestSupport", "DigitModel",
            ]),
        .testTarget(
            name: "DigitEvaluationTests",
            dependencies: [
                "DigitDataSets", "DigitEvaluation", "DigitGen", "DigitImaging", "DigitTraining",
                "NeuralNetwork", "Platform", "TestSupport", "TrainingTestSupport", "DigitModel",
            ]),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "DigitDataSets", "DigitImaging", "Platform", "StrictJSON", "TestSupport",
                "DigitModel",
            ]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu2x
)

// libFuzzer brings its own main: built by tools/check fuzz alone.
if Context.environment["DIGITGEN_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "DigitDataSets", "DigitService", "DigitGen", "DigitImaging", "DigitTraining", "NeuralNetwork",
                "Platform", "StrictJSON", "TestSupport", "DigitModel",
            ],
            path: "Tests/Fuzz", swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}
