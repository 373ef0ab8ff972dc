// swift-tools-version: 6.1

import PackageDescription

// Elsewhere the dependency is the package's URL instead of a path.
let package = Package(
    name: "sevens",
    dependencies: [.package(name: "digitgen", path: "../../..")],
    targets: [
        .executableTarget(name: "sevens", dependencies: [.product(name: "DigitGen", package: "digitgen")])
    ],
    swiftLanguageModes: [.v6]
)
