import ArgumentParser
import CommandLineSupport

/// Where the digits are that a command learns from or measures by.
struct DataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Directory with MNIST's four files, plain or .gz.", valueName: "dir"),
        transform: PathNames.folder)
    var data: String
}
