import Glibc
import TestSupport
import Testing

/// AddressSanitizer must be the first library of a process.
private let canPreload = Shell.has("cc") && getenv("ASAN_OPTIONS") == nil

/// Runs the program on a system that fails it, as tools/check faults does with every call.
@Suite("Faults", .needsProgram, .enabled(if: canPreload, "no library can be preloaded"))
struct FaultsTests {
    private static let setFiles = [".manifest.json", "README.md", "images-idx3-ubyte", "labels-idx1-ubyte"]
    /// Keeps root, too, to the permissions of files.
    private static let asOrdinaryUser =
        geteuid() == 0 ? "setpriv --bounding-set=-dac_override,-dac_read_search" : ""

    private let sample: Sample

    init() throws {
        sample = try Sample()
        let source = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let compiled = try Shell.run(
            "cc -shared -fPIC -o faulty.so '/\(source)/tools/checks/faults/faulty.c' -ldl",
            folder: sample.folder.path)
        #expect(compiled.status == 0, "\(compiled.errors)")
    }

    /// What `digitgen` finds in its environment to have every call of `call` fail.
    private func fault(_ call: String, _ error: Int32, at nth: Int = 0) -> String {
        "LD_PRELOAD=./faulty.so FAULT_CALL=\(call) FAULT_AT=\(nth) FAULT_ERROR=\(error)"
    }

    private func run(_ script: String) throws -> Execution.Outcome {
        try Shell.run(script.replacing("WEIGHTS", with: "'\(sample.weights)'"), folder: sample.folder.path)
    }

    @Test(
        "without locks everything is made all the same, and nothing said",
        arguments: [ENOSYS, ENOLCK, EOPNOTSUPP, ENOTSUP, EBADF])
    func noLocks(error: Int32) throws {
        let fault = fault("flock", error)
        try run("\(fault) digitgen dataset --count 3 --seed 1 -o set --weights WEIGHTS").expectSuccess()
        #expect(sample.folder.names("set") == Self.setFiles)
        try run("\(fault) digitgen --seed 1 --count 3 -o out.png --weights WEIGHTS").expectSuccess()
        #expect(sample.folder.names().allSatisfy { !$0.hasPrefix(".") })
    }

    @Test("a training run needs no locks, either")
    func noLocksForTraining() throws {
        TinyDigits.write(to: sample.folder, "mnist")
        sample.folder.write([7], to: "run/config.json")
        let outcome = try run("\(fault("flock", ENOSYS)) digitgen-train fit gan --data mnist --output run")
        outcome.expectFailure(73, of: "digitgen-train", "contains a run already")
        #expect(sample.folder.contents("run/config.json") == [7])
    }

    @Test("a lock that another process holds is told as such, and changes nothing")
    func locked() throws {
        sample.folder.write([], to: "set/.digitgen-lock.partial")
        let outcome = try run(
            "flock set/.digitgen-lock.partial digitgen dataset --count 3 -o set --weights WEIGHTS")
        outcome.expectFailure(73, "'set' is in use", "another process")
        #expect(sample.folder.names("set") == [".digitgen-lock.partial"])
    }

    @Test("a folder that cannot be listed is no empty one", arguments: ["opendir", "readdir"])
    func unlistable(call: String) throws {
        sample.folder.write([7], to: "set/images-idx3-ubyte")
        let outcome = try run(
            "\(fault(call, EIO, at: 1)) digitgen dataset --count 3 -o set --weights WEIGHTS")
        outcome.expectFailure(74, "cannot read 'set'", "Input/output error")
        #expect(sample.folder.names("set") == ["images-idx3-ubyte"])
        #expect(sample.folder.contents("set/images-idx3-ubyte") == [7])
    }

