import TestSupport
import Testing

/// The C interface, by the program Tests/InterfaceTester, which the sanitizers' checks build with a sanitizer.
@Suite("C interface", .needsProgram)
struct InterfaceTests {
    private func run(_ arguments: String...) throws -> Execution.Outcome {
        let program = try #require(Program.path)
        let folder = program.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
        return try Execution("\(folder)/interface-tester", arguments, environment: [], folder: "/").outcome()
    }

    @Test("errors, parts and threads are as the header says")
    func checks() throws {
        try run().expectSuccess()
    }

    @Test("the pixels are those of the program", arguments: ["7", "90210"])
    func pixels(digits: String) throws {
        let outcome = try run(digits, "3", "5")
        outcome.expectSuccess()
        #expect(
            try Program.run(digits, "--count", "3", "--seed", "5", "--format", "raw").output == outcome.output
        )
    }

    @Test("lines are those of the program")
    func lines() throws {
        let outcome = try run("555-1234", "5")
        outcome.expectSuccess()
        #expect(
            try Program.run("555-1234", "--across", "400", "--seed", "5", "--format", "raw").output
                == outcome.output)
    }
}
