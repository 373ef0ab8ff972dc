import StrictJSON
import TestSupport
import Testing

/// A model whose training data had threes and eights alone.
@Suite("A model of few digits", .needsProgram)
struct FewDigitsTests {
    private let folder = TemporaryFolder()

    init() throws {
        folder.write(try SampleBundle.encoded(classes: [3, 8]), to: "few.zst")
        folder.write(try SampleBundle.encoded(classes: [3, 8], isConditional: false), to: "free.zst")
        folder.write(try SampleBundle.encoded(), to: "all.zst")
    }

    private func run(_ command: String, _ weights: String = "few.zst") throws -> Execution.Outcome {
        try Program.run(
            command.split(separator: " ").map(String.init) + ["--weights", weights], folder: folder.path)
    }

    @Test(
        "another digit is refused by name, whatever it is asked for",
        arguments: [
            "7", "3783", "7 --style 1 --vary 0.5", "7 --morph 1:2", "--morph 3:7", "--morph 7:8",
            "7 --columns 1", "dataset --count 2 --digits 37 -o set", "dataset --count 2 --digits 7 -o set",
        ])
    func unknown(command: String) throws {
        try run(command).expectFailure(64, "\"sample\" draws only 3 and 8, not 7")
        #expect(folder.names() == ["all.zst", "few.zst", "free.zst"])
    }

    @Test(
        "its own digits are those of a model of all", arguments: ["3", "838", "--morph 3:8", "8 --morph 1:2"])
    func known(command: String) throws {
        let few = try run("\(command) --seed 1 --format raw")
        few.expectSuccess()
        #expect(few.output == (try run("\(command) --seed 1 --format raw", "all.zst")).output)
    }

    @Test("without orders it draws its digits in turn")
    func inTurn() throws {
        let few = try run("--count 4 --seed 1 --format raw").output
        let digits = try ["3", "8"].map { try run("\($0) --count 4 --seed 1 --format raw").output }
        for index in 0..<4 {
            let range = index * 784..<(index + 1) * 784
            #expect(few[range] == digits[index % 2][range])
        }
    }

    @Test("a data set has its digits alone")
    func dataSet() throws {
        try run("dataset --count 5 -o set").expectSuccess()
        #expect(folder.contents("set/labels-idx1-ubyte")?.suffix(5) == [3, 8, 3, 8, 3])
        let manifest = try JSONValue(parsing: folder.contents("set/.manifest.json") ?? []).object
        #expect(manifest?["digits"] == .string("38"))
    }

    @Test("a sheet has a column for each of its digits, and the preview's command draws it again")
    func sheet() throws {
        let sheet = try run("--sheet --count 3 --seed 1 --format pgm").text
        // A margin with the number of the style on the left, and one with the digits above.
        #expect(sheet.hasPrefix("P5\n69 99\n"), "\(sheet.prefix(20))")
        let shown = try Program.run(
            ["--sheet", "--count", "3", "--weights", "few.zst"], output: .terminal(columns: 80),
            folder: folder.path)
        #expect(shown.errors.contains("--count 3 "), "\(shown.errors)")
    }

    @Test("inspect tells the digits, in words and as JSON", arguments: ["few.zst", "free.zst"])
    func inspect(file: String) throws {
        let words = try Program.run("inspect", file, folder: folder.path).text
        #expect(
            words.split(separator: "\n").contains { $0.split(separator: " ") == ["digits", "38"] }, "\(words)"
        )
        let json = try Program.run("inspect", "--json", file, folder: folder.path).text
        #expect(json.contains("\"classes\":\"38\""), "\(json)")
        #expect(try Program.run("models", "--json").text.contains("\"classes\":\"0123456789\""))
    }

    @Test("an unconditional model draws whatever it was trained on")
    func unconditional() throws {
        try run("--count 2 --format raw --seed 1", "free.zst").expectSuccess()
    }
}