    @Test("nor is one that its user may not list")
    func forbidden() throws {
        sample.folder.write([7], to: "set/images-idx3-ubyte")
        chmod(sample.folder.path("set"), 0o333)
        let outcome = try run(
            "\(Self.asOrdinaryUser) digitgen dataset --count 3 -o set --weights WEIGHTS")
        chmod(sample.folder.path("set"), 0o777)
        outcome.expectFailure(74, "cannot read 'set'", "Permission denied")
        #expect(sample.folder.names("set") == ["images-idx3-ubyte"])
        #expect(sample.folder.contents("set/images-idx3-ubyte") == [7])
    }

    @Test("a file can be made in a folder that its user may not list")
    func fileInForbidden() throws {
        mkdir(sample.folder.path("folder"), 0o333)
        let words = "digitgen --seed 1 --count 3 -o folder/out.png --weights WEIGHTS"
        try run("\(Self.asOrdinaryUser) \(words)").expectSuccess()
        chmod(sample.folder.path("folder"), 0o777)
        #expect(sample.folder.names("folder") == ["out.png"])
    }

    @Test("files that could not be read while they were finished leave what stood there", arguments: 1...12)
    func unreadableWhileFinishing(nth: Int) throws {
        sample.folder.write([7], to: "other")
        mkdir(sample.folder.path("set"), 0o777)
        let outcome = try run(
            "\(fault("readdir", EIO, at: nth)) digitgen dataset --count 3 -o set --weights WEIGHTS")
        let names = sample.folder.names("set").filter { !$0.hasPrefix(".digitgen-") }
        #expect(names == (outcome.status == 0 ? Self.setFiles : []))
        #expect(outcome.status == 0 || outcome.status == 74)
        #expect(sample.folder.contents("other") == [7])
    }

    @Test("what kill -9 leaves of a file goes with the next run to that name", arguments: [false, true])
    func killed(hasLocks: Bool) throws {
        let words = "digitgen --seed 1 --count 3 -o out.png --weights WEIGHTS"
        // The rename that puts the file into its place; without locks another one names the process.
        let shim = hasLocks ? fault("rename", 0, at: 1) : "FAULT_LOCKS=0 \(fault("rename", 0, at: 2))"
        #expect(try run("\(shim) \(words)").status == 128 + SIGKILL)
        #expect(sample.madeNames.filter { $0.hasPrefix(".digitgen-") }.count == 1)
        try run("digitgen --seed 1 --count 3 -o another.png --weights WEIGHTS").expectSuccess()
        #expect(sample.madeNames.filter { $0.hasPrefix(".digitgen-") }.count == 1)
        try run((hasLocks ? "" : "LD_PRELOAD=./faulty.so FAULT_LOCKS=0 ") + words).expectSuccess()
        #expect(sample.madeNames == ["another.png", "faulty.so", "out.png"])
    }

    @Test(
        "of two runs into one folder one makes its data set, and the other says so",
        arguments: 1...Rounds.count(3, full: 10))
    func race(round: Int) throws {
        let words = "digitgen dataset --count 3 -o set --weights WEIGHTS"
        let delay = "LD_PRELOAD=./faulty.so FAULT_DELAY=2000"
        let outcome = try run(
            """
            \(delay) \(words) --seed 1 2> first & \(delay) \(words) --seed 2 2> second; second=$?
            wait $!; echo $? $second
            """)
        #expect(outcome.text == "0 73\n" || outcome.text == "73 0\n", "\(outcome)")
        let firstWon = outcome.text == "0 73\n"
        let said = String(
            decoding: sample.folder.contents(firstWon ? "second" : "first") ?? [], as: UTF8.self)
        #expect(said.contains("'set' is in use"), "\(said)")
        #expect(sample.folder.names("set") == Self.setFiles)
        let manifest = String(decoding: sample.folder.contents("set/.manifest.json") ?? [], as: UTF8.self)
        #expect(manifest.contains("\"seed\":\(firstWon ? 1 : 2)"))
        try run("\(words) --seed \(firstWon ? 1 : 2)").expectDone()
    }
}

extension Execution.Outcome {
    /// Expects that there was nothing left to do.
    fileprivate func expectDone() {
        #expect(status == 0)
        #expect(errors.contains("already holds this data set"), "\(errors)")
    }
}
