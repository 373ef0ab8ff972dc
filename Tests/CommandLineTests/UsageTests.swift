import Testing

@Suite("Usage", .needsProgram)
struct UsageTests {
    @Test(
        "what cannot be drawn is answered with what can",
        arguments: ["x", "7a", "-7", "", "٣", "7 8", "+7", "1.5"])
    func badDigits(text: String) throws {
        let outcome = try Program.run("--", text)
        outcome.expectFailure(64, "1 to 64 digits from 0 to 9", "90210")
    }

    @Test("a number may have 64 digits and no more")
    func longNumber() throws {
        try Program.run(String(repeating: "7", count: 65)).expectFailure(64, "1 to 64 digits")
    }

    @Test(
        "a count out of bounds is answered with the bounds",
        arguments: [
            "0", "-1", "-99999999999999999999", "99999999999999999999", "4294967296", "x", "", "1.5", "+3",
            " 3",
        ])
    func badCount(text: String) throws {
        try Program.run("7", "--count", text).expectFailure(64, "--count", "from 1 to 4294967295")
    }

    @Test("a seed out of bounds is answered with the bounds", arguments: ["-1", "18446744073709551616", "x"])
    func badSeed(text: String) throws {
        try Program.run("7", "--seed", text).expectFailure(64, "from 0 to 18446744073709551615")
    }

    @Test("scale, columns and format name their allowed values")
    func badPicture() throws {
        try Program.run("7", "--scale", "0").expectFailure(64, "from 1 to 64")
        try Program.run("7", "--columns", "-2").expectFailure(64, "from 1 to 100000")
        try Program.run("7", "--format", "gif").expectFailure(64, "'png', 'idx', 'npy', 'pgm' or 'raw'")
        try Program.run("7", "--format", "idx", "--columns", "3").expectFailure(64, "--columns", "png or pgm")
        try Program.run("7", "--format", "raw", "--scale", "3").expectFailure(64, "--scale", "png or pgm")
    }

    @Test("misspelled options and commands are answered with the nearest right ones")
    func spelling() throws {
        try Program.run("7", "--cout", "3").expectFailure(64, "'--cout'", "'--count'")
        try Program.run("modles").expectFailure(64, "'modles'", "'models'")
        try Program.run("inspct").expectFailure(64, "'inspect'")
        try Program.run("datset").expectFailure(64, "'dataset'")
    }

    @Test("too many and missing words are named")
    func words() throws {
        try Program.run("7", "8").expectFailure(64, "'8'")
        try Program.run("7", "--count").expectFailure(64, "--count")
        try Program.run("7", "-o").expectFailure(64, "-o <file>")
        try Program.run("7", "--model", "a", "--weights", "b").expectFailure(64, "--model", "--weights")
        try Program.run("dataset", "-o", "x").expectFailure(64, "--count")
        try Program.run("inspect").expectFailure(64, "name or file")
    }

    @Test("a digit asked of a model that takes no orders names the models that do")
    func unconditional() throws {
        let sample = try Sample()
        let outcome = try Program.run("7", "--weights", sample.unconditionalWeights)
        outcome.expectFailure(64, "sample", "cannot be told which digit")
        let dataset = try Program.run(
            "dataset", "--count", "3", "--digits", "3", "-o", "x", "--weights", sample.unconditionalWeights,
            folder: sample.folder.path)
        dataset.expectFailure(64, "cannot be told which digit")
        #expect(sample.madeNames == [])
    }

    @Test("a picture beyond the limits is refused with its size")
    func largePicture() throws {
        let sample = try Sample()
        try sample.run("7", "--count", "1000000").expectFailure(64, "28000×28000", "fewer images")
        try sample.run("7", "--count", "400000", "--columns", "1").expectFailure(64, "fewer images")
        try sample.run("7", "--count", "10000", "--scale", "64").expectFailure(64, "smaller scale")
    }

    @Test(
        "help goes to standard output, with examples, options and subcommands",
        arguments: ["--help", "-h", "help"])
    func help(option: String) throws {
        let outcome = try Program.run(option)
        outcome.expectSuccess()
        for word in [
            "digitgen 7 --count 16", "--columns", "MODEL:", "OUTPUT:", "dataset", "inspect", "models",
        ] {
            #expect(outcome.text.contains(word))
        }
    }

    @Test("every subcommand has help", arguments: ["generate", "dataset", "models", "inspect"])
    func subcommandHelp(name: String) throws {
        let outcome = try Program.run(name, "--help")
        outcome.expectSuccess()
        #expect(outcome.text.contains("USAGE"))
        #expect(try Program.run("help", name).output == outcome.output)
    }

    @Test("--version is the version, and what was built and is in use in parentheses")
    func version() throws {
        let outcome = try Program.run("--version", environment: ["DIGITGEN_ISA=scalar"])
        outcome.expectSuccess()
        let match = try #require(
            outcome.text.wholeMatch(of: /([0-9]+\.[0-9]+\.[0-9]+) \(([0-9a-z.-]+, )?scalar\)\n/))
        #expect(!match.1.isEmpty)
    }
}
