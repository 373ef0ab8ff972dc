import ArgumentParser
import CommandLineSupport

/// The digits that a command learns from or measures by.
struct DataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Folder of labelled digits: MNIST's four files, or what digitgen dataset wrote.", valueName: "dir"
        ),
        transform: PathNames.folder)
    var data: String
}
