import TestSupport
import Testing

/// What of the trainer's command line is wrong before any data are read.
@Suite("Usage of the trainer", .needsProgram)
struct TrainerUsageTests {
    private let folder = TemporaryFolder()

    @Test(
        "numbers out of bounds, and what are none, are answered with the bounds",
        arguments: [
            ("--epochs", "from 1 to 100000"), ("--batch-size", "from 2 to 10000"),
            ("--threads", "from 1 to 256"), ("--seed", "from 0 to 18446744073709551615"),
            ("--learning-rate", "above 0 and at most 1"),
        ])
    func numbers(option: String, bounds: String) throws {
        for text in ["-1", "x", "''", "1e999", "+1", "99999999999999999999", "nan"] {
            try expectFailure("fit gan --data . --output run \(option) \(text)", option, bounds)
        }
    }

    @Test("other commands name the bounds of their numbers, too")
    func otherCommands() throws {
        try expectFailure("modes --data . --output o --epochs 1001", "--epochs", "from 1 to 1000")
        try expectFailure(
            "modes --data . --output o --seeds 1,x", "--seeds", "from 0 to 18446744073709551615")
        try expectFailure("modes --data . --output o --seeds 1,2,1", "--seeds", "duplicate seed")
        try expectFailure("evaluate cgan --data . --seed x", "--seed", "from 0 to 18446744073709551615")
        try expectFailure("compare --data . -o report.html --seed -1", "--seed", "from 0 to")
    }

    @Test("models, methods and remedies that there are not are answered in one line with those there are")
    func names() throws {
        try expectFailure("fit nope --data . --output run", "'nope'", "'gan', 'cgan', 'dcgan', 'cdcgan'")
        try expectFailure("modes nope --data . --output o", "'nope'", "dcgan")
        try expectFailure("modes --set circles --output o", "'circles'", "gaussians-25")
        try expectFailure("modes --output o", "--set stacked", "requires --data")
        try expectFailure("modes --set gaussians-8 --data . --output o", "--data", "gaussians-8")
        try expectFailure("modes dcgan --set gaussians-8 --output o", "dcgan", "gan-packing")
        try expectFailure("fit cgan --data . --output run --guidance manifold", "--guidance", "gan and dcgan")
        try expectFailure(
            "fit ink --data . --output run --as-published", "--as-published", "gan, dcgan and cgan")
        try expectFailure(
            "fit gan --data . --output run --as-published --guidance manifold", "--as-published", "--guidance"
        )
        try expectFailure("compare --data . -o x --published-seeds 3", "--published-seeds", "--runs")
        try expectFailure("compare --data . -o x --precision bfloat16", "--precision", "--train")
        try expectFailure(
            "fit gan --data . --output run --guidance unrolling --precision bfloat16",
            "--guidance unrolling", "--precision float32")
        try expectFailure(
            "modes --set gaussians-8 --output x --precision bfloat16",
            "--precision bfloat16", "gaussians-8")
    }

    @Test(
        "an empty name, which would mean the root folder, is refused",
        arguments: [
            ("fit gan --output run --data ''", "a folder"), ("fit gan --data . --output ''", "a folder"),
            ("quantize '' --data . -o bundle", "a folder"), ("quantize run --data . -o ''", "a file"),
            ("evaluate '' --data .", "a file"), ("evaluate x --data ''", "a folder"),
            ("evaluate x --data . --labels ''", "a file"), ("compare --data '' -o x", "a folder"),
            ("compare --data . -o ''", "a file"), ("compare --data . -o x --weights ''", "a folder"),
            ("compare --data . -o x --runs ''", "a folder"), ("compare --data . -o x --modes ''", "a folder"),
            ("modes --data '' --output x", "a folder"), ("modes --data . --output ''", "a folder"),
        ])
    func emptyNames(arguments: String, kind: String) throws {
        try expectFailure(arguments, "''", "needs the name of \(kind)")
    }

    @Test("commands that there are not are answered with the nearest or with all, options with the nearest")
    func misspellings() throws {
        for line in ["help foo", "foo", "foo --help", "foo --data ."] {
            try expectFailure(
                line, "unknown command 'foo'", "fit, quantize, evaluate, compare, modes")
        }
        for line in ["help quantise", "quantise", "quantise --help", "quantise run --data . -o x"] {
            try expectFailure(line, "unknown command 'quantise'", "'quantize'")
        }
        for (line, found, meant) in [
            ("fit gan --dat . --output run", "--dat", "--data"),
            ("fit gan --data . --out run", "--out", "--output"),
            ("fit gan --data . --output run --batchsize 3", "--batchsize", "--batch-size"),
            ("quantize run --data . --out x", "--out", "--output"), ("quantize x --dta .", "--dta", "--data"),
            ("evaluate x --data . --label y", "--label", "--labels"),
            ("compare --mode .", "--mode", "--modes"),
            ("modes --data . --outptu o", "--outptu", "--output"),
        ] {
            try expectFailure(line, "unknown option '\(found)'", "'\(meant)'")
        }
        let outcome = try Shell.run("digitgen-train help fit", folder: folder.path)
        #expect(outcome.status == 0 && outcome.text.contains("--batch-size"))
    }

    @Test("an argument of any length is answered in one line that can be read")
    func longArgument() throws {
        let long = "\"$(printf '%5000s\\n%5000s' a b)\""
        let outcome = try Shell.run("digitgen-train fit \(long) --data . --output run", folder: folder.path)
        outcome.expectFailure(64, of: "digitgen-train", "…", "'cdcgan'")
        #expect(outcome.errors.count < 1100)
    }

    private func expectFailure(
        _ arguments: String, _ first: String, _ second: String, at location: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try Shell.run("digitgen-train \(arguments)", folder: folder.path)
        outcome.expectFailure(64, of: "digitgen-train", first, second, at: location)
        #expect(folder.names() == [], sourceLocation: location)
    }
}
