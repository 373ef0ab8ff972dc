import Testing

@Suite("Usage", .needsProgram)
struct UsageTests {
    @Test(
        "digits that cannot be drawn are an error that says what can",
        arguments: ["x", "7a", "", "٣", "7_8", "7\t8", "1e5", "½"])
    func badDigits(text: String) throws {
        let outcome = try Program.run("--", text)
        outcome.expectFailure(64, "digits, spaces and -.,/:+()", "90210")
    }

    @Test("a number may have 64 digits and no more")
    func longNumber() throws {
        try Program.run(String(repeating: "7", count: 65)).expectFailure(64, "at most 64 digits")
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
        try Program.run("7", "--format", "gif").expectFailure(
            64, "one of 'png', 'svg', 'idx', 'npy', 'pgm' or 'raw'.")
        try Program.run("7", "--format", "idx", "--columns", "3").expectFailure(
            64, "--columns", "png, svg or pgm")
        try Program.run("7", "--format", "raw", "--scale", "3").expectFailure(
            64, "--scale", "png, svg or pgm")
    }

    @Test("misspelled options and commands are answered with the nearest right ones")
    func spelling() throws {
        for (line, found, meant) in [
            ("7 --cout 3", "--cout", "--count"), ("--out x.png", "--out", "--output"),
            ("7 --out=x.png", "--out", "--output"), ("7 --count 3 --OUTPUT x", "--OUTPUT", "--output"),
            ("7 --output-file x", "--output-file", "--output"), ("7 -output x", "-output", "--output"),
            ("7 -seed 3", "-seed", "--seed"), ("--scal 2", "--scal", "--scale"),
            ("7 --fromat png", "--fromat", "--format"),
            ("--sheet --sytle 3", "--sytle", "--style"), ("dataset --cout 3 -o x", "--cout", "--count"),
            ("dataset --count 3 --out x", "--out", "--output"),
            ("dataset --count 3 -o x --shrad 1/2", "--shrad", "--shard"),
            ("serve --frame binary", "--frame", "--framing"), ("models --jsno", "--jsno", "--json"),
            ("inspect cgan --js", "--js", "--json"), ("bench --thread 3", "--thread", "--threads"),
            ("generate --prevew sixel", "--prevew", "--preview"),
        ] {
            try Program.run(line.split(separator: " ").map(String.init))
                .expectFailure(64, "unknown option '\(found)'", "'\(meant)'")
        }
        for (word, meant) in [
            ("modles", "models"), ("inspct", "inspect"), ("datset", "dataset"), ("gen", "generate"),
            ("benhc", "bench"), ("server", "serve"),
        ] {
            try Program.run(word).expectFailure(64, "'\(word)'", "'\(meant)'")
            try Program.run("help", word).expectFailure(64, "'\(word)'", "'\(meant)'")
            try Program.run(word, "--help").expectFailure(64, "'\(word)'", "'\(meant)'")
        }
    }

    @Test("unknown names without a near one are errors that list all, or say where")
    func unknownNames() throws {
        for line in [["help", "nosuch"], ["nosuch"], ["nosuch", "--help"], ["nosuch", "--count", "3"]] {
            try Program.run(line).expectFailure(
                64, "unknown command 'nosuch'", "generate, dataset, again, serve, models, inspect, bench")
        }
        try Program.run("help", "7").expectFailure(64, "unknown command '7'")
        try Program.run("help", "dataset", "png").expectFailure(64, "'png'")
        try Program.run("7", "--frobnicate").expectFailure(64, "'--frobnicate'", "'digitgen --help'")
        try Program.run("dataset", "--zzz").expectFailure(64, "'--zzz'", "'digitgen dataset --help'")
        try Program.run("help", "help").expectSuccess()
        try Program.run("7", "--help").expectSuccess()
    }

    @Test("the value of an option is never taken for a misspelled one")
    func optionLikeValues() throws {
        try Program.run("7", "--count", "--cout").expectFailure(64, "--count", "from 1 to 4294967295")
        try Program.run("7", "--columns", "0", "--", "--cout").expectFailure(64, "--columns", "from 1 to")
    }

    @Test("unexpected and missing arguments are named")
    func words() throws {
        try Program.run("7", "8").expectFailure(64, "'8'")
        try Program.run("7", "--count").expectFailure(64, "--count")
        try Program.run("7", "-o").expectFailure(64, "-o <file>")
        try Program.run("7", "--model", "a", "--weights", "b").expectFailure(64, "--model", "--weights")
        try Program.run("dataset", "-o", "x").expectFailure(64, "--count")
        try Program.run("inspect").expectFailure(64, "name or file")
    }

    @Test("a digit asked of an unconditional model is an error")
    func unconditional() throws {
        let sample = try Sample()
        let outcome = try Program.run("7", "--weights", sample.unconditionalWeights)
        outcome.expectFailure(64, "sample", "is unconditional")
        let dataset = try Program.run(
            "dataset", "--count", "3", "--digits", "3", "-o", "x", "--weights", sample.unconditionalWeights,
            folder: sample.folder.path)
        dataset.expectFailure(64, "is unconditional")
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

    @Test("an empty DIGITGEN_ISA counts as unset; an unknown one is an error that lists the known ones")
    func instructionSet() throws {
        let usual = try Program.run("--version")
        #expect(try Program.run("--version", environment: ["DIGITGEN_ISA="]).output == usual.output)
        let sample = try Sample()
        try sample.run("7", environment: ["DIGITGEN_ISA="]).expectSuccess()
        try sample.run("7", environment: ["DIGITGEN_ISA=mmx"]).expectFailure(64, "mmx", "scalar")
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
